import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { unwrap } from '@hetao/kernel';
import { defaultRule, escapeCorpus, evidenceSql, gateQuery, SqlSession, type GovernedTable } from '@hetao/sandbox/gate';

const ROWS = 1_000_000;
const PATIENTS = 100_000;
const ROUNDS = 300;
const RUNS = 9;
const SQL =
  "SELECT code, count(DISTINCT patient_id) AS n, avg(value) AS mean FROM lab WHERE site <> 'S9' GROUP BY code";
const RAW = "SELECT code, count(DISTINCT __patient) AS n, avg(value) AS mean FROM lab WHERE site <> 'S9' GROUP BY code";
const table: GovernedTable = {
  ...{ name: 'lab', patientKey: 'patient_id', maxRowsPerPatient: 100 },
  columns: [
    defaultRule('patient_id', 'text'),
    defaultRule('code', 'text'),
    defaultRule('site', 'text'),
    defaultRule('value', 'decimal'),
  ],
};

interface Figure {
  readonly figure: string;
  readonly value: number;
  readonly unit: string;
  readonly target: number;
  readonly baseline: string | null;
  readonly baseline_value: number | null;
}

/** Goals 12 and 13: the escape corpus, the gate's overhead, and evidence on a million rows beside raw DuckDB. */
export async function measureGate(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'hetao-bench-gate-'));
  try {
    const path = join(folder, 'lab.parquet');
    await makeRows(path);
    const tables = [{ name: 'lab', path, select: '*' }];
    const session = unwrap(await SqlSession.open('L0', { tables, memoryMib: 1_024, threads: 2, timeoutMs: 60_000 }));
    const escapes = await corpus(session);
    const overhead = await repeated(
      ROUNDS,
      async () => void unwrap(gateQuery(unwrap(await session.parse(SQL)), [table])),
    );
    const plan = unwrap(gateQuery(unwrap(await session.parse(SQL)), [table]));
    const raw = await repeated(RUNS, async () => void unwrap(await session.query(RAW)));
    const evidence = await repeated(RUNS, async () => void unwrap(await session.query(evidenceSql(plan, PATIENTS))));
    await session.close();
    report([
      {
        figure: 'escapes',
        value: escapes,
        unit: `of ${escapeCorpus.length} statements`,
        target: 0,
        baseline: null,
        baseline_value: null,
      },
      {
        figure: 'gate_overhead_p95',
        value: at(overhead, 0.95),
        unit: 'ms',
        target: 5,
        baseline: null,
        baseline_value: null,
      },
      {
        figure: 'evidence_p50',
        value: at(evidence, 0.5),
        unit: 'ms',
        target: 300,
        baseline: 'raw DuckDB',
        baseline_value: at(raw, 0.5),
      },
    ]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function makeRows(path: string): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run(
    `COPY (SELECT CAST(range % ${PATIENTS} AS INTEGER) AS __patient, concat('p', range % ${PATIENTS}) AS patient_id,
       concat('c', hash(range) % 20) AS code, concat('S', hash(range, 1) % 6) AS site, (hash(range, 2) % 1000) / 10.0 AS value
       FROM range(${ROWS})) TO '${path}' (FORMAT parquet)`,
  );
  connection.closeSync();
}

async function corpus(session: SqlSession): Promise<number> {
  let escaped = 0;
  for (const sql of escapeCorpus) if (gateQuery(unwrap(await session.parse(sql)), [table]).ok) escaped += 1;
  return escaped;
}

async function repeated(times: number, work: () => Promise<void>): Promise<readonly number[]> {
  await work();
  const taken: number[] = [];
  for (let round = 0; round < times; round += 1) {
    const started = performance.now();
    await work();
    taken.push(performance.now() - started);
  }
  return taken.sort((a, b) => a - b);
}

function at(sorted: readonly number[], share: number): number {
  return Number((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(2));
}

function report(figures: readonly Figure[]): void {
  const conditions = `${cpus().length} cores under a load of ${(loadavg()[0] ?? 0).toFixed(1)}; ${ROWS} rows of ${PATIENTS} patients`;
  console.table(
    figures.map(({ figure, value, unit, target, baseline_value: baseline }) => ({
      figure,
      value,
      unit,
      target,
      baseline,
    })),
  );
  for (const one of figures) {
    const ratio = one.baseline_value === null ? null : Number((one.value / one.baseline_value).toFixed(2));
    console.log(JSON.stringify({ bench: 'sandbox', ...one, ratio, conditions }));
  }
}
