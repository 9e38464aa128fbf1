import { err, ok, type Result } from '@hetao/kernel';
import { guessColumn, type ColumnGuess } from './column-guess.js';
import { QueryRefused, SessionEnded, type DuckdbSession } from './duckdb.session.js';
import type { ProfileFormat } from './profile.js';
import { profileErrors, type ProfileError } from './profile.errors.js';
import type { ColumnProfile, ColumnType, ProfileResult } from './profile.result.js';
import { qualityOf } from './quality.js';
import * as sql from './table-sql.js';
import type { CsvDialect, ReadTable } from './table-sql.js';

/** What is to be measured. */
export interface TableFile {
  readonly path: string;
  readonly format: ProfileFormat;
  readonly encoding: string | null;
  readonly bytes: number;
  readonly renewedEveryDays: number | null;
  readonly today: Date;
}

const MAX_COLUMNS = 2_000;
/** Cells whose text is looked at to guess what a column is. */
const SAMPLE_CELLS = 200_000;
const SAMPLE_ROWS = 5_000;
/** What Parquet may unpack into. */
const MAX_UNPACKED_BYTES = 32n * 1024n ** 3n;
/** More lines than this share that do not fit, and the header is not this file's. */
const MOSTLY = 0.5;
/** With fewer values a column may be anything; this share of more says what it is. */
const FEWEST_VALUES = 20;
const NEARLY_ALL = 0.95;
/** Bytes of a line that is as short as lines get: above so many lines, repeated rows are estimated. */
const SHORT_LINE_BYTES = 64;

type Row = Readonly<Record<string, string | number | null>>;

/** Profiles a file through a session. Whatever the engine says against the file becomes an answer for its sender. */
export async function profileTable(
  session: DuckdbSession,
  file: TableFile,
): Promise<Result<ProfileResult, ProfileError>> {
  try {
    return await profiled(session, file);
  } catch (error) {
    if (error instanceof QueryRefused) return err(refusalOf(error));
    if (error instanceof SessionEnded && error.why === 'time')
      return err(profileErrors.PROFILE_OUT_OF_TIME('It took longer than it may.'));
    if (error instanceof SessionEnded && error.why === 'memory')
      return err(profileErrors.PROFILE_OUT_OF_MEMORY('It took more than it may.'));
    throw error;
  }
}

async function profiled(session: DuckdbSession, file: TableFile): Promise<Result<ProfileResult, ProfileError>> {
  const opened = await openTable(session, file);
  if (!opened.ok) return opened;
  const sample = await sampleOf(session, opened.value);
  const guesses = opened.value.columns.map(({ name }, index) =>
    guessColumn(
      name,
      sample.map((cells) => cells[index] ?? null),
      file.today.toISOString().slice(0, 10),
    ),
  );
  const table = asWritten(opened.value, guesses, sample);
  const isLarge = file.bytes > sql.EXACT_ROWS * SHORT_LINE_BYTES;
  const forms = guesses.map(({ form }) => form);
  const [measured] = await session.query<Row>(sql.measureSql(table, forms, isLarge));
  const rejects = file.format === 'csv' ? (await session.query<Row>(sql.REJECTS_SQL))[0] : undefined;
  return resultOf(file, { table, guesses, measured: measured ?? {}, rejects: rejects ?? {}, isLarge });
}

/** What the columns are called and which types the engine takes them for. */
async function openTable(
  session: DuckdbSession,
  { path, format }: TableFile,
): Promise<Result<ReadTable, ProfileError>> {
  if (format === 'parquet') {
    const [size] = await session.query<{ bytes: string | null }>(sql.parquetSizeSql(path));
    if (BigInt(size?.bytes ?? 0) > MAX_UNPACKED_BYTES) {
      return err(profileErrors.PROFILE_EXPANDS(`It would unpack into ${size?.bytes} bytes.`));
    }
  }
  const table = format === 'csv' ? await sniffed(session, path) : { path, format, dialect: null, columns: [] };
  const columns =
    table.dialect === null
      ? await session.query<{ name: string; type: string }>(sql.describeSql(table))
      : table.columns;
  if (columns.length > MAX_COLUMNS) return err(profileErrors.PROFILE_TOO_WIDE(`It has ${columns.length} columns.`));
  return ok({ ...table, columns });
}

async function sniffed(session: DuckdbSession, path: string): Promise<ReadTable> {
  const [found] = await session.query<CsvDialect & { columns: readonly { name: string; type: string }[] }>(
    sql.sniffSql(path),
  );
  if (found === undefined) throw new QueryRefused('No columns were found.');
  const { columns, delimiter, quote, escape, skip, hasHeader } = found;
  const sign = (character: string): string => (character === '(empty)' ? '' : character);
  const dialect = { delimiter, quote: sign(quote), escape: sign(escape), skip: Number(skip), hasHeader };
  return { path, format: 'csv', dialect, columns };
}

async function sampleOf(session: DuckdbSession, table: ReadTable): Promise<readonly (readonly (string | null)[])[]> {
  const rows = Math.max(1, Math.min(SAMPLE_ROWS, Math.floor(SAMPLE_CELLS / Math.max(1, table.columns.length))));
  const sample = await session.query<{ cells: readonly (string | null)[] }>(sql.sampleSql(table, rows));
  return sample.map(({ cells }) => cells);
}

/**
 * The types the columns are read by. Numbers that are names of something, 0123 or a telephone, stay texts: as numbers they
 * would lose digits. Texts that are nearly all numbers or days are those, and the others among them are mistakes.
 */
function asWritten(
  table: ReadTable,
  guesses: readonly ColumnGuess[],
  sample: readonly (readonly (string | null)[])[],
): ReadTable {
  if (table.dialect === null) return table;
  const columns = table.columns.map((column, index) => {
    const values = sample.flatMap((cells) => cells[index]?.trim() || []);
    const isCode = guesses[index]?.form !== null || values.some((value) => /^0\d/.test(value));
    if (isCode) return sql.isNumeric(column.type) ? { ...column, type: 'VARCHAR' } : column;
    return column.type === 'VARCHAR' ? { ...column, type: typeOfNearlyAll(values) } : column;
  });
  return { ...table, columns };
}

function typeOfNearlyAll(values: readonly string[]): string {
  if (values.length < FEWEST_VALUES) return 'VARCHAR';
  const are = (form: RegExp): boolean =>
    values.filter((value) => form.test(value)).length >= values.length * NEARLY_ALL;
  if (are(/^[+-]?\d{1,18}$/)) return 'BIGINT';
  if (are(/^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d{1,3})?$/i)) return 'DOUBLE';
  return are(/^\d{4}-\d{2}-\d{2}$/) ? 'DATE' : 'VARCHAR';
}

interface Findings {
  readonly table: ReadTable;
  readonly guesses: readonly ColumnGuess[];
  readonly measured: Row;
  readonly rejects: Row;
  readonly isLarge: boolean;
}

function resultOf(file: TableFile, findings: Findings): Result<ProfileResult, ProfileError> {
  const { table, guesses, measured, rejects, isLarge } = findings;
  const count = (row: Row, name: string): number => Number(row[name] ?? 0);
  const rows = count(measured, 'rows');
  const [brokenLines, mistypedLines] = [count(rejects, 'broken'), count(rejects, 'mistyped')];
  const bad = brokenLines + mistypedLines;
  if (bad > (rows + bad) * MOSTLY) {
    const detail = `${bad} of ${rows + bad} lines do not fit; the first is line ${rejects['first']}: ${rejects['message']}`;
    return err(profileErrors.PROFILE_ROWS_BROKEN(detail));
  }
  if (rows === 0) return err(profileErrors.PROFILE_EMPTY('There are no rows below the header.'));
  const columns = table.columns.flatMap((column, index) => {
    const guess = guesses[index];
    return guess === undefined ? [] : [columnOf(column, guess, { measured, prefix: `c${index}`, rows })];
  });
  const formed = columns.filter(({ following }) => following !== null);
  const quality = qualityOf(
    {
      ...{ rows, brokenLines, mistypedLines, columns: columns.length },
      filledCells: sum(columns.map(({ filled }) => filled)),
      formed: {
        values: sum(formed.map(({ filled }) => filled)),
        following: sum(formed.map(({ following }) => following ?? 0)),
      },
      distinctRows: { count: count(measured, 'distinct_rows'), isExact: !isLarge },
      newest: newestIn(table, measured),
    },
    file.renewedEveryDays,
    file.today,
  );
  const firstBadLine = bad === 0 ? null : count(rejects, 'first');
  const assessedOn = file.today.toISOString().slice(0, 10);
  return ok({ encoding: file.encoding, rows, brokenLines, mistypedLines, firstBadLine, columns, quality, assessedOn });
}

function columnOf(
  { name, type }: { readonly name: string; readonly type: string },
  guess: ColumnGuess,
  { measured, prefix, rows }: { measured: Row; prefix: string; rows: number },
): ColumnProfile {
  const value = (what: string): string | null => {
    const found = measured[`${prefix}_${what}`];
    return found === undefined || found === null ? null : String(found);
  };
  const number = (what: string): number | null => (value(what) === null ? null : Number(value(what)));
  const filled = number('filled') ?? 0;
  // The smallest value of a column of names is somebody's name.
  const told = (what: string): string | null =>
    guess.personal || guess.gene ? null : (value(what)?.slice(0, 200) ?? null);
  return {
    ...{ name, guess, filled, type: typeOf(type), missing: rows - filled },
    distinct: number('distinct'),
    ...{ min: told('min'), max: told('max'), mean: told('mean'), deviation: told('deviation') },
    quartiles: quartilesIn(told('quartiles')),
    longest: number('longest'),
    following: guess.form === null ? null : number('formed'),
  };
}

function typeOf(type: string): ColumnType {
  if (sql.isNested(type)) return 'nested';
  if (sql.isTemporal(type)) return type === 'DATE' ? 'date' : 'timestamp';
  if (sql.isNumeric(type)) return /^(?:DOUBLE|FLOAT|DECIMAL)/.test(type) ? 'decimal' : 'integer';
  if (type === 'BOOLEAN') return 'boolean';
  return type.startsWith('TIME') ? 'time' : 'text';
}

function quartilesIn(list: string | null): readonly [string, string, string] | null {
  const [first, second, third] = list?.match(/-?[\d.]+(?:e[+-]?\d+)?/gi) ?? [];
  return first === undefined || second === undefined || third === undefined ? null : [first, second, third];
}

function newestIn(table: ReadTable, measured: Row): Date | null {
  const days = table.columns.flatMap((_column, index) => {
    const newest = measured[`c${index}_newest`];
    return typeof newest === 'string'
      ? [new Date(newest.replace(' ', 'T').replace(/^([\d-]{10})$/, '$1T00:00') + 'Z')]
      : [];
  });
  return (
    days.filter((day) => !Number.isNaN(day.getTime())).sort((one, other) => other.getTime() - one.getTime())[0] ?? null
  );
}

/** The engine's first sentence tells what and where; the rest of its message is advice on its own settings. */
function refusalOf(error: QueryRefused): ProfileError {
  const [told = 'The engine refused it.'] = error.message.split('\n');
  if (/^Out of Memory/i.test(told))
    return profileErrors.PROFILE_OUT_OF_MEMORY('It took more memory or disk than it may.');
  return profileErrors.PROFILE_UNREADABLE(told.replaceAll(/["']?\/[^\s"']*["']?/g, 'the file').slice(0, 400));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
