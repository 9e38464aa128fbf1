import { Decimal, err, ok, type DomainError, type Result } from '@hetao/kernel';
import { isPlanV2, validatePlan, validatePlanV2, type AnyPricePlan, type PricePlan } from '@hetao/rating';
import { checkPolicy, type UsagePolicy } from '../policy/policy.js';
import { offerErrors, type OfferError } from './offer.errors.js';

/** How much of a meter an agreement allows in all. */
export interface Quota {
  readonly meter: string;
  /** Exact decimal text, above zero. */
  readonly limit: string;
}

/** When an agreement is in force: from `from` until just before `until`. */
export interface Term {
  readonly from: Date;
  readonly until: Date;
}

/** The agreement goes on for another term by itself, unless a party gave notice in time. */
export interface RenewalTerms {
  /** Calendar months of each further term. */
  readonly months: number;
  /** How many further terms there are at most. */
  readonly times: number;
}

/** What two organisations can agree on: an offer says it first, an amendment says it anew. */
export interface Terms {
  readonly plan: AnyPricePlan;
  /** Zone whose days and months the plan counts; IANA name. */
  readonly timeZone: string;
  readonly policy: UsagePolicy;
  readonly quota: Quota | null;
  readonly term: Term;
  /** Days between a party's notice and the end of an agreement; 0 lets it end at once. */
  readonly noticeDays: number;
  readonly renewal: RenewalTerms | null;
  readonly channelPartnerId: string | null;
}

const DAY_MS = 86_400_000;

/**
 * Checks terms when they are stated, so that they are never found wanting when somebody holds to them.
 *
 * @returns OFFER_*, POLICY_INVALID, or what `@hetao/rating` finds wrong with the plan.
 */
export function checkTerms<T extends Terms>(terms: T, merchantId: string, at: Date): Result<T, DomainError> {
  const plan = checkPlan(terms.plan);
  if (!plan.ok) return plan;
  const policy = checkPolicy(terms.policy, terms.term);
  if (!policy.ok) return policy;
  const fault =
    checkTimes(terms, at) ??
    checkZone(terms.timeZone) ??
    checkQuota(terms.quota) ??
    checkRenewal(terms) ??
    checkChannel(terms, merchantId);
  return fault === null ? ok(terms) : err(fault);
}

/**
 * The plan as the first form says it, or null where the first form would say another price: packages, minimums, credit,
 * trials, part periods, more parties or withholding. Whoever only reads the first form is told no price rather than a
 * wrong one.
 */
export function inFirstForm(plan: AnyPricePlan): PricePlan | null {
  if (!isPlanV2(plan)) return plan;
  const { currency, fee, tax } = plan;
  if (plan.trial !== null || plan.parties.length > 0 || plan.withholding !== null) return null;
  const components: PricePlan['components'] = [];
  for (const component of plan.components) {
    if (component.kind === 'per_unit' || component.kind === 'tiered') components.push(component);
    else if (component.kind === 'flat' && !component.prorate) {
      const { kind, id, amount } = component;
      components.push({ kind, id, amount });
    } else return null;
  }
  return { currency, components, fee, tax };
}

/** The plan if it can be rated, whichever form it has; pointers are into the plan. */
export function checkPlan(plan: AnyPricePlan): Result<AnyPricePlan, DomainError> {
  return isPlanV2(plan) ? validatePlanV2(plan) : validatePlan(plan);
}

function checkTimes({ term }: Terms, at: Date): OfferError | null {
  const until = term.until.toISOString();
  if (term.until.getTime() <= term.from.getTime()) return termFault(`the term ends at ${until}, not after it begins`);
  return term.until.getTime() <= at.getTime() ? termFault(`the term is over since ${until}`) : null;
}

function termFault(detail: string): OfferError {
  return offerErrors.OFFER_TERM_INVALID(`The terms were refused: ${detail}.`, { pointer: '/term/until' });
}

/** Asked of the runtime's own zone data, which settlement will count the days by. */
function checkZone(timeZone: string): OfferError | null {
  try {
    new Intl.DateTimeFormat('en', { timeZone });
    return null;
  } catch {
    return offerErrors.OFFER_ZONE_UNKNOWN(`There is no time zone "${timeZone}".`, { pointer: '/time_zone' });
  }
}

function checkQuota(quota: Quota | null): OfferError | null {
  if (quota === null || Decimal.parse(quota.limit).compare(Decimal.zero) > 0) return null;
  return offerErrors.OFFER_QUOTA_INVALID(`A limit of ${quota.limit} ${quota.meter} allows nothing.`, {
    pointer: '/quota/limit',
  });
}

/** A renewal nobody has time to decline would bind both for longer than they could know. */
function checkRenewal({ renewal, noticeDays, term }: Terms): OfferError | null {
  const days = (term.until.getTime() - term.from.getTime()) / DAY_MS;
  if (renewal === null || noticeDays < days) return null;
  return offerErrors.OFFER_NOTICE_INVALID(
    `The notice of ${noticeDays} days does not fit into a term of ${Math.floor(days)} days that renews itself.`,
    { pointer: '/notice_days' },
  );
}

/** A fee nobody receives, or a partner who receives nothing, is a mistake that would surface at the first payout. */
function checkChannel({ plan, channelPartnerId }: Terms, merchantId: string): OfferError | null {
  const paid = plan.fee.channelBps > 0;
  if (paid === (channelPartnerId !== null) && channelPartnerId !== merchantId) return null;
  return offerErrors.OFFER_CHANNEL_MISMATCH(
    `The channel fee is ${plan.fee.channelBps} basis points and the channel partner is ${channelPartnerId ?? 'nobody'}.`,
    { pointer: '/channel_partner_id' },
  );
}
