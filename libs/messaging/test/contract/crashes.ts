import { describe, expect, it } from '@jest/globals';
import { eventually } from '@hetao/testing';
import { runUntilKilled, type ChildTask } from '../support/child.js';
import type { ContractTransport, Stage } from '../support/stage.js';
import { withStage } from '../support/with-stage.js';

const WAIT = { withinMs: 60_000 };
const LONG_MS = 120_000;

/** Real processes that are really killed. */
export function crashContract(world: () => ContractTransport): void {
  const taskFor = (stage: Stage): ChildTask => ({
    kind: world().kind,
    brokers: world().brokers,
    ordersUrl: stage.orders.url,
    billingUrl: stage.billing.url,
    topic: stage.topic.name,
    group: stage.group,
  });

  describe('crashes', () => {
    it(
      'publishes what was committed by a process that was killed between commit and publishing',
      () =>
        withStage(world, async (stage) => {
          expect(await runUntilKilled('publish-and-die', taskFor(stage))).toBe('SIGKILL');
          await stage.consume();
          await eventually(async () => expect(await stage.numbersOf('a')).toEqual([1]), WAIT);
        }),
      LONG_MS,
    );

    it(
      'redelivers after a crash between effect and acknowledgement, and the effect stays one',
      () =>
        withStage(world, async (stage) => {
          await runUntilKilled('publish-and-die', taskFor(stage));
          expect(await runUntilKilled('handle-and-die', taskFor(stage))).toBe('SIGKILL');
          expect(await stage.effects()).toHaveLength(1);
          await stage.consume();
          await stage.publish('a', 2);
          await eventually(async () => expect(await stage.numbersOf('a')).toEqual([1, 2]), WAIT);
        }),
      LONG_MS,
    );
  });
}
