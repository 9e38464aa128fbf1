import { describe, expect, it } from '@jest/globals';
import { atMost, lastToFirst } from './at-most.js';

describe('atMost', () => {
  it('works on everything, in order of beginning, never on more than so many', async () => {
    let now = 0;
    let most = 0;
    const begun: number[] = [];
    await atMost(3, [1, 2, 3, 4, 5, 6, 7], async (item) => {
      begun.push(item);
      now += 1;
      most = Math.max(most, now);
      await new Promise((resolve) => setImmediate(resolve));
      now -= 1;
    });
    expect([begun, most]).toEqual([[1, 2, 3, 4, 5, 6, 7], 3]);
  });

  it('throws the first failure, after what was in hand, and begins nothing new', async () => {
    const ended: number[] = [];
    const work = async (item: number) => {
      await new Promise((resolve) => setImmediate(resolve));
      if (item === 2) throw new Error('no');
      ended.push(item);
    };
    await expect(atMost(2, [1, 2, 3, 4, 5, 6], work)).rejects.toThrow('no');
    expect(ended).toContain(1);
    expect(ended).not.toContain(5);
  });
});

describe('lastToFirst', () => {
  it('begins at the end and leaves the first for last, alone', async () => {
    const begun: number[] = [];
    const ended: number[] = [];
    await lastToFirst(3, [1, 2, 3, 4, 5], async (item) => {
      begun.push(item);
      if (item === 1) expect(ended).toHaveLength(4);
      await new Promise((resolve) => setImmediate(resolve));
      ended.push(item);
    });
    expect(begun).toEqual([5, 4, 3, 2, 1]);
    await expect(lastToFirst(3, [], () => Promise.reject(new Error('nothing to do')))).resolves.toBeUndefined();
  });
});
