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
  readonly emit: (event: keyof typeof EVENTS, payload?: object) => void;
}

/** A consumer of which only the events matter here. */
function followed(silentAfterMs = 60_000): Followed {
  const emitter = new EventEmitter();
  const crashes: Error[] = [];
  const membership = new Membership({
    group: 'g',
    logger: silentLogger,
    silentAfterMs,
    onCrash: (error) => crashes.push(error),
  });
  const consumer = { events: EVENTS, on: (name: string, listener: () => void) => emitter.on(name, listener) };
  membership.follow(consumer as unknown as KafkaJsConsumer);
  return { membership, crashes, emit: (event, payload = {}) => emitter.emit(EVENTS[event], { payload }) };
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

  it('forgives restarts once it has joined', () => {
    const { crashes, emit } = followed();
    for (let restart = 0; restart < 30; restart += 1) {
      emit('CRASH', crash('KafkaJSError', true));
      emit('GROUP_JOIN');
    }
    expect(crashes).toHaveLength(0);
  });
});
