import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.js';
import { Empty } from '../../kit/empty.js';
import { Filters, FilterSelect } from '../../kit/filters.js';
import { Loaded } from '../../kit/loaded.js';
import { Page } from '../../kit/page.js';
import { Rows } from '../../kit/data-list.js';
import { StatusTag, Tag } from '../../kit/status-tag.js';
import { Time } from '../../kit/time.js';
import { isLate, queueStates, type Waiting } from '../../kit/inbox/inbox.rules.js';
import { queues } from '../../kit/inbox/queues.js';
import { useInbox } from '../../kit/inbox/use-inbox.js';

const route = getRouteApi('/ops/inbox');

/** All queues of the exchange as one list: what is late first, then what has a clock, then the oldest. */
export function InboxPage() {
  const { t } = useTranslation();
  const { queue } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <Page title={t('nav.inbox')} lead={t('opsInbox.lead')}>
      <Loaded query={useInbox()} rows={8}>
        {({ waiting, readAt }) => (
          <>
            <Filters>
              <FilterSelect
                label={t('opsInbox.queue')}
                value={queue}
                options={queues.map((value) => ({
                  value,
                  label: `${t(`opsInbox.queues.${value}`)} (${waiting.filter((one) => one.queue === value).length})`,
                }))}
                onChange={(value) => void navigate({ search: value === undefined ? {} : { queue: value } })}
              />
              <span className="muted" role="status">
                {t('opsInbox.late', { count: queueStates(waiting, readAt).reduce((sum, { late }) => sum + late, 0) })}
              </span>
            </Filters>
            <Cases cases={waiting.filter((one) => queue === undefined || one.queue === queue)} readAt={readAt} />
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Cases({ cases, readAt }: { readonly cases: readonly Waiting[]; readonly readAt: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (cases.length === 0) return <Empty title={t('opsInbox.none')}>{t('opsInbox.noneHint')}</Empty>;
  return (
    <div className="data-list">
      <section className="scroll" tabIndex={0} aria-label={t('nav.inbox')}>
        <Rows
          label={t('nav.inbox')}
          rows={cases}
          rowKey={({ id }) => id}
          columns={[
            {
              key: 'case',
              title: t('opsInbox.case'),
              cell: ({ to, title }) => <Link {...to}>{typeof title === 'string' ? title : format.text(title)}</Link>,
            },
            { key: 'queue', title: t('opsInbox.queue'), cell: (one) => t(`opsInbox.queues.${one.queue}`) },
            { key: 'status', title: t('kit.status'), cell: ({ status }) => <StatusTag status={status} /> },
            { key: 'since', title: t('opsInbox.since'), cell: ({ since }) => <Time at={since} near /> },
            {
              key: 'due',
              title: t('opsInbox.due'),
              cell: (one) =>
                isLate(one, readAt) ? (
                  <Tag tone="bad">{t('opsInbox.overdue', { day: format.day(one.due ?? '') })}</Tag>
                ) : (
                  <Time at={one.due} near />
                ),
            },
          ]}
        />
      </section>
    </div>
  );
}
