import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { gateKey, locksFor, MAX_KEY_LOCKS_PER_TOPIC } from './outbox-locks.js';

const event = fc.record({ topic: fc.constantFrom('t1', 't2', 't3'), key: fc.string({ maxLength: 3 }) });

describe('outbox locks', () => {
  it('are taken by everybody in the same order, whatever the order of the events', () => {
    fc.assert(
      fc.property(fc.array(event, { minLength: 1, maxLength: 60 }), (events) => {
        const forward = locksFor('s', events);
        expect(locksFor('s', [...events].reverse())).toEqual(forward);
        const gates = new Set(events.map(({ topic }) => gateKey('s', topic)));
        const firstGates = forward.slice(0, gates.size).map((lock) => lock.key);
        const keys = forward.slice(gates.size).map((lock) => lock.key);
        expect(new Set(firstGates)).toEqual(gates);
        expect(firstGates).toEqual([...firstGates].sort((a, b) => Number(a - b)));
        expect(keys).toEqual([...keys].sort((a, b) => (a < b ? -1 : 1)));
        expect(new Set(keys).size).toBe(keys.length);
      }),
    );
  });

  it('share the gate and own the key', () => {
    const locks = locksFor('s', [{ topic: 't', key: 'k' }]);
    expect(locks.map((lock) => lock.exclusive)).toEqual([false, true]);
  });

  it('own the gate instead of very many keys, so the lock table of the server cannot run full', () => {
    const many = Array.from({ length: MAX_KEY_LOCKS_PER_TOPIC + 1 }, (_, index) => ({ topic: 't', key: `k${index}` }));
    expect(locksFor('s', many)).toEqual([{ key: gateKey('s', 't'), exclusive: true }]);
    expect(locksFor('s', many.slice(1))).toHaveLength(1 + MAX_KEY_LOCKS_PER_TOPIC);
  });

  it('keep schemas of one database apart', () => {
    expect(gateKey('a', 't')).not.toBe(gateKey('b', 't'));
  });
});
