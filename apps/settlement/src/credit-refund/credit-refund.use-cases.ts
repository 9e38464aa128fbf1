import { err, newId, ok, type Money, type Result } from '@hetao/kernel';
import { UnitOfWork, type Tx } from '@hetao/persistence';
import { Injectable } from '@nestjs/common';
import type { BankAccount } from '../agreement/agreement.js';
import type { HoldError } from '../holds/hold.errors.js';
import type { LedgerError } from '../ledger/ledger.errors.js';
import { fitsAccount } from '../payout/pain001.js';
import { PayoutFacts } from '../payout/payout.facts.js';
import { CreditRefundBook } from './credit-refund.book.js';
import { creditRefundErrors, type CreditRefundError } from './credit-refund.errors.js';
import type { CreditRefund } from './credit-refund.js';
import { CreditRefundStore } from './credit-refund.store.js';

type Failure = CreditRefundError | LedgerError | HoldError;

/** A refund as somebody proposes it. */
export interface CreditRefundOrder {
  readonly buyerId: string;
  readonly amount: Money;
  /** Null for the account the buyer is known by. */
  readonly refundTo: BankAccount | null;
  readonly reason: string;
  readonly by: string;
}

/** What somebody decides about a proposed refund. */
export interface CreditRefundDecision {
  readonly creditRefundId: string;
  readonly outcome: 'approved' | 'refused';
  readonly by: string;
}

/** Proposes to pay a buyer's credit back: from then on nobody else spends it. */
@Injectable()
export class ProposeCreditRefund {
  readonly #uow: UnitOfWork;
  readonly #store: CreditRefundStore;
  readonly #book: CreditRefundBook;
  readonly #facts: PayoutFacts;

  constructor(uow: UnitOfWork, store: CreditRefundStore, book: CreditRefundBook, facts: PayoutFacts) {
    this.#uow = uow;
    this.#store = store;
    this.#book = book;
    this.#facts = facts;
  }

  /** CREDIT_REFUND_BEYOND when the buyer has less credit than that, reserves counted. */
  execute(order: CreditRefundOrder): Promise<Result<CreditRefund, Failure>> {
    return this.#uow.runResult(async (tx): Promise<Result<CreditRefund, Failure>> => {
      const bankAccount = await this.#accountFor(tx, order);
      if (bankAccount === undefined) {
        return err(creditRefundErrors.CREDIT_REFUND_ACCOUNT(`No account of ${order.buyerId} is known that fits.`));
      }
      const { buyerId, reason, by: proposedBy, amount } = order;
      const refund = {
        ...{ creditRefundId: newId('crf'), buyerId, ...amount, bankAccount, reason, state: 'proposed' as const },
        ...{ proposedBy, proposedAt: this.#book.now(), decidedBy: null, decidedAt: null, refundId: null },
      };
      const held = await this.#book.reserve(tx, refund);
      if (!held.ok) {
        return held.error.code === 'LEDGER_LIMIT_REACHED'
          ? err(creditRefundErrors.CREDIT_REFUND_BEYOND(`${buyerId} has less than that on account.`))
          : held;
      }
      await this.#store.add(tx, { ...refund, holdId: held.value });
      return ok({ ...refund, holdId: held.value });
    });
  }

  async #accountFor(tx: Tx, { refundTo, buyerId }: CreditRefundOrder): Promise<BankAccount | undefined> {
    if (refundTo !== null) return fitsAccount(refundTo) ? refundTo : undefined;
    const { account } = (await this.#facts.of(tx, [buyerId]))(buyerId);
    return typeof account === 'string' ? undefined : account;
  }
}

/** Decides about a refund that somebody else proposed. */
@Injectable()
export class DecideCreditRefund {
  readonly #uow: UnitOfWork;
  readonly #store: CreditRefundStore;
  readonly #book: CreditRefundBook;

  constructor(uow: UnitOfWork, store: CreditRefundStore, book: CreditRefundBook) {
    this.#uow = uow;
    this.#store = store;
    this.#book = book;
  }

  /** Approved, the money is on its way out; refused, it is the buyer's to use again. The same decision twice is once. */
  execute(decision: CreditRefundDecision): Promise<Result<CreditRefund, Failure>> {
    return this.#uow.runResult(async (tx): Promise<Result<CreditRefund, Failure>> => {
      const { creditRefundId, outcome, by } = decision;
      const found = await this.#store.lock(tx, creditRefundId);
      if (found === undefined) {
        return err(creditRefundErrors.CREDIT_REFUND_NOT_FOUND(`There is no refund ${creditRefundId}.`));
      }
      if (found.state === outcome) return ok(found);
      const fault = faultOf(found, decision);
      if (fault !== undefined) return err(fault);
      const moved = await (outcome === 'approved' ? this.#book.pay(tx, found, by) : this.#book.release(tx, found, by));
      if (!moved.ok) return moved;
      const decided = { outcome, by, at: this.#book.now(), refundId: moved.value };
      await this.#store.decide(tx, creditRefundId, decided);
      return ok({ ...found, state: outcome, decidedBy: by, decidedAt: decided.at, refundId: decided.refundId });
    });
  }
}

function faultOf(found: CreditRefund, { outcome, by }: CreditRefundDecision): CreditRefundError | undefined {
  const { creditRefundId, state, proposedBy } = found;
  if (state !== 'proposed') {
    return creditRefundErrors.CREDIT_REFUND_DECIDED(`Refund ${creditRefundId} is ${state}.`);
  }
  if (outcome === 'approved' && proposedBy === by) {
    return creditRefundErrors.CREDIT_REFUND_SAME_PERSON(`You proposed ${creditRefundId}.`);
  }
  return undefined;
}
