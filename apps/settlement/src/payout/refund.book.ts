import { newId, ok, type Clock, type Currency, type Result } from '@hetao/kernel';
import type { Tx } from '@hetao/persistence';
import { CLOCK } from '@hetao/runtime';
import { Inject, Injectable } from '@nestjs/common';
import type { BankAccount } from '../agreement/agreement.js';
import type { LedgerError } from '../ledger/ledger.errors.js';
import { credit, debit, exchangeOwner } from '../ledger/ledger.js';
import { LedgerRepository } from '../ledger/ledger.repository.js';
import { endToEndIdOf } from './payout.js';

/** Money that goes back to whoever sent it. */
export interface Refund {
  readonly refundId: string;
  readonly amountMinor: bigint;
  readonly currency: Currency;
  readonly state: 'instructed' | 'settled';
}

/** What is sent back, of what, and where to. */
export interface RefundOrder {
  /** The bank line whose money goes back; null for what a buyer had on account. */
  readonly lineId: string | null;
  readonly buyerId: string | null;
  readonly amountMinor: bigint;
  readonly currency: Currency;
  readonly bankAccount: BankAccount;
  readonly instructedBy: string;
}

/** Writes a refund and its posting together. */
@Injectable()
export class RefundBook {
  readonly #ledger: LedgerRepository;
  readonly #clock: Clock;

  constructor(ledger: LedgerRepository, @Inject(CLOCK) clock: Clock) {
    this.#ledger = ledger;
    this.#clock = clock;
  }

  /** Tells the bank to send a line's money back: from money that arrived to money on its way out. */
  async instruct(tx: Tx, order: RefundOrder & { readonly lineId: string }): Promise<Result<string, LedgerError>> {
    const { amountMinor, currency } = order;
    const refundId = await this.keep(tx, order);
    const posted = await this.#ledger.post(tx, [
      {
        idempotencyKey: `refund_instructed:${refundId}`,
        movement: 'refund_instructed',
        effectiveAt: this.#clock.now(),
        period: null,
        reference: { kind: 'refund', id: refundId },
        legs: [
          debit({ owner: exchangeOwner, kind: 'clearing:bank_in', currency }, amountMinor),
          credit({ owner: exchangeOwner, kind: 'clearing:bank_out', currency }, amountMinor),
        ],
      },
    ]);
    return posted.ok ? ok(refundId) : posted;
  }

  /** Keeps a refund for the next payment file, where its posting is made from what was reserved. @returns its id. */
  async keep(tx: Tx, order: RefundOrder): Promise<string> {
    const refundId = newId('rfd');
    await tx.execute(
      `INSERT INTO bank_refunds (refund_id, line_id, buyer_id, amount_minor, currency, end_to_end_id, bank_account, state,
                                 instructed_by, instructed_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, 'instructed', $8, $9)`,
      [
        ...[
          refundId,
          order.lineId,
          order.buyerId,
          order.amountMinor.toString(),
          order.currency,
          endToEndIdOf(refundId),
        ],
        ...[JSON.stringify(order.bankAccount), order.instructedBy, this.#clock.now()],
      ],
    );
    return refundId;
  }

  /** The refunds that references name, held for this transaction. */
  async lockByReference(tx: Tx, references: readonly string[]): Promise<readonly Refund[]> {
    const rows = await tx.query<{
      refund_id: string;
      amount_minor: string;
      currency: Currency;
      state: Refund['state'];
    }>(
      `SELECT refund_id, amount_minor, currency, state FROM bank_refunds WHERE refund_id = ANY($1)
        ORDER BY refund_id FOR UPDATE`,
      [references],
    );
    return rows.map(({ refund_id: refundId, amount_minor: minor, currency, state }) => ({
      ...{ refundId, currency, state },
      amountMinor: BigInt(minor),
    }));
  }

  /** Notes that refunds have left the bank. */
  async settle(tx: Tx, settlements: readonly { readonly refundId: string; readonly settledAt: Date }[]): Promise<void> {
    if (settlements.length === 0) return;
    await tx.execute(
      `UPDATE bank_refunds SET state = 'settled', settled_at = s.settled_at
         FROM unnest($1::text[], $2::timestamptz[]) AS s(refund_id, settled_at)
        WHERE bank_refunds.refund_id = s.refund_id AND bank_refunds.state = 'instructed'`,
      [settlements.map(({ refundId }) => refundId), settlements.map(({ settledAt }) => settledAt)],
    );
  }
}
