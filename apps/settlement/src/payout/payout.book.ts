import { PayoutInstructedV1, PayoutSettledV1 } from '@hetao/events';
import { money, moneyToJson, newId, ok, type Clock, type Result } from '@hetao/kernel';
import type { Tx } from '@hetao/persistence';
import { CLOCK } from '@hetao/runtime';
import { Inject, Injectable } from '@nestjs/common';
import type { BankAccount } from '../agreement/agreement.js';
import type { LedgerError } from '../ledger/ledger.errors.js';
import { credit, debit, exchangeOwner, type Posting } from '../ledger/ledger.js';
import { LedgerRepository } from '../ledger/ledger.repository.js';
import { endToEndIdOf, payablesOf, type Payable, type Payout } from './payout.js';
import { PayoutRepository } from './payout.repository.js';

/** A payable and where its money goes. */
export interface PayablePayout {
  readonly payable: Payable;
  readonly bankAccount: BankAccount;
}

/** One bank line that shows one payout was made. */
export interface PayoutSettlement {
  readonly payoutId: string;
  readonly statementLineId: string;
  readonly settledAt: Date;
}

/** Writes a payout, its posting and its event together, so that none of them is ever without the others. */
@Injectable()
export class PayoutBook {
  readonly #payouts: PayoutRepository;
  readonly #ledger: LedgerRepository;
  readonly #clock: Clock;

  constructor(payouts: PayoutRepository, ledger: LedgerRepository, @Inject(CLOCK) clock: Clock) {
    this.#payouts = payouts;
    this.#ledger = ledger;
    this.#clock = clock;
  }

  /** What the period's paid invoices owe and no payout covers yet. The period must be locked. */
  async payables(tx: Tx, period: string): Promise<readonly Payable[]> {
    return payablesOf(await this.#payouts.openShares(tx, period));
  }

  /** Instructs payouts: the debt moves from the party's account to money on its way out. */
  async instruct(tx: Tx, period: string, payables: readonly PayablePayout[]): Promise<Result<void, LedgerError>> {
    if (payables.length === 0) return ok(undefined);
    const now = this.#clock.now();
    const made = payables.map(({ payable, bankAccount }) => ({
      payable,
      payout: payoutFor(payable, { period, bankAccount, now }),
    }));
    await this.#payouts.add(tx, made);
    const posted = await this.#ledger.post(
      tx,
      made.map(({ payout }) => instructedPosting(payout)),
    );
    if (!posted.ok) return posted;
    for (const { payout } of made) {
      tx.append(PayoutInstructedV1, {
        payoutId: payout.payoutId,
        period,
        beneficiaryId: payout.beneficiaryId,
        amount: moneyToJson(money(payout.amountMinor, payout.currency)),
        endToEndId: payout.endToEndId,
        instructedAt: now.toISOString(),
      });
    }
    return ok(undefined);
  }

  /** The payouts that references name, held for this transaction. */
  lockByReference(tx: Tx, references: readonly string[]): Promise<readonly Payout[]> {
    return this.#payouts.lockByReference(tx, references);
  }

  /** Notes that payouts have left the bank. The bank line itself is posted by whoever imports the statement. */
  async settle(tx: Tx, settlements: readonly PayoutSettlement[]): Promise<void> {
    if (settlements.length === 0) return;
    await this.#payouts.settle(
      tx,
      settlements.map(({ payoutId }) => payoutId),
      settlements.map(({ settledAt }) => settledAt),
    );
    for (const { payoutId, statementLineId, settledAt } of settlements) {
      tx.append(PayoutSettledV1, { payoutId, statementLineId, settledAt: settledAt.toISOString() });
    }
  }
}

function payoutFor(
  { beneficiaryId, share, amountMinor, currency }: Payable,
  { period, bankAccount, now }: { readonly period: string; readonly bankAccount: BankAccount; readonly now: Date },
): Payout {
  const payoutId = newId('pay');
  return {
    payoutId,
    period,
    beneficiaryId,
    share,
    amountMinor,
    currency,
    endToEndId: endToEndIdOf(payoutId),
    bankAccount,
    state: 'instructed',
    instructedAt: now,
    settledAt: null,
  };
}

function instructedPosting({
  payoutId,
  period,
  beneficiaryId,
  share,
  amountMinor,
  currency,
  instructedAt,
}: Payout): Posting {
  return {
    idempotencyKey: `payout_instructed:${payoutId}`,
    movement: 'payout_instructed',
    effectiveAt: instructedAt,
    period,
    reference: { kind: 'payout', id: payoutId },
    legs: [
      debit({ owner: beneficiaryId, kind: `payable:${share}`, currency }, amountMinor),
      credit({ owner: exchangeOwner, kind: 'clearing:bank_out', currency }, amountMinor),
    ],
  };
}
