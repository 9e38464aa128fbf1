import { newId, ok, type Clock, type Result } from '@hetao/kernel';
import { UnitOfWork, type Tx } from '@hetao/persistence';
import { CLOCK } from '@hetao/runtime';
import { Inject, Injectable } from '@nestjs/common';
import type { LedgerError } from '../ledger/ledger.errors.js';
import type { PeriodError } from '../period/period.errors.js';
import { InstructPayouts, type PayoutRun } from './payout.use-cases.js';
import type { SettlementTerms } from './settlement-terms.js';

/** Months that are open at the same time; more of them would be a fault of their own. */
const MAX_PERIODS = 24;

/**
 * Pays parties that agreed on days of their own: on their weekday, or so many days after the money came. Who is paid monthly
 * is paid when an operator asks. Nobody else asks for these runs, so each that did something is kept.
 */
@Injectable()
export class RunPayouts {
  readonly #uow: UnitOfWork;
  readonly #instruct: InstructPayouts;
  readonly #clock: Clock;

  constructor(uow: UnitOfWork, instruct: InstructPayouts, @Inject(CLOCK) clock: Clock) {
    this.#uow = uow;
    this.#instruct = instruct;
    this.#clock = clock;
  }

  /** @throws Error naming the month whose payouts failed; the months before it are paid, and the next turn tries again. */
  async execute(): Promise<void> {
    const periods = await this.#uow.run((tx) =>
      tx.query<{ period: string }>(
        'SELECT period FROM settlement_periods WHERE closed_at IS NULL ORDER BY period LIMIT $1',
        [MAX_PERIODS],
      ),
    );
    for (const { period } of periods) {
      const ran = await this.#uow.runResult((tx) => this.#run(tx, period));
      if (!ran.ok) throw new Error(`The payouts of ${period} failed: ${ran.error.code}. ${ran.error.detail}`);
    }
  }

  async #run(tx: Tx, period: string): Promise<Result<void, PeriodError | LedgerError>> {
    const ran = await this.#instruct.run(tx, period, hasOwnDays);
    if (!ran.ok) return ran;
    await keep(tx, { period, run: ran.value, at: this.#clock.now() });
    return ok(undefined);
  }
}

function hasOwnDays({ cycle }: SettlementTerms): boolean {
  return cycle.kind !== 'monthly';
}

/** A party that is not due yet is no news: it is not due on most days. */
async function keep(
  tx: Tx,
  { period, run, at }: { readonly period: string; readonly run: PayoutRun; readonly at: Date },
): Promise<void> {
  if (run.instructed === 0 && run.deferred.length === 0) return;
  const held = run.held
    .filter(({ reason }) => reason !== 'NOT_DUE')
    .map(({ payable, reason }) => ({ beneficiary_id: payable.beneficiaryId, code: reason }));
  await tx.execute(
    `INSERT INTO payout_runs (run_id, period, instructed, deferred, held, ran_at) VALUES ($1, $2, $3, $4, $5, $6)`,
    [newId('prn'), period, run.instructed, run.deferred.length, JSON.stringify(held), at],
  );
}
