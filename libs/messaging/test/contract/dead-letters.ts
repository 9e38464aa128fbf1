import { describe, expect, it } from '@jest/globals';
import { eventually } from '@hetao/testing';
import { deadLetters } from '../../src/index.js';
import type { Counted } from '../support/counted.js';
import { QUICK, type ContractTransport, type Stage } from '../support/stage.js';
import { withStage } from '../support/with-stage.js';

const WAIT = { withinMs: 30_000 };
const askedBy = (by: string) => ({ by, reason: 'sent by mistake', at: new Date() });

export function deadLetterContract(world: () => ContractTransport): void {
  describe('dead letters', () => {
    it('parks a poison message after its bounded retries and goes on with the partition', () =>
      withStage(world, async (stage) => {
        const attempts = await consumePoison(stage, 'single');
        for (const n of [1, 2, 3]) await stage.publish('a', n);
        await eventually(async () => expect(await stage.numbersOf('a')).toEqual([1, 3]), WAIT);
        const parked = await stage.parked();
        expect(attempts()).toBe(QUICK.attempts);
        expect(parked).toHaveLength(1);
        expect(parked[0]).toMatchObject({
          group: stage.group,
          type: 'hetao.test.counted.v1',
          source: 'hetao/orders',
          topic: stage.topic.name,
          key: 'a',
          attempts: QUICK.attempts,
          status: 'parked',
        });
        expect(JSON.parse(parked[0]?.payload ?? '')).toEqual({ key: 'a', n: 2 });
        expect(parked[0]?.error).toContain('number two is poison');
      }));

    it('finds the culprit in a failing batch and applies the others', () =>
      withStage(world, async (stage) => {
        for (let n = 1; n <= 30; n += 1) await stage.publish('a', n);
        await consumePoison(stage, 'batch');
        const others = Array.from({ length: 30 }, (_, index) => index + 1).filter((n) => n !== 2);
        await eventually(async () => expect(await stage.numbersOf('a')).toEqual(others), WAIT);
        expect((await stage.parked()).map((letter) => letter.attempts)).toEqual([QUICK.attempts]);
      }));

    it('keeps nothing of an attempt that failed', () =>
      withStage(world, async (stage) => {
        let failures = 2;
        await stage.consume({
          handle: async (events, tx) => {
            await stage.record(events, tx);
            if (failures-- > 0) throw new Error('fails after its effect');
          },
        });
        await stage.publish('a', 1);
        await eventually(async () => expect(await stage.numbersOf('a')).toEqual([1]), WAIT);
        expect(await stage.parked()).toEqual([]);
      }));

    it('parks an event that does not fit its schema at once', () =>
      withStage(world, async (stage) => {
        let handled = 0;
        await stage.consume({
          handle: async (events, tx) => {
            handled += 1;
            await stage.record(events, tx);
          },
        });
        await stage.relay();
        // A producer that does not know the schema: same type, other content.
        const loose = { ...stage.event, key: () => 'a', parse: (json: unknown) => json };
        await stage.uow().run(async (tx) => tx.append(loose, { unexpected: true }));
        await stage.publish('a', 2);
        await eventually(async () => expect(await stage.numbersOf('a')).toEqual([2]), WAIT);
        expect(handled).toBe(1);
        const [letter] = await stage.parked();
        expect(letter).toMatchObject({ attempts: 1, key: 'a' });
        expect(letter?.error).toContain('/key');
      }));

    it('replays a dead letter when asked, once', () =>
      withStage(world, async (stage) => {
        let mended = false;
        await stage.consume({
          handle: async (events, tx) => {
            if (!mended) throw new Error('the handler has a fault');
            await stage.record(events, tx);
          },
        });
        await stage.publish('a', 1);
        const [letter] = await eventually(async () => {
          const found = await stage.parked();
          expect(found).toHaveLength(1);
          return found;
        }, WAIT);
        const letters = deadLetters(stage.billing);
        await letters.replay(letter?.id ?? '', askedBy('usr_a'));
        // Still broken: it is parked again, with one more attempt.
        await eventually(async () => {
          expect((await stage.parked())[0]).toMatchObject({ status: 'parked', attempts: QUICK.attempts + 1 });
        }, WAIT);
        mended = true;
        await letters.replay(letter?.id ?? '', askedBy('usr_a'));
        await letters.replay(letter?.id ?? '', askedBy('usr_b'));
        await eventually(async () => expect((await stage.parked())[0]?.status).toBe('replayed'), WAIT);
        expect(await stage.numbersOf('a')).toEqual([1]);
        await letters.replay(letter?.id ?? '', askedBy('usr_a'));
        expect(await stage.numbersOf('a')).toEqual([1]);
        await expect(letters.discard(letter?.id ?? '', askedBy('usr_a'))).rejects.toMatchObject({
          problem: { code: 'DEAD_LETTER_SETTLED' },
        });
        await expect(letters.get('dlt_gone')).rejects.toMatchObject({ problem: { code: 'DEAD_LETTER_NOT_FOUND' } });
      }));

    it('discards a dead letter with a reason and on two people’s word, also when they speak at once', () =>
      withStage(world, async (stage) => {
        await consumePoison(stage, 'single');
        await stage.publish('a', 2);
        const [letter] = await eventually(async () => {
          const found = await stage.parked();
          expect(found).toHaveLength(1);
          return found;
        }, WAIT);
        const letters = deadLetters(stage.billing);
        await Promise.all(['usr_a', 'usr_b', 'usr_c'].map((who) => letters.discard(letter?.id ?? '', askedBy(who))));
        const [settled] = await stage.parked();
        expect(settled).toMatchObject({ status: 'discarded', asked: { reason: 'sent by mistake' } });
        expect(new Set([settled?.asked?.by, settled?.confirmedBy]).size).toBe(2);
      }));

    it('ends the process for a fault that is neither the event’s nor the database’s', () =>
      withStage(
        world,
        async (stage) => {
          await stage.consume();
          await stage.billing.withClient((client) => client.query('ALTER TABLE inbox RENAME TO inbox_gone'));
          await stage.publish('a', 1);
          await eventually(() => expect(stage.crashes).toHaveLength(1), WAIT);
          expect(stage.crashes[0]?.message).toContain('inbox');
        },
        { expectCrash: true },
      ));
  });
}

/** Handles everything but number two. Returns how often number two was tried alone. */
async function consumePoison(stage: Stage, mode: 'single' | 'batch'): Promise<() => number> {
  let attempts = 0;
  await stage.consume({
    mode,
    handle: async (events, tx) => {
      await stage.record(events, tx);
      if (!events.some((event) => (event.data as Counted).n === 2)) return;
      if (events.length === 1) attempts += 1;
      throw new Error('number two is poison');
    },
  });
  return () => attempts;
}
