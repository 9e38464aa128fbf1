import { Inject, Injectable } from '@nestjs/common';
import type { Clock, Reader } from '@hetao/kernel';
import { seesEveryTenant } from '@hetao/kernel';
import type { Database, Tx } from '@hetao/persistence';
import { CLOCK, DATABASE } from '@hetao/runtime';
import type { RunGrounds } from './training-account.js';
import type { RunState, TrainingRun } from './training-run.js';
import { MEMORY_COLUMNS, RUN_COLUMNS, TrainingRunRepository, type RunMemory } from './training-run.repository.js';

/** A run with what it keeps. */
export type StoredRun = TrainingRun & RunMemory;

/** Runs, dated by the clock. */
@Injectable()
export class RunStore {
  constructor(
    private readonly runs: TrainingRunRepository,
    @Inject(DATABASE) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  insert(tx: Tx, run: TrainingRun): Promise<void> {
    return this.runs.insert(tx, run, this.clock.now());
  }

  /** Outside any transaction: what is worked out from it is checked again under the lock. */
  read(id: string): Promise<StoredRun | null> {
    return this.database.withClient(async (client) => {
      const { rows } = await client.query<StoredRun>(
        `SELECT ${RUN_COLUMNS}, ${MEMORY_COLUMNS} FROM training_runs WHERE id = $1`,
        [id],
      );
      return rows[0] ?? null;
    });
  }

  /** As the reader may see it: those who train, those who keep the data, and those who see everything. */
  async readFor(id: string, reader: Reader): Promise<StoredRun | null> {
    const run = await this.read(id);
    return run !== null && takesPart(run, reader) ? run : null;
  }

  /** Newest first. @param after the id of the last one of the page before. */
  list(reader: Reader, page: { readonly after: string | undefined; readonly limit: number }): Promise<TrainingRun[]> {
    return this.database.withClient(async (client) => {
      const { rows } = await client.query<TrainingRun>(
        `SELECT ${RUN_COLUMNS} FROM training_runs
         WHERE ($1 OR organisation_id = $2 OR owner_organisation_id = $2) AND ($3::text IS NULL OR id < $3)
         ORDER BY id DESC LIMIT $4`,
        [seesEveryTenant(reader), reader.organisationId, page.after ?? null, page.limit],
      );
      return rows;
    });
  }

  lock(tx: Tx, id: string): Promise<StoredRun | null> {
    return this.runs.lock(tx, id);
  }

  setState(tx: Tx, id: string, state: RunState): Promise<void> {
    return this.runs.setState(tx, id, state, this.clock.now());
  }

  /** Says on what grounds a run computes. */
  ground(tx: Tx, id: string, grounds: RunGrounds): Promise<void> {
    return this.runs.ground(tx, id, grounds);
  }

  release(tx: Tx, run: StoredRun): Promise<void> {
    return this.runs.release(tx, run, this.clock.now());
  }
}

/** Whether the reader has a part in the run. */
export function takesPart(run: Pick<TrainingRun, 'organisationId' | 'ownerOrganisationId'>, reader: Reader): boolean {
  return seesEveryTenant(reader) || [run.organisationId, run.ownerOrganisationId].includes(reader.organisationId);
}
