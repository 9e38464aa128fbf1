import { err, ok, type Result } from '@hetao/kernel';
import { UnitOfWork, type Tx } from '@hetao/persistence';
import { Injectable } from '@nestjs/common';
import type { BankAccount } from '../agreement/agreement.js';
import { EffectiveDates } from '../statement/statement.dates.js';
import { ExceptionEffects, type EffectError } from './exception.effects.js';
import { exceptionErrors, type ExceptionError } from './exception.errors.js';
import { divide, type Division, type Resolution, type WaitingException } from './exception.js';
import { ExceptionStore } from './exception.store.js';

/** What an operator decided about an exception. */
export interface Decision {
  readonly exceptionId: string;
  readonly resolution: Resolution;
  /** Whose credit it becomes; the buyer of the invoice the line names when null. */
  readonly buyerId: string | null;
  /** Where a refund goes; the account it came from when null. */
  readonly refundTo: BankAccount | null;
  readonly by: string;
}

const RESOLUTIONS = {
  allocate: 'allocated',
  credit_on_account: 'credit_on_account',
  refund: 'refunded',
  bank_fee: 'bank_fee',
  settled_outside: 'settled_outside',
} as const;

/** Resolves exceptions: nothing of a line's money is left without a place. */
@Injectable()
export class ResolveException {
  readonly #uow: UnitOfWork;
  readonly #store: ExceptionStore;
  readonly #effects: ExceptionEffects;
  readonly #dates: EffectiveDates;

  constructor(uow: UnitOfWork, store: ExceptionStore, effects: ExceptionEffects, dates: EffectiveDates) {
    this.#uow = uow;
    this.#store = store;
    this.#effects = effects;
    this.#dates = dates;
  }

  execute(decision: Decision): Promise<Result<void, EffectError>> {
    return this.#uow.runResult((tx) => this.run(tx, decision));
  }

  /** As `execute`, inside a transaction of the caller's. */
  async run(tx: Tx, decision: Decision): Promise<Result<void, EffectError>> {
    const found = await this.#store.lock(tx, decision.exceptionId);
    if (!found.ok) return found;
    const waiting = found.value;
    const division = divide(waiting, decision.resolution);
    if (!division.ok) return division;
    const buyerId = await buyerOf(tx, decision, division.value);
    if (!buyerId.ok) return buyerId;
    const effectiveAt = (await this.#dates.of(tx, [waiting.bookedOn]))(waiting.bookedOn);
    const refundTo = decision.refundTo ?? (await senderOf(tx, waiting));
    const work = { waiting, division: division.value, buyerId: buyerId.value, refundTo, by: decision.by, effectiveAt };
    const applied = await this.#effects.apply(tx, work);
    if (!applied.ok) return applied;
    await this.#store.resolve(tx, waiting, {
      resolution: RESOLUTIONS[decision.resolution.action],
      by: decision.by,
      lineState: division.value.allocations.length > 0 ? 'matched' : 'resolved',
    });
    return ok(undefined);
  }

  /** Takes an exception on, or hands it to somebody. */
  assign(
    exceptionId: string,
    to: { readonly owner: string; readonly note: string | null },
  ): Promise<Result<void, ExceptionError>> {
    return this.#uow.runResult(async (tx): Promise<Result<void, ExceptionError>> => {
      const found = await this.#store.lock(tx, exceptionId);
      if (!found.ok) return found;
      await this.#store.assign(tx, exceptionId, to);
      return ok(undefined);
    });
  }
}

/** Writes exceptions off, by two people. */
@Injectable()
export class WriteOffException {
  readonly #uow: UnitOfWork;
  readonly #store: ExceptionStore;
  readonly #effects: ExceptionEffects;
  readonly #dates: EffectiveDates;

  constructor(uow: UnitOfWork, store: ExceptionStore, effects: ExceptionEffects, dates: EffectiveDates) {
    this.#uow = uow;
    this.#store = store;
    this.#effects = effects;
    this.#dates = dates;
  }

  /** Proposing again keeps the first proposal. */
  propose(exceptionId: string, by: string, reason: string): Promise<Result<void, ExceptionError>> {
    return this.#uow.runResult(async (tx): Promise<Result<void, ExceptionError>> => {
      const found = await this.#store.lock(tx, exceptionId);
      if (!found.ok) return found;
      if (!found.value.booked) {
        return err(
          exceptionErrors.EXCEPTION_ACTION_UNFIT(`The money in ${found.value.currency} is not in the ledger.`),
        );
      }
      await this.#store.propose(tx, exceptionId, by, reason);
      return ok(undefined);
    });
  }

  /** Approves or refuses what somebody else proposed. */
  decide(
    exceptionId: string,
    decision: { readonly outcome: 'approved' | 'refused'; readonly by: string },
  ): Promise<Result<void, EffectError>> {
    return this.#uow.runResult(async (tx): Promise<Result<void, EffectError>> => {
      const found = await this.#store.lock(tx, exceptionId);
      if (!found.ok) return found;
      const waiting = found.value;
      const decided = await this.#store.decide(tx, waiting, decision);
      if (!decided.ok || decision.outcome === 'refused') return decided;
      const effectiveAt = (await this.#dates.of(tx, [waiting.bookedOn]))(waiting.bookedOn);
      const posted = await this.#effects.writeOff(tx, waiting, effectiveAt);
      if (!posted.ok) return posted;
      await this.#store.resolve(tx, waiting, { resolution: 'written_off', by: decision.by, lineState: 'resolved' });
      return ok(undefined);
    });
  }
}

/** The buyer whose credit a surplus becomes. */
async function buyerOf(
  tx: Tx,
  { buyerId, exceptionId, resolution }: Decision,
  { creditMinor }: Division,
): Promise<Result<string | null, ExceptionError>> {
  const allocated = resolution.action === 'allocate' ? resolution.allocations.map(({ invoiceId }) => invoiceId) : [];
  const [row] = await tx.query<{ buyer_id: string | null }>(
    `SELECT coalesce($2, min(i.buyer_id)) AS buyer_id FROM invoices i
      WHERE i.invoice_id = ANY($3) OR i.invoice_id = (SELECT item_id FROM match_exceptions WHERE exception_id = $1)`,
    [exceptionId, buyerId, allocated],
  );
  const found = row?.buyer_id ?? null;
  if (creditMinor > 0n && found === null) {
    return err(exceptionErrors.EXCEPTION_ACTION_UNFIT('Nothing says whose credit it is: give buyer_id.'));
  }
  return ok(found);
}

async function senderOf(tx: Tx, { lineId }: WaitingException): Promise<BankAccount | null> {
  const [row] = await tx.query<{ name: string | null; account: string | null }>(
    'SELECT counterparty_name AS name, counterparty_account AS account FROM bank_statement_lines WHERE line_id = $1',
    [lineId],
  );
  if (row === undefined || row.account === null) return null;
  const isIban = /^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(row.account);
  return { name: row.name ?? 'unknown', ...(isIban ? { iban: row.account } : { accountNumber: row.account }) };
}
