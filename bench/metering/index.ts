import { parseArgs } from 'node:util';
import { measureChdb } from './chdb.js';
import { BATCH, Contest, type Mix } from './contest.js';
import { type Cost, cpuSecondsOf, median, quantile, ratesOf, total } from './cost.js';
import { measureHourly } from './hourly.js';
import { type Line, printFigure, printFigures, printTable } from './report.js';
import { startBenchWorld } from './world.js';

/** How much is measured. */
interface Extent {
  readonly rounds: number;
  readonly batches: number;
  readonly singles: number;
  /** Seconds of the steady load. */
  readonly steadySeconds: number;
  /** Events that the hourly totals stand for. */
  readonly hourlyEvents: number;
}

const SHORT: Extent = { rounds: 3, batches: 60, singles: 2_000, steadySeconds: 5, hourlyEvents: 10_000_000 };
/** More than a minute of each. */
const LONG: Extent = { rounds: 9, batches: 300, singles: 10_000, steadySeconds: 60, hourlyEvents: 100_000_000 };

const CONDITIONS =
  'embedded PostgreSQL, fsync on, dedupe on, batches of 1,000, sender on the same cores; totals and completeness checked each round';

/**
 * `npm run bench -- metering [--long] [--kafka] [--chdb <folder>]`: usage over HTTP until its total can be read, against
 * raw COPY of the same rows; with --kafka through a broker, with --chdb beside ClickHouse's engine.
 */
export async function run(args: readonly string[] = []): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: { long: { type: 'boolean' }, kafka: { type: 'boolean' }, chdb: { type: 'string' } },
  });
  const extent = values.long ? LONG : SHORT;
  if (values.kafka) await runKafka(extent);
  else await runEmbedded(extent);
  if (values.chdb !== undefined) runChdb(values.chdb, extent);
}

async function runEmbedded(extent: Extent): Promise<void> {
  const world = await startBenchWorld('embedded');
  const contest = await Contest.open(world, 1);
  try {
    await contest.http(30, {}); // Warm-up: code is compiled, connections are open, caches are filled.
    const memoryBefore = settledMemory();
    const mixes: readonly (readonly [string, string, Mix])[] = [
      ['HTTP, all new', 'http_to_queryable', {}],
      ['HTTP, 1 % duplicates', 'http_to_queryable_1_percent_duplicates', { duplicates: 1 }],
      ['HTTP, 10 % duplicates', 'http_to_queryable_10_percent_duplicates', { duplicates: 10 }],
      ['HTTP, 5 % late', 'http_to_queryable_5_percent_late', { late: 5 }],
    ];
    const rounds = mixes.map((): Cost[] => []);
    const copied: Cost[] = [];
    for (let round = 0; round < extent.rounds; round += 1) {
      copied.push(await contest.copy(extent.batches));
      for (const [at, [, , mix]] of mixes.entries()) rounds[at]?.push(await contest.http(extent.batches, mix));
    }
    const singles = await contest.singles(extent.singles);
    const baseline: Line = { name: 'raw COPY, no index, 3 connections', rounds: copied };
    const lines = mixes.map(([name, figure], at): Line => ({ name, figure, rounds: rounds[at] ?? [] }));
    const single: Line = { name: 'HTTP, one event a request', figure: 'http_single_events', rounds: [singles] };
    printTable([baseline, ...lines, single]);
    for (const line of [...lines, single]) printFigures(line, baseline, CONDITIONS);
    await steady(contest, extent, ratesOf(median(rounds[0] ?? [])).perSecond);
    printMemory(memoryBefore);
    await contest.assertComplete();
    await hourly(contest, extent);
  } finally {
    await contest.close();
    await world.stop();
  }
}

async function runKafka(extent: Extent): Promise<void> {
  const world = await startBenchWorld('kafka');
  const contest = await Contest.open(world, world.agreementIds.length);
  try {
    await contest.http(60, {});
    const brokerBefore = cpuSecondsOf(world.brokerPid ?? 0);
    const [copied, sent]: [Cost[], Cost[]] = [[], []];
    for (let round = 0; round < extent.rounds; round += 1) {
      copied.push(await contest.copy(extent.batches));
      sent.push(await contest.http(extent.batches, {}));
    }
    const brokerSeconds = (cpuSecondsOf(world.brokerPid ?? 0) ?? 0) - (brokerBefore ?? 0);
    const baseline: Line = { name: 'raw COPY, no index, 3 connections', rounds: copied };
    const line: Line = { name: 'HTTP → Kafka → PostgreSQL', figure: 'http_kafka_postgres', rounds: sent };
    printTable([baseline, line]);
    printFigures(line, baseline, `${CONDITIONS}; broker on the same cores, acks=all`);
    const value = Math.round(total(sent).events / brokerSeconds);
    printFigure({ figure: 'http_kafka_postgres_per_broker_cpu_second', value, unit: 'events/CPU-s' });
    await steady(contest, extent, ratesOf(median(sent)).perSecond);
    await contest.assertComplete();
  } finally {
    await contest.close();
    await world.stop();
  }
}

/** Time from when a batch was due until its events can be queried, at 70 % of what was measured. */
async function steady(contest: Contest, { steadySeconds }: Extent, perSecond: number): Promise<void> {
  const everyMs = (BATCH * 1000) / (perSecond * 0.7);
  const batches = Math.ceil((steadySeconds * 1000) / everyMs);
  const { latenciesMs } = await contest.http(batches, {}, { everyMs });
  const [p50 = 0, p99 = 0] = [0.5, 0.99].map((share) => quantile(latenciesMs, share));
  const load = Math.round(perSecond * 0.7);
  console.log(
    `\nAt 70 % load (${load.toLocaleString('en')}/s): queryable after ${p50.toFixed(0)} ms, p99 ${p99.toFixed(0)} ms`,
  );
  const figure = contest.world.kind === 'kafka' ? 'kafka_event_to_queryable_p99' : 'event_to_queryable_p99';
  printFigure({
    figure,
    value: Math.round(p99),
    unit: 'ms',
    load,
    target: 2_000,
    conditions: `${steadySeconds} s at 70 % load`,
  });
}

async function hourly(contest: Contest, { hourlyEvents }: Extent): Promise<void> {
  const found = await measureHourly(contest, hourlyEvents);
  const events = found.events.toLocaleString('en');
  console.log(
    `\nHourly totals over ${events} events: ${found.monthMs.toFixed(1)} ms over HTTP (96 hours of one agreement), ` +
      `${found.dayOfAllMs.toFixed(1)} ms in SQL (a day of 400 agreements)`,
  );
  const conditions = `${events} events in ${found.rollupRows.toLocaleString('en')} rollup rows, filled by generate_series`;
  printFigure({
    figure: 'hourly_totals',
    value: Number(found.monthMs.toFixed(1)),
    unit: 'ms',
    target: 100,
    conditions,
  });
  printFigure({
    figure: 'hourly_totals_of_all',
    value: Number(found.dayOfAllMs.toFixed(1)),
    unit: 'ms',
    target: 100,
    conditions,
  });
}

function runChdb(folder: string, { rounds, batches }: Extent): void {
  const chdb = measureChdb(folder, rounds * batches, BATCH);
  const rate = Math.round(chdb.insertedPerSecond).toLocaleString('en');
  const perCpu = Math.round(chdb.insertedPerCpuSecond).toLocaleString('en');
  console.log(
    `\nchDB ${chdb.version}, OpenMeter's table: ${rate} events/s, ${perCpu} a CPU second; hourly totals ${chdb.hourlyMs.toFixed(1)} ms`,
  );
  const conditions = `in process, no HTTP, no dedupe, ${rounds * batches} inserts of ${BATCH} in JSONEachRow`;
  printFigure({ figure: 'chdb_insert', value: Math.round(chdb.insertedPerSecond), unit: 'events/s', conditions });
  printFigure({
    figure: 'chdb_insert_per_cpu_second',
    value: Math.round(chdb.insertedPerCpuSecond),
    unit: 'events/CPU-s',
    conditions,
  });
  printFigure({ figure: 'chdb_hourly_totals', value: Number(chdb.hourlyMs.toFixed(1)), unit: 'ms', conditions });
}

function settledMemory(): number {
  globalThis.gc?.();
  return process.memoryUsage().rss;
}

function printMemory(before: number): void {
  const [from, to] = [before, settledMemory()].map((bytes) => Math.round(bytes / 2 ** 20));
  console.log(`\nMemory of the service and the sender: ${from} MB after the warm-up, ${to} MB at the end`);
  printFigure({
    figure: 'memory_at_end',
    value: to ?? 0,
    unit: 'MB',
    baseline: 'after the warm-up',
    baseline_value: from ?? 0,
  });
}
