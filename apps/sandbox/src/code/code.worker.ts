// Runs somebody's code, one patient at a time, each in a realm of her own: what it learnt of one it cannot tell of another.
// It reads the tables it was given, and gives records of declared members; what they come to is worked out elsewhere, by a
// process that never ran the code. Self-contained: it runs by itself under every rung.
import { createRequire, stripTypeScriptTypes } from 'node:module';
import { text } from 'node:stream/consumers';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import type ivm from 'isolated-vm';

interface Order {
  readonly tables: readonly { readonly name: string; readonly path: string; readonly select: string }[];
  readonly reads: readonly { readonly table: string; readonly sql: string }[];
  readonly outputs: readonly { readonly name: string; readonly type: 'VARCHAR' | 'DOUBLE' }[];
  readonly source: string;
  readonly typescript: boolean;
  readonly memoryMib: number;
  /** Whether the code's own complaints may be told: on the twin alone. */
  readonly tells: boolean;
}
type Cell = string | number | null;

const PATIENT_MS = 200;
const ISOLATE_MIB = 64;
const PATIENTS_A_TURN = 500;
const MOST_RECORDS = 20;
const MOST_LETTERS = 100;
const MOST_TEXT = 200_000;
/** As many isolates may be lost as patients may be told of together: one that is lost must not tell of one patient. */
const MOST_LOST = 10;
// No clock, no shared memory, no second engine: neither is needed to count, and each is a way to measure or to leave.
const BARE = `for (const name of ['Date', 'SharedArrayBuffer', 'Atomics', 'WebAssembly', 'WeakRef', 'FinalizationRegistry'])
  delete globalThis[name];`;
const CALL = `(() => { const of = main(JSON.parse(__patient)); return of === undefined ? 'null' : JSON.stringify(of); })()`;

/** The engine's own search would look for files of the system, which are out of sight here: its builds are tried by name. */
function loadEngine(): typeof ivm {
  const require = createRequire(import.meta.url);
  const build = `isolated-vm/prebuilds/${process.platform}-${process.arch}/isolated-vm.abi${process.versions.modules}`;
  for (const libc of ['.glibc', '.musl', '']) {
    try {
      return (require(`${build}${libc}.node`) as { ivm: typeof ivm }).ivm;
    } catch {
      continue;
    }
  }
  throw new Error(`There is no engine for ${build}.`);
}
const engine = loadEngine();

const say = (message: object): void => void process.stdout.write(`${JSON.stringify(message)}\n`);
const quote = (value: string): string => `'${value.replaceAll("'", "''")}'`;

class Sandboxed {
  readonly #code: string;
  #isolate: ivm.Isolate;
  #scripts: readonly [bare: ivm.Script, source: ivm.Script, call: ivm.Script];
  lost = 0;

  constructor(code: string) {
    this.#code = code;
    this.#isolate = new engine.Isolate({ memoryLimit: ISOLATE_MIB });
    this.#scripts = this.#compile();
  }

  #compile(): readonly [ivm.Script, ivm.Script, ivm.Script] {
    const compile = (code: string): ivm.Script => this.#isolate.compileScriptSync(code, { filename: 'code' });
    return [compile(BARE), compile(this.#code), compile(CALL)];
  }

  /** Runs the source in a realm without a patient: it must define main, and be at an end. @throws Error with its complaint. */
  check(): void {
    const context = this.#realm();
    if (context.evalSync('typeof main') !== 'function') throw new TypeError('It defines no function main(patient).');
    context.release();
  }

  /** What main gives for a patient, as JSON. @throws Error when it throws, takes too long or too much. */
  run(patient: string): unknown {
    if (this.#isolate.isDisposed) {
      this.#isolate = new engine.Isolate({ memoryLimit: ISOLATE_MIB });
      this.#scripts = this.#compile();
    }
    try {
      const context = this.#realm();
      context.global.setSync('__patient', patient);
      const answer: unknown = this.#scripts[2].runSync(context, { timeout: PATIENT_MS });
      context.release();
      return typeof answer === 'string' && answer.length <= MOST_TEXT ? JSON.parse(answer) : null;
    } catch (error) {
      if (this.#isolate.isDisposed) this.lost += 1;
      throw error;
    }
  }

  #realm(): ivm.Context {
    const context = this.#isolate.createContextSync();
    const [bare, source] = this.#scripts;
    bare.runSync(context, { timeout: PATIENT_MS });
    source.runSync(context, { timeout: PATIENT_MS });
    return context;
  }
}

async function open({ tables, memoryMib }: Order): Promise<DuckDBConnection> {
  const db = await (await DuckDBInstance.create(':memory:')).connect();
  await db.run(`SET memory_limit = '${memoryMib}MiB'; SET threads = 1; SET temp_directory = ''`);
  for (const { name, path, select } of tables)
    await db.run(`CREATE VIEW "${name}" AS SELECT ${select} FROM read_parquet(${quote(path)})`);
  return db;
}

/** Rows of these patients by table, without their numbers. */
async function patientsOf(db: DuckDBConnection, reads: Order['reads'], from: number): Promise<Map<number, object>> {
  const patients = new Map<number, Record<string, object[]>>();
  for (const { table, sql } of reads) {
    const window = `SELECT * FROM (${sql}) WHERE "__patient" >= ${from} AND "__patient" < ${from + PATIENTS_A_TURN} ORDER BY "__patient"`;
    for (const { __patient, ...row } of (await db.runAndReadAll(window)).getRowObjectsJson()) {
      const number = Number(__patient);
      const of = patients.get(number) ?? Object.fromEntries(reads.map((read) => [read.table, []]));
      of[table]?.push(row);
      patients.set(number, of);
    }
  }
  return patients;
}

function recordsOf(answer: unknown): readonly object[] {
  const records = Array.isArray(answer) ? answer.slice(0, MOST_RECORDS) : [answer];
  return records.filter((record): record is object => typeof record === 'object' && record !== null);
}

function cellOf(record: object, { name, type }: Order['outputs'][number]): Cell {
  const value: unknown = Object.getOwnPropertyDescriptor(record, name)?.value;
  if (type === 'DOUBLE') return typeof value === 'number' && Number.isFinite(value) ? value : null;
  if (typeof value === 'string') return value.slice(0, MOST_LETTERS);
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : null;
}

function counters(): object {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  return { cpuMs: (userCPUTime + systemCPUTime) / 1000, peakKib: maxRSS };
}

/** @returns why it did not come to an end. */
async function work(order: Order): Promise<object | undefined> {
  let sandboxed: Sandboxed;
  try {
    sandboxed = new Sandboxed(order.typescript ? stripTypeScriptTypes(order.source) : order.source);
    sandboxed.check();
  } catch (error) {
    return { fault: 'code', detail: String(error).slice(0, 300) };
  }
  const db = await open(order);
  const last = await db.runAndReadAll(
    `SELECT max(n) AS n FROM (${order.reads.map(({ sql }) => `SELECT max("__patient") AS n FROM (${sql})`).join(' UNION ALL ')})`,
  );
  const highest = Number(last.getRowObjectsJson()[0]?.['n'] ?? -1);
  let complaint = '';
  let answered = 0;
  for (let from = 0; from <= highest; from += PATIENTS_A_TURN) {
    const rows: Cell[][] = [];
    for (const [number, patient] of await patientsOf(db, order.reads, from)) {
      try {
        const records = recordsOf(sandboxed.run(JSON.stringify(patient)));
        answered += 1;
        for (const record of records) rows.push([number, ...order.outputs.map((output) => cellOf(record, output))]);
      } catch (error) {
        // Who makes it fail is not there: that it failed would tell of her.
        complaint ||= String(error).slice(0, 300);
      }
      if (sandboxed.lost > MOST_LOST) return { fault: 'memory' };
    }
    say({ rows });
  }
  return order.tells && answered === 0 && complaint !== '' ? { fault: 'code', detail: complaint } : undefined;
}

const end = await work(JSON.parse(await text(process.stdin)) as Order).catch(() => ({ fault: 'failed' }));
process.stdout.write(`${JSON.stringify({ ended: true, ...end, ...counters() })}\n`, () => process.exit(0));
