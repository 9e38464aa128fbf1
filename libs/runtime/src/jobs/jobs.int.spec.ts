import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pino, type Logger } from 'pino';
import type { Database } from '@hetao/persistence';
import { eventually, testDatabase } from '@hetao/testing';
import { Jobs } from './jobs.js';

let database: Awaited<ReturnType<typeof testDatabase>>;
beforeAll(async () => {
  database = await testDatabase({ migrations: [], entities: [], schema: 'jobs' });
});
afterAll(() => database.close());

const told: string[] = [];
const logger: Logger = pino({ level: 'info' }, { write: (line: string) => void told.push(line) });
const jobsOf = (on: Database = database): Jobs => new Jobs(on, logger);
/** Work that notes how many turns there were, and how many at once. */
function counting() {
  const seen = { turns: 0, atOnce: 0, most: 0 };
  const work = async (): Promise<void> => {
    seen.turns += 1;
    seen.atOnce += 1;
    seen.most = Math.max(seen.most, seen.atOnce);
    await new Promise((resolve) => setTimeout(resolve, 5));
    seen.atOnce -= 1;
  };
  return { seen, work };
}

describe('a job', () => {
  it('begins when the service opens, goes on turn after turn, and is finished, not cut off, by a stop', async () => {
    const { seen, work } = counting();
    const jobs = jobsOf();
    jobs.every({ name: 'a', intervalMs: 1, work });
    expect(seen.turns).toBe(0);
    await jobs.onServiceOpen();
    await eventually(() => expect(seen.turns).toBeGreaterThan(3));
    await jobs.beforeApplicationShutdown();
    expect(seen).toMatchObject({ atOnce: 0, most: 1 });
    const { turns } = seen;
    jobs.every({ name: 'late', intervalMs: 1, work: () => Promise.resolve() });
    await jobs.beforeApplicationShutdown();
    expect(seen.turns).toBe(turns);
  });

  it('that cannot wait has its first turn at once', async () => {
    const { seen, work } = counting();
    const jobs = jobsOf();
    jobs.every({ name: 'eager', intervalMs: 3_600_000, work, atOnce: true });
    await jobs.onServiceOpen();
    await eventually(() => expect(seen.turns).toBe(1));
    await jobs.beforeApplicationShutdown();
  });

  it('that fails is told once, tried at every turn, and told once when it works again', async () => {
    let tries = 0;
    const jobs = jobsOf();
    const standings = new Set<string | undefined>();
    const work = (): Promise<void> => (++tries < 4 ? Promise.reject(new Error('away')) : Promise.resolve());
    await jobs.onServiceOpen();
    jobs.every({
      ...{ name: 'failing', intervalMs: 1 },
      work: () => {
        standings.add(jobs.standing()[0]?.fault);
        return work();
      },
    });
    await eventually(() => expect(tries).toBeGreaterThan(5));
    await jobs.beforeApplicationShutdown();
    const about = told.filter((line) => line.includes('"failing"'));
    expect(about.map((line) => (JSON.parse(line) as { msg: string }).msg)).toEqual([
      'The job failed; it is tried at every turn',
      'The job works again',
    ]);
    expect([...standings]).toEqual([undefined, 'away']);
    expect(jobs.standing()).toEqual([
      { name: 'failing', intervalMs: 1, lastAt: expect.any(Date) as unknown, fault: undefined },
    ]);
  });

  it('that works alone is done by one process at a time, and by the other when that one is gone', async () => {
    const { seen, work } = counting();
    const [one, other] = [jobsOf(), jobsOf()];
    for (const jobs of [one, other]) {
      jobs.every({ name: 'alone', intervalMs: 1, work, alone: true });
      await jobs.onServiceOpen();
    }
    await eventually(() => expect(seen.turns).toBeGreaterThan(5));
    await one.beforeApplicationShutdown();
    const { turns } = seen;
    await eventually(() => expect(seen.turns).toBeGreaterThan(turns));
    await other.beforeApplicationShutdown();
    expect(seen.most).toBe(1);
  });
});
