import { type Cost, median, quantile, ratesOf, total } from './cost.js';

/** The rounds of one way of sending. */
export interface Line {
  readonly name: string;
  readonly figure?: string;
  readonly rounds: readonly Cost[];
}

/** Prints a table for a person: events a second are of the median round, CPU is of all rounds together. */
export function printTable(lines: readonly Line[]): void {
  console.log(row(['', 'events/s', '/PG CPU s', '/service CPU s', 'p50 ms', 'p99 ms']));
  for (const { name, rounds } of lines) {
    const all = total(rounds);
    const { perPostgresCpuSecond, perServiceCpuSecond } = ratesOf(all);
    const quantiles = [0.5, 0.99].map((share) => quantile(all.latenciesMs, share)?.toFixed(1) ?? '–');
    const perSecond = ratesOf(median(rounds)).perSecond;
    console.log(row([name, ...[perSecond, perPostgresCpuSecond, perServiceCpuSecond].map(show), ...quantiles]));
  }
}

/** Prints the figures of a line as JSON, each with its ratio to the baseline of the same run. */
export function printFigures({ figure, rounds }: Line, baseline: Line, conditions: string): void {
  if (figure === undefined) return;
  const [mine, theirs] = [ratesOf(total(rounds)), ratesOf(total(baseline.rounds))];
  printFigure({
    figure,
    value: Math.round(ratesOf(median(rounds)).perSecond),
    unit: 'events/s',
    baseline: baseline.name,
    baseline_value: Math.round(ratesOf(median(baseline.rounds)).perSecond),
    ratio: round3(ratesOf(median(rounds)).perSecond / ratesOf(median(baseline.rounds)).perSecond),
    conditions,
  });
  if (mine.perPostgresCpuSecond === undefined || theirs.perPostgresCpuSecond === undefined) return;
  printFigure({
    figure: `${figure}_per_postgres_cpu_second`,
    value: Math.round(mine.perPostgresCpuSecond),
    unit: 'events/CPU-s',
    baseline: baseline.name,
    baseline_value: Math.round(theirs.perPostgresCpuSecond),
    ratio: round3(mine.perPostgresCpuSecond / theirs.perPostgresCpuSecond),
    conditions,
  });
}

export function printFigure(figure: Readonly<Record<string, string | number>>): void {
  console.log(JSON.stringify({ bench: 'metering', ...figure }));
}

function row(cells: readonly string[]): string {
  return cells.map((cell, at) => (at === 0 ? cell.padEnd(44) : cell.padStart(14))).join('');
}

function show(value: number | undefined): string {
  return value === undefined ? '–' : Math.round(value).toLocaleString('en');
}

function round3(value: number): number {
  return Number(value.toFixed(3));
}
