import type { ColumnGuess } from './column-guess.js';
import type { Measured } from './quality.js';

export const columnTypes = ['text', 'integer', 'decimal', 'boolean', 'date', 'time', 'timestamp', 'nested'] as const;
export type ColumnType = (typeof columnTypes)[number];

/** A column as it was found. Values of columns about people are never told. */
export interface ColumnProfile {
  readonly name: string;
  readonly type: ColumnType;
  readonly guess: ColumnGuess;
  readonly filled: number;
  readonly missing: number;
  /** Different values, estimated (HyperLogLog); null where the column is nested. */
  readonly distinct: number | null;
  /** Smallest and largest value as text; null where withheld, nested, or without a value. */
  readonly min: string | null;
  readonly max: string | null;
  readonly mean: string | null;
  readonly deviation: string | null;
  readonly quartiles: readonly [string, string, string] | null;
  /** Characters of the longest text. */
  readonly longest: number | null;
  /** Values that follow the guessed form. */
  readonly following: number | null;
}

/** Everything found out about a file. */
export interface ProfileResult {
  readonly encoding: string | null;
  readonly rows: number;
  readonly brokenLines: number;
  readonly mistypedLines: number;
  readonly firstBadLine: number | null;
  readonly columns: readonly ColumnProfile[];
  readonly quality: readonly Measured[];
  /** ISO 8601 day. */
  readonly assessedOn: string;
}
