import { Injectable } from '@nestjs/common';
import type { Tx } from '@hetao/persistence';
import type { RunGrounds } from './training-account.js';
import type { RunState, TrainingRun } from './training-run.js';

/** What a run keeps that nobody is shown. */
export interface RunMemory {
  /** Shenzhen's layers and what their optimiser remembers; see lower-part.ts. Null before the first round. */
  readonly lowerState: Buffer | null;
  /** SHA-256 of the request the last round answered, and the answer. */
  readonly requestSha256: string | null;
  readonly release: Buffer | null;
  /** Null before it is approved. */
  readonly grounds: RunGrounds | null;
}

export const RUN_COLUMNS = `id, ledger_id AS "ledgerId", data, author,
  organisation_id AS "organisationId", owner_organisation_id AS "ownerOrganisationId", state, plan,
  architecture_sha256 AS "architectureHash", round, epsilon, curve, cpu_ms::float8 AS "cpuMs", gb_seconds AS "gbSeconds"`;
export const MEMORY_COLUMNS = 'lower_state AS "lowerState", request_sha256 AS "requestSha256", release, grounds';

/** Runs in their table. */
@Injectable()
export class TrainingRunRepository {
  async insert(tx: Tx, run: TrainingRun, at: Date): Promise<void> {
    await tx.execute(
      `INSERT INTO training_runs
         (id, ledger_id, data, author, organisation_id, owner_organisation_id, state, plan, architecture_sha256, round,
          epsilon, curve, proposed_at, changed_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, 0, $10, $11, $11)`,
      [
        run.id,
        run.ledgerId,
        JSON.stringify(run.data),
        run.author,
        run.organisationId,
        run.ownerOrganisationId,
        run.state,
        JSON.stringify(run.plan),
        run.architectureHash,
        JSON.stringify(run.curve),
        at,
      ],
    );
  }

  /** Holds the row: rounds of one run are released one after the other. */
  async lock(tx: Tx, id: string): Promise<(TrainingRun & RunMemory) | null> {
    const [run] = await tx.query<TrainingRun & RunMemory>(
      `SELECT ${RUN_COLUMNS}, ${MEMORY_COLUMNS} FROM training_runs WHERE id = $1 FOR UPDATE`,
      [id],
    );
    return run ?? null;
  }

  async setState(tx: Tx, id: string, state: RunState, at: Date): Promise<void> {
    await tx.execute('UPDATE training_runs SET state = $2, changed_at = $3 WHERE id = $1', [id, state, at]);
  }

  async ground(tx: Tx, id: string, grounds: RunGrounds): Promise<void> {
    await tx.execute('UPDATE training_runs SET grounds = $2 WHERE id = $1', [id, JSON.stringify(grounds)]);
  }

  /** A round with its charge, its answer and what it made of Shenzhen's layers: all of it or nothing. */
  async release(tx: Tx, run: TrainingRun & RunMemory, at: Date): Promise<void> {
    await tx.execute(
      `UPDATE training_runs SET state = $2, round = $3, epsilon = $4, curve = $5, lower_state = $6, request_sha256 = $7,
         release = $8, cpu_ms = $9, gb_seconds = $10, grounds = $11, changed_at = $12 WHERE id = $1`,
      [
        run.id,
        run.state,
        run.round,
        run.epsilon,
        JSON.stringify(run.curve),
        run.lowerState,
        run.requestSha256,
        run.release,
        Math.round(run.cpuMs),
        run.gbSeconds,
        run.grounds && JSON.stringify(run.grounds),
        at,
      ],
    );
  }
}
