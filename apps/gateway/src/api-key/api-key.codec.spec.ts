import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { unwrap } from '@hetao/kernel';
import { hashApiKey, isAmong, makeApiKey, readApiKey, visibleParts, wrongAddress } from './api-key.codec.js';

describe('API keys', () => {
  it('are a prefix, 30 random characters and a checksum, and read back', () => {
    const key = makeApiKey('live');
    expect(key).toMatch(/^hx_live_[0-9A-Za-z]{36}$/);
    expect(unwrap(readApiKey(key))).toEqual({ kind: 'live', hash: hashApiKey(key) });
    expect(visibleParts(key)).toEqual({ prefix: 'hx_live_', lastFour: key.slice(-4) });
  });

  it('never repeat, and use the whole alphabet', () => {
    const keys = Array.from({ length: 2000 }, () => makeApiKey('test'));
    expect(new Set(keys).size).toBe(keys.length);
    expect(new Set(keys.flatMap((key) => [...key.slice(8, 38)])).size).toBe(62);
  });

  it('keep their form for ever: a published key still reads', () => {
    // CRC-32 of "hx_test_" and thirty zeros, worked out with Python's zlib, apart from this code.
    expect(readApiKey('hx_test_0000000000000000000000000000004V5Vxl').ok).toBe(true);
  });

  it('notice every single changed character', () => {
    const key = makeApiKey('live');
    fc.assert(
      fc.property(fc.nat({ max: 35 }), fc.constantFrom(...'0123456789abcXYZ'), (place, letter) => {
        const at = 8 + place;
        if (key[at] === letter) return;
        const changed = key.slice(0, at) + letter + key.slice(at + 1);
        const result = readApiKey(changed);
        expect(result.ok ? undefined : result.error.code).toBe('API_KEY_MALFORMED');
      }),
    );
  });

  it('notice a live key passed off as a test key', () => {
    expect(readApiKey(makeApiKey('live').replace('live', 'test')).ok).toBe(false);
  });

  it.each([
    '',
    'hx_live_',
    'Bearer x',
    'hx_prod_0000000000000000000000000000004V5Vxl',
    `${makeApiKey('live')}0`,
    'hx_live_中',
  ])('refuse %s', (text) => {
    expect(readApiKey(text).ok).toBe(false);
  });
});

describe('The addresses of a key', () => {
  it.each([
    ['203.0.113.9', true],
    ['203.0.113.200', true],
    ['203.0.114.1', false],
    ['2001:db8::1', true],
    ['2001:db9::1', false],
    ['198.51.100.7', true],
    ['', false],
    ['nonsense', false],
  ])('hold %s: %s', (address, held) => {
    expect(isAmong(['203.0.113.0/24', '2001:db8::/32', '198.51.100.7'], address)).toBe(held);
  });

  it('are everywhere when there are none', () => {
    expect(isAmong([], '203.0.113.9')).toBe(true);
  });

  it.each(['203.0.113', '203.0.113.0/33', '203.0.113.0/', '203.0.113.0/8/8', '::/129', 'localhost', '', '/24'])(
    'cannot be "%s"',
    (text) => {
      expect(wrongAddress(['::1', text])).toBe(text);
    },
  );
});
