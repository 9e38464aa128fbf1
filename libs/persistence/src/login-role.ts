import type pg from 'pg';

const DUPLICATE_OBJECT = '42710';
const UNIQUE_VIOLATION = '23505';

/** Makes a role that may sign in with this password and do nothing else; an existing one is given the password. */
export async function createLoginRole(client: pg.ClientBase, role: string, password: string): Promise<void> {
  const terms = `${client.escapeIdentifier(role)} LOGIN PASSWORD ${client.escapeLiteral(password)}`;
  try {
    await client.query(`CREATE ROLE ${terms}`);
  } catch (error) {
    const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : undefined;
    // Roles belong to the whole server: another process may be at the same.
    if (code !== DUPLICATE_OBJECT && code !== UNIQUE_VIOLATION) throw error;
    await client.query(`ALTER ROLE ${terms}`);
  }
}
