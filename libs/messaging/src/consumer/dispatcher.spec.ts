import { describe, expect, it } from '@jest/globals';
import { systemClock } from '@hetao/kernel';
import type { UnitOfWork } from '@hetao/persistence';
import { silentLogger } from '../logger.js';
import { defaultRetryPolicy, type Subscription } from '../transport.js';
import { Dispatcher } from './dispatcher.js';
import { Obstacle } from './patience.js';
import type { RawEvent } from './raw-event.js';

const TOPIC = 'hetao.test.portions';

function subscription(type: string, mode: Subscription['mode']): Subscription {
  const event = { type, topic: { name: TOPIC, partitions: 1 } } as unknown as Subscription['event'];
  return { event, mode, handle: () => Promise.resolve() };
}

const subscriptions = new Map(
  [subscription('single', 'single'), subscription('batch', 'batch'), subscription('other', 'batch')].map((each) => [
    each.event.type,
    each,
  ]),
);

/** Nothing here opens a transaction. */
const dispatcher = new Dispatcher({
  group: 'g',
  system: 'test',
  uow: undefined as unknown as UnitOfWork,
  clock: systemClock,
  policy: defaultRetryPolicy,
  logger: silentLogger,
  obstacle: new Obstacle(),
  subscriptions,
});

function events(...types: string[]): RawEvent[] {
  return types.map((type, index) => ({
    id: `evt_${index}`,
    type,
    source: 's',
    subject: 'k',
    topic: TOPIC,
    time: new Date(0),
    payload: '{}',
    traceparent: undefined,
    ...(type === 'broken' ? { malformed: 'no envelope' } : {}),
  }));
}

describe('portions', () => {
  it.each([
    [['single', 'single'], 1],
    [['batch', 'batch', 'batch'], 3],
    [['batch', 'batch', 'single', 'batch'], 2],
    [['batch', 'other'], 1],
    [['unknown', 'foreign', 'batch'], 2],
    [['batch', 'unknown'], 1],
    [['broken', 'single'], 1],
    [[], 0],
  ])('of %j begin with %i', (types, count) => {
    expect(dispatcher.portion(events(...types), 10)).toBe(count);
  });

  it('have a limit', () => {
    expect(dispatcher.portion(events('batch', 'batch', 'batch', 'batch'), 3)).toBe(3);
  });

  it('that nobody takes are settled without a transaction', async () => {
    const settled = dispatcher.dispatch(events('unknown', 'foreign'), new AbortController().signal);
    await expect(settled).resolves.toBeUndefined();
  });
});
