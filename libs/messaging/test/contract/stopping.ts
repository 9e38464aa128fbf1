import { describe, expect, it } from '@jest/globals';
import { eventually } from '@hetao/testing';
import type { Counted } from '../support/counted.js';
import { closedGate } from '../support/gate.js';
import type { ContractTransport } from '../support/stage.js';
import { withStage } from '../support/with-stage.js';

const WAIT = { withinMs: 30_000 };

export function stopContract(world: () => ContractTransport): void {
  describe('stopping', () => {
    it('drains: finishes what it handles, takes nothing new, loses nothing', () =>
      withStage(world, async (stage) => {
        const started = closedGate();
        const mayFinish = closedGate();
        const consumer = await stage.consume({
          handle: async (events, tx) => {
            started.open();
            await mayFinish.opened;
            await stage.record(events, tx, stage.group, 'first');
          },
        });
        for (const n of [1, 2, 3]) await stage.publish('a', n);
        await started.opened;
        let stopped = false;
        const stopping = consumer.stop().then(() => (stopped = true));
        expect(consumer.health().ready).toBe(false);
        expect(stopped).toBe(false);
        mayFinish.open();
        await stopping;
        expect(await stage.numbersOf('a')).toEqual([1]);
        await stage.consume();
        await eventually(async () => expect(await stage.numbersOf('a')).toEqual([1, 2, 3]), WAIT);
        expect((await stage.effects()).map((effect) => effect.note)).toEqual(['first', '', '']);
      }));

    it('stops within its bound although a handler hangs', () =>
      withStage(
        world,
        async (stage) => {
          const started = closedGate();
          const hanging = closedGate();
          const consumer = await stage.consume({
            handle: async () => {
              started.open();
              await hanging.opened;
            },
          });
          await stage.publish('a', 1);
          await started.opened;
          const before = Date.now();
          await consumer.stop();
          expect(Date.now() - before).toBeLessThan(5_000);
          hanging.open();
        },
        { drainWithinMs: 500 },
      ));

    it('does not wait for the back-off of a failing event', () =>
      withStage(world, async (stage) => {
        let failures = 0;
        const consumer = await stage.consume({
          policy: { attempts: 5, firstDelayMs: 60_000, longestDelayMs: 60_000 },
          handle: () => {
            failures += 1;
            return Promise.reject(new Error('not yet'));
          },
        });
        await stage.publish('a', 1);
        await eventually(() => expect(failures).toBe(1), WAIT);
        const before = Date.now();
        await consumer.stop();
        expect(Date.now() - before).toBeLessThan(10_000);
        // Interrupted is not failed: the next consumer gets it.
        expect(await stage.parked()).toEqual([]);
        await stage.consume();
        await eventually(async () => expect(await stage.numbersOf('a')).toEqual([1]), WAIT);
      }));

    it('is ready while it idles', () =>
      withStage(world, async (stage) => {
        const consumer = await stage.consume();
        await eventually(() => expect(consumer.health()).toMatchObject({ ready: true }), WAIT);
        await consumer.stop();
        expect(consumer.health()).toMatchObject({ ready: false, detail: 'stopped' });
        await consumer.stop();
      }));

    it('tells when an event is not handled in time', () =>
      withStage(world, async (stage) => {
        const mayFinish = closedGate();
        const consumer = await stage.consume({
          handle: async (events, tx) => {
            if ((events[0]?.data as Counted).n === 1) await mayFinish.opened;
            await stage.record(events, tx);
          },
        });
        await stage.publish('a', 1);
        await eventually(() => expect(consumer.health().detail).toContain('has been handled for'), WAIT);
        mayFinish.open();
        await eventually(() => expect(consumer.health().ready).toBe(true), WAIT);
      }));
  });
}
