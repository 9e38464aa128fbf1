import { createHash, randomBytes } from 'node:crypto';
import {
  createLoginRole,
  openDatabase,
  type Database,
  type DatabaseOptions,
  type MigrationClass,
} from '@hetao/persistence';
import pg from 'pg';
import { sharedResource } from './shared-resources.js';

/** The PostgreSQL server of this test run. */
export interface TestPostgres {
  /** Superuser URL of a database on it. */
  url(database: string): string;
}

/** A database of a spec's own. */
export interface TestDatabase extends Database {
  readonly url: string;
  /** Closes the pool and drops the database. */
  close(): Promise<void>;
}

/** A database that nobody has opened yet. */
export interface EmptyDatabase {
  /** As its owner, who is no superuser: what a service may not do, it may not do in its tests. */
  readonly url: string;
  /** URL of a login of its own for a service, which the owner has to let in. */
  readonly login: (service: string) => Promise<string>;
  readonly drop: () => Promise<void>;
}

export type TestDatabaseOptions = Pick<DatabaseOptions, 'schema' | 'entities' | 'migrations'> &
  Partial<Omit<DatabaseOptions, 'url'>>;

let server: Promise<TestPostgres> | undefined;

/** The server that all workers of this Jest run share; it is started when the first of them asks. */
export function startPostgres(): Promise<TestPostgres> {
  server ??= sharedResource<{ url: string }>('postgres').then(({ url }) => ({
    url: (database) => Object.assign(new URL(url), { pathname: `/${database}` }).href,
  }));
  return server;
}

/**
 * A fresh database with the schema migrated, open. The migrations run once per distinct list and test run: every
 * further database is a copy of that first one, which takes about a tenth of a second.
 */
export async function testDatabase(options: TestDatabaseOptions): Promise<TestDatabase> {
  const template = await templateFor(options);
  const { url, drop } = await createDatabase(template);
  const database = await openDatabase({ applicationName: 'test', poolSize: 10, ...options, url });
  return {
    url,
    dataSource: database.dataSource,
    schema: database.schema,
    migrate: () => database.migrate(),
    pendingMigrations: () => database.pendingMigrations(),
    ping: () => database.ping(),
    withClient: (use) => database.withClient(use),
    close: async () => {
      await database.close();
      await drop();
    },
  };
}

/** A fresh database without any schema: for specs that start a service, which migrates by itself. */
export function emptyDatabase(): Promise<EmptyDatabase> {
  return createDatabase('template0');
}

/**
 * What no account of the exchange may do, done to a service's own schema: by a superuser who switched triggers and
 * constraints off.
 */
export async function forge(
  database: Pick<Database, 'schema' | 'withClient'>,
  use: (client: pg.Client) => Promise<unknown>,
): Promise<void> {
  const { rows } = await database.withClient((own) => own.query<{ name: string }>('SELECT current_database() AS name'));
  const setUp = `SET session_replication_role = replica; SET search_path = ${database.schema}, public`;
  await asSuperuser(async (client) => {
    await client.query(setUp);
    await use(client);
  }, rows[0]?.name);
}

async function createDatabase(template: string): Promise<EmptyDatabase> {
  const postgres = await startPostgres();
  const name = `test_${randomBytes(8).toString('hex')}`;
  const logins: string[] = [];
  const as = (role: string): string =>
    Object.assign(new URL(postgres.url(name)), { username: role, password: PASSWORD }).href;
  await asSuperuser(async (client) => {
    if (!(await hasOwner(client))) await createOwner(client);
    await client.query(`CREATE DATABASE ${name} TEMPLATE ${template} OWNER ${OWNER}`);
  });
  return {
    url: template === 'template0' ? as(OWNER) : postgres.url(name),
    login: async (service) => {
      const role = `${name}_${service}`;
      await asSuperuser((client) => createLoginRole(client, role, PASSWORD));
      logins.push(role);
      return as(role);
    },
    drop: () =>
      asSuperuser(async (client) => {
        await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
        for (const role of logins) await client.query(`DROP ROLE IF EXISTS ${role}`);
      }),
  };
}

const OWNER = 'test_owner';
/** The server listens on loopback, and only as long as the tests run. */
const PASSWORD = 'test';

async function hasOwner(client: pg.Client): Promise<boolean> {
  const { rowCount } = await client.query(
    `SELECT 1 FROM pg_roles WHERE rolname = '${OWNER}' AND 'hetao.tenant=*' = ANY (rolconfig)`,
  );
  return rowCount === 1;
}

/** Owns every database that a spec opens. What a spec reads past the service, it reads of every tenant. */
async function createOwner(client: pg.Client): Promise<void> {
  await client.query('SELECT pg_advisory_lock(hashtextextended($1, 0))', [OWNER]);
  await createLoginRole(client, OWNER, PASSWORD);
  await client.query(`ALTER ROLE ${OWNER} SET hetao.tenant = '*'`);
}

/** The name of the template database with these migrations applied, made by whichever worker comes first. */
async function templateFor(options: TestDatabaseOptions): Promise<string> {
  const name = `template_${fingerprint(options.schema, options.migrations)}`;
  await asSuperuser(async (client) => {
    await client.query('SELECT pg_advisory_lock(hashtextextended($1, 0))', [name]);
    const { rows } = await client.query<{ datistemplate: boolean }>(
      'SELECT datistemplate FROM pg_database WHERE datname = $1',
      [name],
    );
    if (rows[0]?.datistemplate) return;
    // Without the mark it is what a worker left behind that died while migrating.
    await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    await client.query(`CREATE DATABASE ${name} TEMPLATE template0`);
    await migrateTemplate(name, options);
    // A database with open connections cannot be copied, so from now on nobody gets in.
    await client.query(`ALTER DATABASE ${name} WITH ALLOW_CONNECTIONS false IS_TEMPLATE true`);
  });
  return name;
}

async function migrateTemplate(name: string, options: TestDatabaseOptions): Promise<void> {
  const postgres = await startPostgres();
  const database = await openDatabase({
    url: postgres.url(name),
    schema: options.schema,
    migrations: options.migrations,
    entities: [],
    applicationName: 'test-template',
    poolSize: 2,
  });
  try {
    await database.migrate();
  } finally {
    await database.close();
  }
}

/** Distinguishes lists by what they do, so that one edited while `--watch` runs is migrated anew. */
function fingerprint(schema: string, migrations: readonly MigrationClass[]): string {
  const hash = createHash('sha256').update(schema);
  for (const migration of migrations) hash.update(migration.name).update(String(migration));
  return hash.digest('hex').slice(0, 24);
}

async function asSuperuser(use: (client: pg.Client) => Promise<unknown>, database = 'postgres'): Promise<void> {
  const postgres = await startPostgres();
  const client = new pg.Client({ connectionString: postgres.url(database) });
  await client.connect();
  try {
    await use(client);
  } finally {
    await client.end();
  }
}
