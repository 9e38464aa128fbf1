import { perSecond, quantile, type Cost } from './costs.js';

export interface Line {
  /** Of the JSON figure. */
  readonly figure: string;
  readonly name: string;
  readonly throughput: Cost;
  /** Of a run at a modest, steady rate: how long an event takes when nothing queues. */
  readonly steady: Cost;
}

export interface Group {
  readonly title: string;
  readonly lines: readonly Line[];
  readonly conditions: string;
}

const BASELINE = 'raw kafkajs';

const number = (value: number | undefined, digits = 0): string =>
  value === undefined || Number.isNaN(value)
    ? '–'
    : value.toLocaleString('en', { maximumFractionDigits: digits, minimumFractionDigits: digits });

/** A table a person can read. */
export function printTable(group: Group): void {
  const row = (cells: readonly string[]): void =>
    console.log(cells.map((cell, at) => (at === 0 ? cell.padEnd(26) : cell.padStart(13))).join(''));
  console.log(`\n${group.title}`);
  row(['', 'events/s', 'wall s', 'node CPU s', 'server CPU s', 'p50 ms', 'p99 ms']);
  for (const { name, throughput, steady } of group.lines) {
    row([
      name,
      number(perSecond(throughput)),
      number(throughput.seconds, 2),
      number(throughput.nodeCpuSeconds, 2),
      number(throughput.serverCpuSeconds, 2),
      number(quantile(steady.latenciesMs, 0.5), 1),
      number(quantile(steady.latenciesMs, 0.99), 1),
    ]);
  }
}

/** One JSON line a figure. */
export function printFigures({ lines, conditions }: Group): void {
  const baseline = lines.find((line) => line.name === BASELINE);
  for (const line of lines) {
    if (line === baseline) continue;
    const put = (suffix: string, unit: string, valueOf: (of: Line) => number): void => {
      const value = round(valueOf(line));
      const base = baseline && round(valueOf(baseline));
      console.log(
        JSON.stringify({
          bench: 'transport',
          figure: `${line.figure}_${suffix}`,
          value,
          unit,
          baseline: baseline ? 'kafkajs produce and consume in the same process, no database' : null,
          baseline_value: base ?? null,
          ratio: base ? Number((value / base).toFixed(3)) : null,
          conditions,
        }),
      );
    };
    put('throughput', 'events/s', (of) => perSecond(of.throughput));
    put('events_per_node_cpu_second', 'events/CPU-s', (of) => of.throughput.events / of.throughput.nodeCpuSeconds);
    put('commit_to_handled_p50', 'ms', (of) => quantile(of.steady.latenciesMs, 0.5));
    put('commit_to_handled_p99', 'ms', (of) => quantile(of.steady.latenciesMs, 0.99));
  }
}

const round = (value: number): number => Number(value.toPrecision(4));
