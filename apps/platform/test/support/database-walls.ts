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

export async function rowsOf<R extends pg.QueryResultRow>(url: string, sql: string, params: unknown[] = []) {
  return withAccount(url, async (client) => (await client.query<R>(sql, params)).rows);
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
