import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { listBoard, listRiskPolicies, listUnreleasedDeliveries, type BoardEntry } from '@hetao/client';
import { useFormat } from '../../i18n/use-format.js';
import { Rows } from '../../kit/data-list.js';
import { Loaded } from '../../kit/loaded.js';
import { OrganisationName, shortId } from '../../kit/names.js';
import { Page, Panel } from '../../kit/page.js';
import { StatusTag, Tag } from '../../kit/status-tag.js';
import { Time } from '../../kit/time.js';
import { laneNames, lanes, riskTone, type Lane } from './clearance.rules.js';
import './clearance.css';

/** Of each state; a lane that is longer is worked from its top. */
const MOST = 50;
/** What nobody has to do anything about: the rest of it is a list of its own. */
const MOST_RELEASED = 6;

interface Board {
  readonly lanes: readonly { readonly name: Lane; readonly entries: readonly BoardEntry[] }[];
  readonly holdAt: number;
}

/** Every declaration by whose hands it is in, the earliest clock first. */
export function ClearancePage() {
  const { t } = useTranslation();
  const board = useQuery({
    queryKey: ['clearance-board'],
    queryFn: async ({ signal }): Promise<Board> => {
      const policies = await listRiskPolicies({ signal, throwOnError: true });
      const read = async (name: Lane) => {
        const pages = await Promise.all(
          lanes[name].map((status) => listBoard({ query: { status, limit: MOST }, signal, throwOnError: true })),
        );
        return { name, entries: pages.flatMap(({ data }) => data.data).sort(byClock) };
      };
      return {
        lanes: await Promise.all(laneNames.map(read)),
        holdAt: policies.data.data[0]?.policy.hold_at ?? Infinity,
      };
    },
  });
  return (
    <Page title={t('nav.clearance')} lead={t('opsClearance.lead')}>
      <Loaded query={board} rows={8}>
        {(data) => (
          <div className="lanes">
            {data.lanes.map(({ name, entries }) => (
              <section key={name} className="lane" aria-label={t(`opsClearance.lane.${name}`)}>
                <h2>
                  {t(`opsClearance.lane.${name}`)} ({entries.length})
                </h2>
                {entries.length === 0 && <p className="muted">{t('opsClearance.laneEmpty')}</p>}
                <ul>
                  {entries.slice(0, name === 'released' ? MOST_RELEASED : MOST).map((entry) => (
                    <Card key={entry.id} entry={entry} holdAt={data.holdAt} />
                  ))}
                </ul>
                {name === 'released' && entries.length > MOST_RELEASED && (
                  <Link to="/declarations" search={{ status: 'released' }}>
                    {t('opsClearance.allReleased')}
                  </Link>
                )}
              </section>
            ))}
          </div>
        )}
      </Loaded>
      <Unreleased />
    </Page>
  );
}

function byClock(left: BoardEntry, right: BoardEntry): number {
  return (left.next_due ?? '9999').localeCompare(right.next_due ?? '9999');
}

function Card({ entry, holdAt }: { readonly entry: BoardEntry; readonly holdAt: number }) {
  const { t } = useTranslation();
  return (
    <li className="lane-card">
      <Link to="/ops/clearance/$declarationId" params={{ declarationId: entry.id }}>
        {entry.title}
      </Link>
      <p className="muted">
        <OrganisationName id={entry.exporter_id} />
      </p>
      <span className="lane-tags">
        <StatusTag status={entry.status} />
        {entry.holds > 0 && <Tag tone="bad">{t('opsClearance.held', { count: entry.holds })}</Tag>}
        {entry.risk !== null && (
          <Tag tone={riskTone(entry.risk.score, holdAt)}>{t('opsClearance.risk', { score: entry.risk.score })}</Tag>
        )}
      </span>
      {entry.next_due !== null && (
        <p>
          {t('opsInbox.due')} <Time at={entry.next_due} day />
        </p>
      )}
    </li>
  );
}

/** What crossed without a release that covers it: each needs an explanation. */
function Unreleased() {
  const { t } = useTranslation();
  const format = useFormat();
  const query = useQuery({
    queryKey: ['unreleased-deliveries'],
    queryFn: async ({ signal }) => (await listUnreleasedDeliveries({ signal, throwOnError: true })).data.data,
  });
  return (
    <Panel title={t('opsClearance.unreleased')}>
      <Loaded query={query}>
        {(deliveries) =>
          deliveries.length === 0 ? (
            <Tag tone="good">{t('opsClearance.unreleasedNone')}</Tag>
          ) : (
            <section className="scroll" tabIndex={0} aria-label={t('opsClearance.unreleased')}>
              <Rows
                label={t('opsClearance.unreleased')}
                rows={deliveries}
                rowKey={(row) => row.delivery_id}
                columns={[
                  { key: 'id', title: t('opsClearance.delivery'), cell: (row) => shortId(row.delivery_id) },
                  {
                    key: 'agreement',
                    title: t('nav.contracts'),
                    cell: (row) => (
                      <Link to="/contracts/$agreementId" params={{ agreementId: row.agreement_id }}>
                        {shortId(row.agreement_id)}
                      </Link>
                    ),
                  },
                  {
                    key: 'exporter',
                    title: t('declaration.exporter'),
                    cell: (row) => <OrganisationName id={row.exporter_id} />,
                  },
                  {
                    key: 'persons',
                    title: t('opsClearance.persons'),
                    figure: true,
                    cell: (row) => format.count(row.general + row.sensitive),
                  },
                  { key: 'at', title: t('opsClearance.at'), cell: (row) => <Time at={row.at} /> },
                ]}
              />
            </section>
          )
        }
      </Loaded>
    </Panel>
  );
}
