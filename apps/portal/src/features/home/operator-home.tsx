import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.js';
import { Loaded } from '../../kit/loaded.js';
import { queueStates, type Waiting } from '../../kit/inbox/inbox.rules.js';
import { useInbox } from '../../kit/inbox/use-inbox.js';
import { Needs, NumberCard } from './needs.js';

/** An operator's day: every queue with how long its oldest case waits. */
export function OperatorHome() {
  return (
    <Loaded query={useInbox()} rows={8}>
      {({ waiting, readAt }) => <Queues waiting={waiting} readAt={readAt} />}
    </Loaded>
  );
}

function Queues({ waiting, readAt }: { readonly waiting: readonly Waiting[]; readonly readAt: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  const states = queueStates(waiting, readAt);
  const late = states.reduce((sum, state) => sum + state.late, 0);
  const oldest = states.map((state) => state.oldest).sort()[0];
  return (
    <>
      <Needs
        pending={false}
        needs={states.map((state) => ({
          key: state.queue,
          count: state.count,
          title: t(`opsInbox.queues.${state.queue}`),
          hint: [
            t('opsInbox.oldest', { when: format.distance(state.oldest) }),
            ...(state.late > 0 ? [t('opsInbox.late', { count: state.late })] : []),
          ].join(' · '),
          tone: state.late > 0 ? 'bad' : 'waiting',
          to: { to: '/ops/inbox', search: { queue: state.queue } },
        }))}
      />
      <section className="three" aria-label={t('home.numbersTitle')}>
        <NumberCard name={t('opsInbox.allWaiting')} figure={format.count(waiting.length)} to={{ to: '/ops/inbox' }} />
        <NumberCard name={t('opsInbox.pastClock')} figure={format.count(late)} />
        <NumberCard name={t('opsInbox.oldestCase')} figure={oldest === undefined ? '–' : format.distance(oldest)} />
      </section>
    </>
  );
}
