import { describe, expect, it } from '@jest/globals';
import { eventually } from './eventually.js';

describe('eventually', () => {
  it('returns what the assertion returns once it holds', async () => {
    let tries = 0;
    const value = await eventually(() => {
      tries += 1;
      expect(tries).toBeGreaterThan(2);
      return 'there';
    });
    expect([value, tries]).toEqual(['there', 3]);
  });

  it('fails with the last error and says how long it waited', async () => {
    let tries = 0;
    const waiting = eventually(
      async () => {
        tries += 1;
        throw new Error(`try ${tries}`);
      },
      { withinMs: 50, everyMs: 10 },
    );
    await expect(waiting).rejects.toThrow(/^Did not hold within 50 ms \(\d+ tries\): try \d+$/);
    expect(tries).toBeGreaterThan(1);
  });
});
