import { err, ok, type Clock, type Reader, type Result } from '@hetao/kernel';
import { UnitOfWork, type Database } from '@hetao/persistence';
import { afterCursor, CLOCK, cursorPage, DATABASE, type Page } from '@hetao/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { sightParameters } from '../agreement/visibility.js';
import {
  toAdjustmentDto,
  type AdjustmentDto,
  type AdjustmentQueryDto,
  type StoredAdjustment,
} from './adjustment.dto.js';
import { adjustmentErrors, type AdjustmentError } from './adjustment.errors.js';

const ADJUSTMENTS = `
  SELECT j.adjustment_id, j.agreement_id, j.correction_id, j.cause, j.reason, j.original_period, j.adjustment_period, j.state,
         j.net_minor, a.plan->>'currency' AS currency, j.credit_note_id, j.decided_by, j.decided_at, j.decision, j.applied_at
    FROM usage_adjustments j LEFT JOIN agreements a USING (agreement_id)`;

/** Reads corrections of closed months, and lets somebody say how one was settled that no credit note has room for. */
@Injectable()
export class AdjustmentQueries {
  readonly #uow: UnitOfWork;
  readonly #database: Database;
  readonly #clock: Clock;

  constructor(uow: UnitOfWork, @Inject(DATABASE) database: Database, @Inject(CLOCK) clock: Clock) {
    this.#uow = uow;
    this.#database = database;
    this.#clock = clock;
  }

  /** Newest first; a merchant sees those of what it sold, a buyer those of what it bought. */
  async list(query: AdjustmentQueryDto, reader: Reader): Promise<Page<AdjustmentDto>> {
    const filter = { period: query.period, state: query.state, agreement: query.agreement_id };
    const [at = null, id = null] = afterCursor(query.cursor, filter) ?? [];
    const { rows } = await this.#database.withClient((client) =>
      client.query<StoredAdjustment>(
        `${ADJUSTMENTS} WHERE ($1 OR a.merchant_id = $2 OR a.buyer_id = $3) AND ($4::text IS NULL OR j.adjustment_period = $4)
            AND ($5::text IS NULL OR j.state = $5) AND ($6::text IS NULL OR j.agreement_id = $6)
            AND ($7::timestamptz IS NULL OR (j.applied_at, j.adjustment_id) < ($7, $8))
          ORDER BY j.applied_at DESC, j.adjustment_id DESC LIMIT $9`,
        [
          ...sightParameters(reader),
          ...[query.period ?? null, query.state ?? null, query.agreement_id ?? null, at, id, query.limit + 1],
        ],
      ),
    );
    const page = cursorPage(rows, query.limit, (row) => [row.applied_at.toISOString(), row.adjustment_id], filter);
    return { ...page, data: page.data.map(toAdjustmentDto) };
  }

  /** What is owed was given back otherwise, or both agreed that it is not. Nothing is posted. Twice is once. */
  settledOutside(adjustmentId: string, by: string, reason: string): Promise<Result<AdjustmentDto, AdjustmentError>> {
    return this.#uow.runResult(async (tx): Promise<Result<AdjustmentDto, AdjustmentError>> => {
      await tx.execute(
        `UPDATE usage_adjustments SET state = 'settled_outside', decided_by = $2, decided_at = $3, decision = $4
          WHERE adjustment_id = $1 AND state = 'owed'`,
        [adjustmentId, by, this.#clock.now(), reason],
      );
      const [row] = await tx.query<StoredAdjustment>(`${ADJUSTMENTS} WHERE j.adjustment_id = $1`, [adjustmentId]);
      if (row === undefined)
        return err(adjustmentErrors.ADJUSTMENT_NOT_FOUND(`There is no adjustment ${adjustmentId}.`));
      if (row.state === 'settled_outside') return ok(toAdjustmentDto(row));
      return err(adjustmentErrors.ADJUSTMENT_NOT_OWED(`Adjustment ${adjustmentId} is ${row.state}.`));
    });
  }
}
