import { describe, expect, it } from '@jest/globals';
import { earlier, instantOf, later } from './instant.js';

describe('instants', () => {
  it('are reckoned with, and never changed', () => {
    const noon = instantOf('2026-03-01T12:00:00+08:00');
    expect(later(noon, 1000).toISOString()).toBe('2026-03-01T04:00:01.000Z');
    expect(later(noon, -1000).toISOString()).toBe('2026-03-01T03:59:59.000Z');
    expect(noon.toISOString()).toBe('2026-03-01T04:00:00.000Z');
    expect([earlier(noon, later(noon, 1)), earlier(later(noon, 1), noon)]).toEqual([noon, noon]);
  });
});
