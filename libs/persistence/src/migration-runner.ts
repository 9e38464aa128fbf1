import { setTimeout as pause } from 'node:timers/promises';
import { DomainException } from '@hetao/kernel';
import type pg from 'pg';
import type { DataSource, QueryRunner } from 'typeorm';
import { databaseErrors } from './database.errors.js';
import type { MigrationClass } from './database-options.js';
import { messageOf } from './native-error.js';
import { admitServiceRole } from './service-role.js';

/** Longest wait for another process that migrates the same schema. */
const LOCK_WITHIN_MS = 300_000;
const LOCK_POLL_MS = 100;
/** Building an index over a year of usage is allowed to take this long. */
const STATEMENT_TIMEOUT_MS = 1_800_000;
/** A migration that waits longer for a table lock makes every request queue up behind it: better to fail and be run again. */
const LOCK_TIMEOUT_MS = 15_000;

interface MigrationPlan {
  readonly dataSource: DataSource;
  readonly schema: string;
  readonly migrations: readonly MigrationClass[];
  readonly servingRole: string | undefined;
}

/**
 * Applies the pending migrations in the order of the list, each in its own transaction together with its row in the
 * `migrations` table. Any number of processes may call this at once: an advisory lock lets one work and the others
 * find nothing left to do.
 *
 * @returns how many this call applied
 * @throws DomainException MIGRATION_FAILED (the earlier ones stay applied, nothing of the failed one is kept unless it
 *   declares `transaction = false`), MIGRATION_LOCK_TIMEOUT
 */
export async function runMigrations(plan: MigrationPlan): Promise<number> {
  const runner = plan.dataSource.createQueryRunner();
  const client = (await runner.connect()) as pg.PoolClient;
  try {
    await takeLock(client, plan.schema);
    await client.query(`SET statement_timeout = ${STATEMENT_TIMEOUT_MS}`);
    await client.query(`SET lock_timeout = ${LOCK_TIMEOUT_MS}`);
    await prepareSchema(client, plan.schema);
    if (plan.servingRole !== undefined) await admitServiceRole(client, plan.schema, plan.servingRole);
    const pending = await pendingOf(client, plan);
    let applied = 0;
    for (const migration of pending) {
      await apply(runner, migration, { schema: plan.schema, applied, pending: pending.length });
      applied += 1;
    }
    return applied;
  } finally {
    // The lock and the changed settings belong to this session: closing it is the one clean-up that cannot fail half-way.
    if (!runner.isReleased) await client.end().catch(() => undefined);
    await runner.release();
  }
}

/** Names of the migrations that this program knows and the database has not seen, in the order they would run. */
export async function pendingMigrations(
  client: pg.ClientBase,
  plan: Pick<MigrationPlan, 'schema' | 'migrations'>,
): Promise<string[]> {
  const { rows } = await client.query<{ found: boolean }>('SELECT to_regclass($1) IS NOT NULL AS found', [
    `${plan.schema}.migrations`,
  ]);
  if (!rows[0]?.found) return plan.migrations.map((migration) => migration.name);
  return (await pendingOf(client, plan)).map((migration) => migration.name);
}

// Polling with "try" instead of a blocking call: a session that blocks in pg_advisory_lock holds a snapshot, and
// CREATE INDEX CONCURRENTLY in the winner would wait for that snapshot for ever.
async function takeLock(client: pg.ClientBase, schema: string): Promise<void> {
  const deadline = performance.now() + LOCK_WITHIN_MS;
  for (;;) {
    const { rows } = await client.query<{ locked: boolean }>(
      'SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS locked',
      [`hetao.migrations.${schema}`],
    );
    if (rows[0]?.locked) return;
    if (performance.now() > deadline) {
      const detail = `Schema "${schema}" has been locked by another migrating process for ${LOCK_WITHIN_MS / 1000} s.`;
      throw new DomainException(databaseErrors.MIGRATION_LOCK_TIMEOUT(detail));
    }
    await pause(LOCK_POLL_MS);
  }
}

/** The table has the shape TypeORM gives it, so its own tools can read it. */
async function prepareSchema(client: pg.ClientBase, schema: string): Promise<void> {
  await client.query(`CREATE SCHEMA IF NOT EXISTS "${schema}"`);
  await client.query(
    `CREATE TABLE IF NOT EXISTS "${schema}".migrations (
       id SERIAL PRIMARY KEY, timestamp bigint NOT NULL, name character varying NOT NULL UNIQUE)`,
  );
}

async function pendingOf(
  client: pg.ClientBase,
  plan: Pick<MigrationPlan, 'schema' | 'migrations'>,
): Promise<MigrationClass[]> {
  const { rows } = await client.query<{ name: string }>(`SELECT name FROM "${plan.schema}".migrations`);
  const done = new Set(rows.map((row) => row.name));
  return plan.migrations.filter((migration) => !done.has(migration.name));
}

async function apply(
  runner: QueryRunner,
  Migration: MigrationClass,
  run: { readonly schema: string; readonly applied: number; readonly pending: number },
): Promise<void> {
  const migration = new Migration();
  const inTransaction = migration.transaction !== false;
  try {
    if (inTransaction) await runner.startTransaction();
    await migration.up(runner);
    await runner.query(`INSERT INTO "${run.schema}".migrations (timestamp, name) VALUES ($1, $2)`, [
      timestampOf(Migration.name),
      Migration.name,
    ]);
    if (inTransaction) await runner.commitTransaction();
  } catch (error) {
    const kept = inTransaction ? 'nothing of it was kept' : 'it ran outside a transaction, so parts of it may remain';
    const detail =
      `${Migration.name} (${run.applied + 1} of ${run.pending} pending) failed in schema "${run.schema}": ` +
      `${messageOf(error)}; ${kept}.`;
    throw new DomainException(databaseErrors.MIGRATION_FAILED(detail, { meta: { migration: Migration.name } }), {
      cause: error,
    });
  }
}

/** Migration classes end in the millisecond they were written at, as TypeORM's do; the list alone decides the order. */
function timestampOf(name: string): string {
  return /\d{13}$/.exec(name)?.[0] ?? '0';
}
