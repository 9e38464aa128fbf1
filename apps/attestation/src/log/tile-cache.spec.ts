import { describe, expect, it } from '@jest/globals';
import type { Tile, TileRef } from '@hetao/proofs';
import { cachedTiles } from './tile-cache.js';

/** A store that counts what it is asked for; tiles of `partial` are not full. */
function store(partial: readonly number[] = []) {
  const asked: string[] = [];
  const read = (refs: readonly TileRef[]): Promise<readonly Tile[]> => {
    asked.push(...refs.map(({ level, index }) => `${level}/${index}`));
    return Promise.resolve(
      refs.map((ref) => ({ ...ref, hashes: new Uint8Array(partial.includes(ref.index) ? 32 : 8_192).fill(ref.index) })),
    );
  };
  return { asked, tiles: cachedTiles(read) };
}

describe('the cache of tiles', () => {
  it('reads a full tile above the leaves once, and others every time', async () => {
    const { asked, tiles } = store([7]);
    const refs = [
      { level: 0, index: 1 },
      { level: 1, index: 2 },
      { level: 1, index: 7 },
    ];
    const first = await tiles(refs);
    const again = await tiles(refs);
    expect(asked).toEqual(['0/1', '1/2', '1/7', '0/1', '1/7']);
    const sorted = (list: readonly Tile[]) => [...list].sort((a, b) => a.index - b.index);
    expect(sorted(again)).toEqual(sorted(first));
  });

  it('asks for nothing when it has all', async () => {
    const { asked, tiles } = store();
    await tiles([{ level: 2, index: 0 }]);
    expect(await tiles([{ level: 2, index: 0 }])).toHaveLength(1);
    expect(asked).toEqual(['2/0']);
  });

  it('stays within its bound, and forgets the oldest', async () => {
    const { asked, tiles } = store();
    for (let index = 0; index <= 1_024; index += 1) await tiles([{ level: 1, index }]);
    await tiles([{ level: 1, index: 1_024 }]);
    expect(asked).toHaveLength(1_025);
    await tiles([{ level: 1, index: 0 }]);
    expect(asked.at(-1)).toBe('1/0');
  });
});
