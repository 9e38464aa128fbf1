import type { QualityDimension } from '../card/product-card.js';

/** One dimension of GB/T 36344-2018 as it was measured. */
export interface Measured {
  readonly dimension: QualityDimension;
  /** Percent with two digits after the point, 0.00 to 100.00; null where the file has nothing to measure it by. */
  readonly score: string | null;
  /** What was counted, in words. */
  readonly method: string;
}

/** What was counted in a file. */
export interface Counted {
  readonly rows: number;
  readonly columns: number;
  /** Cells that are neither missing nor blank. */
  readonly filledCells: number;
  /** Values in columns that follow a form, and those of them that do. */
  readonly formed: { readonly values: number; readonly following: number };
  /** Lines that could not be cut into the header's columns. */
  readonly brokenLines: number;
  /** Lines with a value that is not of its column's type. */
  readonly mistypedLines: number;
  /** Rows that differ from every other; null where it was not counted. */
  readonly distinctRows: { readonly count: number; readonly isExact: boolean } | null;
  /** The newest day or instant in the data that is not in the future. */
  readonly newest: Date | null;
}

const DAY_MS = 24 * 3_600_000;

/**
 * The six dimensions, from what was counted.
 *
 * @param promise days within which the data is renewed; null where nobody promised.
 */
export function qualityOf(counted: Counted, promise: number | null, today: Date): readonly Measured[] {
  const lines = counted.rows + counted.brokenLines + counted.mistypedLines;
  const cells = counted.rows * counted.columns;
  const { following, values } = counted.formed;
  return [
    measured(
      'normativity',
      following,
      values,
      `Values that follow the form most values of their column follow: ${following} of ${values}.`,
    ),
    measured(
      'completeness',
      counted.filledCells,
      cells,
      `Cells that are neither missing nor blank: ${counted.filledCells} of ${cells}.`,
    ),
    measured(
      'accuracy',
      lines - counted.mistypedLines,
      lines,
      `Lines whose values are all of their columns' types: ${lines - counted.mistypedLines} of ${lines}.`,
    ),
    consistency(counted),
    timeliness(counted.newest, promise, today),
    measured(
      'accessibility',
      lines - counted.brokenLines,
      lines,
      `Lines that can be cut into the columns of the header: ${lines - counted.brokenLines} of ${lines}.`,
    ),
  ];
}

function consistency({ rows, distinctRows }: Counted): Measured {
  if (distinctRows === null)
    return { dimension: 'consistency', score: null, method: 'Repeated rows were not counted.' };
  const { count, isExact } = distinctRows;
  const how = isExact ? 'counted by a hash of each' : 'estimated (HyperLogLog, some percent off)';
  return measured(
    'consistency',
    Math.min(count, rows),
    rows,
    `Rows that repeat no other, ${how}: ${Math.min(count, rows)} of ${rows}.`,
  );
}

function timeliness(newest: Date | null, promise: number | null, today: Date): Measured {
  const dimension = 'timeliness';
  if (newest === null)
    return { dimension, score: null, method: 'There is no day or time in the data to tell its age by.' };
  const day = newest.toISOString().slice(0, 10);
  if (promise === null) {
    return {
      dimension,
      score: null,
      method: `The newest day in the data is ${day}; how often it is renewed was not said.`,
    };
  }
  const age = Math.max(0, Math.floor((today.getTime() - newest.getTime()) / DAY_MS));
  const told = `The newest day in the data is ${day}, ${age} days ago; it is to be renewed every ${promise} days.`;
  return measured(dimension, Math.max(1, promise), Math.max(1, promise, age), told);
}

/** Rounded down: what is not whole is never told as a hundred. */
function measured(dimension: QualityDimension, good: number, all: number, method: string): Measured {
  if (all === 0) return { dimension, score: null, method: 'The file has nothing to measure this by.' };
  const hundredths = Number((BigInt(good) * 10_000n) / BigInt(all));
  return { dimension, score: (hundredths / 100).toFixed(2), method };
}
