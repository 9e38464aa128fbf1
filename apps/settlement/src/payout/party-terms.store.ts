import { err, newId, ok, type Clock, type Result } from '@hetao/kernel';
import { UnitOfWork } from '@hetao/persistence';
import { CLOCK } from '@hetao/runtime';
import { Inject, Injectable } from '@nestjs/common';
import type { StoredTerms } from './payout.facts.js';
import { payoutErrors, type PayoutError } from './payout.errors.js';

/** A party whose payouts somebody stopped. */
export interface PayoutHold {
  readonly hold_id: string;
  readonly participant_id: string;
  readonly reason: string;
  readonly placed_by: string;
  readonly placed_at: Date;
  readonly released_by: string | null;
  readonly released_at: Date | null;
}

/** What was agreed with parties about being paid, and holds on their payouts. */
@Injectable()
export class PartyTermsStore {
  readonly #uow: UnitOfWork;
  readonly #clock: Clock;

  constructor(uow: UnitOfWork, @Inject(CLOCK) clock: Clock) {
    this.#uow = uow;
    this.#clock = clock;
  }

  /** @returns the version; terms of before stay as they were. */
  set(participantId: string, terms: StoredTerms, by: string): Promise<number> {
    return this.#uow.run(async (tx) => {
      await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended(current_schema() || '.terms.' || $1, 0))`, [
        participantId,
      ]);
      const [row] = await tx.query<{ version: number }>(
        `INSERT INTO settlement_terms (participant_id, version, terms, created_by, created_at)
         SELECT $1, 1 + coalesce(max(version), 0), $2, $3, $4 FROM settlement_terms WHERE participant_id = $1 RETURNING version`,
        [participantId, JSON.stringify(terms), by, this.#clock.now()],
      );
      return row?.version ?? 0;
    });
  }

  /** Holding a party that is held finds it held. */
  hold(participantId: string, reason: string, by: string): Promise<PayoutHold> {
    return this.#uow.run(async (tx) => {
      await tx.execute(
        `INSERT INTO payout_holds (hold_id, participant_id, reason, placed_by, placed_at) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (participant_id) WHERE released_at IS NULL DO NOTHING`,
        [newId('hld'), participantId, reason, by, this.#clock.now()],
      );
      const [row] = await tx.query<PayoutHold>(
        'SELECT * FROM payout_holds WHERE participant_id = $1 AND released_at IS NULL',
        [participantId],
      );
      if (row === undefined) throw new Error('The hold was not kept.');
      return row;
    });
  }

  /** What waited for it is paid with the next payout. Releasing twice finds it released. */
  release(holdId: string, reason: string, by: string): Promise<Result<PayoutHold, PayoutError>> {
    return this.#uow.runResult(async (tx): Promise<Result<PayoutHold, PayoutError>> => {
      await tx.execute(
        `UPDATE payout_holds SET released_by = $2, released_at = $3, release_reason = $4 WHERE hold_id = $1 AND released_at IS NULL`,
        [holdId, by, this.#clock.now(), reason],
      );
      const [row] = await tx.query<PayoutHold>('SELECT * FROM payout_holds WHERE hold_id = $1', [holdId]);
      return row === undefined ? err(payoutErrors.PAYOUT_HOLD_NOT_FOUND(`There is no hold ${holdId}.`)) : ok(row);
    });
  }

  /** Holds in force, newest first. */
  holds(): Promise<readonly PayoutHold[]> {
    return this.#uow.run((tx) =>
      tx.query<PayoutHold>('SELECT * FROM payout_holds WHERE released_at IS NULL ORDER BY hold_id DESC LIMIT 1000'),
    );
  }
}
