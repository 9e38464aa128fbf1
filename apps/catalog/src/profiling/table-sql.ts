import type { ProfileFormat } from './profile.js';
import { valueForms, type FormName } from './value-forms.js';

/** How a CSV file is written, as the engine found out. */
export interface CsvDialect {
  readonly delimiter: string;
  readonly quote: string;
  readonly escape: string;
  readonly skip: number;
  readonly hasHeader: boolean;
}

/** A column as it is read: its name in the file, and the engine's type. */
export interface ReadColumn {
  readonly name: string;
  readonly type: string;
}

/** A file, and what is known of it. */
export interface ReadTable {
  readonly path: string;
  readonly format: ProfileFormat;
  readonly dialect: CsvDialect | null;
  readonly columns: readonly ReadColumn[];
}

/** Rows a type is guessed by. */
const SNIFFED_ROWS = 20_480;
/** Longest line and longest object, in bytes. */
const LONGEST = 4_194_304;
/** More lines that do not fit are not listed one by one. */
const MOST_REJECTS = 1_000_000;
/** Up to here repeated rows are counted, above they are estimated. */
export const EXACT_ROWS = 2_000_000;

const NUMERIC = /^(?:U?(?:TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT)|DOUBLE|FLOAT|DECIMAL\(.*\))$/;
const NESTED = /^(?:STRUCT|MAP|UNION)\(|\[\]$|^JSON$/;

export function sniffSql(path: string): string {
  return `SELECT Delimiter AS delimiter, Quote AS quote, Escape AS escape, SkipRows AS skip, HasHeader AS "hasHeader",
    Columns AS columns FROM sniff_csv(${text(path)}, sample_size = ${SNIFFED_ROWS}, ignore_errors = true,
    max_line_size = ${LONGEST})`;
}

export function describeSql(table: ReadTable): string {
  return `SELECT column_name AS name, column_type AS type FROM (DESCRIBE SELECT * FROM ${source(table)})`;
}

/** The first rows as texts, as lists in the order of the columns. */
export function sampleSql(table: ReadTable, rows: number): string {
  const texts = table.columns.map(({ name }) => `left(CAST(${identifier(name)} AS VARCHAR), 200)`);
  const untyped = { ...table, columns: table.columns.map(({ name }) => ({ name, type: 'VARCHAR' })) };
  return `SELECT [${texts.join(', ')}] AS cells FROM ${source(table.format === 'csv' ? untyped : table, true)} LIMIT ${rows}`;
}

/** What Parquet says of itself before anything is unpacked. */
export function parquetSizeSql(path: string): string {
  return `SELECT sum(total_uncompressed_size)::VARCHAR AS bytes FROM parquet_metadata(${text(path)})`;
}

/** Everything about every column, in one reading of the file: `c0_filled`, `c0_distinct` … */
export function measureSql(table: ReadTable, forms: readonly (FormName | null)[], isLarge: boolean): string {
  const columns = table.columns.flatMap((column, index) => columnSql(column, `c${index}`, forms[index] ?? null));
  const hash = `hash(${table.columns.map(({ name }) => identifier(name)).join(', ')})`;
  const distinct = isLarge ? `approx_count_distinct(${hash})` : `count(DISTINCT ${hash})`;
  return `SELECT count(*) AS rows, ${distinct} AS distinct_rows, ${columns.join(', ')} FROM ${source(table)}`;
}

/** Lines that were passed over, by why. A line is told of once, as broken where it is both. */
export const REJECTS_SQL = `
  SELECT count(*) FILTER (broken) AS broken, count(*) FILTER (NOT broken) AS mistyped, min(line) AS first,
    arg_min(message, line) AS message
  FROM (SELECT line, bool_or(error_type::VARCHAR <> 'CAST') AS broken, min(error_message) AS message
    FROM reject_errors GROUP BY line)`;

export function isNumeric(type: string): boolean {
  return NUMERIC.test(type);
}

export function isTemporal(type: string): boolean {
  return type === 'DATE' || type.startsWith('TIMESTAMP');
}

export function isNested(type: string): boolean {
  return NESTED.test(type);
}

function columnSql({ name, type }: ReadColumn, prefix: string, form: FormName | null): readonly string[] {
  const column = identifier(name);
  const as = (sql: string, what: string): string => `${sql} AS ${prefix}_${what}`;
  if (isNested(type)) return [as(`count(${column})`, 'filled')];
  const isText = type === 'VARCHAR';
  const range = [as(`CAST(min(${column}) AS VARCHAR)`, 'min'), as(`CAST(max(${column}) AS VARCHAR)`, 'max')];
  const pattern = valueForms.find((known) => known.name === form)?.pattern;
  return [
    as(isText ? `count(*) FILTER (${column} <> '')` : `count(${column})`, 'filled'),
    as(`approx_count_distinct(${column})`, 'distinct'),
    ...range,
    ...(isNumeric(type) ? numberSql(column, as) : []),
    ...(isText ? [as(`max(length(${column}))`, 'longest')] : []),
    ...(isTemporal(type)
      ? [as(`CAST(max(${column}) FILTER (${column} <= now()::TIMESTAMP) AS VARCHAR)`, 'newest')]
      : []),
    ...(isText && pattern !== undefined
      ? [as(`count(*) FILTER (regexp_full_match(${column}, ${text(`\\s*(?:${pattern})\\s*`)}))`, 'formed')]
      : []),
  ];
}

function numberSql(column: string, as: (sql: string, what: string) => string): readonly string[] {
  return [
    as(`CAST(avg(${column}) AS VARCHAR)`, 'mean'),
    as(`CAST(stddev(${column}) AS VARCHAR)`, 'deviation'),
    as(`CAST(approx_quantile(${column}, [0.25, 0.5, 0.75]) AS VARCHAR)`, 'quartiles'),
  ];
}

/** @param tolerant passes over what does not fit without keeping account of it. */
function source({ path, format, dialect, columns }: ReadTable, tolerant = false): string {
  if (format === 'parquet') return `read_parquet(${text(path)})`;
  if (format === 'jsonl') {
    return `read_json(${text(path)}, format = 'newline_delimited', sample_size = ${SNIFFED_ROWS},
      maximum_object_size = ${LONGEST}, maximum_depth = 2)`;
  }
  if (dialect === null) throw new Error('A CSV file is read by its dialect.');
  const types = columns.map(({ name, type }) => `${text(name)}: ${text(type)}`).join(', ');
  const errors = tolerant ? 'ignore_errors = true' : `store_rejects = true, rejects_limit = ${MOST_REJECTS}`;
  return `read_csv(${text(path)}, auto_detect = false, delim = ${text(dialect.delimiter)}, quote = ${text(dialect.quote)},
    escape = ${text(dialect.escape)}, skip = ${dialect.skip}, header = ${dialect.hasHeader}, columns = {${types}},
    max_line_size = ${LONGEST}, ${errors})`;
}

function text(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
