// A locked, disposable DuckDB. It runs only SQL that the supervisor wrote, over files it was given, and ends with its
// session. Self-contained: it runs by itself under every rung, from its source in tests and built in production.
import { createInterface } from 'node:readline';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';

interface Opening {
  readonly tables: readonly { readonly name: string; readonly path: string; readonly select: string }[];
  readonly memoryMib: number;
  readonly threads: number;
  readonly given: Given | null;
}
/** A table of what code gave; a row begins with its patient's number. */
interface Given {
  readonly name: string;
  readonly columns: readonly { readonly name: string; readonly type: 'VARCHAR' | 'DOUBLE' }[];
  readonly rows: readonly (readonly (string | number | null)[])[];
}
interface Request {
  readonly id: number;
  readonly op: 'query' | 'parse';
  readonly sql: string;
  readonly timeoutMs: number;
}

const MAX_ROWS = 100_000;
const say = (message: object): void => void process.stdout.write(`${JSON.stringify(message)}\n`);

/** After this nothing of the session can be changed and no file opened but the ones granted. */
const LOCK = [
  "SET temp_directory = ''",
  'SET enable_external_access = false',
  'SET autoinstall_known_extensions = false',
  'SET autoload_known_extensions = false',
  'SET allow_community_extensions = false',
  'SET lock_configuration = true',
];

async function open({ tables, memoryMib, threads, given }: Opening): Promise<DuckDBConnection> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run(`SET memory_limit = '${memoryMib}MiB'`);
  await connection.run(`SET threads = ${threads}`);
  const paths = tables.map(({ path }) => `'${path.replaceAll("'", "''")}'`).join(', ');
  await connection.run(`SET allowed_paths = [${paths}]`);
  for (const { name, path, select } of tables) {
    await connection.run(
      `CREATE VIEW "${name.replaceAll('"', '""')}" AS SELECT ${select} FROM read_parquet('${path.replaceAll("'", "''")}')`,
    );
  }
  if (given) await keep(connection, given);
  for (const statement of LOCK) await connection.run(statement);
  return connection;
}

async function keep(connection: DuckDBConnection, { name, columns, rows }: Given): Promise<void> {
  const members = columns.map((column) => `, "${column.name.replaceAll('"', '""')}" ${column.type}`);
  await connection.run(`CREATE TABLE "${name}" ("__patient" INTEGER${members.join('')})`);
  const appender = await connection.createAppender(name);
  for (const [patient, ...values] of rows) {
    appender.appendInteger(Number(patient));
    for (const value of values) {
      if (value === null) appender.appendNull();
      else if (typeof value === 'number') appender.appendDouble(value);
      else appender.appendVarchar(value);
    }
    appender.endRow();
  }
  appender.closeSync();
}

async function answer(connection: DuckDBConnection, { id, op, sql, timeoutMs }: Request): Promise<void> {
  const started = performance.now();
  let interrupted = false;
  const timer = setTimeout(() => {
    interrupted = true;
    connection.interrupt();
  }, timeoutMs);
  try {
    const reader =
      op === 'parse'
        ? await connection.runAndReadAll('SELECT json_serialize_sql($1::VARCHAR) AS tree', [sql])
        : await connection.runAndReadUntil(sql, MAX_ROWS);
    say({ id, rows: reader.getRowObjectsJson(), ms: performance.now() - started });
  } catch (error) {
    const complaint = (error instanceof Error ? error.message : String(error)).slice(0, 500);
    const fault = interrupted ? 'timeout' : /Out of Memory/i.test(complaint) ? 'memory' : 'failed';
    // What the engine says of data names values (“Could not convert string '…'”): only what kind of complaint it is goes out.
    say({
      id,
      fault,
      detail: op === 'parse' ? complaint : (/^[A-Z][A-Za-z ]{0,40} Error/.exec(complaint)?.[0] ?? 'It failed.'),
    });
  } finally {
    clearTimeout(timer);
  }
}

function counters(): object {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  return { cpuMs: (userCPUTime + systemCPUTime) / 1000, peakKib: maxRSS };
}

let connection: DuckDBConnection | undefined;
for await (const line of createInterface({ input: process.stdin })) {
  const message = JSON.parse(line) as Opening | Request | { readonly end: true };
  if ('end' in message) break;
  if ('tables' in message) {
    connection = await open(message);
    say({ ready: true });
  } else if (connection) await answer(connection, message);
}
say({ ended: true, ...counters() });
process.exit(0);
