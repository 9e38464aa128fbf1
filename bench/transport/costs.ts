import { readFileSync } from 'node:fs';

/** What one round cost. CPU seconds stand beside the wall because the machine is shared and noisy. */
export interface Cost {
  readonly events: number;
  readonly seconds: number;
  readonly nodeCpuSeconds: number;
  /** PostgreSQL and broker; undefined where the system does not tell. */
  readonly serverCpuSeconds: number | undefined;
  readonly latenciesMs: readonly number[];
}

export async function costOf(
  events: number,
  servers: () => Promise<readonly number[]>,
  work: () => Promise<readonly number[]>,
): Promise<Cost> {
  const before = cpuSecondsOf(await servers());
  const nodeBefore = process.cpuUsage();
  const startedAt = performance.now();
  const latenciesMs = await work();
  const seconds = (performance.now() - startedAt) / 1_000;
  const node = process.cpuUsage(nodeBefore);
  const after = cpuSecondsOf([...before.keys()]);
  const spent = [...after].map(([pid, cpu]) => cpu - (before.get(pid) ?? cpu));
  return {
    events,
    seconds,
    nodeCpuSeconds: (node.user + node.system) / 1e6,
    serverCpuSeconds: spent.length === 0 ? undefined : spent.reduce((sum, each) => sum + each, 0),
    latenciesMs,
  };
}

/** CPU seconds of each process so far, from /proc; empty where there is none. */
function cpuSecondsOf(pids: readonly number[]): Map<number, number> {
  const TICKS_A_SECOND = 100;
  const seconds = new Map<number, number>();
  for (const pid of pids) {
    try {
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
      seconds.set(pid, (Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND);
    } catch {
      // It has ended: a vacuum worker, say.
    }
  }
  return seconds;
}

export const perSecond = (cost: Cost): number => cost.events / cost.seconds;

export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(Math.floor(sorted.length * share), sorted.length - 1)] ?? Number.NaN;
}

/** The round in the middle by speed. */
export function median(costs: readonly Cost[]): Cost {
  const sorted = [...costs].sort((a, b) => perSecond(a) - perSecond(b));
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (middle === undefined) throw new Error('No round was measured.');
  return middle;
}
