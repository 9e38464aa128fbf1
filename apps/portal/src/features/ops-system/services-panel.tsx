import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { getSystem, type ServiceStanding, type SystemStanding } from '@hetao/client';
import { useFormat } from '../../i18n/use-format.js';
import { Rows } from '../../kit/data-list.js';
import { Loaded } from '../../kit/loaded.js';
import { Panel } from '../../kit/page.js';
import { Tag } from '../../kit/status-tag.js';
import { Time } from '../../kit/time.js';

/** Soon enough to watch a service come back, and seldom enough to cost nothing. */
const AGAIN_AFTER_MS = 10_000;
const CHECKS = ['phase', 'database', 'migrations', 'consumers', 'relay'] as const;

/** Whether each service works, what waits for it, and what it does by the clock. */
export function ServicesPanel() {
  const { t } = useTranslation();
  const query = useQuery({
    queryKey: ['system'],
    queryFn: async ({ signal }) => (await getSystem({ signal, throwOnError: true })).data,
    refetchInterval: AGAIN_AFTER_MS,
  });
  return (
    <Panel title={t('opsSystem.services')}>
      <p className="muted">{t('opsSystem.servicesHint')}</p>
      <Loaded query={query}>
        {({ services, webhooks }) => (
          <>
            <section className="scroll" tabIndex={0} aria-label={t('opsSystem.services')}>
              <Services services={services} />
            </section>
            <p>
              {t('opsSystem.webhooksWaiting', { count: webhooks.waiting })}
              {' · '}
              {t('opsSystem.webhooksDisabled', { count: webhooks.disabled })}
            </p>
          </>
        )}
      </Loaded>
    </Panel>
  );
}

function Services({ services }: Pick<SystemStanding, 'services'>) {
  const { t } = useTranslation();
  const { count } = useFormat();
  const figure = (value: number | null | undefined) => (value === null || value === undefined ? '–' : count(value));
  return (
    <Rows
      label={t('opsSystem.services')}
      rows={services}
      rowKey={({ service }) => service}
      columns={[
        { key: 'service', title: t('opsSystem.service'), cell: ({ service }) => <code>{service}</code> },
        { key: 'state', title: t('kit.status'), cell: ({ standing }) => <State standing={standing} /> },
        {
          key: 'lag',
          title: t('opsSystem.lag'),
          figure: true,
          cell: ({ standing }) => figure(standing?.messages.lag),
        },
        {
          key: 'backlog',
          title: t('opsSystem.backlog'),
          figure: true,
          cell: ({ standing }) => <Backlog messages={standing?.messages} />,
        },
        {
          key: 'dead',
          title: t('opsSystem.deadLetters'),
          figure: true,
          cell: ({ service, standing }) => (
            <Link to="/ops/dead-letters" search={{ service }}>
              {figure(standing?.messages.dead_letters)}
            </Link>
          ),
        },
        { key: 'jobs', title: t('opsSystem.jobs'), cell: ({ standing }) => <JobList jobs={standing?.jobs ?? []} /> },
      ]}
    />
  );
}

/** Works, or what it lacks in its own words. */
function State({ standing }: { readonly standing: ServiceStanding | null }) {
  const { t } = useTranslation();
  if (standing === null) return <Tag tone="bad">{t('opsSystem.away')}</Tag>;
  if (standing.ready) return <Tag tone="good">{t('opsSystem.ready')}</Tag>;
  const lacking = CHECKS.filter((check) => standing.checks[check]?.ok === false);
  return (
    <>
      <Tag tone="bad">{t('opsSystem.notReady')}</Tag>
      {lacking.map((check) => (
        <p key={check} className="muted long-text">
          {t(`opsSystem.check.${check}`)}: {standing.checks[check]?.detail}
        </p>
      ))}
    </>
  );
}

function Backlog({ messages }: { readonly messages: ServiceStanding['messages'] | undefined }) {
  const { t } = useTranslation();
  const { count } = useFormat();
  if (messages === undefined || messages.backlog === null) return '–';
  return (
    <>
      {count(messages.backlog)}
      {messages.backlog > 0 && messages.oldest_s !== null && (
        <p className="muted">{t('opsSystem.oldest', { seconds: count(Math.round(messages.oldest_s)) })}</p>
      )}
      {messages.refused !== null && messages.refused > 0 && (
        <Tag tone="bad">{t('opsSystem.refused', { count: messages.refused })}</Tag>
      )}
    </>
  );
}

/** How many jobs there are and whether they go well; each with its last turn behind a click. */
function JobList({ jobs }: Pick<ServiceStanding, 'jobs'>) {
  const { t } = useTranslation();
  if (jobs.length === 0) return '–';
  const failing = jobs.filter(({ fault }) => fault !== null).length;
  return (
    <details open={failing > 0}>
      <summary>
        {failing === 0
          ? t('opsSystem.jobsFine', { count: jobs.length })
          : t('opsSystem.jobsFailing', { count: jobs.length, failing })}
      </summary>
      <ul>
        {jobs.map(({ name, last_at, fault }) => (
          <li key={name}>
            <code>{name}</code> <Time at={last_at} near />
            {fault !== null && <p className="long-text">{fault}</p>}
          </li>
        ))}
      </ul>
    </details>
  );
}
