import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { deterministicId, isId, newId, newUuid, uuidSource } from './id.js';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

describe('ids', () => {
  it('are valid, unique and sort in the order they were made', () => {
    const ids = Array.from({ length: 20_000 }, () => newId('prd'));
    expect(ids.every((id) => isId('prd', id))).toBe(true);
    expect(new Set(ids).size).toBe(ids.length);
    expect([...ids].sort()).toEqual(ids);
  });

  it('are UUIDv7 of now', () => {
    const before = Date.now();
    const uuid = newUuid();
    expect(uuid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    const ms = Number.parseInt(uuid.replace('-', '').slice(0, 12), 16);
    // A busy process may count a few milliseconds ahead.
    expect(ms).toBeGreaterThanOrEqual(before);
    expect(ms).toBeLessThan(before + 60_000);
  });

  it('never go back, whatever the clock does and however many are made in a millisecond', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 2, maxLength: 200 }), (jumps) => {
        let at = 0;
        const next = uuidSource({
          nowMs: () => 1_700_000_000_000 + (jumps[at++] ?? 0),
          random: (b) => void b.fill(0xff),
        });
        const made = jumps.map(() => hex(next()));
        expect([...new Set(made)].sort()).toEqual(made);
      }),
    );
  });

  it('count on into the next millisecond when one is full', () => {
    const next = uuidSource({ nowMs: () => 1_700_000_000_000, random: (b) => void b.fill(0) });
    const made = Array.from({ length: 4097 }, () => hex(next()));
    expect([...new Set(made)].sort()).toEqual(made);
    expect(made.at(-1)?.slice(0, 12)).toBe((1_700_000_000_001).toString(16).padStart(12, '0'));
  });

  it('are the same for ever when made from content', () => {
    // Worked out with another program and written down: a change of the rule would make every consumer see old things as new.
    expect(deterministicId('inv', 'agr_1', '2015-05')).toBe('inv_0spwa2sh6shjkazsj8g345t6v0');
    expect(isId('inv', deterministicId('inv', 'agr_1', '2015-05'))).toBe(true);
  });

  it('keep parts and kinds apart when made from content', () => {
    const made = [
      deterministicId('inv', 'ab', 'c'),
      deterministicId('inv', 'a', 'bc'),
      deterministicId('inv', 'abc'),
      deterministicId('inv', 'ab', 'c', ''),
      deterministicId('inv'),
    ].map((id) => id.slice(4));
    expect(new Set([...made, deterministicId('pay', 'ab', 'c').slice(4)]).size).toBe(6);
  });

  it.each([
    ['another kind', 'agr_01m82nqayxe7aabqjvtkc3j4fh'],
    ['no body', 'prd_'],
    ['a short body', 'prd_01m82nqayxe7aabqjvtkc3j4f'],
    ['a long body', 'prd_01m82nqayxe7aabqjvtkc3j4fhh'],
    ['more than 128 bits', 'prd_81m82nqayxe7aabqjvtkc3j4fh'],
    ['a letter outside the alphabet', 'prd_01m82nqayxe7aabqjvtkc3j4fl'],
    ['upper case', 'prd_01M82NQAYXE7AABQJVTKC3J4FH'],
    ['a line end', 'prd_01m82nqayxe7aabqjvtkc3j4fh\n'],
    ['no text', 7],
  ])('are not valid with %s', (_case, value) => {
    expect(isId('prd', value)).toBe(false);
  });

  it('need a prefix of letters', () => {
    expect(() => newId('P_')).toThrow(/lower-case letters/);
  });
});
