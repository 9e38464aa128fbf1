import { Injectable } from '@nestjs/common';
import type { Tx } from '@hetao/persistence';
import { UsageLimits } from '../budget/usage-limits.use-cases.js';
import { AdmitUsage } from './admit-usage.use-cases.js';
import type { ClaimMode } from './claim-keys.use-cases.js';
import { KeyLedger } from './key.ledger.js';
import { decideOutcomes, type Outcome } from './outcome.js';
import { StoreUsage } from './store-usage.use-cases.js';
import { type Counted, countOutcomes, type Submission } from './submission.types.js';

/** Counts what is new in some submissions: keys, quotas, raw events and rollups change together or not at all. */
@Injectable()
export class CountUsage {
  constructor(
    private readonly admission: AdmitUsage,
    private readonly keys: KeyLedger,
    private readonly limits: UsageLimits,
    private readonly storage: StoreUsage,
  ) {}

  /** How the keys are to be claimed at the n-th attempt, from 0. */
  mode(attempt: number): ClaimMode {
    return this.keys.mode(attempt);
  }

  /**
   * One answer a submission, in their order. Of an event that is in several of them the first is counted.
   *
   * @throws KeysTaken when the claim met a duplicate that its mode did not look for.
   */
  async execute(tx: Tx, submissions: readonly Submission[], mode: ClaimMode): Promise<readonly Counted[]> {
    const { refusals, quotaAgreementIds } = await this.admission.execute(tx, submissions);
    const claim = await this.keys.claim(tx, submissions, refusals, mode);
    // The rows of quotas and budgets come after the keys in every transaction: one global order of locks.
    const uses = claim.events.map(({ event }) => event);
    const limits = await this.limits.lock(tx, uses, quotaAgreementIds);
    const outcomes = decideOutcomes(claim.events, claim.counted, limits);
    const accepted = claim.events.filter((_, at) => outcomes[at]?.status === 'accepted');
    const isQuotaShort = outcomes.some((one, at) => one.status === 'rejected' && !claim.events[at]?.refusal);
    if (isQuotaShort) await this.keys.settle(tx, claim, accepted);
    await this.limits.save(tx, limits);
    const counted = divide(submissions, outcomes);
    const batches = counted.map((one, at) => ({
      batchNo: claim.batchNos[at] as number,
      submission: submissions[at] as Submission,
      counted: one,
    }));
    await this.storage.execute(tx, batches, accepted);
    return counted;
  }
}

/** Gives each submission its part of the outcomes. */
function divide(submissions: readonly Submission[], outcomes: readonly Outcome[]): readonly Counted[] {
  let from = 0;
  return submissions.map(({ events, unreadable }) => {
    const own = outcomes.slice(from, from + events.length);
    from += events.length;
    return { outcomes: own, counts: countOutcomes(own, unreadable) };
  });
}
