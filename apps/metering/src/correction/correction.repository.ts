import { Injectable } from '@nestjs/common';
import type { Queryable } from '@hetao/clearance';
import { newId } from '@hetao/kernel';
import type { Tx } from '@hetao/persistence';
import type { AdjustmentCause, Change, CorrectionKind, CorrectionState } from './correction.js';

/** What a correction does to one month. */
export interface PeriodEffect {
  readonly period: string;
  readonly isClosed: boolean;
  /** Where the difference of a closed month is charged. */
  readonly adjustmentPeriod: string | null;
  readonly before: readonly { readonly meter: string; readonly quantity: string; readonly events: number }[];
  readonly after: readonly { readonly meter: string; readonly quantity: string; readonly events: number }[];
  readonly net: {
    readonly before: { readonly amount: string; readonly currency: string };
    readonly after: { readonly amount: string; readonly currency: string };
    readonly effect: { readonly amount: string; readonly currency: string };
  } | null;
}

export interface Correction {
  readonly correctionId: string;
  readonly agreementId: string;
  readonly kind: CorrectionKind;
  readonly state: CorrectionState;
  readonly reason: string;
  readonly changes: readonly Change[];
  /** What it was foreseen to change when it was proposed; what it changed, once it is applied. */
  readonly effects: readonly PeriodEffect[];
  readonly revertsId: string | null;
  readonly proposedBy: string;
  readonly proposedAt: Date;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  readonly decisionReason: string | null;
}

interface Row {
  readonly correction_id: string;
  readonly agreement_id: string;
  readonly kind: CorrectionKind;
  readonly state: CorrectionState;
  readonly reason: string;
  readonly items: Change[];
  readonly preview: PeriodEffect[];
  readonly reverts_id: string | null;
  readonly proposed_by: string;
  readonly proposed_at: Date;
  readonly decided_by: string | null;
  readonly decided_at: Date | null;
  readonly decision_reason: string | null;
}

/** First word of the lock under which an agreement's events are corrected: one correction after the other. */
const CORRECTION_LOCKS = 0x636f7272;

@Injectable()
export class CorrectionRepository {
  /** Until the transaction ends nobody else corrects events of the agreement. */
  async lockAgreement(tx: Tx, agreementId: string): Promise<void> {
    await tx.execute('SELECT pg_advisory_xact_lock($1, hashtext($2))', [CORRECTION_LOCKS, agreementId]);
  }

  async add(tx: Tx, correction: Correction): Promise<void> {
    await tx.execute(
      `INSERT INTO usage_corrections (correction_id, agreement_id, kind, state, reason, items, preview, reverts_id,
                                      proposed_by, proposed_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [
        ...[correction.correctionId, correction.agreementId, correction.kind, correction.state, correction.reason],
        ...[JSON.stringify(correction.changes), JSON.stringify(correction.effects), correction.revertsId],
        ...[correction.proposedBy, correction.proposedAt],
      ],
    );
  }

  /** The exchange's own record of usage that came late: policy lets it in, so nobody decides. */
  async addLate(tx: Tx, agreementId: string, reason: string, at: Date): Promise<AdjustmentCause> {
    const correctionId = newId('cor');
    await tx.execute(
      `INSERT INTO usage_corrections (correction_id, agreement_id, kind, state, reason, items, preview, proposed_by,
                                      proposed_at)
       VALUES ($1, $2, 'late', 'applied', $3, '[]', '[]', 'metering', $4)`,
      [correctionId, agreementId, reason, at],
    );
    return { correctionId, kind: 'late', reason, revertsId: null };
  }

  async setEffects(tx: Tx, correctionId: string, effects: readonly PeriodEffect[]): Promise<void> {
    await tx.execute('UPDATE usage_corrections SET preview = $2 WHERE correction_id = $1', [
      correctionId,
      JSON.stringify(effects),
    ]);
  }

  async decide(
    tx: Tx,
    correctionId: string,
    decision: {
      readonly state: CorrectionState;
      readonly by: string;
      readonly at: Date;
      readonly reason: string | null;
    },
  ): Promise<void> {
    await tx.execute(
      `UPDATE usage_corrections SET state = $2, decided_by = $3, decided_at = $4, decision_reason = $5
        WHERE correction_id = $1`,
      [correctionId, decision.state, decision.by, decision.at, decision.reason],
    );
  }

  /** Of an applied correction that was taken back. */
  async markReverted(tx: Tx, correctionId: string): Promise<void> {
    await tx.execute(`UPDATE usage_corrections SET state = 'reverted' WHERE correction_id = $1`, [correctionId]);
  }

  /** Whether something waits to take the correction back, or did. */
  async isBeingReverted(tx: Tx, correctionId: string): Promise<boolean> {
    const rows = await tx.query(
      `SELECT 1 FROM usage_corrections WHERE reverts_id = $1 AND state IN ('proposed', 'applied')`,
      [correctionId],
    );
    return rows.length > 0;
  }

  async find(client: Queryable, correctionId: string): Promise<Correction | undefined> {
    const { rows } = await client.query<Row>('SELECT * FROM usage_corrections WHERE correction_id = $1', [
      correctionId,
    ]);
    return rows.map(fromRow)[0];
  }

  /** Corrections of an agreement in the order in which they were proposed, after one of them. */
  async list(client: Queryable, agreementId: string, after: string, limit: number): Promise<readonly Correction[]> {
    const { rows } = await client.query<Row>(
      `SELECT * FROM usage_corrections WHERE agreement_id = $1 AND correction_id > $2 ORDER BY correction_id LIMIT $3`,
      [agreementId, after, limit],
    );
    return rows.map(fromRow);
  }
}

function fromRow(row: Row): Correction {
  return {
    correctionId: row.correction_id,
    agreementId: row.agreement_id,
    kind: row.kind,
    state: row.state,
    reason: row.reason,
    changes: row.items,
    effects: row.preview,
    revertsId: row.reverts_id,
    proposedBy: row.proposed_by,
    proposedAt: row.proposed_at,
    decidedBy: row.decided_by,
    decidedAt: row.decided_at,
    decisionReason: row.decision_reason,
  };
}
