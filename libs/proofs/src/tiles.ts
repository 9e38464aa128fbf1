import { HASH_BYTES, type TreeHasher } from './tree-hasher.js';

/** Hashes in a full tile, and levels it spans: 2^8 (C2SP tlog-tiles). */
export const TILE_WIDTH = 256;
export const TILE_LEVELS = 8;
/** 8 tile levels above the leaves would hold more leaves than a safe integer counts. */
const MAX_TILE_LEVEL = 6;

/** One tile: `TILE_WIDTH` neighbouring hashes of tree level `8 × level`, from hash `256 × index` on. */
export interface TileRef {
  readonly level: number;
  readonly index: number;
}

/** A tile of which at least so many hashes are needed, from the left. */
export interface TileNeed extends TileRef {
  readonly width: number;
}

/** A tile with its hashes one behind the other; fewer than 256 of them at the tree's right edge. */
export interface Tile extends TileRef {
  readonly hashes: Uint8Array;
  /** What its hashes add up to, where somebody keeps it: spares hashing them again for every proof. */
  readonly roots?: TileRoots;
}

/** How many hashes a tile of a tree with `size` leaves holds: 0 to 256. */
export function tileWidth({ level, index }: TileRef, size: number): number {
  const hashes = Math.floor(size / TILE_WIDTH ** level) - index * TILE_WIDTH;
  return Math.min(Math.max(hashes, 0), TILE_WIDTH);
}

/** `3/x001/234`, with `.p/<width>` for a partial tile: the path below `tile/` (C2SP tlog-tiles). */
export function tilePath({ level, index }: TileRef, width: number = TILE_WIDTH): string {
  return `${level}/${indexPath(index)}${width === TILE_WIDTH ? '' : `.p/${width}`}`;
}

/** `entries/x001/234`, with `.p/<width>` for a partial bundle. */
export function entriesPath(index: number, width: number = TILE_WIDTH): string {
  return `entries/${indexPath(index)}${width === TILE_WIDTH ? '' : `.p/${width}`}`;
}

/** What a path below `tile/` asks for; `level` is absent for a bundle of entries. */
export interface TileRequest {
  readonly level: number | undefined;
  readonly index: number;
  readonly width: number;
}

const PATH = /^(entries|[0-9])\/((?:x[0-9]{3}\/){0,4}[0-9]{3})(?:\.p\/([1-9][0-9]{0,2}))?$/;

/** Reads a path below `tile/`; nothing for anything but the one spelling that {@link tilePath} gives. */
export function parseTilePath(path: string): TileRequest | undefined {
  const [, kind, digits, partial] = PATH.exec(path) ?? [];
  if (kind === undefined || digits === undefined) return undefined;
  const level = kind === 'entries' ? undefined : Number(kind);
  const index = Number(digits.replaceAll(/[x/]/g, ''));
  const width = partial === undefined ? TILE_WIDTH : Number(partial);
  if ((level ?? 0) > MAX_TILE_LEVEL || !Number.isSafeInteger(index)) return undefined;
  const canonical = level === undefined ? entriesPath(index, width) : tilePath({ level, index }, width);
  return width <= TILE_WIDTH && canonical === path ? { level, index, width } : undefined;
}

/** The hash at a place of a tile. */
export function hashAt(hashes: Uint8Array, place: number): Uint8Array {
  return hashes.subarray(place * HASH_BYTES, (place + 1) * HASH_BYTES);
}

/** The roots of all perfect subtrees inside a tile: 8 KB for a full one. Hashed at the first question, then kept. */
export class TileRoots {
  /** By level of the subtree: its roots one behind the other. */
  readonly #levels: Uint8Array[];

  constructor(
    private readonly hasher: TreeHasher,
    hashes: Uint8Array,
  ) {
    this.#levels = [hashes];
  }

  /** Root over `2^level` hashes, the `index`-th such subtree counted from the left; the tile must hold them all. */
  at(level: number, index: number): Uint8Array {
    for (let known = this.#levels.length; known <= level; known += 1) this.#levels.push(this.#above(known - 1));
    return hashAt(this.#levels[level] ?? new Uint8Array(), index);
  }

  #above(level: number): Uint8Array {
    const below = this.#levels[level] ?? new Uint8Array();
    const roots = new Uint8Array(Math.floor(below.length / HASH_BYTES / 2) * HASH_BYTES);
    for (let i = 0; i * HASH_BYTES < roots.length; i += 1) {
      roots.set(this.hasher.node(hashAt(below, 2 * i), hashAt(below, 2 * i + 1)), i * HASH_BYTES);
    }
    return roots;
  }
}

/** The entries of a bundle, each behind its length in two bytes, big-endian (C2SP tlog-tiles). */
export function encodeEntries(entries: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(entries.reduce((total, entry) => total + 2 + entry.length, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const entry of entries) {
    if (entry.length > MAX_ENTRY_BYTES) throw new RangeError(`An entry has ${MAX_ENTRY_BYTES} bytes at most.`);
    view.setUint16(at, entry.length);
    bytes.set(entry, at + 2);
    at += 2 + entry.length;
  }
  return bytes;
}

/** Longest entry a bundle can carry. */
export const MAX_ENTRY_BYTES = 0xffff;

/** Takes a bundle apart; nothing when it is cut off or has bytes left over. */
export function decodeEntries(bundle: Uint8Array): readonly Uint8Array[] | undefined {
  const view = new DataView(bundle.buffer, bundle.byteOffset, bundle.byteLength);
  const entries: Uint8Array[] = [];
  let at = 0;
  while (at < bundle.length) {
    if (at + 2 > bundle.length || entries.length === TILE_WIDTH) return undefined;
    const end = at + 2 + view.getUint16(at);
    if (end > bundle.length) return undefined;
    entries.push(bundle.slice(at + 2, end));
    at = end;
  }
  return entries;
}

function indexPath(index: number): string {
  const groups: string[] = [];
  for (let rest = index; groups.length === 0 || rest > 0; rest = Math.floor(rest / 1000)) {
    groups.unshift(String(rest % 1000).padStart(3, '0'));
  }
  return groups.map((group, position) => (position === groups.length - 1 ? group : `x${group}`)).join('/');
}
