import { deterministicId, ok, type Clock, type Result } from '@hetao/kernel';
import type { Tx } from '@hetao/persistence';
import { CLOCK } from '@hetao/runtime';
import { Inject, Injectable } from '@nestjs/common';
import type { LedgerError } from '../ledger/ledger.errors.js';
import { LedgerRepository } from '../ledger/ledger.repository.js';
import { PeriodRepository } from '../period/period.repository.js';
import { payoutTransitions, type Payout } from './payout.js';
import { endedPosting } from './payout.postings.js';
import { PayoutRepository } from './payout.repository.js';

/** A payout that came to nothing, and why: a code of ISO 20022 or of ours. */
export interface PayoutEnd {
  readonly payoutId: string;
  readonly reason: string;
  readonly effectiveAt: Date;
}

/** Ends payouts that did not reach their party. Each is owed again exactly once, however often the bank says so. */
@Injectable()
export class PayoutEnding {
  readonly #payouts: PayoutRepository;
  readonly #ledger: LedgerRepository;
  readonly #periods: PeriodRepository;
  readonly #clock: Clock;

  constructor(
    payouts: PayoutRepository,
    ledger: LedgerRepository,
    periods: PeriodRepository,
    @Inject(CLOCK) clock: Clock,
  ) {
    this.#payouts = payouts;
    this.#ledger = ledger;
    this.#periods = periods;
    this.#clock = clock;
  }

  /** The bank refused it: no money left. @returns null when the payout is in no state to be refused. */
  rejected(tx: Tx, end: PayoutEnd): Promise<Result<{ period: string | null } | null, LedgerError>> {
    return this.#end(tx, end, 'rejected');
  }

  /** The money came back. @returns the period whose books it is in, or null when the payout had not left or came back before. */
  returned(tx: Tx, end: PayoutEnd): Promise<Result<{ period: string | null } | null, LedgerError>> {
    return this.#end(tx, end, 'returned');
  }

  async #end(
    tx: Tx,
    { payoutId, reason, effectiveAt }: PayoutEnd,
    how: 'rejected' | 'returned',
  ): Promise<Result<{ period: string | null } | null, LedgerError>> {
    const [payout] = await this.#payouts.lockByReference(tx, [payoutId]);
    const command = how === 'rejected' ? 'reject' : 'return';
    if (payout === undefined || !payoutTransitions.canTransition(payout.state, command)) return ok(null);
    const found = await this.#periods.find(tx, payout.period);
    // Books that are closed stay as they are: what comes back later is owed outside of them.
    const period = found?.closedAt === null ? payout.period : null;
    await this.#payouts.end(tx, { payoutId, state: how, reason, endedAt: this.#clock.now() });
    await this.#payouts.addDeferral(tx, deferralOf(payout, how, period, this.#clock.now()));
    const posted = await this.#ledger.post(tx, [endedPosting(payout, how, { period, effectiveAt })]);
    return posted.ok ? ok({ period }) : posted;
  }
}

function deferralOf(payout: Payout, kind: 'rejected' | 'returned', period: string | null, deferredAt: Date) {
  const { payoutId, beneficiaryId, share, currency, amountMinor } = payout;
  return {
    deferralId: deterministicId('dfr', payoutId, kind),
    ...{ beneficiaryId, share, currency, amountMinor, kind, period, deferredAt },
    sourcePayoutId: payoutId,
    releaseOn: null,
    items: [],
  };
}
