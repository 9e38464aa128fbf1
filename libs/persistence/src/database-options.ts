import type { MigrationInterface } from 'typeorm';

/** A class decorated with `@Entity`: columns, no behaviour. */
export type EntityClass = abstract new (...args: never[]) => object;

/** A TypeORM migration. Its class name is its identity in the `migrations` table and never changes once released. */
export type MigrationClass = new () => MigrationInterface;

/** How a connection is kept from others; the server has to prove that it is the one of the URL, always. */
export interface DatabaseTls {
  /** Authorities that are believed, in PEM; without it those that Node brings along. */
  readonly ca?: string | undefined;
}

/** What a service says about its database. Everything optional has a bound by default. */
export interface DatabaseOptions {
  /** `postgres://user:password@host:port/database` */
  readonly url: string;
  /** Default: as it comes, which is right on loopback alone. */
  readonly tls?: DatabaseTls | undefined;
  /** The one schema that this service owns; SQL stays unqualified because the search path is exactly this schema. */
  readonly schema: string;
  readonly entities: readonly EntityClass[];
  /** In the order in which they run. Forward only. */
  readonly migrations: readonly MigrationClass[];
  /** Seen in `pg_stat_activity`. */
  readonly applicationName: string;
  /** Most connections this process opens. */
  readonly poolSize: number;
  /** How long to wait for a server that is still starting. Default 30 s. */
  readonly connectWithinMs?: number;
  /** How long a caller waits for a free connection before it is told that the database is busy. Default 10 s. */
  readonly acquireTimeoutMs?: number;
  /** Longest single statement outside migrations. Default 30 s. */
  readonly statementTimeoutMs?: number;
  /** Longest wait for a row or table lock. Default 10 s. */
  readonly lockTimeoutMs?: number;
  /** Longest pause between two statements of one transaction: a forgotten one must not hold its locks. Default 60 s. */
  readonly idleInTransactionTimeoutMs?: number;
  /** True: connections are told on whose behalf they are lent (`asTenant`), which the policies of the tables go by. */
  readonly tellsTenant?: boolean;
  /** Role that serves on the schema, where that is not the account of `url`: `migrate` admits it to the rows. */
  readonly servingRole?: string | undefined;
  /** Told when an idle pooled connection is lost; the pool replaces it by itself. */
  readonly onConnectionLost?: (error: Error) => void;
}

/** The options with every default filled in. */
export type ResolvedDatabaseOptions = Required<DatabaseOptions>;

const DEFAULTS = {
  connectWithinMs: 30_000,
  acquireTimeoutMs: 10_000,
  statementTimeoutMs: 30_000,
  lockTimeoutMs: 10_000,
  idleInTransactionTimeoutMs: 60_000,
  tellsTenant: false,
  tls: undefined,
  servingRole: undefined,
  onConnectionLost: () => undefined,
};

// It is spliced into a start-up parameter and into CREATE SCHEMA, where no placeholder can stand.
const SCHEMA_NAME = /^[a-z_][a-z0-9_]{0,62}$/;

/**
 * Fills the defaults in and refuses what could not work.
 *
 * @throws Error naming the option: these values come from the programmer, not from a caller.
 */
export function resolveOptions(options: DatabaseOptions): ResolvedDatabaseOptions {
  if (!SCHEMA_NAME.test(options.schema)) {
    throw new Error(`Schema "${options.schema}" must be lower case letters, digits and underscores (at most 63).`);
  }
  if (!Number.isInteger(options.poolSize) || options.poolSize < 1 || options.poolSize > 200) {
    throw new Error(`poolSize must be a whole number from 1 to 200, not ${String(options.poolSize)}.`);
  }
  const names = options.migrations.map((migration) => migration.name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined)
    throw new Error(`Migration ${twice} stands twice in the list of schema "${options.schema}".`);
  return { ...DEFAULTS, ...options };
}
