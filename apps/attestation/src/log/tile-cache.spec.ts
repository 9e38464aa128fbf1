import { describe, expect, it } from '@jest/globals';
import { sha256Tree, type Tile, type TileNeed } from '@hetao/proofs';
import { cachedTiles } from './tile-cache.js';

const FULL = 256;
const need = (level: number, index: number, width = FULL): TileNeed => ({ level, index, width });

/** A store that counts what it is asked for; `widths` says how many hashes the tiles that are not full have. */
function store(widths: Map<number, number> = new Map()) {
  const asked: string[] = [];
  const read = (needs: readonly TileNeed[]): Promise<readonly Tile[]> => {
    asked.push(...needs.map(({ level, index }) => `${level}/${index}`));
    return Promise.resolve(
      needs.map(({ level, index }) => ({
        level,
        index,
        hashes: new Uint8Array((widths.get(index) ?? FULL) * 32).fill(index),
      })),
    );
  };
  return { asked, tiles: cachedTiles(sha256Tree, read) };
}
const hashesOf = (list: readonly Tile[]) =>
  [...list].sort((a, b) => a.index - b.index).map(({ hashes }) => Buffer.from(hashes).toString('hex'));

describe('the cache of tiles', () => {
  it('reads tiles above the leaves once, and full tiles of leaves every time', async () => {
    const { asked, tiles } = store();
    const needs = [need(0, 1), need(1, 2), need(2, 7)];
    const first = await tiles(needs);
    const again = await tiles(needs);
    expect(asked).toEqual(['0/1', '1/2', '2/7', '0/1']);
    expect(hashesOf(again)).toEqual(hashesOf(first));
  });

  it('reads a tile at the edge again only when more of it is needed than it held', async () => {
    const widths = new Map([[7, 40]]);
    const { asked, tiles } = store(widths);
    await tiles([need(0, 7, 40), need(1, 7, 30)]);
    await tiles([need(0, 7, 12), need(1, 7, 40)]);
    expect(asked).toEqual(['0/7', '1/7']);
    widths.set(7, 41);
    const [grown] = await tiles([need(0, 7, 41)]);
    expect(grown?.hashes).toHaveLength(41 * 32);
    await tiles([need(0, 7, 41)]);
    expect(asked).toEqual(['0/7', '1/7', '0/7']);
  });

  it('hands out what hashing the tile gives, hashed once', async () => {
    let hashed = 0;
    const counting = {
      ...sha256Tree,
      node: (...pair: [Uint8Array, Uint8Array]) => ((hashed += 1), sha256Tree.node(...pair)),
    };
    const hashes = new Uint8Array(5 * 32).map((_, i) => i);
    const tiles = cachedTiles(counting, () => Promise.resolve([{ level: 1, index: 0, hashes }]));
    for (let i = 0; i < 3; i += 1) {
      const [tile] = await tiles([need(1, 0, 5)]);
      const left = sha256Tree.node(hashes.subarray(0, 32), hashes.subarray(32, 64));
      const right = sha256Tree.node(hashes.subarray(64, 96), hashes.subarray(96, 128));
      expect(tile?.roots?.at(0, 4)).toEqual(hashes.subarray(128));
      expect(tile?.roots?.at(2, 0)).toEqual(sha256Tree.node(left, right));
    }
    expect(hashed).toBe(3);
  });

  it('asks for nothing when it has all', async () => {
    const { asked, tiles } = store();
    await tiles([need(2, 0)]);
    expect(await tiles([need(2, 0)])).toHaveLength(1);
    expect(asked).toEqual(['2/0']);
  });

  it('stays within its bound, and forgets what was not used for longest', async () => {
    const { asked, tiles } = store();
    for (let index = 0; index < 1_024; index += 1) await tiles([need(1, index)]);
    await tiles([need(1, 0)]);
    await tiles([need(1, 1_024)]);
    expect(asked).toHaveLength(1_025);
    await tiles([need(1, 0)]);
    expect(asked).toHaveLength(1_025);
    await tiles([need(1, 1)]);
    expect(asked.at(-1)).toBe('1/1');
  });
});
