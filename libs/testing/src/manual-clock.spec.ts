import { describe, expect, it } from '@jest/globals';
import { manualClock } from './manual-clock.js';

describe('manualClock', () => {
  it('stands still until it is moved', () => {
    const clock = manualClock('2015-05-17T10:05:03Z');
    expect(clock.now().toISOString()).toBe('2015-05-17T10:05:03.000Z');
    expect(clock.now()).toEqual(clock.now());
    clock.advance({ days: 1, hours: 2, minutes: 3, seconds: 4, ms: 5 });
    expect(clock.now().toISOString()).toBe('2015-05-18T12:08:07.005Z');
    clock.set('2015-06-01T00:00:00+08:00');
    expect(clock.now().toISOString()).toBe('2015-05-31T16:00:00.000Z');
  });

  it('cannot be changed through a date it gave out', () => {
    const clock = manualClock('2015-05-17T10:05:03Z');
    clock.now().setFullYear(1999);
    expect(clock.now().getUTCFullYear()).toBe(2015);
  });

  it.each(['2015-05-17T10:05:03', '2015-05-17', 'yesterday', '2015-13-01T00:00:00Z'])('refuses "%s"', (text) => {
    expect(() => manualClock(text)).toThrow('is not a time with a zone');
  });
});
