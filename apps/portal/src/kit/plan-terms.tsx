import { useTranslation } from 'react-i18next';
import type { PricePlan, Quota, UsagePolicy } from '@hetao/client';
import { groupDigits, moneyText } from '../i18n/format.js';
import { useFormat } from '../i18n/use-format.js';

type Component = PricePlan['components'][number];

/** A price plan in plain words: what is paid, for what, and what is added. */
export function PlanTerms({ plan }: { readonly plan: PricePlan }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <div className="terms">
      <ul>
        {plan.components.map((component) => (
          <li key={component.id}>
            <ComponentTerms component={component} currency={plan.currency} />
          </li>
        ))}
      </ul>
      {plan.version === 2 && plan.trial && <p>{t('terms.trial', { count: plan.trial.periods })}</p>}
      <p className="muted small">
        {t('terms.tax', { rate: format.share(plan.tax.rate_bps / 10_000), place: format.place(plan.tax.jurisdiction) })}
      </p>
    </div>
  );
}

/** A meter in the reader's words, or as it is called where it is a merchant's own. */
export function useMeterWord(): (meter: string, count?: number) => string {
  const { t, i18n } = useTranslation();
  return (meter, count = 2) => {
    const name = `terms.meter.${meter}` as 'terms.meter.calls';
    return i18n.exists(name as string, { count }) ? t(name, { count }) : meter.replaceAll('_', ' ');
  };
}

function ComponentTerms({ component, currency }: { readonly component: Component; readonly currency: string }) {
  const { t } = useTranslation();
  const meterWord = useMeterWord();
  const amount = (text: string) => moneyText({ amount: text, currency });
  switch (component.kind) {
    case 'flat':
      return t('terms.flat', { amount: amount(component.amount) });
    case 'minimum':
      return t('terms.minimum', { amount: amount(component.amount) });
    case 'prepaid':
      return t('terms.prepaid', { price: amount(component.price), credit: amount(component.credit) });
    case 'package':
      return t('terms.package', {
        price: amount(component.price),
        size: groupDigits(component.size),
        meter: meterWord(component.meter),
      });
    case 'per_unit':
      if (component.per === '1') {
        return t('terms.perOne', { price: amount(component.unit_price), meter: meterWord(component.meter, 1) });
      }
      return t('terms.perUnit', {
        price: amount(component.unit_price),
        per: groupDigits(component.per),
        meter: meterWord(component.meter),
      });
    case 'tiered':
      return <TieredTerms component={component} currency={currency} />;
  }
}

function TieredTerms({
  component,
  currency,
}: {
  readonly component: Extract<Component, { kind: 'tiered' }>;
  readonly currency: string;
}) {
  const { t } = useTranslation();
  const meterWord = useMeterWord();
  return (
    <>
      {component.per === '1'
        ? t(`terms.tieredOne.${component.mode}`, { meter: meterWord(component.meter, 1) })
        : t(`terms.tiered.${component.mode}`, { per: groupDigits(component.per), meter: meterWord(component.meter) })}
      <ul>
        {component.tiers.map((tier) => (
          <li key={tier.up_to ?? 'rest'}>
            {tier.up_to === null
              ? t('terms.beyond', { price: moneyText({ amount: tier.unit_price, currency }) })
              : t('terms.upTo', {
                  limit: groupDigits(tier.up_to),
                  price: moneyText({ amount: tier.unit_price, currency }),
                })}
          </li>
        ))}
      </ul>
    </>
  );
}

/** What may be done with it, where, and what may not. */
export function PolicyTerms({ policy, quota }: { readonly policy: UsagePolicy; readonly quota: Quota | null }) {
  const { t } = useTranslation();
  const format = useFormat();
  const meterWord = useMeterWord();
  return (
    <dl className="facts">
      <div>
        <dt>{t('terms.purposes')}</dt>
        <dd>
          <Purposes purposes={policy.purposes} />
        </dd>
      </div>
      <div>
        <dt>{t('terms.places')}</dt>
        <dd>{policy.places_of_use.map(format.place).join(' · ')}</dd>
      </div>
      <div>
        <dt>{t('terms.onward')}</dt>
        <dd>{policy.onward_use ? t('terms.onwardYes') : t('terms.onwardNo')}</dd>
      </div>
      <div>
        <dt>{t('terms.retention')}</dt>
        <dd>
          {policy.retention_days === null ? t('terms.noRetention') : t('terms.days', { count: policy.retention_days })}
        </dd>
      </div>
      {quota !== null && (
        <div>
          <dt>{t('terms.quota')}</dt>
          <dd>
            {groupDigits(quota.limit)} {meterWord(quota.meter)}
          </dd>
        </div>
      )}
    </dl>
  );
}

function Purposes({ purposes }: { readonly purposes: readonly string[] }) {
  const purposeWord = usePurposeWord();
  return <>{purposes.map(purposeWord).join(' · ')}</>;
}

/** Words with dashes between them and nothing else: a purpose nobody gave a name here. What people wrote stays. */
const SLUG = /^[a-z]+(?:-[a-z]+)+$/;

/** A purpose in the reader's words where it is a usual one. */
export function usePurposeWord(): (purpose: string) => string {
  const { t, i18n } = useTranslation();
  return (purpose) => {
    const name = `terms.purpose.${purpose}` as 'terms.purpose.education';
    if (i18n.exists(name as string)) return t(name);
    return SLUG.test(purpose) ? purpose.replaceAll('-', ' ') : purpose;
  };
}
