import { asTenant, TENANT_COLUMN, type Tenancy } from '@hetao/persistence';
import type { HostedServices } from '@hetao/runtime';
import pg from 'pg';

/** What a statement does for an account: the SQLSTATE it is refused with, or how many rows it concerns. */
export async function attempt(url: string, sql: string): Promise<string> {
  return withAccount(url, async (client) => {
    try {
      const { rowCount } = await client.query(sql);
      return `${rowCount ?? 0} rows`;
    } catch (error) {
      return String(error instanceof Error ? Reflect.get(error, 'code') : error);
    }
  });
}

/** A table with columns that name organisations, and whether the database holds its rows apart. */
export interface TenantTable {
  readonly schema: string;
  readonly name: string;
  readonly bound: boolean;
}

/** Every table of every schema that has such a column; the parts of a partitioned table count as the whole. */
export async function tenantTables(ownerUrl: string): Promise<readonly TenantTable[]> {
  const { rows } = await withAccount(ownerUrl, (client) =>
    client.query<TenantTable & { columns: string[] }>(
      `SELECT n.nspname AS schema, c.relname AS name, c.relrowsecurity AND c.relforcerowsecurity
              AND EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid) AS bound,
              array_agg(a.attname::text) AS columns
         FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid
        WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND a.attnum > 0
          AND n.nspname !~ '^(pg_|information_schema)' GROUP BY c.oid, n.nspname, c.relname, c.relrowsecurity, c.relforcerowsecurity`,
    ),
  );
  return rows.filter(({ columns }) => columns.some((column) => TENANT_COLUMN.test(column)));
}

/** What a service says of its tables against what they are: each is bound or exempt, and none is only said to be. */
export function faultsOfTenancy(tables: readonly TenantTable[], schema: string, tenancy?: Tenancy): string[] {
  const { isolated = {}, exempt = {} } = tenancy ?? {};
  const own = tables.filter((table) => table.schema === schema);
  const named = [...Object.keys(isolated), ...Object.keys(exempt)];
  return [
    ...own.filter(({ name }) => !named.includes(name)).map(({ name }) => `${schema}.${name} has neither`),
    ...own
      .filter(({ name, bound }) => bound !== name in isolated)
      .map(({ name }) => `${schema}.${name} is not as said`),
    ...named.filter((name) => !own.some((table) => table.name === name)).map((name) => `${schema}.${name} is no table`),
  ];
}

/** One isolated table, read without a condition: as the exchange, as the tenant of its first row, and as a stranger. */
export interface SeenRows {
  readonly table: string;
  readonly all: number;
  /** Rows shown to the tenant of the first row that do not name it. */
  readonly others: number;
  readonly strangers: number;
}

export async function seenWithoutWhere(
  running: HostedServices['services'],
  definitions: readonly { readonly name: string; readonly tenancy?: Tenancy }[],
  stranger: string,
): Promise<readonly SeenRows[]> {
  const seen: SeenRows[] = [];
  for (const { name, tenancy } of definitions) {
    const { dataSource } = running.get(name)?.database ?? {};
    for (const [table, columns] of Object.entries(tenancy?.isolated ?? {})) {
      const read = async (): Promise<(string | null)[][]> =>
        (
          (await dataSource?.query<{ tenants: (string | null)[] }[]>(
            `SELECT ARRAY[${columns.join()}] AS tenants FROM ${table}`,
          )) ?? []
        ).map(({ tenants }) => tenants);
      const all = await read();
      const tenant = all[0]?.find((id) => id !== null) ?? stranger;
      const theirs = await asTenant(tenant, read);
      const others = theirs.filter((tenants) => !tenants.includes(tenant)).length;
      seen.push({
        table: `${name}.${table}`,
        all: all.length,
        others,
        strangers: (await asTenant(stranger, read)).length,
      });
    }
  }
  return seen;
}

async function withAccount<T>(url: string, use: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}
