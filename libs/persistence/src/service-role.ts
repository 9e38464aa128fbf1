import type pg from 'pg';

/**
 * Lets a service's role work with the rows of its schema and nothing more: it owns no table, changes none, and has no
 * part in any other schema. Tables that the migrating account makes later come under the same terms by themselves.
 */
export async function admitServiceRole(client: pg.ClientBase, schema: string, role: string): Promise<void> {
  const inSchema = `IN SCHEMA ${client.escapeIdentifier(schema)}`;
  const to = client.escapeIdentifier(role);
  await client.query(`GRANT USAGE ON SCHEMA ${client.escapeIdentifier(schema)} TO ${to}`);
  for (const [objects, rights] of [
    ['TABLES', 'SELECT, INSERT, UPDATE, DELETE'],
    ['SEQUENCES', 'SELECT, USAGE'],
  ] as const) {
    await client.query(`GRANT ${rights} ON ALL ${objects} ${inSchema} TO ${to}`);
    await client.query(`ALTER DEFAULT PRIVILEGES ${inSchema} GRANT ${rights} ON ${objects} TO ${to}`);
  }
}

/** The role that a connection URL signs in as. */
export function roleOf(url: string): string {
  return decodeURIComponent(new URL(url).username);
}
