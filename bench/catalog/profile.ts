import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { DuckdbSession, profileTable } from '@hetao/catalog/profiling';
import { conditions, printFigure, printRow } from './report.js';

const MEMORY_BYTES = 1024 ** 3;
const TIME_MS = 180_000;
/** Bytes of a row of the file, about. */
const ROW_BYTES = 73.4;

/** Profiles a CSV file as the service does, and lets DuckDB summarise it in the same process with the same limits. */
export async function benchProfile(megabytes: number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'hetao-bench-profile-'));
  try {
    const path = join(folder, 'visits.csv');
    const rows = Math.round((megabytes * 1_000_000) / ROW_BYTES);
    await generate(path, rows);
    const { size } = await stat(path);
    const summarise = await inSession(folder, path, async (session) => {
      const told = await session.query<{ column_name: string }>(`SUMMARIZE SELECT * FROM read_csv('${path}')`);
      if (told.length !== 7) throw new Error(`SUMMARIZE tells of ${told.length} columns.`);
    });
    const profile = await inSession(folder, path, async (session) => {
      const file = {
        path,
        format: 'csv',
        encoding: 'utf-8',
        bytes: size,
        renewedEveryDays: 1,
        today: new Date(),
      } as const;
      const profiled = await profileTable(session, file);
      if (!profiled.ok || profiled.value.rows !== rows || profiled.value.brokenLines > 0)
        throw new Error('The profile is wrong.');
    });
    printRow(['one CSV file', 'MB', 'seconds', 'MB/s']);
    for (const [what, seconds] of [
      ['profiled', profile],
      ["DuckDB's SUMMARIZE", summarise],
    ] as const) {
      printRow([what, (size / 1e6).toFixed(0), seconds.toFixed(2), (size / 1e6 / seconds).toFixed(0)]);
    }
    printFigure({
      figure: 'profile_csv_seconds',
      value: Number(profile.toFixed(2)),
      unit: 's',
      baseline: "DuckDB's SUMMARIZE in the same process, threads and memory",
      baseline_value: Number(summarise.toFixed(2)),
      ratio: Number((profile / summarise).toFixed(3)),
      conditions: conditions(`${(size / 1e9).toFixed(2)} GB, ${rows} rows of 7 columns, 2 threads, 1 GiB`),
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function inSession(
  folder: string,
  path: string,
  work: (session: DuckdbSession) => Promise<void>,
): Promise<number> {
  const limits = {
    files: [path],
    tempDir: folder,
    memoryBytes: MEMORY_BYTES,
    tempBytes: 8 * MEMORY_BYTES,
    threads: 2,
    timeMs: TIME_MS,
  };
  const session = new DuckdbSession(limits, () => undefined);
  try {
    await session.query('SELECT 1');
    const startedAt = performance.now();
    await work(session);
    return (performance.now() - startedAt) / 1000;
  } finally {
    session.close();
  }
}

/** Visits to a clinic: numbers, addresses, telephones, amounts, days, names of herbs with gaps, yes and no. */
async function generate(path: string, rows: number): Promise<void> {
  const connection = await (await DuckDBInstance.create(':memory:', { threads: '2' })).connect();
  await connection.run(`COPY (SELECT i AS id, 'user' || (i % 100000) || '@example.com' AS email,
      printf('1%010d', 3000000000 + (i * 7919) % 6999999999) AS mobile, round((hash(i) % 100000) / 100.0, 2) AS amount_cny,
      DATE '2020-01-01' + (i % 2000)::INT AS visited, CASE WHEN i % 11 = 0 THEN NULL ELSE 'herb ' || (hash(i) % 500) END AS herb,
      hash(i) % 2 = 0 AS paid FROM range(${rows}) t(i)) TO '${path}' (HEADER)`);
}
