import { err, ok, type Result } from '@hetao/kernel';
import { UnitOfWork, type Tx } from '@hetao/persistence';
import { Injectable } from '@nestjs/common';
import type { BankAccount } from '../agreement/agreement.js';
import { ParticipantRepository } from '../agreement/participant.repository.js';
import type { LedgerError } from '../ledger/ledger.errors.js';
import { periodErrors, type PeriodError } from '../period/period.errors.js';
import { PeriodRepository } from '../period/period.repository.js';
import { PayoutBook } from './payout.book.js';
import type { HoldReason, Payable } from './payout.js';

/** A payable that cannot be paid out now, and why. */
export interface HeldPayable {
  readonly payable: Payable;
  readonly reason: HoldReason;
}

/** What a call made of the open payables. */
export interface PayoutRun {
  readonly instructed: number;
  readonly held: readonly HeldPayable[];
}

/** Pays out what paid invoices owe: one instruction per party, role and currency, each share once. */
@Injectable()
export class InstructPayouts {
  readonly #uow: UnitOfWork;
  readonly #periods: PeriodRepository;
  readonly #participants: ParticipantRepository;
  readonly #book: PayoutBook;

  constructor(uow: UnitOfWork, periods: PeriodRepository, participants: ParticipantRepository, book: PayoutBook) {
    this.#uow = uow;
    this.#periods = periods;
    this.#participants = participants;
    this.#book = book;
  }

  /** Asking again pays only what has become payable since. Held payables stay payable and say what they wait for. */
  execute(period: string): Promise<Result<PayoutRun, PeriodError | LedgerError>> {
    return this.#uow.runResult((tx) => this.#run(tx, period));
  }

  async #run(tx: Tx, period: string): Promise<Result<PayoutRun, PeriodError | LedgerError>> {
    const locked = await this.#periods.lock(tx, period);
    if (locked === null) return err(periodErrors.PERIOD_NOT_FOUND(`No usage of ${period} has arrived.`));
    const payables = await this.#book.payables(tx, period);
    const accounts = await this.#bankAccounts(tx, payables);
    const held = payables.flatMap((payable) => {
      const account = accounts.get(payable.beneficiaryId);
      return typeof account === 'string' ? [{ payable, reason: account }] : [];
    });
    const payable = payables.flatMap((one) => {
      const bankAccount = accounts.get(one.beneficiaryId);
      return typeof bankAccount === 'object' ? [{ payable: one, bankAccount }] : [];
    });
    const instructed = await this.#book.instruct(tx, period, payable);
    return instructed.ok ? ok({ instructed: payable.length, held }) : instructed;
  }

  async #bankAccounts(tx: Tx, payables: readonly Payable[]): Promise<ReadonlyMap<string, BankAccount | HoldReason>> {
    const ids = payables.map(({ beneficiaryId }) => beneficiaryId);
    const participants = await this.#participants.findAll(tx, ids);
    return new Map(
      ids.map((id): [string, BankAccount | HoldReason] => {
        const participant = participants.get(id);
        if (participant === undefined) return [id, 'BENEFICIARY_UNKNOWN'];
        return [id, participant.bankAccount ?? 'BANK_ACCOUNT_MISSING'];
      }),
    );
  }
}
