import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, concatBytes, hexToBytes } from '@noble/hashes/utils.js';
import { isSha256Hex, sha256Hex } from './hash.js';
import { consistencyRanges, inclusionRanges, largestPowerOfTwoBelow } from './ranges.js';

/** Different first bytes for leaves and nodes, so that a node can never be passed off as a leaf (RFC 9162 2.1.1). */
const LEAF = Uint8Array.of(0x00);
const NODE = Uint8Array.of(0x01);

/** Hash of a leaf's bytes. */
export function leafHash(leaf: Uint8Array): string {
  return bytesToHex(sha256(concatBytes(LEAF, leaf)));
}

/** Hash of two subtrees' hashes. */
export function nodeHash(left: string, right: string): string {
  return bytesToHex(sha256(concatBytes(NODE, hexToBytes(left), hexToBytes(right))));
}

/** Root of the tree over leaf hashes in order (RFC 9162 2.1.1); of no leaves, the hash of nothing. */
export function merkleRoot(leafHashes: readonly string[]): string {
  if (leafHashes.length === 0) return sha256Hex(new Uint8Array());
  return subtreeRoot(leafHashes, 0, leafHashes.length);
}

/**
 * The hashes beside the way from a leaf up to the root, lowest first (RFC 9162 2.1.3.1).
 *
 * @throws RangeError when there is no such leaf.
 */
export function inclusionProof(leafHashes: readonly string[], index: number): readonly string[] {
  return inclusionRanges(index, leafHashes.length).map(({ start, end }) => subtreeRoot(leafHashes, start, end));
}

/** What {@link verifyInclusion} checks: that a leaf is at `index` of the tree of `size` leaves with this root. */
export interface InclusionClaim {
  readonly leafHash: string;
  readonly index: number;
  readonly size: number;
  readonly path: readonly string[];
  readonly root: string;
}

/** Recomputes the root from a leaf and its path (RFC 9162 2.1.3.2). Anything malformed is false. */
export function verifyInclusion({ leafHash: leaf, index, size, path, root }: InclusionClaim): boolean {
  if (!isPosition(index, size) || ![leaf, root, ...path].every(isSha256Hex)) return false;
  const steps = climb(index, size - 1, path);
  if (steps === undefined) return false;
  return (
    steps.reduce((hash, { sibling, onLeft }) => (onLeft ? nodeHash(sibling, hash) : nodeHash(hash, sibling)), leaf) ===
    root
  );
}

/**
 * The hashes by which anybody can see that the first `from` leaves of this tree are the tree they knew
 * (RFC 9162 2.1.4.1).
 *
 * @throws RangeError when `from` is not between 1 and the number of leaves.
 */
export function consistencyProof(leafHashes: readonly string[], from: number): readonly string[] {
  return consistencyRanges(from, leafHashes.length).map(({ start, end }) => subtreeRoot(leafHashes, start, end));
}

/** What {@link verifyConsistency} checks: that the tree of `to` leaves continues the tree of `from` leaves. */
export interface ConsistencyClaim {
  readonly from: number;
  readonly fromRoot: string;
  readonly to: number;
  readonly toRoot: string;
  readonly path: readonly string[];
}

/** Recomputes both roots from the path (RFC 9162 2.1.4.2). Anything malformed is false. */
export function verifyConsistency({ from, fromRoot, to, toRoot, path }: ConsistencyClaim): boolean {
  if (!isPosition(from - 1, to) || ![fromRoot, toRoot, ...path].every(isSha256Hex)) return false;
  if (from === to) return path.length === 0 && fromRoot === toRoot;
  let [position, last] = [from - 1, to - 1];
  while (position % 2 === 1) [position, last] = [half(position), half(last)];
  // The old root itself is the start when the old tree was complete, else the proof names the start.
  const [start, ...rest] = position === 0 ? [fromRoot, ...path] : path;
  const steps = climb(position, last, rest);
  if (start === undefined || steps === undefined) return false;
  const old = steps.filter(({ onLeft }) => onLeft).reduce((hash, { sibling }) => nodeHash(sibling, hash), start);
  const now = steps.reduce(
    (hash, { sibling, onLeft }) => (onLeft ? nodeHash(sibling, hash) : nodeHash(hash, sibling)),
    start,
  );
  return old === fromRoot && now === toRoot;
}

interface Step {
  readonly sibling: string;
  readonly onLeft: boolean;
}

/** On which side each hash of a path stands on the way up; nothing when the path is too long or too short. */
function climb(index: number, lastIndex: number, path: readonly string[]): readonly Step[] | undefined {
  let [position, last] = [index, lastIndex];
  const steps: Step[] = [];
  for (const sibling of path) {
    if (last === 0) return undefined;
    const onLeft = position % 2 === 1 || position === last;
    steps.push({ sibling, onLeft });
    // A right edge without a sibling rises until it has one.
    while (onLeft && position % 2 === 0 && position !== 0) [position, last] = [half(position), half(last)];
    [position, last] = [half(position), half(last)];
  }
  return last === 0 ? steps : undefined;
}

function subtreeRoot(hashes: readonly string[], start: number, end: number): string {
  const only = hashes[start];
  if (end - start === 1 && only !== undefined) return only;
  const middle = start + largestPowerOfTwoBelow(end - start);
  return nodeHash(subtreeRoot(hashes, start, middle), subtreeRoot(hashes, middle, end));
}

function isPosition(index: number, size: number): boolean {
  return Number.isSafeInteger(index) && Number.isSafeInteger(size) && index >= 0 && index < size;
}

function half(value: number): number {
  return Math.floor(value / 2);
}
