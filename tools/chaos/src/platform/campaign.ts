import { allTopics } from '@hetao/events';
import { keepSight, type Check } from '../../../exchange/verify.js';
import { Random } from '../random.js';
import { Redelivery, USAGE_PACKS } from '../redelivery.js';
import { closeMonth } from './close-month.js';
import { drained } from './drain.js';
import { planOf, shown, type Strike } from './fault-plan.js';
import { judge, nothingAfterRevocation } from './judge.js';
import { Nemesis } from './nemesis.js';
import { gatherSides } from './sides.js';
import { playTrade, STEPS_A_TRADE, type TradingSides } from './trade.js';
import { PlatformWorld } from './world.js';

export interface PlatformCampaign {
  readonly runs: number;
  /** Of the first run; each further one has the next. */
  readonly seed: number;
  readonly say: (line: string) => void;
}

/** What became of one seed. */
export interface RunVerdict {
  readonly seed: number;
  readonly plan: readonly Strike[];
  readonly checks: readonly Check[];
  readonly seconds: number;
  /** Until the last process was ready, counted from the end of the last harm. */
  readonly readyMs: number;
}

const TRADES = 3;
/** Of a hundred trades. */
const REVOKED = 35;
const FEWEST_STRIKES = 2;
const MOST_STRIKES = 5;
/** Every process is ready again within so long after the last harm. */
const READY_BOUND_MS = 30_000;
const LAST_PERIOD = { year: 2024, month: 11 };

/** Trades on one platform, run after run, each under its own plan of harm. */
export async function* runPlatformCampaign(campaign: PlatformCampaign): AsyncGenerator<RunVerdict> {
  const { runs, seed, say } = campaign;
  const world = await PlatformWorld.start();
  const topics = [USAGE_PACKS, ...allTopics.map(({ name }) => name)];
  const redelivery = new Redelivery(world.brokers, topics, new Random(seed));
  try {
    const sides = await gatherSides(world.url);
    await redelivery.start();
    say(`${world.services.length} processes over Kafka and PostgreSQL; ${runs} run(s) from seed ${seed}`);
    if (!world.hasDisk) say('Nothing may be mounted here: no disk is filled.');
    for (let run = 0; run < runs; run += 1) {
      yield await runOnce({ world, redelivery, sides }, { seed: seed + run, period: periodOf(run) });
    }
  } finally {
    await redelivery.stop().catch(() => undefined);
    await world.stop();
  }
}

interface Stage {
  readonly world: PlatformWorld;
  readonly redelivery: Redelivery;
  readonly sides: TradingSides;
}

async function runOnce(stage: Stage, { seed, period }: { seed: number; period: string }): Promise<RunVerdict> {
  const { world, redelivery, sides } = stage;
  const startedAt = performance.now();
  const kept = await keepSight(world.url);
  const random = new Random(seed);
  const strikes = random.between(FEWEST_STRIKES, MOST_STRIKES);
  const plan = planOf(random, { strikes, steps: TRADES * STEPS_A_TRADE });
  let steps = 0;
  const striking = new Nemesis(world, redelivery, () => steps).run(plan);
  const named = Array.from({ length: TRADES }, (_, index) => ({
    ...{ name: `chaos-${seed}-${index}`, period, random: new Random(seed * TRADES + index) },
    isRevoked: random.percent(REVOKED),
    stepped: () => {
      steps += 1;
    },
  }));
  // Whichever fails, none is left running: what it does would meet the next run.
  const ended = await Promise.allSettled(named.map((one) => playTrade(sides, one)));
  await striking;
  const readyMs = await world.ready();
  const trades = ended.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const checks = [isReady(readyMs), cameToTheirEnd(ended)];
  if (trades.length === TRADES) {
    await closeMonth(sides.officer, period);
    checks.push(await drained(world), ...(await judge(world, { trades, period, kept })));
    checks.push(await nothingAfterRevocation(trades.map((one) => ({ ...one, exporter: sides.exporter }))));
  }
  return { seed, plan, checks, readyMs, seconds: (performance.now() - startedAt) / 1000 };
}

function cameToTheirEnd(ended: readonly PromiseSettledResult<unknown>[]): Check {
  const faults = ended.flatMap((one) => (one.status === 'rejected' ? [String(one.reason)] : []));
  return { what: 'every trade came to its end', holds: faults.length === 0, detail: faults.join('; ') };
}

function isReady(readyMs: number): Check {
  const detail = `${(readyMs / 1000).toFixed(1)} s after the last harm`;
  return { what: 'every process ready again', holds: readyMs <= READY_BOUND_MS, detail };
}

/** A month of its own for each run, each before the last one's: agreements of other runs are not in force in it. */
function periodOf(run: number): string {
  const { year, month } = LAST_PERIOD;
  return new Date(Date.UTC(year, month - run, 1)).toISOString().slice(0, 7);
}

/** The table's rows for a person: the seed, what was done to it, and what does not hold. */
export function linesOf({ seed, plan, checks, seconds, readyMs }: RunVerdict): readonly string[] {
  const failed = checks.filter(({ holds }) => !holds);
  const word = failed.length === 0 ? 'holds' : 'FAILS';
  const ready = `ready after ${(readyMs / 1000).toFixed(1)} s`;
  return [
    `${word}  seed ${seed}  ${plan.length} strikes, ${checks.length} checks, ${ready}, ${seconds.toFixed(1)} s`,
    ...plan.map((strike) => `         ${shown(strike)}`),
    ...failed.map(({ what, detail }) => `  FAILS  ${what}: ${detail}`),
  ];
}
