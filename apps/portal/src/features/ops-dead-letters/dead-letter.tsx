import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { discardDeadLetter, getDeadLetter, replayDeadLetter, type DeadLetter } from '@hetao/client';
import { isOneOf } from '../../app/page-state.js';
import { AskReason } from '../../kit/ask-reason.js';
import { DetailHead, Facts } from '../../kit/detail.js';
import { Loaded } from '../../kit/loaded.js';
import { StatusTag } from '../../kit/status-tag.js';
import { Time } from '../../kit/time.js';

/** One event that a handler gave up on: why, how often, and what can be done about it. */
export function DeadLetterArticle({ letter }: { readonly letter: DeadLetter }) {
  const { t } = useTranslation();
  const { event, asked } = letter;
  const [reason = '', ...causes] = letter.error.split('\n');
  return (
    <article aria-label={`${letter.service} · ${event.type}`}>
      <h3>
        {letter.service} · <code className="wrap">{event.type}</code> <StatusTag status={letter.state} />
      </h3>
      <p className="long-text">{reason}</p>
      <Facts
        facts={[
          { label: t('opsDeadLetters.key'), value: <code className="wrap">{event.key}</code> },
          { label: t('opsDeadLetters.failed'), value: <Time at={letter.failed_at} near /> },
          { label: t('opsDeadLetters.attempts'), value: letter.attempts },
          letter.trace_id !== null && {
            label: t('opsDeadLetters.trace'),
            value: <code className="wrap">{letter.trace_id}</code>,
          },
          asked !== null && { label: t('opsDeadLetters.asked'), value: `${asked.reason} (${asked.by})` },
          letter.confirmed_by !== null && { label: t('opsDeadLetters.confirmed'), value: letter.confirmed_by },
        ]}
      />
      <Whole letter={letter} causes={causes} />
      {isOneOf(['operator']) && <Acts letter={letter} />}
    </article>
  );
}

/** The event itself and every cause: read when somebody opens it. */
function Whole({ letter, causes }: { readonly letter: DeadLetter; readonly causes: readonly string[] }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const query = useQuery({
    queryKey: ['dead-letter', letter.id],
    queryFn: async ({ signal }) => (await getDeadLetter({ path: { id: letter.id }, signal, throwOnError: true })).data,
    enabled: open,
  });
  return (
    <details onToggle={(toggled) => setOpen(toggled.currentTarget.open)}>
      <summary>{t('opsDeadLetters.event')}</summary>
      <DetailHead id={letter.id} path={`/v1/dead-letters/${letter.id}`} />
      {causes.length > 0 && <p className="long-text">{causes.join('\n')}</p>}
      {open && (
        <Loaded query={query}>
          {({ data }) => (
            <>
              <p className="muted">{t('opsDeadLetters.masked')}</p>
              <pre className="scroll" tabIndex={0} aria-label={t('opsDeadLetters.event')}>
                {data === null ? t('opsDeadLetters.unreadable') : JSON.stringify(data, null, 2)}
              </pre>
            </>
          )}
        </Loaded>
      )}
    </details>
  );
}

function Acts({ letter: { id, state } }: { readonly letter: DeadLetter }) {
  const { t } = useTranslation();
  if (state !== 'parked' && state !== 'discard_proposed') return null;
  const proposed = state === 'discard_proposed';
  return (
    <div className="actions">
      <AskReason
        label={t('opsDeadLetters.replay')}
        hint={t('opsDeadLetters.replayHint')}
        done={t('opsDeadLetters.replaying')}
        act={(reason, headers) => replayDeadLetter({ path: { id }, body: { reason }, headers, throwOnError: true })}
      />
      <AskReason
        danger
        label={proposed ? t('opsDeadLetters.confirm') : t('opsDeadLetters.propose')}
        hint={t('opsDeadLetters.discardHint')}
        done={proposed ? t('opsDeadLetters.discardNoted') : t('opsDeadLetters.proposed')}
        act={(reason, headers) => discardDeadLetter({ path: { id }, body: { reason }, headers, throwOnError: true })}
      />
    </div>
  );
}
