import { ok, type Clock, type Result } from '@hetao/kernel';
import type { Tx } from '@hetao/persistence';
import { CLOCK } from '@hetao/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { HoldBook } from '../holds/hold.book.js';
import type { HoldError } from '../holds/hold.errors.js';
import type { LedgerError } from '../ledger/ledger.errors.js';
import { RefundBook } from '../payout/refund.book.js';
import { reservationOf, type CreditRefund } from './credit-refund.js';

type Failure = LedgerError | HoldError;

/** Long enough for a second person to come back from a holiday. */
const DECIDED_WITHIN_MS = 14 * 24 * 3_600_000;

/** Moves a buyer's credit in two phases: reserved when a refund is proposed, on its way out or free again when it is decided. */
@Injectable()
export class CreditRefundBook {
  readonly #holds: HoldBook;
  readonly #refunds: RefundBook;
  readonly #clock: Clock;

  constructor(holds: HoldBook, refunds: RefundBook, @Inject(CLOCK) clock: Clock) {
    this.#holds = holds;
    this.#refunds = refunds;
    this.#clock = clock;
  }

  now(): Date {
    return this.#clock.now();
  }

  /** @returns the id of the hold; LEDGER_LIMIT_REACHED when there is less, other reserves counted. */
  async reserve(tx: Tx, refund: Omit<CreditRefund, 'holdId'>): Promise<Result<string, Failure>> {
    const expiresAt = new Date(refund.proposedAt.getTime() + DECIDED_WITHIN_MS);
    const held = await this.#holds.reserve(tx, { ...reservationOf(refund), expiresAt });
    return held.ok ? ok(held.value.holdId) : held;
  }

  /** Posts what was reserved and puts the payment where the next file finds it. @returns the payment's id. */
  async pay(tx: Tx, refund: CreditRefund, by: string): Promise<Result<string, Failure>> {
    const refundId = await this.#refunds.keep(tx, { ...refund, lineId: null, instructedBy: by });
    const posted = await this.#holds.post(tx, refund.holdId, { effectiveAt: this.now() });
    return posted.ok ? ok(refundId) : posted;
  }

  async release(tx: Tx, { holdId, reason }: CreditRefund, by: string): Promise<Result<null, Failure>> {
    const freed = await this.#holds.void(tx, holdId, { by, reason });
    return freed.ok ? ok(null) : freed;
  }
}
