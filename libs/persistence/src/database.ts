import { setTimeout as pause } from 'node:timers/promises';
import { DomainException } from '@hetao/kernel';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { databaseErrors } from './database.errors.js';
import { databaseFailure, isDatabaseUnavailable, isTlsFailure } from './database-failure.js';
import { resolveOptions, type DatabaseOptions, type ResolvedDatabaseOptions } from './database-options.js';
import { pendingMigrations, runMigrations } from './migration-runner.js';
import { isError, messageOf } from './native-error.js';
import { describeUrl, poolConfig, tlsOptions } from './pool-config.js';
import { TenantPool } from './tenancy/tenant-pool.js';

/** An open database: one pool, one schema. */
export interface Database {
  readonly dataSource: DataSource;
  readonly schema: string;
  /** Applies pending migrations; returns how many. Safe to call from many processes at once. */
  migrate(): Promise<number>;
  /** Names of the migrations the database has not seen yet. */
  pendingMigrations(): Promise<string[]>;
  /** Resolves when the database answers, rejects within a few seconds when it does not. */
  ping(): Promise<void>;
  /** Lends a pooled connection outside any transaction: hot reads, COPY. Writes that matter use a UnitOfWork. */
  withClient<T>(use: (client: pg.PoolClient) => Promise<T>): Promise<T>;
  /** Waits for lent connections, then closes the pool. Repeating it is harmless. */
  close(): Promise<void>;
}

const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 1_000;
const TLS_FIX =
  'Give in DATABASE_CA the authority that signed the certificate of exactly this host, or DATABASE_TLS=0 for a server without TLS.';

/**
 * Connects to the database, waiting while the server starts up. It creates and changes nothing: see `migrate`.
 *
 * @throws DomainException DATABASE_REFUSED at once for wrong credentials or a database that does not exist;
 *   DATABASE_UNAVAILABLE when no server answered within `connectWithinMs`.
 */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const resolved = resolveOptions(options);
  await waitForServer(resolved);
  const dataSource = new DataSource({
    type: 'postgres',
    ...(resolved.tellsTenant && { driver: Object.assign(Object.create(pg), { Pool: TenantPool }) as typeof pg }),
    url: resolved.url,
    schema: resolved.schema,
    entities: [...resolved.entities],
    applicationName: resolved.applicationName,
    poolSize: resolved.poolSize,
    // Tables come from migrations alone, and those run when `migrate` is called: never as a side effect of connecting.
    synchronize: false,
    migrationsRun: false,
    migrationsTransactionMode: 'each',
    installExtensions: false,
    logging: false,
    poolErrorHandler: (error: Error) => resolved.onConnectionLost(error),
    extra: poolConfig(resolved),
  });
  await dataSource.initialize();
  return new PooledDatabase(dataSource, resolved);
}

class PooledDatabase implements Database {
  readonly dataSource: DataSource;
  readonly schema: string;
  readonly #options: ResolvedDatabaseOptions;
  readonly #pool: pg.Pool;
  #closing: Promise<void> | undefined;

  constructor(dataSource: DataSource, options: ResolvedDatabaseOptions) {
    this.dataSource = dataSource;
    this.schema = options.schema;
    this.#options = options;
    this.#pool = poolOf(dataSource);
  }

  migrate(): Promise<number> {
    return runMigrations({ dataSource: this.dataSource, ...this.#options });
  }

  pendingMigrations(): Promise<string[]> {
    return this.withClient((client) => pendingMigrations(client, this.#options));
  }

  async ping(): Promise<void> {
    await this.withClient((client) => client.query('SELECT 1'));
  }

  async withClient<T>(use: (client: pg.PoolClient) => Promise<T>): Promise<T> {
    const client = await this.#pool.connect();
    let lost: Error | undefined;
    const remember = (error: Error): void => {
      lost ??= error;
    };
    client.on('error', remember);
    try {
      return await use(client);
    } catch (error) {
      lost ??= isDatabaseUnavailable(error) && isError(error) ? error : undefined;
      throw error;
    } finally {
      client.off('error', remember);
      // Whoever left a transaction open on a lent connection must not hand it to the next caller.
      client.release(lost ?? client.getTransactionStatus() !== 'I');
    }
  }

  close(): Promise<void> {
    this.#closing ??= this.dataSource.destroy();
    return this.#closing;
  }
}

/** TypeORM owns the pool and keeps it in a field that its public types do not show. */
function poolOf(dataSource: DataSource): pg.Pool {
  const pool: unknown = Reflect.get(dataSource.driver, 'master');
  if (pool instanceof pg.Pool) return pool;
  throw new Error('This version of TypeORM keeps its connection pool elsewhere; libs/persistence must follow it.');
}

async function waitForServer(options: ResolvedDatabaseOptions): Promise<void> {
  const deadline = performance.now() + options.connectWithinMs;
  for (let attempt = 0; ; attempt += 1) {
    const failure = await tryToConnect(options);
    if (failure === undefined) return;
    const where = describeUrl(options.url);
    if (databaseFailure(failure) === 'refused') {
      const refused = databaseErrors.DATABASE_REFUSED(
        `${where}: ${failure.message}.`,
        isTlsFailure(failure) ? { fix: TLS_FIX } : {},
      );
      throw new DomainException(refused, { cause: failure });
    }
    if (!isDatabaseUnavailable(failure)) throw failure;
    const wait = Math.min(FIRST_PAUSE_MS * 2 ** attempt, LONGEST_PAUSE_MS);
    if (performance.now() + wait > deadline) {
      const detail = `No PostgreSQL server answered at ${where} within ${options.connectWithinMs / 1000} s: ${messageOf(failure)}.`;
      const fix = 'Start the server or correct DATABASE_URL.';
      throw new DomainException(databaseErrors.DATABASE_UNAVAILABLE(detail, { fix }), { cause: failure });
    }
    await pause(wait);
  }
}

async function tryToConnect(options: ResolvedDatabaseOptions): Promise<Error | undefined> {
  const client = new pg.Client({
    connectionString: options.url,
    application_name: options.applicationName,
    ssl: tlsOptions(options),
    connectionTimeoutMillis: Math.min(options.acquireTimeoutMs, options.connectWithinMs),
  });
  // A server that goes away right after the hand-shake reports it here; the pool will meet it again.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return undefined;
  } catch (error) {
    return isError(error) ? error : new Error(String(error));
  } finally {
    client.end().catch(() => undefined);
  }
}
