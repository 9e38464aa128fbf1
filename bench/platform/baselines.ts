import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { startEmbeddedPostgres } from '@hetao/persistence';
import { readLog } from '../../tools/trade/src/usage.js';
import { root } from './exchange.js';

/** The part of a start that is not ours: the database server by itself, first on a new directory, then on that one. */
export async function measureServerAlone(dataDir: string): Promise<{ readonly first: number; readonly again: number }> {
  const start = async (): Promise<number> => {
    const startedAt = performance.now();
    const server = await startEmbeddedPostgres({ dataDir, durable: true });
    const seconds = (performance.now() - startedAt) / 1000;
    await server.stop();
    return seconds;
  };
  return { first: await start(), again: await start() };
}

/** The least a machine can do with ten thousand lines: read them, and put them into one table durably. */
export async function measureCopy(dataDir: string, lines: number): Promise<number> {
  const server = await startEmbeddedPostgres({ dataDir, durable: true });
  const client = new pg.Client({ connectionString: await server.createDatabase('bench') });
  await client.connect();
  try {
    await client.query('CREATE TABLE lines (id text, at timestamptz, bytes bigint, path text)');
    const startedAt = performance.now();
    const entries = await readLog(join(root, 'samples/access-log/apache_logs'), lines);
    const copy = client.query(copyFrom('COPY lines FROM STDIN'));
    for (const { id, time, bytes, path } of entries)
      copy.write(`${id}\t${time}\t${bytes}\t${path.replaceAll('\\', '\\\\')}\n`);
    copy.end();
    await finished(copy);
    const seconds = (performance.now() - startedAt) / 1000;
    const { rows } = await client.query<{ count: string }>('SELECT count(*) FROM lines');
    if (Number(rows[0]?.count) !== lines) throw new Error('The rows are not all there, so the figure is void.');
    return seconds;
  } finally {
    await client.end();
    await server.stop();
  }
}
