import { parseArgs } from 'node:util';
import { runChdb } from './chdb-run.js';
import { Contest } from './contest.js';
import { type Cost, cpuSecondsOf, median, ratesOf, total } from './cost.js';
import type { Mix } from './feed.js';
import { printHourly } from './hourly.js';
import { MemoryWatch } from './memory.js';
import { type Line, printFigure, printFigures, printTable } from './report.js';
import { measureSteady } from './steady.js';
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
/** More than a minute of each way of sending; rounds stay small, so that what is to be sent fits beside the service. */
const LONG: Extent = { rounds: 27, batches: 120, singles: 3_000, steadySeconds: 60, hourlyEvents: 100_000_000 };

const CONDITIONS =
  'embedded PostgreSQL, fsync on, dedupe on, batches of 1,000, sender on the same cores; totals and completeness checked each round';

const MIXES: readonly (readonly [string, string, Mix])[] = [
  ['all new', 'to_queryable', {}],
  ['1 % duplicates', 'to_queryable_1_percent_duplicates', { duplicates: 1 }],
  ['10 % duplicates', 'to_queryable_10_percent_duplicates', { duplicates: 10 }],
  ['5 % late', 'to_queryable_5_percent_late', { late: 5 }],
];

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
  await runContest(values.kafka ? 'kafka' : 'embedded', extent);
  if (values.chdb !== undefined) runChdb(values.chdb, extent);
}

async function runContest(kind: 'embedded' | 'kafka', extent: Extent): Promise<void> {
  const world = await startBenchWorld(kind);
  // Over a broker several merchants send: a merchant's usage is one partition of the log, in its order.
  const contest = await Contest.open(world, kind === 'kafka' ? world.agreementIds.length : 1);
  try {
    await warmUp(contest);
    const memory = new MemoryWatch(() => world.memory());
    await memory.sample(contest.counted);
    const perSecond = await throughput(contest, extent, memory);
    await measureSteady(contest, extent.steadySeconds, perSecond);
    await memory.sample(contest.counted);
    memory.print();
    await contest.assertComplete();
    if (kind === 'embedded') await printHourly(contest, extent.hourlyEvents);
  } finally {
    await contest.close();
    await world.stop();
  }
}

/** Code is compiled, connections are open, caches are filled, and the heap has grown to what the work takes. */
async function warmUp(contest: Contest): Promise<void> {
  await contest.http(90, {});
  await contest.http(40, { duplicates: 10, late: 5 });
  await contest.singles(500);
}

/** All ways of sending in turns, so that whatever else the machine does meets them alike. @returns events a second. */
async function throughput(contest: Contest, extent: Extent, memory: MemoryWatch): Promise<number> {
  const { kind, brokerPid = 0 } = contest.world;
  const [copied, singles]: [Cost[], Cost[]] = [[], []];
  const rounds = MIXES.map((): Cost[] => []);
  const brokerBefore = cpuSecondsOf(brokerPid);
  for (let round = 0; round < extent.rounds; round += 1) {
    copied.push(await contest.copy(extent.batches));
    for (const [at, [, , mix]] of MIXES.entries()) rounds[at]?.push(await contest.http(extent.batches, mix));
    singles.push(await contest.singles(extent.singles));
    await memory.sample(contest.counted);
  }
  const brokerAfter = cpuSecondsOf(brokerPid);
  const [way, prefix] = kind === 'kafka' ? ['HTTP → Kafka', 'http_kafka'] : ['HTTP', 'http'];
  const baseline: Line = { name: 'raw COPY, no index, 3 connections', rounds: copied };
  const lines = [
    ...MIXES.map(([name, figure], at) => ({
      name: `${way}, ${name}`,
      figure: `${prefix}_${figure}`,
      rounds: rounds[at] ?? [],
    })),
    { name: `${way}, one event a request`, figure: `${prefix}_single_events`, rounds: singles },
  ];
  printTable([baseline, ...lines]);
  const conditions = kind === 'kafka' ? `${CONDITIONS}; broker on the same cores, acks=all` : CONDITIONS;
  for (const line of lines) printFigures(line, baseline, conditions);
  if (brokerBefore !== undefined && brokerAfter !== undefined) {
    const value = Math.round(total(rounds.flat()).events / (brokerAfter - brokerBefore));
    printFigure({ figure: 'http_kafka_per_broker_cpu_second', value, unit: 'events/CPU-s' });
  }
  return ratesOf(median(rounds[0] ?? [])).perSecond;
}
