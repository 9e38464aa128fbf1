import { ok, type Result } from '@hetao/kernel';
import type { Tx } from '@hetao/persistence';
import { Injectable } from '@nestjs/common';
import { FxClose } from '../fx/fx-close.book.js';
import type { FxError } from '../fx/fx.errors.js';
import type { LedgerError } from '../ledger/ledger.errors.js';
import { PartyStatements } from '../party-statement/party-statements.book.js';
import { CloseFactsQueries } from './close-facts.queries.js';
import type { SettlementPeriod } from './period.js';

/** What a close does beside looking: the value of open items at its end, and the parties' statements. */
@Injectable()
export class CloseWork {
  readonly #facts: CloseFactsQueries;
  readonly #fx: FxClose;
  readonly #statements: PartyStatements;

  constructor(facts: CloseFactsQueries, fx: FxClose, statements: PartyStatements) {
    this.#facts = facts;
    this.#fx = fx;
    this.#statements = statements;
  }

  /** Values what is open at the period's end. A rate that is missing is a blocker of the checklist, told with all others. */
  async value(tx: Tx, period: SettlementPeriod): Promise<Result<void, FxError | LedgerError>> {
    const missing = await this.#fx.missing(tx, period);
    return missing.length > 0 ? ok(undefined) : this.#fx.revalue(tx, period);
  }

  read(tx: Tx, period: SettlementPeriod, now: Date): ReturnType<CloseFactsQueries['read']> {
    return this.#facts.read(tx, period, now);
  }

  seal(tx: Tx, period: string): Promise<void> {
    return this.#statements.seal(tx, period);
  }
}
