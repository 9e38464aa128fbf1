import { Inject, Injectable } from '@nestjs/common';
import { UnitOfWork, type Database, type Tx } from '@hetao/persistence';
import { DATABASE } from '@hetao/runtime';
import { MAX_ATTEMPTS, type Profile, type ProfileProblem } from './profile.js';
import type { ProfileResult } from './profile.result.js';

/** The columns of a profile, named as the rules name them. */
export const PROFILE_COLUMNS = `id, organisation_id AS "organisationId", name, format, encoding,
  renewed_every_days AS "renewedEveryDays", state, next_offset::float8 AS "nextOffset", progress, problem, result,
  created_at AS "createdAt", finished_at AS "finishedAt"`;

export type NewProfile = Pick<
  Profile,
  'id' | 'organisationId' | 'name' | 'format' | 'encoding' | 'renewedEveryDays' | 'createdAt'
>;

/** Files that are to be profiled, and their bytes. */
@Injectable()
export class ProfileRepository {
  readonly #database: Database;
  readonly #uow: UnitOfWork;

  constructor(@Inject(DATABASE) database: Database, uow: UnitOfWork) {
    this.#database = database;
    this.#uow = uow;
  }

  async add(tx: Tx, profile: NewProfile): Promise<void> {
    const { id, organisationId, name, format, encoding, renewedEveryDays, createdAt } = profile;
    await tx.execute(
      `INSERT INTO profiles (id, organisation_id, name, format, encoding, renewed_every_days, state, next_offset,
         progress, attempts, created_at) VALUES ($1, $2, $3, $4, $5, $6, 'open', 0, 0, 0, $7)`,
      [id, organisationId, name, format, encoding, renewedEveryDays, createdAt],
    );
  }

  /** Also within the request that begins it: what is not committed yet is seen. */
  async find(id: string): Promise<Profile | undefined> {
    const [found] = await this.#uow.run((tx) =>
      tx.query<Profile>(`SELECT ${PROFILE_COLUMNS} FROM profiles WHERE id = $1`, [id]),
    );
    return found;
  }

  /** How many files of an organisation are not done, while nobody begins another. */
  async countUndone(tx: Tx, organisationId: string): Promise<number> {
    await tx.execute(`SELECT pg_advisory_xact_lock(hashtextextended('profiles of ' || $1, 0))`, [organisationId]);
    const [row] = await tx.query<{ count: string }>(
      `SELECT count(*) FROM profiles WHERE organisation_id = $1 AND state IN ('open', 'waiting', 'running')`,
      [organisationId],
    );
    return Number(row?.count ?? 0);
  }

  /** Adds bytes at the end of an open file; false when it does not end there, or is no longer open. */
  async append(tx: Tx, id: string, offset: number, bytes: Buffer): Promise<boolean> {
    const grown = await tx.execute(
      `UPDATE profiles SET next_offset = next_offset + $3 WHERE id = $1 AND state = 'open' AND next_offset = $2`,
      [id, offset, bytes.length],
    );
    if (grown === 0) return false;
    await tx.execute('INSERT INTO profile_parts (profile_id, begins_at, bytes) VALUES ($1, $2, $3)', [
      id,
      offset,
      bytes,
    ]);
    return true;
  }

  async received(tx: Tx, id: string, offset: number): Promise<boolean> {
    const sql = `UPDATE profiles SET state = 'waiting' WHERE id = $1 AND state = 'open' AND next_offset = $2`;
    return (await tx.execute(sql, [id, offset])) === 1;
  }

  /** Takes the next file that waits, or that a process took and went away with, and holds it until then. */
  async begin(tx: Tx, at: Date, heldUntil: Date): Promise<Profile | undefined> {
    const [row] = await tx.query<Profile>(
      `UPDATE profiles SET state = 'running', held_until = $2, attempts = attempts + 1, progress = 0
       WHERE id = (SELECT id FROM profiles WHERE attempts < ${MAX_ATTEMPTS}
         AND (state = 'waiting' OR (state = 'running' AND held_until < $1))
         ORDER BY created_at LIMIT 1 FOR UPDATE SKIP LOCKED)
       RETURNING ${PROFILE_COLUMNS}`,
      [at, heldUntil],
    );
    return row;
  }

  /** Tells how far it is and holds it longer; false when somebody else has it by now. */
  async advance(tx: Tx, id: string, progress: number, heldUntil: Date): Promise<boolean> {
    const sql = `UPDATE profiles SET progress = $2, held_until = $3 WHERE id = $1 AND state = 'running'`;
    return (await tx.execute(sql, [id, progress, heldUntil])) === 1;
  }

  /** Gives a file back that this process will not finish; the attempt does not count. */
  async release(tx: Tx, id: string): Promise<void> {
    await tx.execute(
      `UPDATE profiles SET state = 'waiting', held_until = NULL, attempts = attempts - 1 WHERE id = $1 AND state = 'running'`,
      [id],
    );
  }

  async complete(tx: Tx, id: string, result: ProfileResult, at: Date): Promise<void> {
    await tx.execute(
      `UPDATE profiles SET state = 'completed', held_until = NULL, progress = 100, result = $2, finished_at = $3
       WHERE id = $1 AND state = 'running'`,
      [id, JSON.stringify(result), at],
    );
    await dropParts(tx, id);
  }

  async fail(tx: Tx, id: string, problem: ProfileProblem, at: Date): Promise<void> {
    await tx.execute(
      `UPDATE profiles SET state = 'failed', held_until = NULL, problem = $2, finished_at = $3
       WHERE id = $1 AND state IN ('open', 'running')`,
      [id, JSON.stringify(problem), at],
    );
    await dropParts(tx, id);
  }

  /** Files nobody will finish: begun before `openSince` and never completed, or taken too often. */
  async hopeless(tx: Tx, at: Date, openSince: Date): Promise<readonly { id: string; state: 'open' | 'running' }[]> {
    return tx.query(
      `SELECT id, state FROM profiles WHERE (state = 'open' AND created_at < $2)
         OR (state = 'running' AND held_until < $1 AND attempts >= ${MAX_ATTEMPTS}) LIMIT 100 FOR UPDATE SKIP LOCKED`,
      [at, openSince],
    );
  }

  /** The bytes of a file in order. */
  async *parts(id: string): AsyncIterable<Buffer> {
    for (let after = -1; ;) {
      const { rows } = await this.#database.withClient((client) =>
        client.query<{ at: number; bytes: Buffer }>(
          `SELECT begins_at::float8 AS at, bytes FROM profile_parts WHERE profile_id = $1 AND begins_at > $2
           ORDER BY begins_at LIMIT 4`,
          [id, after],
        ),
      );
      for (const { bytes } of rows) yield bytes;
      const last = rows.at(-1);
      if (last === undefined) return;
      after = last.at;
    }
  }
}

async function dropParts(tx: Tx, id: string): Promise<void> {
  await tx.execute('DELETE FROM profile_parts WHERE profile_id = $1', [id]);
}
