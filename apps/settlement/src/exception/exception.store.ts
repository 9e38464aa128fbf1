import { err, isCurrency, newId, ok, type Clock, type Result } from '@hetao/kernel';
import type { Tx } from '@hetao/persistence';
import { CLOCK } from '@hetao/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { exceptionErrors, type ExceptionError } from './exception.errors.js';
import type { WaitingException } from './exception.js';

interface StoredException {
  readonly exception_id: string;
  readonly line_id: string;
  readonly side: 'credit' | 'debit';
  readonly amount_minor: string;
  readonly currency: string;
  readonly booked_on: string;
  readonly resolved_at: Date | null;
}

/** Exceptions and who does what about them. */
@Injectable()
export class ExceptionStore {
  readonly #clock: Clock;

  constructor(@Inject(CLOCK) clock: Clock) {
    this.#clock = clock;
  }

  /** An exception that is open, with its line, held for this transaction. */
  async lock(tx: Tx, exceptionId: string): Promise<Result<WaitingException, ExceptionError>> {
    const [row] = await tx.query<StoredException>(
      `SELECT x.exception_id, x.line_id, l.side, l.amount_minor, l.currency, x.resolved_at,
              coalesce(l.booking_date, s.closing_date) AS booked_on
         FROM match_exceptions x JOIN bank_statement_lines l USING (line_id) JOIN bank_statements s USING (statement_id)
        WHERE x.exception_id = $1 FOR UPDATE OF x, l`,
      [exceptionId],
    );
    if (row === undefined) return err(exceptionErrors.EXCEPTION_NOT_FOUND(`There is no exception ${exceptionId}.`));
    if (row.resolved_at !== null) {
      return err(
        exceptionErrors.EXCEPTION_RESOLVED(
          `Exception ${exceptionId} was resolved at ${row.resolved_at.toISOString()}.`,
        ),
      );
    }
    return ok({
      exceptionId,
      lineId: row.line_id,
      side: row.side,
      amountMinor: BigInt(row.amount_minor),
      currency: row.currency,
      booked: isCurrency(row.currency),
      bookedOn: row.booked_on,
    });
  }

  /** The exception that a line stands in now. */
  async openOf(tx: Tx, lineId: string): Promise<Result<WaitingException, ExceptionError>> {
    const [row] = await tx.query<{ exception_id: string }>(
      'SELECT exception_id FROM match_exceptions WHERE line_id = $1 AND resolved_at IS NULL',
      [lineId],
    );
    if (row === undefined) return err(exceptionErrors.EXCEPTION_NOT_FOUND(`Bank line ${lineId} is no exception.`));
    return this.lock(tx, row.exception_id);
  }

  async assign(
    tx: Tx,
    exceptionId: string,
    { owner, note }: { readonly owner: string; readonly note: string | null },
  ): Promise<void> {
    await tx.execute(
      `UPDATE match_exceptions SET owner = $2, note = coalesce($3, note), state = 'investigating' WHERE exception_id = $1`,
      [exceptionId, owner, note],
    );
  }

  /** Ends an exception. A line that is not matched is resolved: its money has its place. */
  async resolve(
    tx: Tx,
    { exceptionId, lineId }: WaitingException,
    end: { readonly resolution: string; readonly by: string; readonly lineState: 'matched' | 'resolved' },
  ): Promise<void> {
    await tx.execute(
      `UPDATE match_exceptions SET state = 'resolved', resolution = $2, resolved_by = $3, resolved_at = $4 WHERE exception_id = $1`,
      [exceptionId, end.resolution, end.by, this.#clock.now()],
    );
    await tx.execute(`UPDATE match_suggestions SET state = 'stale' WHERE line_id = $1 AND state = 'open'`, [lineId]);
    await tx.execute(`UPDATE bank_statement_lines SET state = $2 WHERE line_id = $1`, [lineId, end.lineState]);
  }

  async propose(tx: Tx, exceptionId: string, by: string, reason: string): Promise<void> {
    await tx.execute(
      `INSERT INTO exception_write_offs (proposal_id, exception_id, reason, proposed_by, proposed_at) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (exception_id) WHERE outcome IS NULL DO NOTHING`,
      [newId('wof'), exceptionId, reason, by, this.#clock.now()],
    );
    await tx.execute(`UPDATE match_exceptions SET state = 'proposed' WHERE exception_id = $1`, [exceptionId]);
  }

  /** Decides the open proposal; approving needs another person than proposing. */
  async decide(
    tx: Tx,
    { exceptionId }: WaitingException,
    { outcome, by }: { readonly outcome: 'approved' | 'refused'; readonly by: string },
  ): Promise<Result<void, ExceptionError>> {
    const [proposal] = await tx.query<{ proposal_id: string; proposed_by: string }>(
      'SELECT proposal_id, proposed_by FROM exception_write_offs WHERE exception_id = $1 AND outcome IS NULL FOR UPDATE',
      [exceptionId],
    );
    if (proposal === undefined)
      return err(exceptionErrors.WRITE_OFF_NOT_OPEN(`Nothing is proposed for ${exceptionId}.`));
    if (outcome === 'approved' && proposal.proposed_by === by) {
      return err(exceptionErrors.WRITE_OFF_SAME_PERSON(`You proposed to write ${exceptionId} off.`));
    }
    await tx.execute(
      'UPDATE exception_write_offs SET outcome = $2, decided_by = $3, decided_at = $4 WHERE proposal_id = $1',
      [...[proposal.proposal_id, outcome, by, this.#clock.now()]],
    );
    if (outcome === 'refused') {
      await tx.execute(`UPDATE match_exceptions SET state = 'investigating' WHERE exception_id = $1`, [exceptionId]);
    }
    return ok(undefined);
  }
}
