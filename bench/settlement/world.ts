import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '@hetao/kernel';
import {
  openDatabase,
  startEmbeddedPostgres,
  UnitOfWork,
  type Database,
  type EmbeddedPostgres,
  type OutboxWriter,
} from '@hetao/persistence';
import { settlementService } from '@hetao/settlement';

/** Settlement's own schema on a server that loses nothing, and one way to change it. */
export interface World {
  readonly url: string;
  readonly database: Database;
  readonly uow: UnitOfWork;
}

export interface Spent {
  readonly wallMs: number;
  /** Of this process. */
  readonly clientMs: number;
  /** Of the server's backends; null where the system does not tell. */
  readonly serverMs: number | null;
}

const nobodyListens: OutboxWriter = { write: () => Promise.resolve(), committed: () => undefined };

/** Starts a durable server with a database, lends it, and removes it. */
export async function withPostgres(use: (postgres: EmbeddedPostgres) => Promise<void>): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'hetao-bench-settlement-'));
  const postgres = await startEmbeddedPostgres({ dataDir, durable: true });
  try {
    await use(postgres);
  } finally {
    await postgres.stop('fast');
    await rm(dataDir, { recursive: true, force: true });
  }
}

export async function withWorld(url: string, use: (world: World) => Promise<void>): Promise<void> {
  const database = await openDatabase({
    url,
    schema: settlementService.schema,
    entities: settlementService.entities,
    migrations: settlementService.allMigrations,
    applicationName: 'bench-settlement',
    poolSize: 8,
  });
  try {
    await database.migrate();
    await use({ url, database, uow: new UnitOfWork(database, nobodyListens, systemClock) });
  } finally {
    await database.close();
  }
}

/** Time of the wall, of this process and of the server while the work runs. */
export async function spent(database: Database, work: () => Promise<void>): Promise<Spent> {
  const serverBefore = await serverCpuMs(database);
  const cpuBefore = process.cpuUsage();
  const startedAt = performance.now();
  await work();
  const wallMs = performance.now() - startedAt;
  const { user, system } = process.cpuUsage(cpuBefore);
  const serverAfter = await serverCpuMs(database);
  return {
    wallMs,
    clientMs: (user + system) / 1_000,
    serverMs: serverAfter === null ? null : gained(serverBefore, serverAfter),
  };
}

type CpuByBackend = ReadonlyMap<number, number>;

/** A backend that came in between began at nothing; one that went has taken its count along. */
function gained(before: CpuByBackend | null, after: CpuByBackend): number {
  return [...after].reduce((sum, [pid, ms]) => sum + ms - (before?.get(pid) ?? 0), 0);
}

/** Ticks of Linux are hundredths of a second. Elsewhere there is no such file, and the column stays empty. */
async function serverCpuMs(database: Database): Promise<CpuByBackend | null> {
  const pids = await database.withClient(async (client) => {
    const sql = `SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend'`;
    return (await client.query<{ pid: number }>(sql)).rows.map(({ pid }) => pid);
  });
  try {
    return new Map(pids.map((pid) => [pid, ticksOf(pid) * 10]));
  } catch {
    return null;
  }
}

function ticksOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return Number(fields[11]) + Number(fields[12]);
}
