import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { listExceptions, listLedgerAudits, listSettlementAlarms } from '@hetao/client';
import { useFormat } from '../../i18n/use-format.js';
import { Loaded } from '../../kit/loaded.js';
import { Needs, NumberCard } from './needs.js';

const MOST = 100;

/** An auditor's day: what alarms stand, whether the last audit of the books found anything, and what the bank left open. */
export function AuditorHome() {
  const { t } = useTranslation();
  const format = useFormat();
  const query = useQuery({
    queryKey: ['auditor-home'],
    queryFn: async ({ signal }) => {
      const as = { signal, throwOnError: true } as const;
      const [alarms, audits, exceptions] = await Promise.all([
        listSettlementAlarms({ query: { state: 'open', limit: MOST }, ...as }),
        listLedgerAudits({ query: { limit: 1 }, ...as }),
        listExceptions({ query: { status: 'open', limit: MOST }, ...as }),
      ]);
      return { alarms: alarms.data.data, audit: audits.data.data[0], exceptions: exceptions.data.data };
    },
  });
  return (
    <Loaded query={query} rows={6}>
      {({ alarms, audit, exceptions }) => (
        <>
          <Needs
            pending={false}
            needs={[
              {
                key: 'alarms',
                count: alarms.length,
                title: t('opsInbox.queues.alarms'),
                hint: alarms[0]?.detail ?? '',
                tone: 'bad',
                to: { to: '/audit' },
              },
            ]}
          />
          <section className="three" aria-label={t('home.numbersTitle')}>
            <NumberCard name={t('opsInbox.queues.alarms')} figure={format.count(alarms.length)} />
            <NumberCard
              name={t('auditSearch.lastAudit')}
              figure={audit === undefined ? '–' : t('opsSystem.findings', { count: audit.findings })}
            />
            <NumberCard name={t('opsInbox.queues.exceptions')} figure={format.count(exceptions.length)} />
          </section>
          <p>
            <Link to="/audit/verify">{t('nav.verify')}</Link> · <Link to="/audit">{t('nav.audit')}</Link>
          </p>
        </>
      )}
    </Loaded>
  );
}
