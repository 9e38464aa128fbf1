import type { DomainError } from '@hetao/kernel';
import { budgetErrors, type BudgetError } from '../budget/budget.errors.js';
import type { QuotaBook } from '../quota/quota.js';
import { type UsageEvent } from './usage-event.js';
import { usageEventErrors, type UsageEventError } from './usage-event.errors.js';
import type { EntitlementError } from '../entitlement/entitlement.errors.js';
import type { PersonsError } from '../persons/persons.errors.js';

export type Refusal =
  UsageEventError | EntitlementError | DomainError<'RELEASE_NOT_IN_FORCE'> | PersonsError | BudgetError;

/** What became of one event. Only an accepted event changes anything. */
export type Outcome =
  | { readonly status: 'accepted' }
  | { readonly status: 'duplicate' }
  | { readonly status: 'conflict'; readonly error: Refusal }
  | { readonly status: 'rejected'; readonly error: Refusal };

/** A readable event of a batch, with what the rest of the exchange says about it. */
export interface Candidate {
  readonly event: UsageEvent;
  /** Identity: same key, same event. Unique per sender, source and id. */
  readonly key: string;
  /** Of the payload: same key with another hash is a conflict. */
  readonly payloadHash: string;
  /** Why it cannot be counted, unless it was counted before. */
  readonly refusal: Refusal | undefined;
  /** Whether it is this side's count that is billed, and so held against the quota. */
  readonly takesQuota: boolean;
}

/**
 * Decides a batch event by event, in its order, as if each had been sent alone.
 *
 * An event that was counted before is a duplicate whatever has happened since: a sender that repeats a lost answer must
 * hear the same, also after the period closed, the agreement ended or the quota ran out. A rejected event leaves its id
 * unused, so that it can be mended and sent again.
 *
 * @param counted payload hashes by key of all candidates that were counted before this batch.
 */
export function decideOutcomes(
  candidates: readonly Candidate[],
  counted: ReadonlyMap<string, string>,
  quotas: QuotaBook,
): readonly Outcome[] {
  const known = new Map(counted);
  return candidates.map((candidate) => {
    const { event, key, payloadHash, refusal } = candidate;
    const first = known.get(key);
    if (first !== undefined) return first === payloadHash ? DUPLICATE : conflict(event);
    if (refusal) return { status: 'rejected', error: refusal };
    const short = candidate.takesQuota ? quotas.take(event) : undefined;
    if (short) return { status: 'rejected', error: quotaExhausted(event, short) };
    known.set(key, payloadHash);
    return ACCEPTED;
  });
}

const ACCEPTED: Outcome = { status: 'accepted' };
const DUPLICATE: Outcome = { status: 'duplicate' };

function conflict(event: UsageEvent): Outcome {
  const error = usageEventErrors.USAGE_EVENT_CONFLICT(
    `Event ${event.id} of source ${event.source} was counted before with other subject, time or data.`,
    { pointer: '/id' },
  );
  return { status: 'conflict', error };
}

function quotaExhausted(event: UsageEvent, quota: NonNullable<ReturnType<QuotaBook['take']>>): Refusal {
  if (quota.budgetId !== undefined) {
    return budgetErrors.USAGE_BUDGET_REACHED(
      `Budget ${quota.budgetId} has ${quota.used.toString()} of ${quota.limit.toString()} ${quota.meter}.`,
      {
        pointer: event.quantities.some(({ meter }) => meter === quota.meter) ? `/data/meters/${quota.meter}` : '/data',
      },
    );
  }
  return usageEventErrors.QUOTA_EXHAUSTED(
    `Agreement ${event.agreementId} has used ${quota.used.toString()} of ${quota.limit.toString()} ${quota.meter}.`,
    { pointer: `/data/meters/${quota.meter}` },
  );
}
