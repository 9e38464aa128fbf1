import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { formatInstant, parseInstant, utcMonth, utcMonthStart } from './instant.js';

const instants = fc.integer({ min: Date.UTC(1, 0, 1), max: Date.UTC(9999, 11, 31, 23, 59, 59, 999) });

describe('instants', () => {
  it('reads what the platform reads, at any time and offset', () => {
    fc.assert(
      fc.property(instants, fc.integer({ min: -14 * 60, max: 14 * 60 }), (ms, offset) => {
        const local = new Date(ms + offset * 60_000);
        fc.pre(local.getUTCFullYear() >= 1 && local.getUTCFullYear() <= 9999);
        const sign = offset < 0 ? '-' : '+';
        const at = Math.abs(offset);
        const zone = `${sign}${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}`;
        expect(parseInstant(local.toISOString().replace('Z', zone))).toBe(ms);
      }),
    );
  });

  it('writes what the platform writes, and the months agree', () => {
    fc.assert(
      fc.property(instants, (ms) => {
        const date = new Date(ms);
        expect(formatInstant(ms)).toBe(date.toISOString());
        expect(utcMonth(ms)).toBe(date.getUTCFullYear() * 12 + date.getUTCMonth());
        const start = new Date(0);
        start.setUTCFullYear(date.getUTCFullYear(), date.getUTCMonth(), 1);
        expect(utcMonthStart(utcMonth(ms))).toBe(start.getTime());
      }),
    );
  });

  it.each([
    ['2016-12-31T23:59:60Z', '2017-01-01T00:00:00.000Z'],
    ['2015-05-17t10:05:03.123456789z', '2015-05-17T10:05:03.123Z'],
    ['2024-02-29T00:00:00-00:00', '2024-02-29T00:00:00.000Z'],
    ['2015-05-17T10:05:03.5+08:00', '2015-05-17T02:05:03.500Z'],
  ])('reads %s as %s', (text, expected) => {
    expect(formatInstant(parseInstant(text) ?? NaN)).toBe(expected);
  });

  it.each([
    '',
    '2015-05-17',
    '2015-05-17T10:05:03',
    '2015-05-17 10:05:03Z',
    '2015-02-29T00:00:00Z',
    '1900-02-29T00:00:00Z',
    '2015-13-01T00:00:00Z',
    '2015-00-01T00:00:00Z',
    '2015-04-31T00:00:00Z',
    '2015-05-17T24:00:00Z',
    '2015-05-17T10:60:00Z',
    '2015-05-17T10:05:61Z',
    '2015-05-17T10:05:03+24:00',
    '2015-05-17T10:05:03+08:60',
    '2015-05-17T10:05:03+0800',
    '2015-05-17T10:05:03.Z',
    '17/May/2015:10:05:03 +0000',
    '1431857103',
  ])('refuses %j', (text) => {
    expect(parseInstant(text)).toBeUndefined();
  });
});
