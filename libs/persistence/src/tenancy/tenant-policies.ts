import type { QueryRunner } from 'typeorm';
import { EVERY_TENANT, TENANT_SETTING } from './tenant-scope.js';

/** Which tables of a service hold rows of single organisations, as a plain list that a person can check. */
export interface Tenancy {
  /** Table to the columns that name its tenants: who stands in any of them sees the row and may write it. */
  readonly isolated: Readonly<Record<string, readonly string[]>>;
  /** Tables with such a column that every caller may read, or that have to do without a policy, each with the reason. */
  readonly exempt: Readonly<Record<string, string>>;
}

/**
 * Columns that name an organisation. A table that has one is a matter of {@link Tenancy}: isolated, or exempt for a
 * reason that is written down.
 */
export const TENANT_COLUMN =
  /^(merchant|buyer|participant|owner|holder|receiver|custodian|exporter|beneficiary|channel_partner|([a-z]+_)?organisation)_id$/;

const POLICY = 'tenant_isolation';

/**
 * Makes the policies of the isolated tables, for the tables that exist and have none: a migration calls it, and the next
 * migration that adds a table calls it again. The owner is bound too (FORCE), so a service that runs on one account alone is
 * as closed as one that has its own.
 */
export async function isolateTenants(runner: Pick<QueryRunner, 'query'>, tenancy: Tenancy): Promise<void> {
  for (const [table, columns] of Object.entries(tenancy.isolated)) {
    const found = (await runner.query(
      `SELECT 1 FROM pg_class c WHERE c.oid = to_regclass($1)
         AND NOT EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND p.polname = $2)`,
      [table, POLICY],
    )) as unknown[];
    if (found.length === 0) continue;
    // One look at the setting a statement, not one a row.
    const tenant = `(SELECT current_setting('${TENANT_SETTING}', true))`;
    await runner.query(
      `CREATE POLICY ${POLICY} ON ${table} USING (${tenant} IN ('${EVERY_TENANT}', ${columns.join(', ')}))`,
    );
    await runner.query(`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`);
  }
}
