import { calledWith } from '../../command-line/called-with.js';
import { playDay, type DayFigures } from './day.js';
import type { Vitals } from './vitals.js';

const USAGE = `npm run load -- day [--minutes 30] [--merchants 35] [--buyers 500] [--speed 10] [--seed 1]

  day   a day of the exchange at so many times its speed: what people ask for and how long they wait, what it costs in
        processor, memory and handles, and whether those stay flat`;

const options = {
  minutes: { type: 'string', default: '30' },
  merchants: { type: 'string', default: '35' },
  buyers: { type: 'string', default: '500' },
  speed: { type: 'string', default: '10' },
  seed: { type: 'string', default: '1' },
} as const;

const EXIT_USAGE = 2;
const SHOWN_FAULTS = 5;
const say = (line: string) => console.log(line);

/** Plays the load; the exit code is 0 only when every request went well and nothing was left waiting. */
export async function main(args: readonly string[]): Promise<number> {
  const called = calledWith(args, options, USAGE);
  if (called === undefined) return EXIT_USAGE;
  const { values, positionals } = called;
  const given = Object.entries(values).map(([name, text]) => [name, Number(text)] as const);
  if (positionals.join() !== 'day' || !given.every(([, value]) => value > 0 && value <= 10_000)) {
    console.error(USAGE);
    return EXIT_USAGE;
  }
  const numbers = Object.fromEntries(given) as Record<keyof typeof options, number>;
  const figures = await playDay({ ...numbers, say });
  for (const line of tableOf(figures)) say(line);
  const conditions = `${numbers.merchants} merchants, ${numbers.buyers} buyers, ${numbers.speed} x, ${numbers.minutes} min, seed ${numbers.seed}`;
  for (const line of jsonOf(figures, conditions)) say(JSON.stringify(line));
  const isQuiet = figures.vitals.every(({ lastLag }) => lastLag === 0);
  return isQuiet && figures.routes.every(({ faults }) => faults.length === 0) ? 0 : 1;
}

/** One table for a person: routes first, then processes. */
function tableOf({ routes, vitals, seconds, cores }: DayFigures): readonly string[] {
  const cell = (value: number, digits = 0) => value.toFixed(digits).padStart(9);
  const name = (text: string) => text.padEnd(36);
  const all = routes.reduce((sum, { visits }) => sum + visits, 0);
  return [
    `\n${name('route')}    asked   failed   p50 ms   p95 ms   p99 ms  most ms`,
    ...routes.map(
      ({ name: route, visits, faults, p50Ms, p95Ms, p99Ms, mostMs }) =>
        name(route) + [visits, faults.length, p50Ms, p95Ms, p99Ms, mostMs].map((value) => cell(value)).join(''),
    ),
    ...routes.flatMap(({ name: route, faults }) =>
      faults.slice(0, SHOWN_FAULTS).map((fault) => `  ${route}: ${fault}`),
    ),
    `\n${name('process')}   mem MB   MB/h up  heap/h   handles    per h  cpu s  most lag  backlog`,
    ...vitals.map(
      (one) =>
        name(one.service) +
        vitalsRow(one)
          .map((value) => cell(value))
          .join(''),
    ),
    `\n${all} requests in ${seconds.toFixed(0)} s: ${(all / seconds).toFixed(1)} a second, ${cores.toFixed(2)} cores`,
  ];
}

function vitalsRow(one: Vitals): readonly number[] {
  const { memoryMb, memoryRiseMbPerHour, heapRiseMbPerHour, handles, handlesRisePerHour } = one;
  return [
    ...[memoryMb, memoryRiseMbPerHour, heapRiseMbPerHour, handles, handlesRisePerHour],
    ...[one.cpuSeconds, one.mostLag, one.mostBacklog],
  ];
}

/** One JSON object a figure, as benchmarks print them. */
function jsonOf({ routes, vitals, seconds, cores }: DayFigures, conditions: string): readonly object[] {
  const figure = (name: string, value: number, unit: string) => ({
    ...{ load: 'day', figure: name, value: Number(value.toFixed(2)), unit, conditions },
  });
  const requests = routes.reduce((sum, { visits }) => sum + visits, 0);
  return [
    figure('requests', requests / seconds, '1/s'),
    figure('processor', cores, 'cores'),
    figure(
      'failed',
      routes.reduce((sum, { faults }) => sum + faults.length, 0),
      'requests',
    ),
    ...routes.map(({ name, p99Ms }) => figure(`p99 of ${name}`, p99Ms, 'ms')),
    ...vitals.map(({ service, memoryMb }) => figure(`memory of ${service}`, memoryMb, 'MB')),
    ...vitals.map(({ service, memoryRiseMbPerHour }) => figure(`rise of ${service}`, memoryRiseMbPerHour, 'MB/h')),
  ];
}
