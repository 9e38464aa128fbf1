import { PayoutInstructedV1, PayoutSettledV1 } from '@hetao/events';
import { deterministicId, money, moneyToJson, newId, ok, type Clock, type Result } from '@hetao/kernel';
import type { Tx } from '@hetao/persistence';
import { CLOCK } from '@hetao/runtime';
import { Inject, Injectable } from '@nestjs/common';
import type { BankAccount } from '../agreement/agreement.js';
import type { ShareDebt } from '../invoice/party-accounts.js';
import { keepSetOff } from '../invoice/share-debts.repository.js';
import type { LedgerError } from '../ledger/ledger.errors.js';
import { LedgerRepository } from '../ledger/ledger.repository.js';
import { endToEndIdOf, payablesOf, type Payable, type Payout } from './payout.js';
import { deferredPosting, instructedPosting } from './payout.postings.js';
import { PayoutRepository, type NewDeferral } from './payout.repository.js';
import type { PayoutPlan } from './settlement-terms.js';

/** A payable, how it is divided, and where its money goes. */
export interface PlannedPayout {
  readonly payable: Payable;
  readonly plan: PayoutPlan;
  readonly bankAccount: BankAccount;
  /** The debts of the party that are settled with it; they come to what the plan sets off. */
  readonly setOff: readonly ShareDebt[];
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

  /** What the period's paid invoices owe and nothing covers yet, with what waited for it. The period must be locked. */
  async payables(
    tx: Tx,
    period: string,
    { zone, today }: { readonly zone: string; readonly today: string },
  ): Promise<readonly Payable[]> {
    const shares = await this.#payouts.openShares(tx, period, zone);
    return payablesOf(shares, await this.#payouts.dueDeferrals(tx, today));
  }

  /** Instructs payouts: the debt moves from the party's account to money on its way out, and what is kept back waits. */
  async instruct(tx: Tx, period: string, planned: readonly PlannedPayout[]): Promise<Result<void, LedgerError>> {
    if (planned.length === 0) return ok(undefined);
    const now = this.#clock.now();
    const made = planned.map((one) => ({ ...one, payout: payoutFor(one, { period, now }) }));
    await this.#payouts.add(tx, made);
    for (const { payout, plan, setOff } of made) {
      if (plan.reserveMinor > 0n) await this.#payouts.addDeferral(tx, reserveOf(payout, plan));
      await keepSetOff(tx, setOff, { ...payout, at: now });
    }
    const posted = await this.#ledger.post(
      tx,
      made.map(({ payout, payable, plan }) => instructedPosting(payout, payable, plan)),
    );
    if (!posted.ok) return posted;
    for (const { payout } of made.filter(({ plan }) => plan.payMinor > 0n)) {
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

  /** Lets what is owed wait. What had waited before goes on waiting. */
  async defer(
    tx: Tx,
    period: string,
    waiting: readonly { readonly payable: Payable; readonly kind: 'threshold' | 'hold' }[],
  ): Promise<Result<void, LedgerError>> {
    const now = this.#clock.now();
    const made = waiting.flatMap(({ payable, kind }) => deferralOf(payable, kind, period, now));
    for (const deferral of made) await this.#payouts.addDeferral(tx, deferral);
    const posted = await this.#ledger.post(
      tx,
      made.map((deferral) =>
        deferredPosting({ ...deferral, owner: deferral.beneficiaryId }, { period, effectiveAt: now }),
      ),
    );
    return posted.ok ? ok(undefined) : posted;
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
  { payable, plan, bankAccount }: PlannedPayout,
  { period, now }: { readonly period: string; readonly now: Date },
): Payout {
  const payoutId = newId('pay');
  const { beneficiaryId, share, currency, amountMinor: grossMinor } = payable;
  // Nothing goes to the bank where everything was set off or kept back.
  const nothing = plan.payMinor === 0n;
  return {
    ...{ payoutId, period, beneficiaryId, share, currency, grossMinor, bankAccount },
    amountMinor: plan.payMinor,
    endToEndId: endToEndIdOf(payoutId),
    state: nothing ? 'settled' : 'instructed',
    instructedAt: now,
    settledAt: nothing ? now : null,
  };
}

function reserveOf(payout: Payout, { reserveMinor, releaseOn }: PayoutPlan): NewDeferral {
  const { payoutId, beneficiaryId, share, currency, period, instructedAt } = payout;
  return {
    deferralId: deterministicId('dfr', payoutId, 'reserve'),
    ...{ beneficiaryId, share, currency, period, releaseOn, amountMinor: reserveMinor, kind: 'reserve' },
    ...{ sourcePayoutId: payoutId, deferredAt: instructedAt, items: [] },
  };
}

function deferralOf(
  payable: Payable,
  kind: 'threshold' | 'hold',
  period: string,
  deferredAt: Date,
): readonly NewDeferral[] {
  const { beneficiaryId, share, currency, items } = payable;
  const amountMinor = items.reduce((sum, item) => sum + item.amountMinor, 0n);
  if (amountMinor === 0n) return [];
  const common = { beneficiaryId, share, currency, period, deferredAt, items };
  return [{ ...common, deferralId: newId('dfr'), amountMinor, kind, sourcePayoutId: null, releaseOn: null }];
}
