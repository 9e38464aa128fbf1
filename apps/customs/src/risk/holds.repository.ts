import { Injectable } from '@nestjs/common';
import type { Tx } from '@hetao/persistence';
import type { Hold } from './hold.js';

export const HOLD_COLUMNS = `id, declaration_id AS "declarationId", reason, risk_reasons AS "riskReasons", risk, put_by AS "putBy",
  put_at AS "putAt", lift_reason AS "liftReason", lift_asked_by AS "liftAskedBy", lift_asked_at AS "liftAskedAt",
  lifted_by AS "liftedBy", lifted_at AS "liftedAt"`;
/** More holds than this on one declaration are an accident. */
const MAX_HOLDS = 200;

/** Loads and saves holds. */
@Injectable()
export class Holds {
  async load(tx: Tx, id: string): Promise<Hold | null> {
    const [row] = await tx.query<Hold>(`SELECT ${HOLD_COLUMNS} FROM declaration_holds WHERE id = $1 FOR UPDATE`, [id]);
    return row ?? null;
  }

  /** Every hold of a declaration, the oldest first. */
  of(tx: Tx, declarationId: string): Promise<readonly Hold[]> {
    return tx.query<Hold>(
      `SELECT ${HOLD_COLUMNS} FROM declaration_holds WHERE declaration_id = $1 ORDER BY id LIMIT $2`,
      [declarationId, MAX_HOLDS],
    );
  }

  async standing(tx: Tx, declarationId: string): Promise<readonly Hold[]> {
    return (await this.of(tx, declarationId)).filter(({ liftedAt }) => liftedAt === null);
  }

  /** @returns false when there is no such declaration. */
  async put(
    tx: Tx,
    hold: Pick<Hold, 'id' | 'declarationId' | 'reason' | 'riskReasons' | 'risk' | 'putBy' | 'putAt'>,
  ): Promise<boolean> {
    const inserted = await tx.execute(
      `INSERT INTO declaration_holds (id, declaration_id, reason, risk_reasons, put_by, put_at, risk)
       SELECT $1, id, $3, $4, $5, $6, $7 FROM declarations WHERE id = $2 FOR KEY SHARE`,
      [hold.id, hold.declarationId, hold.reason, hold.riskReasons, hold.putBy, hold.putAt, hold.risk],
    );
    return inserted === 1;
  }

  async save(tx: Tx, { id, liftReason, liftAskedBy, liftAskedAt, liftedBy, liftedAt }: Hold): Promise<void> {
    await tx.execute(
      `UPDATE declaration_holds SET lift_reason = $2, lift_asked_by = $3, lift_asked_at = $4, lifted_by = $5,
         lifted_at = $6 WHERE id = $1`,
      [id, liftReason, liftAskedBy, liftAskedAt, liftedBy, liftedAt],
    );
  }
}
