import { describe, expect, it } from '@jest/globals';
import { eventually } from '@hetao/testing';
import { Stage, type ContractTransport } from '../support/stage.js';
import { withStage } from '../support/with-stage.js';

const WAIT = { withinMs: 30_000 };

export function deliveryContract(world: () => ContractTransport): void {
  describe('delivery', () => {
    it('keeps the order of a key under two concurrent writers', () =>
      withStage(world, async (stage) => {
        await stage.consume();
        const keys = ['a', 'b', 'c'];
        const writer = async (): Promise<void> => {
          for (let round = 0; round < 20; round += 1) {
            for (const key of keys) await countUp(stage, key);
          }
        };
        await Promise.all([writer(), writer()]);
        const expected = Array.from({ length: 40 }, (_, index) => index + 1);
        await eventually(async () => {
          for (const key of keys) expect(await stage.numbersOf(key)).toEqual(expected);
        }, WAIT);
      }));

    it('gives independent groups every event', () =>
      withStage(world, async (stage) => {
        const [billing, audit] = [stage.group, `${stage.group}-audit`];
        await stage.consume({ group: billing });
        await stage.consume({ group: audit });
        for (let n = 1; n <= 10; n += 1) await stage.publish(`key-${n % 3}`, n);
        await eventually(async () => {
          for (const group of [billing, audit]) {
            const numbers = (await stage.effects(group)).map((effect) => effect.n);
            expect(numbers.sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
          }
        }, WAIT);
      }));

    it('lets a group that cannot handle an event hold up no other group', () =>
      withStage(world, async (stage) => {
        const slow = `${stage.group}-slow`;
        await stage.consume({
          group: slow,
          policy: { attempts: 1_000, firstDelayMs: 50, longestDelayMs: 50 },
          handle: () => Promise.reject(new Error('this group never manages')),
        });
        await stage.consume();
        await stage.publish('a', 1);
        await eventually(async () => expect(await stage.numbersOf('a')).toEqual([1]), WAIT);
        expect(await stage.effects(slow)).toEqual([]);
      }));

    it('applies a redelivered event once', () =>
      withStage(world, async (stage) => {
        await stage.consume();
        await stage.publish('a', 1);
        const [first] = await eventually(async () => {
          const effects = await stage.effects();
          expect(effects).toHaveLength(1);
          return effects;
        }, WAIT);
        await stage.redeliver(first?.event_id ?? '');
        // The second event of the key comes behind the repetition of the first.
        await stage.publish('a', 2);
        await eventually(async () => expect(await stage.numbersOf('a')).toEqual([1, 2]), WAIT);
      }));

    it('applies a redelivered event once in batches too', () =>
      withStage(world, async (stage) => {
        await stage.consume({ mode: 'batch' });
        for (let n = 1; n <= 5; n += 1) await stage.publish('a', n);
        const effects = await eventually(async () => {
          const found = await stage.effects();
          expect(found).toHaveLength(5);
          return found;
        }, WAIT);
        for (const effect of effects) await stage.redeliver(effect.event_id);
        await stage.publish('a', 6);
        await eventually(async () => expect(await stage.numbersOf('a')).toEqual([1, 2, 3, 4, 5, 6]), WAIT);
      }));

    it('lets a new group read the history from its start', () =>
      withStage(world, async (stage) => {
        await stage.consume();
        for (let n = 1; n <= 20; n += 1) await stage.publish('a', n);
        await eventually(async () => expect(await stage.numbersOf('a')).toHaveLength(20), WAIT);
        const late = `${stage.group}-late`;
        await stage.consume({ group: late });
        await stage.publish('a', 21);
        const all = Array.from({ length: 21 }, (_, index) => index + 1);
        await eventually(async () => expect(await stage.numbersOf('a', late)).toEqual(all), WAIT);
      }));

    it('hands batches over whole, in order, in one transaction', () =>
      withStage(world, async (stage) => {
        for (let n = 1; n <= 100; n += 1) await stage.publish('a', n);
        const sizes: number[] = [];
        await stage.consume({
          mode: 'batch',
          handle: async (events, tx) => {
            sizes.push(events.length);
            await stage.record(events, tx);
          },
        });
        const all = Array.from({ length: 100 }, (_, index) => index + 1);
        await eventually(async () => expect(await stage.numbersOf('a')).toEqual(all), WAIT);
        expect(Math.max(...sizes)).toBeGreaterThan(10);
      }));

    it('tells the handler who published what, when and under which key', () =>
      withStage(world, async (stage) => {
        const seen: unknown[] = [];
        await stage.consume({
          handle: (events) => {
            seen.push(...events);
            return Promise.resolve();
          },
        });
        const before = Date.now();
        await stage.publish('a', 1, 'with \u0000 and 河套');
        await eventually(() => expect(seen).toHaveLength(1), WAIT);
        const [event] = seen as [
          { id: string; type: string; source: string; subject: string; time: Date; data: unknown },
        ];
        expect(event.id).toMatch(/^evt_/);
        expect(event).toMatchObject({ type: 'hetao.test.counted.v1', source: 'hetao/orders', subject: 'a' });
        expect(event.data).toEqual({ key: 'a', n: 1, note: 'with \u0000 and 河套' });
        expect(event.time.getTime()).toBeGreaterThanOrEqual(before);
      }));

    it('publishes nothing of a transaction that rolls back', () =>
      withStage(world, async (stage) => {
        await stage.consume();
        await stage.relay();
        const failing = stage.uow().run(async (tx) => {
          tx.append(stage.event, { key: 'a', n: 1 });
          await Promise.reject(new Error('changed my mind'));
        });
        await expect(failing).rejects.toThrow('changed my mind');
        await stage.publish('a', 2);
        await eventually(async () => expect(await stage.numbersOf('a')).toEqual([2]), WAIT);
      }));

    it('refuses an event that is too large when it is appended, not when it is too late', () =>
      withStage(world, async (stage) => {
        await stage.relay();
        const publishing = stage.publish('a', 1, 'x'.repeat(600_000));
        await expect(publishing).rejects.toMatchObject({ problem: { code: 'EVENT_TOO_LARGE' } });
        await stage.consume();
        await stage.publish('a', 2);
        await eventually(async () => expect(await stage.numbersOf('a')).toEqual([2]), WAIT);
      }));
  });
}

/** Adds one to the key's counter and says so: the counter's value is the order in which the writers committed. */
async function countUp(stage: Stage, key: string): Promise<void> {
  await stage.uow().run(async (tx) => {
    const [row] = await tx.query<{ n: number }>(
      `INSERT INTO counters (key, n) VALUES ($1, 1)
       ON CONFLICT (key) DO UPDATE SET n = counters.n + 1 RETURNING n`,
      [key],
    );
    tx.append(stage.event, { key, n: row?.n ?? 0 });
  });
}
