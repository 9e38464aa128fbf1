import { EventEmitter } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import { silentLogger } from '../logger.js';
import type { KafkaJsConsumer } from './kafka-client.js';
import { Membership } from './membership.js';

const EVENTS = {
  GROUP_JOIN: 'join',
  REBALANCING: 'rebalancing',
  DISCONNECT: 'disconnect',
  STOP: 'stop',
  CRASH: 'crash',
  HEARTBEAT: 'heartbeat',
  FETCH: 'fetch',
  END_BATCH_PROCESS: 'end',
};

interface Followed {
  readonly membership: Membership;
  readonly crashes: Error[];
  /** Stops the consumer. */
  readonly stop: () => void;
  readonly emit: (event: keyof typeof EVENTS, payload?: object) => void;
}

/** A consumer of which only the events matter here. */
function followed(silentAfterMs = 60_000): Followed {
  const emitter = new EventEmitter();
  const crashes: Error[] = [];
  const stopping = new AbortController();
  const membership = new Membership({
    group: 'g',
    logger: silentLogger,
    silentAfterMs,
    stopping: stopping.signal,
    onCrash: (error) => crashes.push(error),
  });
  const consumer = { events: EVENTS, on: (name: string, listener: () => void) => emitter.on(name, listener) };
  membership.follow(consumer as unknown as KafkaJsConsumer);
  const stop = (): void => stopping.abort();
  return { membership, crashes, stop, emit: (event, payload = {}) => emitter.emit(EVENTS[event], { payload }) };
}

const crash = (name: string, restart: boolean): object => ({
  error: Object.assign(new Error(name), { name }),
  restart,
});

describe('membership', () => {
  it('is good from joining until rebalancing', () => {
    const { membership, emit } = followed();
    expect(membership.trouble).toBe('joining its group');
    emit('GROUP_JOIN');
    expect(membership.trouble).toBeUndefined();
    emit('REBALANCING');
    expect(membership.trouble).toBe('joining its group');
    emit('GROUP_JOIN');
    expect(membership).toMatchObject({ trouble: undefined, generation: 2 });
  });

  it('is in doubt when the broker falls silent', () => {
    const { membership, emit } = followed(-1);
    emit('GROUP_JOIN');
    expect(membership.trouble).toContain('no answer from the broker');
  });

  it('ends the process when kafkajs gives up', () => {
    const { membership, crashes, emit } = followed();
    emit('GROUP_JOIN');
    emit('CRASH', crash('KafkaJSNonRetriableError', false));
    expect(crashes).toHaveLength(1);
    expect(membership.trouble).toContain('crashed');
  });

  it('ends the process when kafkajs starts over again and again without ever joining', () => {
    const { crashes, emit } = followed();
    for (let restart = 0; restart < 10; restart += 1) emit('CRASH', crash('KafkaJSError', true));
    expect(crashes).toHaveLength(0);
    emit('CRASH', crash('KafkaJSError', true));
    expect(crashes).toHaveLength(1);
  });

  it('waits for a broker that is away for as long as it takes', () => {
    const { crashes, emit } = followed();
    for (let restart = 0; restart < 100; restart += 1) emit('CRASH', crash('KafkaJSConnectionError', true));
    expect(crashes).toHaveLength(0);
  });

  it('says what it waits for until it has joined', async () => {
    const { membership, emit } = followed();
    const told = Object.assign(new Error('The coordinator is loading'), { name: 'KafkaJSProtocolError' });
    const error = Object.assign(new Error('None', { cause: told }), { name: 'KafkaJSGroupCoordinatorNotFound' });
    expect(await membership.mayRestart(error)).toBe(true);
    expect(membership.trouble).toBe('joining its group, which has no coordinator yet: The coordinator is loading');
    expect(await membership.mayRestart(new Error('Connection lost'))).toBe(true);
    expect(membership.trouble).toBe('joining its group: Connection lost');
    emit('GROUP_JOIN');
    expect(membership.trouble).toBeUndefined();
  });

  it('does not come back once it is being stopped, not even out of a pause', async () => {
    const { membership, stop } = followed();
    const pausing = membership.mayRestart(new Error('Connection lost'));
    stop();
    expect(await pausing).toBe(false);
    expect(await membership.mayRestart(new Error('Connection lost'))).toBe(false);
  });

  it('forgives restarts once it has joined', () => {
    const { crashes, emit } = followed();
    for (let restart = 0; restart < 30; restart += 1) {
      emit('CRASH', crash('KafkaJSError', true));
      emit('GROUP_JOIN');
    }
    expect(crashes).toHaveLength(0);
  });
});
