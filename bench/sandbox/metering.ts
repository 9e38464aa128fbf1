import { readFile, readdir } from 'node:fs/promises';
import { cpus, loadavg } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { unwrap } from '@hetao/kernel';
import { SqlSession } from '@hetao/sandbox/gate';
import { printLearning } from './learning-report.js';

const WORKERS = 3;
/** Some seconds of one core: the kernel tells of ended processes in hundredths. */
const BUSY = 'SELECT sum(hash(range)) AS n FROM range(400000000)';
const TICKS_A_SECOND = 100;
const PATIENCE_MS = 10_000;

/**
 * Goal 23: the CPU a job is billed for, as its worker counted it, beside what the kernel accounts to the same processes once
 * they have ended. Accounting of ended children is exact on every Linux; a control group needs rights a bench has not.
 */
export async function measureMetering(): Promise<void> {
  const [before, kernelBefore] = [await children(), await endedCpuSeconds()];
  let billed = 0;
  for (let worker = 0; worker < WORKERS; worker += 1) {
    const session = unwrap(await SqlSession.open('L0', { tables: [], memoryMib: 512, threads: 1, timeoutMs: 120_000 }));
    unwrap(await session.query(BUSY));
    billed += (await session.close()).cpuMs / 1000;
  }
  await allEnded(before);
  const accounted = (await endedCpuSeconds()) - kernelBefore;
  if (accounted < WORKERS / 2) throw new Error(`The workers used ${accounted} CPU s: too little to compare.`);
  const error = 100 * Math.abs(billed / accounted - 1);
  const line = {
    ...{ figure: 'metering_error', value: error, unit: '%', goal: '≤ 2', met: error <= 2 },
    conditions: `${WORKERS} workers on rung L0, billed ${billed.toFixed(2)} CPU s, accounted ${accounted.toFixed(2)} CPU s`,
  };
  printLearning(
    [line],
    `${cpus().length} cores under a load of ${(loadavg()[0] ?? 0).toFixed(1)}`,
    'Metering of compute',
  );
}

/** CPU seconds of all children of this process that have ended: cutime and cstime of proc(5). */
async function endedCpuSeconds(): Promise<number> {
  const stat = await readFile('/proc/self/stat', 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  // The state, third of all, is the first of these.
  const [cutime, cstime] = [fields[13], fields[14]];
  return (Number(cutime) + Number(cstime)) / TICKS_A_SECOND;
}

async function children(): Promise<ReadonlySet<string>> {
  const threads = await readdir('/proc/self/task');
  const lists = await Promise.all(
    threads.map((thread) => readFile(`/proc/self/task/${thread}/children`, 'utf8').catch(() => '')),
  );
  return new Set(lists.flatMap((list) => list.split(' ').filter(Boolean)));
}

async function allEnded(before: ReadonlySet<string>): Promise<void> {
  const giveUpAt = performance.now() + PATIENCE_MS;
  while ([...(await children())].some((pid) => !before.has(pid))) {
    if (performance.now() > giveUpAt) throw new Error('A worker has not ended.');
    await pause(20);
  }
}
