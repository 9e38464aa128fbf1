import { threadCpuUsage } from 'node:process';
import { describe, expect, it } from '@jest/globals';
import { Random } from '../chaos/src/random.js';
import { fuzz, MOST_BYTES } from './campaign.js';
import { mutated } from './mutate.js';
import { corpusOf, FUZZ_TARGETS } from './targets.js';
import { Watchdog } from './watchdog.js';

/** `npm run fuzz` sets these; `npm test` takes the short form. */
const { HETAO_FUZZ_MINUTES: minutes, HETAO_FUZZ_SEED: seed = '20150517', HETAO_FUZZ_TARGET: only } = process.env;
const isLong = minutes !== undefined;
const withinMs = isLong ? Number(minutes) * 60_000 : 30_000;
const inputs = isLong ? Number.MAX_SAFE_INTEGER : 60;
const targets = FUZZ_TARGETS.filter(({ name }) => only === undefined || only === name);

async function watched<T>(work: Promise<T>, watchdog: Watchdog | undefined): Promise<T> {
  try {
    return await work;
  } finally {
    await watchdog?.end();
  }
}

describe('Parsers of bytes from outside', () => {
  it.each(targets)(
    '$name: read or refuse whatever comes, soon, and keep nothing of it',
    async (target) => {
      const watchdog = isLong ? new Watchdog(MOST_BYTES) : undefined;
      const options = { seed: Number(seed), inputs, withinMs, ...(watchdog && { before: watchdog.see }) };
      const result = await watched(fuzz(target, options), watchdog);
      if (isLong) process.stderr.write(`${JSON.stringify(result)}\n`);
      expect(result.findings.map(({ kind, detail }) => `${kind}: ${detail}`)).toEqual([]);
      expect(result.inputs).toBeGreaterThan(10);
    },
    withinMs + 60_000,
  );

  it('say no to nothing in their corpus by an exception', async () => {
    for (const target of FUZZ_TARGETS) for (const bytes of corpusOf(target)) await target.read(bytes);
  });

  it('are given the same inputs by the same seed, and others by another', () => {
    const corpus = [Buffer.from('{"a":[1,2,3]}'), Buffer.from('plain')];
    const series = (from: number) => {
      const random = new Random(from);
      return Array.from({ length: 20 }, () => mutated(corpus, random, 1_000).toString('latin1'));
    };
    expect(series(7)).toEqual(series(7));
    expect(series(7)).not.toEqual(series(8));
  });

  it('would be caught: an exception, a slow read', async () => {
    const [first] = FUZZ_TARGETS;
    if (first === undefined) throw new Error('There is no target.');
    const fails = { ...first, read: () => Reflect.get(null as unknown as object, 'x') as unknown };
    const failed = await fuzz(fails, { seed: 1, inputs: 30, withinMs: 5_000 });
    expect(failed.findings).toMatchObject([{ kind: 'exception' }]);
    const slowly = { seed: 1, inputs: 1, withinMs: 5_000, slowMs: 20 };
    const toil = (): void => {
      for (const since = threadCpuUsage(); threadCpuUsage(since).user < 40_000;);
    };
    const slow = await fuzz({ ...first, read: toil }, slowly);
    expect(slow.findings).toMatchObject([{ kind: 'slow' }]);
    // Waiting for a busy machine is no fault of the parser.
    const wait = (): void => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 40);
    expect((await fuzz({ ...first, read: wait }, slowly)).findings).toEqual([]);
  });
});
