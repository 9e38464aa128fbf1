import type { TextEncoding } from './statement.text.js';

/** How dates are written; a two-digit year is of this century. */
export const dateFormats = [
  'YYYY-MM-DD',
  'YYYY/MM/DD',
  'YYYYMMDD',
  'DD/MM/YYYY',
  'MM/DD/YYYY',
  'DD.MM.YYYY',
  'DD-MM-YYYY',
  'DD/MM/YY',
  'YYYY年MM月DD日',
] as const;
export type DateFormat = (typeof dateFormats)[number];

/** Where the money of a line stands: one signed column, one column and a mark, or a column each for in and out. */
export type AmountColumns =
  | { readonly kind: 'signed'; readonly amount: string }
  | {
      readonly kind: 'marked';
      readonly amount: string;
      readonly mark: string;
      /** What the mark column holds for money in; everything else is money out. */
      readonly credit: readonly string[];
      readonly debit: readonly string[];
    }
  | { readonly kind: 'split'; readonly credit: string; readonly debit: string };

/** How one bank writes its CSV files. Columns are named as in the heading line. */
export interface CsvMapping {
  readonly account: string;
  readonly currency: string;
  readonly encoding: TextEncoding;
  readonly delimiter: string;
  /** Lines before the heading. */
  readonly skip: number;
  readonly order: 'oldest_first' | 'newest_first';
  readonly decimal: '.' | ',';
  readonly thousands: '' | ',' | '.' | ' ' | "'";
  readonly dateFormat: DateFormat;
  readonly amounts: AmountColumns;
  readonly columns: {
    readonly bookingDate: string;
    readonly valueDate?: string | undefined;
    /** The balance after the line; with it the file proves itself. */
    readonly balance?: string | undefined;
    readonly currency?: string | undefined;
    readonly endToEndId?: string | undefined;
    readonly bankReference?: string | undefined;
    readonly counterpartyName?: string | undefined;
    readonly counterpartyAccount?: string | undefined;
    readonly remittance: readonly string[];
  };
}

/** What the operator knows of a file that carries no balances. Minor units, signed. */
export interface StatedBalances {
  readonly openingMinor: bigint;
  readonly closingMinor: bigint;
}

/** The date of a text in ISO 8601, or null when it is none of this format. */
export function parseDate(text: string, format: DateFormat): string | null {
  const parts = patternOf(format).exec(text.trim())?.groups;
  if (parts === undefined) return null;
  const { year = '', month = '', day = '' } = parts;
  const date = `${year.length === 2 ? `20${year}` : year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const ms = Date.parse(date);
  return Number.isNaN(ms) || !new Date(ms).toISOString().startsWith(date) ? null : date;
}

/** A time of day behind the date is passed over. Months and days may lack their zero where something divides them. */
function patternOf(format: DateFormat): RegExp {
  const divided = format !== 'YYYYMMDD';
  const source = format
    .replaceAll(/[.]/g, '\\.')
    .replace('YYYY', '(?<year>\\d{4})')
    .replace('YY', '(?<year>\\d{2})')
    .replace('MM', divided ? '(?<month>\\d{1,2})' : '(?<month>\\d{2})')
    .replace('DD', divided ? '(?<day>\\d{1,2})' : '(?<day>\\d{2})');
  return new RegExp(`^${source}(?:[ T].*)?$`);
}

/** Longer than any amount a bank states, with its separators. */
const MAX_NUMBER_LENGTH = 60;

/**
 * The number of a text in plain decimal form, `-1234.56`, or null. Only what the mapping says counts as a separator: the
 * other one in its place is an error, never a guess, since 1.234 is a thousand in one country and one in another.
 */
export function parseNumber(
  text: string,
  { decimal, thousands }: Pick<CsvMapping, 'decimal' | 'thousands'>,
): string | null {
  const trimmed = text
    .trim()
    .replaceAll('\u00a0', ' ')
    .replace(/^[¥￥$€£]\s*/, '');
  const [, open, sign, body = '', trailing] = /^(\()?([+-]?)\s*([^()\s+-][^()+-]*?)([+-])?\)?$/.exec(trimmed) ?? [];
  const group = thousands === '' ? '' : escaped(thousands);
  const whole = group === '' ? '\\d+' : `(?:\\d{1,3}(?:${group}\\d{3})+|\\d+)`;
  if (body.length > MAX_NUMBER_LENGTH) return null;
  if (!new RegExp(`^${whole}(?:${escaped(decimal)}\\d+)?$`).test(body)) return null;
  if ((open !== undefined) !== trimmed.endsWith(')')) return null;
  const negative = open !== undefined || sign === '-' || trailing === '-';
  const plain = (thousands === '' ? body : body.replaceAll(thousands, ''))
    .replace(decimal, '.')
    .replace(/^0+(?=\d)/, '');
  return negative ? `-${plain}` : plain;
}

function escaped(sign: string): string {
  return sign.replaceAll(/[.'\\]/g, '\\$&');
}
