import { err, ok, type Clock, type Result } from '@hetao/kernel';
import { UnitOfWork } from '@hetao/persistence';
import { CLOCK } from '@hetao/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { statementErrors, type StatementError } from './statement.errors.js';

/** Who accepts that a statement does not begin where the one before it ended, and why. */
export interface GapAcceptance {
  readonly statementId: string;
  readonly reason: string;
  readonly acceptedBy: string;
}

/** Accepts a gap in an account's statements: an account taken over, a bank that will not deliver again. */
@Injectable()
export class AcceptGap {
  readonly #uow: UnitOfWork;
  readonly #clock: Clock;

  constructor(uow: UnitOfWork, @Inject(CLOCK) clock: Clock) {
    this.#uow = uow;
    this.#clock = clock;
  }

  /** Accepting twice keeps the first acceptance. */
  execute({ statementId, reason, acceptedBy }: GapAcceptance): Promise<Result<void, StatementError>> {
    return this.#uow.runResult(async (tx): Promise<Result<void, StatementError>> => {
      const [found] = await tx.query<{ has_gap: boolean }>(
        `SELECT previous_id IS NOT NULL AND expected_minor <> opening_minor AS has_gap
           FROM bank_statement_chain WHERE statement_id = $1`,
        [statementId],
      );
      if (found === undefined)
        return err(statementErrors.STATEMENT_NOT_FOUND(`There is no bank statement ${statementId}.`));
      if (!found.has_gap) return err(statementErrors.STATEMENT_GAP_NONE(`Nothing is missing before ${statementId}.`));
      await tx.execute(
        `UPDATE bank_statements SET gap_accepted_by = $2, gap_accepted_at = $3, gap_reason = $4
          WHERE statement_id = $1 AND gap_accepted_by IS NULL`,
        [statementId, acceptedBy, this.#clock.now(), reason],
      );
      return ok(undefined);
    });
  }
}
