import { HASH_BYTES } from './tree-hasher.js';

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

/** A tile with its hashes one behind the other; fewer than 256 of them at the tree's right edge. */
export interface Tile extends TileRef {
  readonly hashes: Uint8Array;
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
