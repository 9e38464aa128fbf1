import { createRequire } from 'node:module';
import { describe, expect, it } from '@jest/globals';
import { silentLogger } from '../logger.js';
import { createKafkaClient, isRebalance, isRefusedRecord } from './kafka-client.js';

interface Queue {
  readonly inflight: Map<number, unknown>;
  readonly pending: unknown[];
  readonly throttleCheckTimeoutId: NodeJS.Timeout | null;
  throttledUntil: number;
  push(request: object): void;
  checkPendingRequests(): void;
  fulfillRequest(response: object): void;
  destroy(): void;
}

const RequestQueue = createRequire(import.meta.url)('kafkajs/src/network/requestQueue') as new (
  options: object,
) => Queue;

function queue(maxInFlightRequests: number | null = null): Queue {
  const logger = { debug: () => undefined, warn: () => undefined };
  return new RequestQueue({ maxInFlightRequests, requestTimeout: 1_000, logger, clientId: 'test', broker: 'none' });
}

function request(correlationId: number, sent: number[]): object {
  return {
    entry: { correlationId, resolve: () => undefined, reject: () => undefined },
    expectResponse: true,
    sendRequest: () => sent.push(correlationId),
  };
}

describe('the mended request queue of kafkajs', () => {
  it('sets no timer when nothing waits, so it cannot wake itself a thousand times a second', () => {
    const idle = queue();
    idle.checkPendingRequests();
    expect(idle.throttleCheckTimeoutId).toBeNull();
  });

  it('sets none after a request was answered either', () => {
    const sent: number[] = [];
    const busy = queue();
    busy.push(request(1, sent));
    busy.fulfillRequest({ correlationId: 1, payload: null, size: 0 });
    expect(sent).toEqual([1]);
    expect(busy.throttleCheckTimeoutId).toBeNull();
  });

  it('sends what waited as soon as there is room', () => {
    const sent: number[] = [];
    const narrow = queue(1);
    narrow.push(request(1, sent));
    narrow.push(request(2, sent));
    expect(sent).toEqual([1]);
    narrow.fulfillRequest({ correlationId: 1, payload: null, size: 0 });
    expect(sent).toEqual([1, 2]);
    narrow.destroy();
  });

  it('still looks again by itself while the broker throttles and something waits', () => {
    const throttled = queue();
    throttled.throttledUntil = Date.now() + 60_000;
    throttled.push(request(1, []));
    expect(throttled.pending).toHaveLength(1);
    expect(throttled.throttleCheckTimeoutId).not.toBeNull();
    throttled.destroy();
  });
});

interface Asked {
  readonly brokerPool: { withBroker(ask: (place: object) => Promise<unknown>): Promise<unknown> };
  readonly retrier: (work: (bail: (error: unknown) => void) => Promise<unknown>) => Promise<unknown>;
  readonly logger: { debug: () => void };
  findGroupCoordinatorMetadata(group: object): Promise<unknown>;
}
const Cluster = createRequire(import.meta.url)('kafkajs/src/cluster') as { readonly prototype: Asked };

/** A cluster of one broker, which answers so when it is asked for a coordinator. */
function clusterWhere(findGroupCoordinator: () => Promise<unknown>): Asked {
  const parts: Omit<Asked, 'findGroupCoordinatorMetadata'> = {
    // As kafkajs asks one broker after the other: what each said is dropped.
    brokerPool: { withBroker: (ask) => ask({ nodeId: 1, broker: { findGroupCoordinator } }).catch(() => null) },
    retrier: (work) => new Promise((resolve, reject) => void work(reject).then(resolve, reject)),
    logger: { debug: () => undefined },
  };
  return Object.assign(Object.create(Cluster.prototype) as Asked, parts);
}

describe('the mended search for a coordinator', () => {
  it('gives the coordinator', async () => {
    const found = { host: 'a', coordinator: { nodeId: 1 } };
    expect(await clusterWhere(() => Promise.resolve(found)).findGroupCoordinatorMetadata({ groupId: 'g' })).toBe(found);
  });

  it.each([
    ['is away for a moment', 'GROUP_COORDINATOR_NOT_AVAILABLE', true],
    ['is nobody’s to ask for', 'GROUP_AUTHORIZATION_FAILED', false],
  ])('says why when it %s, and by that whether to try again', async (_what, type, retriable) => {
    const told = Object.assign(new Error('why'), { type, retriable });
    const cluster = clusterWhere(() => Promise.reject(told));
    await expect(cluster.findGroupCoordinatorMetadata({ groupId: 'g' })).rejects.toMatchObject({
      name: 'KafkaJSGroupCoordinatorNotFound',
      cause: { message: 'why', retriable },
    });
  });
});

describe('the Kafka client', () => {
  it('connects nowhere until it is asked to', () => {
    expect(() => createKafkaClient({ brokers: ['127.0.0.1:1'], clientId: 'x', logger: silentLogger })).not.toThrow();
  });

  it('tells a void membership and a refused record from other failures, also when wrapped', () => {
    const typed = (type: string): Error => Object.assign(new Error(type), { type });
    expect(isRebalance(typed('REBALANCE_IN_PROGRESS'))).toBe(true);
    expect(isRebalance(typed('LEADER_NOT_AVAILABLE'))).toBe(false);
    expect(isRefusedRecord(new Error('wrapped', { cause: typed('MESSAGE_TOO_LARGE') }))).toBe(true);
    expect(isRefusedRecord(new Error('wrapped', { cause: typed('NOT_LEADER_FOR_PARTITION') }))).toBe(false);
    expect(isRefusedRecord('no error')).toBe(false);
  });
});
