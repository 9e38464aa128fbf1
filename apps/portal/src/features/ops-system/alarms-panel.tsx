import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import {
  acknowledgeNodeAlarm,
  acknowledgeSettlementAlarm,
  listNodeAlarms,
  listSettlementAlarms,
  type NodeAlarm,
  type SettlementAlarm,
} from '@hetao/client';
import { ActButton } from '../../kit/act-button.js';
import { AskReason } from '../../kit/ask-reason.js';
import { Loaded } from '../../kit/loaded.js';
import { OrganisationName } from '../../kit/names.js';
import { Panel } from '../../kit/page.js';
import { Tag } from '../../kit/status-tag.js';
import { Time } from '../../kit/time.js';
import { Told } from '../../kit/told.js';
import { readBooksAlarm, readLogAlarm } from './alarm.rules.js';
import { useAlarmTitle, useAlarmWords } from './use-alarm-words.js';

const MOST = 50;

/** What the audits of the books, and looks at the logs, found and nobody has seen to. */
export function AlarmsPanel() {
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
              <OfBooks key={alarm.id} alarm={alarm} />
            ))}
            {log.map((alarm) => (
              <OfLog key={alarm.id} alarm={alarm} />
            ))}
          </>
        )}
      </Loaded>
    </Panel>
  );
}

function OfBooks({ alarm }: { readonly alarm: SettlementAlarm }) {
  const { t } = useTranslation();
  const title = useAlarmTitle()(alarm.code);
  return (
    <article aria-label={title ?? alarm.code}>
      <h3>{title ?? <code>{alarm.code}</code>}</h3>
      <BooksDetail alarm={alarm} />
      <p className="muted">
        {title !== undefined && (
          <>
            <code>{alarm.code}</code> ·{' '}
          </>
        )}
        <Time at={alarm.raised_at} near />
      </p>
      <AskReason
        label={t('opsSystem.acknowledge')}
        hint={t('opsSystem.acknowledgeHint')}
        done={t('opsSystem.acknowledged')}
        act={(reason) => acknowledgeSettlementAlarm({ path: { id: alarm.id }, body: { reason }, throwOnError: true })}
      />
    </article>
  );
}

/** What is wrong and with whose books, in figures. */
function BooksDetail({ alarm }: { readonly alarm: SettlementAlarm }) {
  const words = useAlarmWords();
  const found = readBooksAlarm(alarm);
  return (
    <Told text={`${alarm.subject}: ${alarm.detail}`}>
      {found && (
        <>
          {found.owner !== undefined && (
            <>
              <OrganisationName id={found.owner} /> ·{' '}
            </>
          )}
          {words(found.said)}
        </>
      )}
    </Told>
  );
}

function OfLog({ alarm }: { readonly alarm: NodeAlarm }) {
  const { t } = useTranslation();
  const words = useAlarmWords();
  return (
    <article aria-label={t(`opsSystem.logAlarm.${alarm.alarm}`)}>
      <h3>
        {t(`opsSystem.logAlarm.${alarm.alarm}`)} · {alarm.origin}
      </h3>
      <Told text={alarm.detail}>{readLogAlarm(alarm)?.map(words).join(' ')}</Told>
      <ActButton
        label={t('opsSystem.acknowledge')}
        done={t('opsSystem.acknowledged')}
        act={() => acknowledgeNodeAlarm({ path: { id: alarm.id }, throwOnError: true })}
      />
    </article>
  );
}
