import type { Contest } from './contest.js';
import { quantile } from './cost.js';
import { BATCH } from './feed.js';
import { printFigure } from './report.js';

const LOAD = 0.7;
/** A caller's headers are good for a minute: a long load is sent in parts of this length. */
const PART_SECONDS = 15;

/** Time from when a batch was due until its events can be queried, at 70 % of what was measured. */
export async function measureSteady(contest: Contest, seconds: number, perSecond: number): Promise<void> {
  const load = Math.round(perSecond * LOAD);
  const everyMs = (BATCH * 1000) / load;
  const latenciesMs: number[] = [];
  for (let left = seconds; left > 0; left -= PART_SECONDS) {
    const batches = Math.ceil((Math.min(left, PART_SECONDS) * 1000) / everyMs);
    const cost = await contest.http(batches, {}, { everyMs });
    latenciesMs.push(...cost.latenciesMs);
  }
  const [p50 = 0, p99 = 0] = [0.5, 0.99].map((share) => quantile(latenciesMs, share));
  console.log(
    `\nAt 70 % load (${load.toLocaleString('en')}/s): queryable after ${p50.toFixed(0)} ms, p99 ${p99.toFixed(0)} ms`,
  );
  printFigure({
    figure: contest.world.kind === 'kafka' ? 'kafka_event_to_queryable_p99' : 'event_to_queryable_p99',
    value: Math.round(p99),
    unit: 'ms',
    load,
    target: 2_000,
    conditions: `${seconds} s at 70 % load, from when a batch was due`,
  });
}
