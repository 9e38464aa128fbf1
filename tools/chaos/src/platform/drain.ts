import { setTimeout as pause } from 'node:timers/promises';
import { readMetrics, sumOf } from '../../../exchange/metrics.js';
import type { Check } from '../../../exchange/verify.js';
import type { PlatformWorld } from './world.js';

const DRAINED_WITHIN_MS = 60_000;
const LOOK_EVERY_MS = 250;
/** What was carried on between two looks may be new work for somebody who had none: so often nobody has any. */
const QUIET_LOOKS = 2;

interface Waiting {
  readonly backlog: number;
  readonly lag: number;
  readonly deadLetters: number;
  readonly refused: number;
}

/** Waits until nobody has anything left to tell or to hear. @returns what was left for good: nothing, if all is well */
export async function drained(world: PlatformWorld): Promise<Check> {
  const deadline = Date.now() + DRAINED_WITHIN_MS;
  let waiting: Waiting | undefined;
  for (let quiet = 0; quiet < QUIET_LOOKS && Date.now() < deadline;) {
    waiting = await waitingIn(world).catch(() => undefined);
    quiet = waiting?.backlog === 0 && waiting.lag === 0 ? quiet + 1 : 0;
    await pause(LOOK_EVERY_MS);
  }
  const isLeft = waiting === undefined || Object.values<number>({ ...waiting }).some((count) => count > 0);
  const detail = waiting
    ? `outbox ${waiting.backlog}, refused ${waiting.refused}, lag ${waiting.lag}, dead letters ${waiting.deadLetters}`
    : 'not every process tells its metrics';
  return { what: 'every message carried, heard and handled', holds: !isLeft, detail };
}

async function waitingIn(world: PlatformWorld): Promise<Waiting> {
  const all = await Promise.all(world.services.map(({ url }) => readMetrics(url)));
  const sum = (name: string) => all.reduce((total, readings) => total + sumOf(readings, name), 0);
  return {
    backlog: sum('hetao_outbox_backlog'),
    lag: sum('hetao_consumer_lag'),
    deadLetters: sum('hetao_dead_letters'),
    refused: sum('hetao_outbox_refused'),
  };
}
