import { err, newId, ok, type Clock, type Result } from '@hetao/kernel';
import type { Tx } from '@hetao/persistence';
import { CLOCK } from '@hetao/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { ledgerErrors, type LedgerError } from '../ledger/ledger.errors.js';
import { ledgerFaultOf } from '../ledger/ledger.faults.js';
import { LedgerRepository } from '../ledger/ledger.repository.js';
import { holdErrors, type HoldError } from './hold.errors.js';
import { checkReservation, checkVoid, postingOfHold, type Hold, type HoldUse, type Reservation } from './hold.js';
import { HoldRepository, reservationHash } from './hold.repository.js';

type Failure = LedgerError | HoldError;

/**
 * Two-phase postings, for use cases that must be sure of money before they do what cannot be undone. Everything
 * happens in the caller's transaction; a failure leaves it unusable, so return it and let the unit of work roll back.
 */
@Injectable()
export class HoldBook {
  readonly #holds: HoldRepository;
  readonly #ledger: LedgerRepository;
  readonly #clock: Clock;

  constructor(holds: HoldRepository, ledger: LedgerRepository, @Inject(CLOCK) clock: Clock) {
    this.#holds = holds;
    this.#ledger = ledger;
    this.#clock = clock;
  }

  /**
   * Reserves a posting: from now on it counts against the limits of its accounts. The same reservation under the same
   * key finds the first one; another one under it is POSTING_KEY_REUSED.
   */
  async reserve(tx: Tx, reservation: Reservation): Promise<Result<Hold, Failure>> {
    const now = this.#clock.now();
    const checked = checkReservation(reservation, now);
    if (!checked.ok) return checked;
    const holdId = newId('hld');
    try {
      await this.#holds.add(tx, { ...reservation, id: holdId, at: now });
    } catch (error) {
      const fault = ledgerFaultOf(error);
      if (fault === undefined) throw error;
      return err(fault);
    }
    const found = await this.#holds.findByKey(tx, reservation.idempotencyKey);
    if (found === null || !found.hash.equals(reservationHash(reservation))) {
      return err(ledgerErrors.POSTING_KEY_REUSED(`The key ${reservation.idempotencyKey} reserved something else.`));
    }
    return ok(found.hold);
  }

  /**
   * Posts a hold in whole or part and sets the rest free; the limits were checked when it was reserved. Posting it
   * again in the same way finds it posted.
   *
   * @returns the journal transaction's id.
   */
  async post(tx: Tx, holdId: string, use: HoldUse = {}): Promise<Result<string, Failure>> {
    const hold = await this.#holds.lock(tx, holdId);
    if (hold === null) return err(notFound(holdId));
    const now = this.#clock.now();
    const posting = postingOfHold(hold, use, now);
    if (!posting.ok) return posting;
    // Set free first, within the same transaction: or the posting would count beside its own reserve.
    const transactionId = newId('txn');
    if (hold.state === 'reserved') {
      await this.#holds.resolve(tx, [holdId], {
        outcome: 'posted',
        transactionId,
        reason: null,
        by: 'ledger',
        at: now,
      });
    }
    const posted = await this.#ledger.post(tx, [{ ...posting.value, transactionId }]);
    if (!posted.ok) return posted;
    return ok(posted.value[0]?.transactionId ?? transactionId);
  }

  /** Gives a hold up. @param by who did; @param reason why. */
  async void(tx: Tx, holdId: string, { by, reason }: { by: string; reason: string }): Promise<Result<Hold, HoldError>> {
    const hold = await this.#holds.lock(tx, holdId);
    if (hold === null) return err(notFound(holdId));
    const checked = checkVoid(hold);
    if (!checked.ok || hold.state === 'voided') return checked;
    const at = this.#clock.now();
    await this.#holds.resolve(tx, [holdId], { outcome: 'voided', transactionId: null, reason, by, at });
    return ok({ ...hold, state: 'voided' });
  }

  /** Sets free what was reserved for too long. @returns how many holds, at most `limit`. */
  async expire(tx: Tx, limit: number): Promise<number> {
    const at = this.#clock.now();
    const expired = await this.#holds.lockExpired(tx, at, limit);
    if (expired.length === 0) return 0;
    await this.#holds.resolve(tx, expired, { outcome: 'expired', transactionId: null, reason: null, by: 'ledger', at });
    return expired.length;
  }
}

function notFound(holdId: string): HoldError {
  return holdErrors.HOLD_NOT_FOUND(`There is no hold ${holdId}.`);
}
