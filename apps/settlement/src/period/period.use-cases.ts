import { PeriodClosedV1 } from '@hetao/events';
import { err, ok, type Clock, type Result } from '@hetao/kernel';
import { UnitOfWork, type Tx } from '@hetao/persistence';
import { CLOCK } from '@hetao/runtime';
import { Inject, Injectable } from '@nestjs/common';
import type { FxError } from '../fx/fx.errors.js';
import type { LedgerError } from '../ledger/ledger.errors.js';
import { checklistOf, type ChecklistItem } from './close-checklist.js';
import { CloseFactsQueries } from './close-facts.queries.js';
import { CloseWork } from './close-work.book.js';
import type { PeriodFigures } from './figures.queries.js';
import { totalsOf } from './period-totals.js';
import { periodErrors, type PeriodError } from './period.errors.js';
import type { SettlementPeriod } from './period.js';
import { PeriodRepository } from './period.repository.js';

/** A period with everything an operator asks about it. */
export interface PeriodReport {
  readonly period: SettlementPeriod;
  readonly checklist: readonly ChecklistItem[];
  readonly figures: PeriodFigures;
}

/** Reads a period's figures and checklist as of one moment. */
@Injectable()
export class ReportPeriod {
  readonly #uow: UnitOfWork;
  readonly #periods: PeriodRepository;
  readonly #facts: CloseFactsQueries;
  readonly #clock: Clock;

  constructor(uow: UnitOfWork, periods: PeriodRepository, facts: CloseFactsQueries, @Inject(CLOCK) clock: Clock) {
    this.#uow = uow;
    this.#periods = periods;
    this.#facts = facts;
    this.#clock = clock;
  }

  execute(period: string): Promise<Result<PeriodReport, PeriodError>> {
    return this.#uow.runResult(
      async (tx) => {
        const found = await this.#periods.find(tx, period);
        if (found === null) return notFound(period);
        const { facts, figures } = await this.#facts.read(tx, found, this.#clock.now());
        return ok({ period: found, checklist: checklistOf(facts), figures });
      },
      { isolation: 'repeatable read' },
    );
  }
}

/** Closes a period for good, once everything in it is settled. */
@Injectable()
export class ClosePeriod {
  readonly #uow: UnitOfWork;
  readonly #periods: PeriodRepository;
  readonly #work: CloseWork;
  readonly #clock: Clock;

  constructor(uow: UnitOfWork, periods: PeriodRepository, work: CloseWork, @Inject(CLOCK) clock: Clock) {
    this.#uow = uow;
    this.#periods = periods;
    this.#work = work;
    this.#clock = clock;
  }

  /** Closing a closed period finds it closed. PERIOD_NOT_READY names every blocker. */
  execute(period: string, closedBy: string): Promise<Result<SettlementPeriod, PeriodError | FxError | LedgerError>> {
    return this.#uow.runResult((tx) => this.#close(tx, period, closedBy));
  }

  async #close(
    tx: Tx,
    period: string,
    closedBy: string,
  ): Promise<Result<SettlementPeriod, PeriodError | FxError | LedgerError>> {
    const locked = await this.#periods.lock(tx, period);
    if (locked === null) return notFound(period);
    if (locked.closedAt !== null) return ok(locked);
    const valued = await this.#work.value(tx, locked);
    if (!valued.ok) return valued;
    await this.#periods.holdPostings(tx);
    const now = this.#clock.now();
    const { facts, figures } = await this.#work.read(tx, locked, now);
    const blockers = checklistOf(facts).filter((item) => !item.ok);
    if (blockers.length > 0) return err(notReady(period, blockers));
    const totals = totalsOf(figures);
    await this.#periods.close(tx, { period, closedAt: now, closedBy, totals });
    await this.#work.seal(tx, period);
    tx.append(PeriodClosedV1, { period, totals, closedAt: now.toISOString() });
    return ok({ ...locked, closedAt: now, closedBy });
  }
}

function notFound(period: string): Result<never, PeriodError> {
  return err(periodErrors.PERIOD_NOT_FOUND(`No usage of ${period} has arrived.`));
}

function notReady(period: string, blockers: readonly ChecklistItem[]): PeriodError {
  const items = blockers.map(({ code, detail, fix }) => ({ pointer: '', code, detail: `${detail} ${fix}` }));
  const codes = blockers.map(({ code }) => code).join(', ');
  return periodErrors.PERIOD_NOT_READY(`Period ${period} has ${blockers.length} open points: ${codes}.`, { items });
}
