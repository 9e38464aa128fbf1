/** A system of linear equations solved, with the inverse that standard errors need. */
export interface Solved {
  readonly solution: readonly number[];
  readonly inverse: readonly (readonly number[])[];
}

const SINGULAR = 1e-10;

/** Solves a square system by Gauss–Jordan with pivoting; undefined when it has no one solution. */
export function solve(matrix: readonly (readonly number[])[], vector: readonly number[]): Solved | undefined {
  const size = matrix.length;
  const rows = matrix.map((row, at) => [...row, ...Array.from({ length: size }, (_, j) => (j === at ? 1 : 0))]);
  for (let at = 0; at < size; at += 1) {
    const pivotAt = largestFrom(rows, at);
    const pivot = rows[pivotAt];
    const scale = pivot?.[at] ?? 0;
    if (!pivot || Math.abs(scale) < SINGULAR * Math.max(1, Math.abs(matrix[at]?.[at] ?? 0))) return undefined;
    rows[pivotAt] = rows[at] ?? [];
    rows[at] = pivot.map((value) => value / scale);
    eliminate(rows, at);
  }
  const inverse = rows.map((row) => row.slice(size));
  return {
    inverse,
    solution: inverse.map((row) => row.reduce((sum, value, at) => sum + value * (vector[at] ?? 0), 0)),
  };
}

function largestFrom(rows: readonly (readonly number[])[], column: number): number {
  let largest = column;
  for (let at = column + 1; at < rows.length; at += 1) {
    if (Math.abs(rows[at]?.[column] ?? 0) > Math.abs(rows[largest]?.[column] ?? 0)) largest = at;
  }
  return largest;
}

function eliminate(rows: number[][], at: number): void {
  const pivot = rows[at] ?? [];
  rows.forEach((row, other) => {
    const factor = other === at ? 0 : (row[at] ?? 0);
    if (factor !== 0) rows[other] = row.map((value, column) => value - factor * (pivot[column] ?? 0));
  });
}

/** At one time: how many left the study, and how many of them by the event. */
export interface SurvivalStep {
  readonly time: number;
  readonly gone: number;
  readonly events: number;
}

export interface SurvivalCurve {
  readonly steps: readonly {
    readonly time: number;
    readonly atRisk: number;
    readonly events: number;
    readonly share: number;
  }[];
  /** How many times were put together, or left out, because too few had the event or were at risk. */
  readonly joined: number;
}

/**
 * Kaplan–Meier, shown only where enough happened: times are put together until `least` events lie in a step, and the curve
 * ends where fewer than `least` are at risk.
 */
export function kaplanMeier(times: readonly SurvivalStep[], least: number): SurvivalCurve {
  const steps: { time: number; atRisk: number; events: number; share: number }[] = [];
  let atRisk = times.reduce((sum, { gone }) => sum + gone, 0);
  let [share, events, joined, risk] = [1, 0, 0, atRisk];
  for (const step of times) {
    // Who left before the first event of a step was not at risk of it.
    if (events === 0) risk = atRisk;
    if (atRisk > 0) share *= 1 - step.events / atRisk;
    events += step.events;
    atRisk -= step.gone;
    if (events >= least && risk >= least && atRisk >= least) {
      steps.push({ time: step.time, atRisk: risk, events, share });
      events = 0;
    } else joined += 1;
  }
  return { steps, joined };
}
