import { err, ok, type Result } from '@hetao/kernel';
import { UnitOfWork, type Tx } from '@hetao/persistence';
import { Injectable } from '@nestjs/common';
import { setOff } from '../invoice/party-accounts.js';
import type { LedgerError } from '../ledger/ledger.errors.js';
import { periodErrors, type PeriodError } from '../period/period.errors.js';
import { PeriodRepository } from '../period/period.repository.js';
import { PayoutBook, type PlannedPayout } from './payout.book.js';
import { PayoutFacts, type PartyDebt, type PartyFacts } from './payout.facts.js';
import type { HoldReason, Payable } from './payout.js';
import { cutoffOf, planPayout, type PayoutPlan, type SettlementTerms } from './settlement-terms.js';

/** A payable that cannot be paid out now, and why. */
export interface HeldPayable {
  readonly payable: Payable;
  readonly reason: HoldReason;
}

/** A payable that waits by agreement or because somebody holds it. */
export interface DeferredPayable {
  readonly payable: Payable;
  readonly kind: 'threshold' | 'hold';
}

/** What a call made of the open payables. */
export interface PayoutRun {
  readonly instructed: number;
  readonly held: readonly HeldPayable[];
  readonly deferred: readonly DeferredPayable[];
}

/** Pays out what paid invoices owe: one instruction per party, role and currency, each share once. */
@Injectable()
export class InstructPayouts {
  readonly #uow: UnitOfWork;
  readonly #periods: PeriodRepository;
  readonly #facts: PayoutFacts;
  readonly #book: PayoutBook;

  constructor(uow: UnitOfWork, periods: PeriodRepository, facts: PayoutFacts, book: PayoutBook) {
    this.#uow = uow;
    this.#periods = periods;
    this.#facts = facts;
    this.#book = book;
  }

  /** Asking again pays only what has become payable since. Held payables stay payable and say what they wait for. */
  execute(period: string): Promise<Result<PayoutRun, PeriodError | LedgerError>> {
    return this.#uow.runResult((tx) => this.run(tx, period, () => true));
  }

  /** As {@link execute}, inside a transaction of the caller's, and for parties with some terms only. */
  async run(
    tx: Tx,
    period: string,
    concerns: (terms: SettlementTerms) => boolean,
  ): Promise<Result<PayoutRun, PeriodError | LedgerError>> {
    const locked = await this.#periods.lock(tx, period);
    if (locked === null) return err(periodErrors.PERIOD_NOT_FOUND(`No usage of ${period} has arrived.`));
    // A closed period has nothing to pay; what waits is paid with an open one.
    if (locked.closedAt !== null) return ok({ instructed: 0, held: [], deferred: [] });
    const { today, zone } = this.#facts.now();
    const owners = await this.#book.payables(tx, period, { zone, today });
    const factsOf = await this.#facts.of(
      tx,
      owners.map(({ beneficiaryId }) => beneficiaryId),
    );
    const concerned = owners.filter(({ beneficiaryId }) => concerns(factsOf(beneficiaryId).terms));
    const decided = decideAll(concerned, factsOf, today);
    const pay = decided.flatMap((one) => ('planned' in one ? [one.planned] : []));
    const deferred = decided.flatMap((one) => ('deferred' in one ? [one.deferred] : []));
    const instructed = await this.#book.instruct(tx, period, pay);
    if (!instructed.ok) return instructed;
    const waiting = await this.#book.defer(tx, period, deferred);
    if (!waiting.ok) return waiting;
    const held = decided.flatMap((one) => ('held' in one ? [one.held] : []));
    return ok({ instructed: pay.length, held, deferred: deferred.filter(({ payable }) => payable.items.length > 0) });
  }
}

type Decision =
  { readonly planned: PlannedPayout } | { readonly deferred: DeferredPayable } | { readonly held: HeldPayable };

/** Decides one payable after the other: a debt that one of a party's payables is set off against is gone for its next. */
function decideAll(
  payables: readonly Payable[],
  factsOf: (partyId: string) => PartyFacts,
  today: string,
): readonly Decision[] {
  const debtsLeft = new Map<string, readonly PartyDebt[]>();
  return payables.map((payable) => {
    const { beneficiaryId, currency } = payable;
    const facts = factsOf(beneficiaryId);
    const key = `${beneficiaryId} ${currency}`;
    const debts = debtsLeft.get(key) ?? facts.debts.filter((debt) => debt.currency === currency);
    const decision = decide(payable, facts, { debts, today });
    if ('planned' in decision) debtsLeft.set(key, setOff(debts, decision.planned.plan.nettedMinor).left);
    return decision;
  });
}

function decide(
  all: Payable,
  { terms, account, held }: PartyFacts,
  { debts, today }: { readonly debts: readonly PartyDebt[]; readonly today: string },
): Decision {
  const cutoff = cutoffOf(terms, today);
  const items = all.items.filter(({ paidOn }) => cutoff !== null && paidOn <= cutoff);
  const newMinor = sumOf(items);
  const waitedMinor = sumOf(all.deferrals);
  const payable: Payable = { ...all, items, amountMinor: newMinor + waitedMinor };
  if (cutoff === null || payable.amountMinor === 0n) return { held: { payable: all, reason: 'NOT_DUE' } };
  if (typeof account === 'string') return { held: { payable, reason: account } };
  const due = { newMinor, waitedMinor, owedBackMinor: sumOf(debts), currency: all.currency };
  const plan: PayoutPlan = planPayout(due, terms, { held, today });
  if (plan.deferred !== null) return { deferred: { payable, kind: plan.deferred } };
  return { planned: { payable, plan, bankAccount: account, setOff: setOff(debts, plan.nettedMinor).settled } };
}

function sumOf(amounts: readonly { readonly amountMinor: bigint }[]): bigint {
  return amounts.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
}
