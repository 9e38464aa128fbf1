import type { ConnectionOptions } from 'node:tls';
import pg from 'pg';
import type { ResolvedDatabaseOptions } from './database-options.js';
import { EVERY_TENANT, TENANT_SETTING } from './tenancy/tenant-scope.js';

const DATE_OID = 1082;

/**
 * A `date` stays the text it is ('2015-05-31'). pg would turn it into local midnight, which is another day in UTC
 * for every machine east of Greenwich; settlement dates carry their zone apart.
 */
const types: pg.CustomTypesConfig = {
  getTypeParser: (oid, format): ((value: string) => unknown) =>
    Number(oid) === DATE_OID && format !== 'binary'
      ? (value) => value
      : (pg.types.getTypeParser(oid, format) as (value: string) => unknown),
};

/** What every connection of the pool starts with. As start-up options they cost no round trip of their own. */
export function poolConfig(options: ResolvedDatabaseOptions): pg.PoolConfig {
  const settings = {
    search_path: options.schema,
    TimeZone: 'UTC',
    statement_timeout: options.statementTimeoutMs,
    lock_timeout: options.lockTimeoutMs,
    idle_in_transaction_session_timeout: options.idleInTransactionTimeoutMs,
    // Said to every connection: one that does not know it sees nothing of what belongs to a tenant.
    [TENANT_SETTING]: EVERY_TENANT,
  };
  return {
    options: Object.entries(settings)
      .map(([name, value]) => `-c ${name}=${value}`)
      .join(' '),
    connectionTimeoutMillis: options.acquireTimeoutMs,
    idleTimeoutMillis: 30_000,
    // A fail-over leaves sessions on the old primary; nobody should stay there for longer than this.
    maxLifetimeSeconds: 1_800,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    types,
    ssl: tlsOptions(options),
  };
}

/** What a connection has to prove, or false for one that is as it comes. */
export function tlsOptions({ url, tls }: Pick<ResolvedDatabaseOptions, 'url' | 'tls'>): ConnectionOptions | false {
  if (tls === undefined) return false;
  // A certificate for an address is held against the address; pg hands on names only.
  return { host: new URL(url).hostname, rejectUnauthorized: true, ...(tls.ca === undefined ? {} : { ca: tls.ca }) };
}

/** Host, port and database of a URL for messages: never the user's password. */
export function describeUrl(url: string): string {
  if (!URL.canParse(url)) return 'the configured URL (it is not a URL)';
  const { hostname, port, pathname } = new URL(url);
  return `${hostname || 'localhost'}:${port || '5432'}${pathname}`;
}
