// Takes files into an enclave: generates or reads them, numbers the patients, checks, writes them anew, and draws a twin.
// It parses what somebody sent, so it is a process of its own that may read those files and write one folder.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';

interface TableOrder {
  readonly name: string;
  /** A Parquet file; absent where `sql` generates it. */
  readonly file?: string;
  readonly sql?: string;
  readonly patientKey: string;
  readonly maxRowsPerPatient: number;
}
interface Order {
  readonly tables: readonly TableOrder[];
  readonly folder: string;
  /** Numbers of before, so that a patient keeps hers. */
  readonly numbers: string | null;
  readonly memoryMib: number;
  readonly twinPatients: number;
  readonly minPatients: number;
  readonly synthetic: boolean;
}

const quote = (value: string): string => `'${value.replaceAll("'", "''")}'`;
const name = (value: string): string => `"${value.replaceAll('"', '""')}"`;
const order = JSON.parse(await text(process.stdin)) as Order;
const instance = await DuckDBInstance.create(':memory:');
const db: DuckDBConnection = await instance.connect();
await db.run(
  `SET memory_limit = '${order.memoryMib}MiB'; SET threads = 2; SET temp_directory = ${quote(`${order.folder}/spill`)}`,
);
const rowsOf = async (sql: string): Promise<Record<string, unknown>[]> =>
  (await db.runAndReadAll(sql)).getRowObjectsJson();
const one = async (sql: string): Promise<Record<string, unknown>> => (await rowsOf(sql))[0] ?? {};
const TYPES: readonly (readonly [RegExp, string])[] = [
  [/^(TINYINT|SMALLINT|INTEGER|BIGINT|UTINYINT|USMALLINT|UINTEGER)$/, 'integer'],
  [/^(FLOAT|DOUBLE|DECIMAL.*|HUGEINT|UBIGINT)$/, 'decimal'],
  [/^(VARCHAR)$/, 'text'],
  [/^(DATE|TIMESTAMP.*)$/, 'date'],
  [/^BOOLEAN$/, 'boolean'],
];
const faults: string[] = [];

for (const { name: table, file, sql } of order.tables) {
  const source = sql ?? `SELECT * FROM read_parquet(${quote(file ?? '')})`;
  await db.run(`CREATE TABLE ${name(`in_${table}`)} AS ${source}`);
}

/** Numbers of patients: those of before stay, new ones follow in the order of their keys. */
const known =
  order.numbers === null
    ? 'SELECT NULL::VARCHAR AS key, NULL::INTEGER AS n WHERE false'
    : `SELECT * FROM read_parquet(${quote(order.numbers)})`;
await db.run(`CREATE TABLE known AS ${known}`);
const keys = order.tables.map(
  ({ name: table, patientKey }) => `SELECT CAST(${name(patientKey)} AS VARCHAR) AS key FROM ${name(`in_${table}`)}`,
);
const missingKey: string[] = [];
for (const { name: table, patientKey } of order.tables) {
  const columns = (await rowsOf(`DESCRIBE ${name(`in_${table}`)}`)).map((column) => column['column_name']);
  if (!columns.includes(patientKey)) missingKey.push(`${table}: there is no column ${patientKey}`);
}
if (missingKey.length === 0) {
  await db.run(`CREATE TABLE numbers AS SELECT * FROM known UNION ALL
    SELECT key, CAST((SELECT coalesce(max(n) + 1, 0) FROM known) + row_number() OVER (ORDER BY key) - 1 AS INTEGER)
    FROM (SELECT DISTINCT key FROM (${keys.join(' UNION ALL ')}) WHERE key IS NOT NULL AND key NOT IN (SELECT key FROM known))`);
}
faults.push(...missingKey);

async function admit({ name: table, patientKey, maxRowsPerPatient }: TableOrder): Promise<object> {
  const source = name(`in_${table}`);
  const described = await rowsOf(`DESCRIBE ${source}`);
  const columns = described.map((column) => ({
    name: String(column['column_name']),
    type: typeOf(String(column['column_type'])),
    raw: String(column['column_type']),
  }));
  for (const column of columns)
    if (column.type === undefined)
      faults.push(
        `${table}.${column.name}: ${column.raw} is no type that is admitted (numbers, text, dates, booleans)`,
      );
  if (columns.some((column) => column.name === '__patient')) faults.push(`${table}.__patient: the name is taken`);
  const counted = await one(
    `SELECT count(*) AS rows, count(*) FILTER (WHERE ${name(patientKey)} IS NULL) AS nobody, count(DISTINCT ${name(patientKey)}) AS patients FROM ${source}`,
  );
  if (Number(counted['rows']) === 0) faults.push(`${table}: there is no row`);
  if (Number(counted['nobody']) > 0) faults.push(`${table}: ${String(counted['nobody'])} rows name no patient`);
  if (table === 'patient' && Number(counted['rows']) !== Number(counted['patients']))
    faults.push(`patient: ${Number(counted['rows']) - Number(counted['patients'])} patients are there twice`);
  if (faults.length > 0) return {};
  // One patient’s part is bounded once, here: no query can be swayed by somebody with a thousand rows.
  await db.run(
    `CREATE TABLE ${name(table)} AS SELECT n AS __patient, t.* FROM ${source} t JOIN numbers ON key = CAST(t.${name(patientKey)} AS VARCHAR)
    QUALIFY row_number() OVER (PARTITION BY n ORDER BY hash(COLUMNS(t.*)::VARCHAR)) <= ${maxRowsPerPatient}`.replace(
      `hash(COLUMNS(t.*)::VARCHAR)`,
      `md5(CAST(t AS VARCHAR))`,
    ),
  );
  const [path, twinPath] = [`${order.folder}/${table}.parquet`, `${order.folder}/${table}.twin.parquet`];
  await write(`SELECT * FROM ${name(table)} ORDER BY __patient`, path, order.synthetic);
  await write(await twinSql(table, columns, patientKey), twinPath, true);
  const { rows } = await one(`SELECT count(*) AS rows FROM ${name(table)}`);
  return {
    name: table,
    patientKey,
    maxRowsPerPatient,
    columns: columns.map(({ name: column, type }) => ({ name: column, type })),
    rows: Number(rows),
    path,
    twinPath,
    sha256: await sha256(path),
  };
}

function typeOf(raw: string): string | undefined {
  return TYPES.find(([pattern]) => pattern.test(raw))?.[1];
}

async function write(sql: string, path: string, synthetic: boolean): Promise<void> {
  const label = synthetic ? `, KV_METADATA {synthetic: 'true'}` : '';
  await db.run(`COPY (${sql}) TO ${quote(path)} (FORMAT parquet, COMPRESSION zstd${label})`);
}

/**
 * Rows of the same columns, each drawn by itself: ranges between the 5th and 95th percentile with two digits, values that
 * enough patients have. What belongs together in the data does not in the twin.
 */
async function twinSql(
  table: string,
  columns: readonly { name: string; type: string | undefined }[],
  patientKey: string,
): Promise<string> {
  const { each } = await one(
    `SELECT greatest(1, least(5, round(count(*) / count(DISTINCT __patient)))) AS each FROM ${name(table)}`,
  );
  const drawn = [];
  for (const { name: column, type } of columns) {
    const at = `(hash(i, ${quote(column)}) % 10007 / 10007.0)`;
    if (column === patientKey) drawn.push(`concat('TWIN-', p) AS ${name(column)}`);
    else drawn.push(`${await drawColumn(table, { column, type, at })} AS ${name(column)}`);
  }
  return `SELECT CAST(p AS INTEGER) AS __patient, ${drawn.join(', ')} FROM (SELECT p.range AS p, p.range * 8 + k.range AS i FROM range(${order.twinPatients}) p, range(${Number(each)}) k)`;
}

async function drawColumn(
  table: string,
  { column, type, at }: { column: string; type: string | undefined; at: string },
): Promise<string> {
  const [source, of] = [name(table), name(column)];
  if (type === 'boolean') return `${at} < 0.5`;
  if (type === 'integer' || type === 'decimal') {
    const { low, high } = await one(
      `SELECT quantile_cont(CAST(${of} AS DOUBLE), 0.05) AS low, quantile_cont(CAST(${of} AS DOUBLE), 0.95) AS high FROM ${source} WHERE isfinite(CAST(${of} AS DOUBLE))`,
    );
    const [from, to] = [low, high].map((value) => Number(Number(value ?? 0).toPrecision(2)));
    const value = `${from} + (${to} - ${from}) * ${at}`;
    return type === 'integer' ? `CAST(round(${value}) AS INTEGER)` : `round(${value}, 2)`;
  }
  if (type === 'date') {
    const { low, high } = await one(
      `SELECT date_trunc('month', quantile_disc(CAST(${of} AS DATE), 0.05))::DATE::VARCHAR AS low, date_diff('month', quantile_disc(CAST(${of} AS DATE), 0.05), quantile_disc(CAST(${of} AS DATE), 0.95)) AS high FROM ${source}`,
    );
    return `CAST(DATE ${quote(typeof low === 'string' ? low : '2020-01-01')} + to_months(CAST(floor(${Number(high ?? 0) + 1} * ${at}) AS INTEGER)) AS DATE)`;
  }
  const levels = await rowsOf(
    `SELECT ${of} AS level FROM ${source} WHERE ${of} IS NOT NULL GROUP BY 1 HAVING count(DISTINCT __patient) >= ${order.minPatients} ORDER BY 1 LIMIT 40`,
  );
  if (levels.length === 0) return `concat('twin-', i % 50)`;
  return `list_value(${levels.map(({ level }) => quote(String(level))).join(', ')})[1 + CAST(floor(${at} * ${levels.length}) AS INTEGER)]`;
}

async function sha256(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

const tables: object[] = [];
if (faults.length === 0) for (const table of order.tables) tables.push(await admit(table));
if (faults.length === 0) await write('SELECT * FROM numbers ORDER BY n', `${order.folder}/numbers.parquet`, false);
const patients =
  faults.length === 0 ? Number((await one('SELECT coalesce(max(n) + 1, 0) AS patients FROM numbers'))['patients']) : 0;
process.stdout.write(JSON.stringify(faults.length > 0 ? { faults } : { tables, patients }));
process.exit(0);
