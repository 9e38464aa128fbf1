import { useTranslation } from 'react-i18next';
import { askToLiftHold, liftHold, type Hold } from '@hetao/client';
import { useFormat } from '../../i18n/use-format.js';
import { ActButton } from '../../kit/act-button.js';
import { AskReason } from '../../kit/ask-reason.js';
import { PersonName } from '../../kit/names.js';
import { Panel } from '../../kit/page.js';
import { StatusTag } from '../../kit/status-tag.js';
import { Time } from '../../kit/time.js';

/** What stops the declaration. One officer asks to lift a hold, another lifts it. */
export function HoldsPanel({ holds }: { readonly holds: readonly Hold[] }) {
  const { t } = useTranslation();
  return (
    <Panel title={t('opsInbox.queues.holds')}>
      {holds.length === 0 && <p className="muted">{t('opsClearance.noHolds')}</p>}
      {holds.map((hold) => (
        <div key={hold.id}>
          <p>
            <StatusTag status={hold.lifted_at === null ? 'open' : 'closed'} />{' '}
            {hold.risk === null
              ? hold.reason
              : t('opsClearance.riskHeld', { score: hold.risk.score, from: hold.risk.hold_at })}
          </p>
          {hold.risk !== null && <RiskRules rules={hold.risk.rules} />}
          <p className="muted">
            <Time at={hold.put_at} /> · <PersonName id={hold.put_by} />
          </p>
          {hold.lift_reason !== null && <p>{t('opsClearance.liftAsked', { reason: hold.lift_reason })}</p>}
          {hold.lifted_at === null && <Lift hold={hold} />}
        </div>
      ))}
    </Panel>
  );
}

/** What the score is made of, each rule with its points; its name is what officers find it by. */
function RiskRules({ rules }: { readonly rules: NonNullable<Hold['risk']>['rules'] }) {
  const format = useFormat();
  return (
    <ul className="muted">
      {rules.map(({ id, text, points }) => (
        <li key={id} title={id}>
          {format.text(text)} +{format.count(points)}
        </li>
      ))}
    </ul>
  );
}

function Lift({ hold }: { readonly hold: Hold }) {
  const { t } = useTranslation();
  const call = { path: { id: hold.id }, throwOnError: true } as const;
  if (hold.lift_asked_by === null) {
    return (
      <AskReason
        label={t('opsClearance.askToLift')}
        hint={t('opsClearance.askToLiftHint')}
        done={t('opsClearance.askedToLift')}
        act={(reason) => askToLiftHold({ ...call, body: { reason } })}
      />
    );
  }
  return <ActButton label={t('opsClearance.lift')} done={t('opsClearance.lifted')} act={() => liftHold(call)} />;
}
