import { readFileSync } from 'node:fs';
import type pg from 'pg';

/** What one round cost. */
export interface Cost {
  readonly events: number;
  readonly seconds: number;
  /** CPU seconds of the database's client backends; undefined where the system does not tell. */
  readonly postgres: number | undefined;
  /** CPU seconds of the service's process with all its threads; undefined where the system does not tell. */
  readonly service: number | undefined;
  readonly latenciesMs: readonly number[];
}

/** Events a second, and a CPU second of the database and of the service. */
export interface Rates {
  readonly perSecond: number;
  readonly perPostgresCpuSecond: number | undefined;
  readonly perServiceCpuSecond: number | undefined;
}

/** Whose CPU is told. */
export interface Watched {
  readonly client: pg.Client;
  readonly servicePid: number;
}

/** Measures what some work costs. The figures of one call are of the same seconds, so a busy machine bends them alike. */
export async function measure(
  { client, servicePid }: Watched,
  events: number,
  work: () => Promise<readonly number[]>,
): Promise<Cost> {
  const before = await backends(client);
  const serviceBefore = cpuSecondsOf(servicePid);
  const startedAt = performance.now();
  const latenciesMs = await work();
  const seconds = (performance.now() - startedAt) / 1000;
  const serviceAfter = cpuSecondsOf(servicePid);
  return {
    events,
    seconds,
    postgres: difference(before, await backends(client)),
    service: serviceBefore === undefined || serviceAfter === undefined ? undefined : serviceAfter - serviceBefore,
    latenciesMs,
  };
}

export function ratesOf({ events, seconds, postgres, service }: Cost): Rates {
  return {
    perSecond: events / seconds,
    perPostgresCpuSecond: perCpuSecond(events, postgres),
    perServiceCpuSecond: perCpuSecond(events, service),
  };
}

/** Less CPU than this was not spent on the work: the service stood by while something else was measured. */
const NOTHING_S = 0.05;

function perCpuSecond(events: number, seconds: number | undefined): number | undefined {
  return seconds === undefined || seconds < NOTHING_S ? undefined : events / seconds;
}

/** The middle one by events a second. */
export function median(costs: readonly Cost[]): Cost {
  const sorted = [...costs].sort((a, b) => ratesOf(a).perSecond - ratesOf(b).perSecond);
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (!middle) throw new Error('No round was measured.');
  return middle;
}

/** All rounds as one: CPU is told in hundredths of a second, so ratios of CPU are taken over everything. */
export function total(costs: readonly Cost[]): Cost {
  const sum = (read: (cost: Cost) => number): number => costs.reduce((all, cost) => all + read(cost), 0);
  const told = (read: (cost: Cost) => number | undefined): number | undefined =>
    costs.every((cost) => read(cost) !== undefined) ? sum((cost) => read(cost) ?? 0) : undefined;
  return {
    events: sum((cost) => cost.events),
    seconds: sum((cost) => cost.seconds),
    postgres: told((cost) => cost.postgres),
    service: told((cost) => cost.service),
    latenciesMs: costs.flatMap((cost) => cost.latenciesMs),
  };
}

export function quantile(values: readonly number[], share: number): number | undefined {
  return [...values].sort((a, b) => a - b)[Math.min(Math.floor(values.length * share), values.length - 1)];
}

const TICKS_A_SECOND = 100;

/** CPU seconds of each client backend so far, from /proc. */
async function backends(client: pg.Client): Promise<ReadonlyMap<number, number> | undefined> {
  const { rows } = await client.query<{ pid: number }>(
    "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend'",
  );
  const seconds = new Map<number, number>();
  for (const { pid } of rows) {
    const cpu = cpuSecondsOf(pid);
    if (cpu === undefined) return undefined;
    seconds.set(pid, cpu);
  }
  return seconds;
}

/** CPU seconds of a process so far; undefined where the system does not tell. */
export function cpuSecondsOf(pid: number): number | undefined {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    return (Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND;
  } catch {
    return undefined;
  }
}

function difference(
  before: ReadonlyMap<number, number> | undefined,
  after: ReadonlyMap<number, number> | undefined,
): number | undefined {
  if (!before || !after) return undefined;
  let seconds = 0;
  for (const [pid, cpu] of after) seconds += cpu - (before.get(pid) ?? 0);
  return seconds;
}
