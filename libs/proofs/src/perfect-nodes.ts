import { nodeHash } from './merkle.js';
import { inclusionRanges, perfectSubtrees, type LeafRange, type PerfectSubtree } from './ranges.js';

/** Hashes of perfect subtrees by {@link nodeKey}: all a growing tree needs to be kept by, a row each. */
export type NodeHashes = ReadonlyMap<string, string>;

/** A perfect subtree and its hash. */
export interface TreeNode extends PerfectSubtree {
  readonly hash: string;
}

/** Names a node in {@link NodeHashes}. */
export function nodeKey({ level, index }: PerfectSubtree): string {
  return `${level}/${index}`;
}

/** The nodes that make up the root of a tree of `size` leaves: as many as `size` has ones in binary. */
export function nodesOfRoot(size: number): readonly PerfectSubtree[] {
  return perfectSubtrees({ start: 0, end: size });
}

/**
 * The nodes from which the way of a leaf up to the root is made.
 *
 * @throws RangeError when there is no such leaf.
 */
export function nodesOfPath(index: number, size: number): readonly PerfectSubtree[] {
  return inclusionRanges(index, size).flatMap(perfectSubtrees);
}

/**
 * Root of a tree of at least one leaf, from its nodes.
 *
 * @throws RangeError when a node is missing.
 */
export function rootFromNodes(size: number, nodes: NodeHashes): string {
  return rangeRoot({ start: 0, end: size }, nodes);
}

/**
 * The inclusion path of a leaf (RFC 9162 2.1.3.1), from the nodes of {@link nodesOfPath}.
 *
 * @throws RangeError when there is no such leaf or a node is missing.
 */
export function pathFromNodes(index: number, size: number, nodes: NodeHashes): readonly string[] {
  return inclusionRanges(index, size).map((range) => rangeRoot(range, nodes));
}

/**
 * The nodes that become complete with the leaf at `index`, the leaf itself first. The nodes of the tree before it
 * ({@link nodesOfRoot} of `index`) have to be given.
 *
 * @throws RangeError when a node is missing.
 */
export function nodesCompletedBy(index: number, leafHash: string, nodes: NodeHashes): readonly TreeNode[] {
  const completed: TreeNode[] = [{ level: 0, index, hash: leafHash }];
  let [level, at, hash] = [0, index, leafHash];
  while (at % 2 === 1) {
    hash = nodeHash(nodeAt({ level, index: at - 1 }, nodes), hash);
    [level, at] = [level + 1, (at - 1) / 2];
    completed.push({ level, index: at, hash });
  }
  return completed;
}

function rangeRoot(range: LeafRange, nodes: NodeHashes): string {
  const hashes = perfectSubtrees(range).map((subtree) => nodeAt(subtree, nodes));
  return hashes.reduceRight((right, left) => nodeHash(left, right));
}

function nodeAt(subtree: PerfectSubtree, nodes: NodeHashes): string {
  const hash = nodes.get(nodeKey(subtree));
  if (hash === undefined) throw new RangeError(`Node ${nodeKey(subtree)} of the tree is missing.`);
  return hash;
}
