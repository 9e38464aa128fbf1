import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { attestationListPeers, auditLedger, listLedgerAudits } from '@hetao/client';
import { useFormat } from '../../i18n/use-format.js';
import { ActButton } from '../../kit/act-button.js';
import { Rows } from '../../kit/data-list.js';
import { Loaded } from '../../kit/loaded.js';
import { Page, Panel } from '../../kit/page.js';
import { StatusTag, Tag } from '../../kit/status-tag.js';
import { Time } from '../../kit/time.js';
import { AlarmsPanel } from './alarms-panel.js';
import { ServicesPanel } from './services-panel.js';

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
      <AlarmsPanel />
      <Audits />
      <Peers />
    </Page>
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
