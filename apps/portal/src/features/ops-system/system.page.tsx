import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import {
  acknowledgeNodeAlarm,
  acknowledgeSettlementAlarm,
  attestationListPeers,
  auditLedger,
  listLedgerAudits,
  listNodeAlarms,
  listSettlementAlarms,
} from '@hetao/client';
import { useFormat } from '../../i18n/use-format.js';
import { ActButton } from '../../kit/act-button.js';
import { AskReason } from '../../kit/ask-reason.js';
import { Rows } from '../../kit/data-list.js';
import { Loaded } from '../../kit/loaded.js';
import { Page, Panel } from '../../kit/page.js';
import { StatusTag, Tag } from '../../kit/status-tag.js';
import { Time } from '../../kit/time.js';
import { ServicesPanel } from './services-panel.js';

const MOST = 50;
const LATEST = 10;

/** Whether the exchange works and can be believed today: its services, alarms of books and log, audits of the ledger, the node across the border. */
export function SystemPage() {
  const { t } = useTranslation();
  return (
    <Page
      title={t('nav.system')}
      lead={t('opsSystem.lead')}
      actions={<Link to="/ops/dead-letters">{t('opsDeadLetters.title')}</Link>}
    >
      <ServicesPanel />
      <Alarms />
      <Audits />
      <Peers />
    </Page>
  );
}

function Alarms() {
  const { t } = useTranslation();
  const query = useQuery({
    queryKey: ['system-alarms'],
    queryFn: async ({ signal }) => {
      const [books, log] = await Promise.all([
        listSettlementAlarms({ query: { state: 'open', limit: MOST }, signal, throwOnError: true }),
        listNodeAlarms({ query: { limit: MOST }, signal, throwOnError: true }),
      ]);
      return { books: books.data.data, log: log.data.data.filter((alarm) => alarm.acknowledged_at === null) };
    },
  });
  return (
    <Panel title={t('opsInbox.queues.alarms')}>
      <Loaded query={query}>
        {({ books, log }) => (
          <>
            {books.length + log.length === 0 && <Tag tone="good">{t('opsSystem.noAlarm')}</Tag>}
            {books.map((alarm) => (
              <article key={alarm.id} aria-label={alarm.code}>
                <h3>
                  <code>{alarm.code}</code>
                </h3>
                <p className="long-text">{alarm.detail}</p>
                <p className="muted">
                  <Time at={alarm.raised_at} near />
                </p>
                <AskReason
                  label={t('opsSystem.acknowledge')}
                  hint={t('opsSystem.acknowledgeHint')}
                  done={t('opsSystem.acknowledged')}
                  act={(reason) =>
                    acknowledgeSettlementAlarm({ path: { id: alarm.id }, body: { reason }, throwOnError: true })
                  }
                />
              </article>
            ))}
            {log.map((alarm) => (
              <article key={alarm.id} aria-label={alarm.alarm}>
                <h3>
                  {t(`opsSystem.logAlarm.${alarm.alarm}`)} · {alarm.origin}
                </h3>
                <p className="long-text">{alarm.detail}</p>
                <ActButton
                  label={t('opsSystem.acknowledge')}
                  done={t('opsSystem.acknowledged')}
                  act={() => acknowledgeNodeAlarm({ path: { id: alarm.id }, throwOnError: true })}
                />
              </article>
            ))}
          </>
        )}
      </Loaded>
    </Panel>
  );
}

function Audits() {
  const { t } = useTranslation();
  const format = useFormat();
  const query = useQuery({
    queryKey: ['ledger-audits'],
    queryFn: async ({ signal }) =>
      (await listLedgerAudits({ query: { limit: LATEST }, signal, throwOnError: true })).data.data,
  });
  return (
    <Panel
      title={t('opsSystem.audits')}
      extra={
        <ActButton
          label={t('opsSystem.auditNow')}
          done={t('opsSystem.audited')}
          act={() => auditLedger({ throwOnError: true })}
        />
      }
    >
      <p className="muted">{t('opsSystem.auditsHint')}</p>
      <Loaded query={query}>
        {(audits) =>
          audits.length === 0 ? (
            <p>{t('opsSystem.noAudit')}</p>
          ) : (
            <section className="scroll" tabIndex={0} aria-label={t('opsSystem.audits')}>
              <Rows
                label={t('opsSystem.audits')}
                rows={audits}
                rowKey={({ id }) => id}
                columns={[
                  { key: 'at', title: t('opsSystem.at'), cell: (audit) => <Time at={audit.finished_at} /> },
                  {
                    key: 'result',
                    title: t('opsSystem.result'),
                    cell: ({ findings }) => (
                      <Tag tone={findings === 0 ? 'good' : 'bad'}>{t('opsSystem.findings', { count: findings })}</Tag>
                    ),
                  },
                  {
                    key: 'transactions',
                    title: t('opsSystem.transactions'),
                    figure: true,
                    cell: (audit) => format.count(audit.transactions),
                  },
                  {
                    key: 'chain',
                    title: t('opsSystem.chain'),
                    figure: true,
                    cell: ({ chain }) => `${format.count(chain.checked)} / ${format.count(chain.until)}`,
                  },
                ]}
              />
            </section>
          )
        }
      </Loaded>
    </Panel>
  );
}

function Peers() {
  const { t } = useTranslation();
  const format = useFormat();
  const query = useQuery({
    queryKey: ['witness-peers'],
    queryFn: async ({ signal }) => (await attestationListPeers({ signal, throwOnError: true })).data.data,
  });
  return (
    <Panel title={t('opsSystem.peers')}>
      <Loaded query={query}>
        {(peers) =>
          peers.length === 0 ? (
            <p className="muted">{t('opsSystem.noPeers')}</p>
          ) : (
            <section className="scroll" tabIndex={0} aria-label={t('opsSystem.peers')}>
              <Rows
                label={t('opsSystem.peers')}
                rows={peers}
                rowKey={({ origin }) => origin}
                columns={[
                  { key: 'origin', title: t('opsSystem.log'), cell: ({ origin }) => <code>{origin}</code> },
                  { key: 'state', title: t('kit.status'), cell: ({ state }) => <StatusTag status={state} /> },
                  {
                    key: 'unwitnessed',
                    title: t('opsSystem.unwitnessed'),
                    figure: true,
                    cell: (peer) => format.count(peer.unwitnessed_leaves),
                  },
                  { key: 'seen', title: t('opsSystem.seen'), cell: (peer) => <Time at={peer.looked_at} near /> },
                ]}
              />
            </section>
          )
        }
      </Loaded>
    </Panel>
  );
}
