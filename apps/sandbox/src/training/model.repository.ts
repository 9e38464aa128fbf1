import { Injectable } from '@nestjs/common';
import type { Tx } from '@hetao/persistence';
import type { Model, ModelState, Vote } from './model.js';

export const MODELS = `SELECT m.id, m.run_id AS "runId", m.organisation_id AS "organisationId",
  m.owner_organisation_id AS "ownerOrganisationId", m.author, m.state, m.card, m.onnx_sha256 AS "onnxSha256",
  m.queries_left AS "queriesLeft", m.votes, r.data->>'enclaveId' AS "enclaveId", l.project_id AS "agreementId",
  coalesce(r.grounds->'meters', '[]') AS meters, r.author AS researcher, m.onnx
  FROM models m JOIN training_runs r ON r.id = m.run_id JOIN privacy_ledgers l ON l.id = r.ledger_id`;

/** A model with its file. */
export type KeptModel = Model & { readonly onnx: Buffer };

@Injectable()
export class ModelRepository {
  /** @returns false when the run has its model already. */
  async insert(tx: Tx, model: Model, onnx: Uint8Array, at: Date): Promise<boolean> {
    const inserted = await tx.execute(
      `INSERT INTO models (id, run_id, organisation_id, owner_organisation_id, author, state, card, onnx, onnx_sha256,
         queries_left, votes, sealed_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, '[]', $11) ON CONFLICT (run_id) DO NOTHING`,
      [
        model.id,
        model.runId,
        model.organisationId,
        model.ownerOrganisationId,
        model.author,
        model.state,
        JSON.stringify(model.card),
        Buffer.from(onnx),
        model.onnxSha256,
        model.queriesLeft,
        at,
      ],
    );
    return inserted === 1;
  }

  async lock(tx: Tx, id: string): Promise<KeptModel | null> {
    const [model] = await tx.query<KeptModel>(`${MODELS} WHERE m.id = $1 FOR UPDATE OF m`, [id]);
    return model ?? null;
  }

  async ofRun(tx: Tx, runId: string): Promise<Model | null> {
    const [model] = await tx.query<Model>(`${MODELS} WHERE m.run_id = $1`, [runId]);
    return model ?? null;
  }

  /** A destroyed model leaves its card; its weights are gone. */
  async decide(
    tx: Tx,
    id: string,
    decided: { readonly state: ModelState; readonly votes: readonly Vote[] },
  ): Promise<void> {
    await tx.execute(
      `UPDATE models SET state = $2, votes = $3, onnx = CASE WHEN $2 = 'destroyed' THEN ''::bytea ELSE onnx END WHERE id = $1`,
      [id, decided.state, JSON.stringify(decided.votes)],
    );
  }

  /** @returns false when fewer rows are left than are asked for. */
  async spendQueries(tx: Tx, id: string, rows: number): Promise<boolean> {
    const spent = await tx.execute(
      'UPDATE models SET queries_left = queries_left - $2 WHERE id = $1 AND queries_left >= $2',
      [id, rows],
    );
    return spent === 1;
  }
}
