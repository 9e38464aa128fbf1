import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Steps } from 'antd';
import { useTranslation } from 'react-i18next';
import {
  getDeclaration,
  getDeclarationFinding,
  getDeclarationHistory,
  type Declaration,
  type DeclarationHistory,
} from '@hetao/client';
import { isOneOf, signedIn } from '../../app/page-state.js';
import { useFormat } from '../../i18n/use-format.js';
import { Rows } from '../../kit/data-list.js';
import { SupplementRounds } from '../../kit/declaration/supplement-rounds.js';
import { DetailHead, Facts, Timeline } from '../../kit/detail.js';
import { isId } from '../../kit/ids.rules.js';
import { Loaded } from '../../kit/loaded.js';
import { OrganisationName, ProductName, shortId } from '../../kit/names.js';
import { Page, Panel } from '../../kit/page.js';
import { StatusTag, Tag } from '../../kit/status-tag.js';
import { Time } from '../../kit/time.js';
import { stationOf, stations } from './declaration.rules.js';

const route = getRouteApi('/declarations/$declarationId');

/** One declaration: where it stands, whose turn it is, which clock runs out when, and everything that happened. */
export function DeclarationPage() {
  const { t } = useTranslation();
  const { declarationId } = route.useParams();
  const query = useQuery({
    queryKey: ['declaration', declarationId],
    queryFn: async ({ signal }) => {
      const path = { id: declarationId };
      const [declaration, history] = await Promise.all([
        getDeclaration({ path, signal, throwOnError: true }),
        getDeclarationHistory({ path, signal, throwOnError: true }),
      ]);
      return { declaration: declaration.data, history: history.data.data };
    },
  });
  return (
    <Loaded query={query} rows={10}>
      {({ declaration, history }) => (
        <Page
          title={declaration.title}
          section={t('nav.declarations')}
          actions={
            isExporters(declaration) && (
              <Link
                to="/declarations/$declarationId/edit"
                params={{ declarationId: declaration.id }}
                className="button"
              >
                {t(asksSomething(declaration) ? 'declaration.answer' : 'declaration.goOn')}
              </Link>
            )
          }
        >
          <DetailHead id={declaration.id} path={`/v1/customs/declarations/${declaration.id}`}>
            <StatusTag status={declaration.status} />
          </DetailHead>
          <Way declaration={declaration} />
          <div className="columns">
            <div>
              <Questions declaration={declaration} />
              <Clocks declaration={declaration} />
              <Pathway declaration={declaration} />
            </div>
            <History history={history} />
          </div>
        </Page>
      )}
    </Loaded>
  );
}

/** Whether whoever reads it may still write in it. */
function isExporters({ exporter_id: exporter, commands }: Declaration): boolean {
  return isOneOf(['merchant']) && exporter === signedIn().organisation_id && commands.includes('revise');
}

/** Whether customs waits for an answer. */
function asksSomething({ status, supplements }: Declaration): boolean {
  return status === 'returned' && (supplements.at(-1)?.items.some(({ answer }) => answer === null) ?? false);
}

function useFinding({ id, revision }: Declaration) {
  return useQuery({
    queryKey: ['declaration-finding', id, revision],
    queryFn: async ({ signal }) => (await getDeclarationFinding({ path: { id }, signal, throwOnError: true })).data,
  });
}

function Questions({ declaration }: { readonly declaration: Declaration }) {
  const { data: finding } = useFinding(declaration);
  return <SupplementRounds rounds={declaration.supplements} finding={finding} />;
}

function Way({ declaration }: { readonly declaration: Declaration }) {
  const { t } = useTranslation();
  const { at, stopped } = stationOf(declaration.status);
  return (
    <Panel>
      <Steps
        responsive
        current={at}
        status={stopped ? 'error' : declaration.status === 'released' ? 'finish' : 'process'}
        items={stations.map((station) => ({ title: t(`status.${station}`) }))}
      />
      {declaration.return_reason !== null && <p className="notice">{declaration.return_reason}</p>}
    </Panel>
  );
}

/** The law's clocks: who has until when. A date is never guessed; where there is none, it says why. */
function Clocks({ declaration }: { readonly declaration: Declaration }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (declaration.clocks.length === 0) return null;
  return (
    <Panel title={t('declaration.clocks')}>
      <Rows
        label={t('declaration.clocks')}
        rows={declaration.clocks}
        rowKey={(clock) => clock.id}
        columns={[
          { key: 'what', title: t('declaration.clock'), cell: (clock) => format.text(clock.text) },
          { key: 'by', title: t('declaration.turn'), cell: (clock) => t(`declaration.by.${clock.by}`) },
          { key: 'since', title: t('declaration.since'), cell: (clock) => <Time at={clock.started_on} day /> },
          { key: 'due', title: t('declaration.due'), cell: (clock) => clock.problem ?? <Time at={clock.due} day /> },
          {
            key: 'state',
            title: t('kit.status'),
            cell: (clock) =>
              clock.met_on !== null ? (
                <Tag tone="good">{t('declaration.met')}</Tag>
              ) : (
                <Tag tone={clock.paused ? 'paused' : 'waiting'}>
                  {clock.paused ? t('declaration.paused') : t('declaration.runs')}
                </Tag>
              ),
          },
        ]}
      />
    </Panel>
  );
}

function Pathway({ declaration }: { readonly declaration: Declaration }) {
  const { t } = useTranslation();
  const format = useFormat();
  const finding = useFinding(declaration);
  return (
    <Panel title={t('declaration.pathway')}>
      <Loaded query={finding}>
        {(data) => (
          <>
            <p className="long-text">
              <strong>{format.text(data.pathway.text)}</strong>
            </p>
            {data.rule !== null && <p className="long-text">{format.text(data.rule.text)}</p>}
            <ul>
              {data.citations.map((citation) => (
                <li key={citation.id}>{format.text(citation.text)}</li>
              ))}
            </ul>
          </>
        )}
      </Loaded>
      <Facts
        facts={[
          { label: t('declaration.exporter'), value: <OrganisationName id={declaration.exporter_id} /> },
          { label: t('declaration.recipient'), value: <OrganisationName id={declaration.recipient_id} /> },
          { label: t('declaration.rules'), value: declaration.rule_set_version },
          declaration.agreement_id !== null && {
            label: t('invoice.licence'),
            value: (
              <Link to="/contracts/$agreementId" params={{ agreementId: declaration.agreement_id }}>
                {declaration.product_id === null ? (
                  shortId(declaration.agreement_id)
                ) : (
                  <ProductName id={declaration.product_id} />
                )}
              </Link>
            ),
          },
          declaration.decision !== null && {
            label: t('declaration.official'),
            value: declaration.decision.reference,
          },
          declaration.decision !== null && {
            label: t('product.validUntil'),
            value: <Time at={declaration.decision.valid_until} day />,
          },
        ]}
      />
    </Panel>
  );
}

/** What was done, in the reader's language; a step this page does not know as customs names it. */
function useCommandWord(): (command: string) => string {
  const { t, i18n } = useTranslation();
  return (command) => {
    const name = `declaration.did.${command}` as 'declaration.did.submit';
    return i18n.exists(name as string) ? t(name) : command.replaceAll('_', ' ');
  };
}

function History({ history }: { readonly history: DeclarationHistory['data'] }) {
  const { t } = useTranslation();
  const commandWord = useCommandWord();
  return (
    <Panel title={t('kit.history')}>
      <Timeline
        entries={[...history].reverse().map((step) => ({
          key: String(step.revision),
          at: <Time at={step.at} />,
          title: commandWord(step.command),
          detail: step.note === null || isId(step.note) ? undefined : step.note,
        }))}
      />
    </Panel>
  );
}
