import { sha256 } from '@noble/hashes/sha2.js';
import { sm3 } from './sm3.js';

/** How a tree is hashed (RFC 9162 2.1.1): hashes are 32 bytes. */
export interface TreeHasher {
  leaf(entry: Uint8Array): Uint8Array;
  node(left: Uint8Array, right: Uint8Array): Uint8Array;
  /** Root of a tree without leaves. */
  empty(): Uint8Array;
}

/** Bytes of every hash in a tree. */
export const HASH_BYTES = 32;

/**
 * A tree hasher over any 32-byte hash function: a server brings its machine's own, which is faster. The function must
 * not keep the bytes it is given: all nodes are hashed out of one buffer, since a proof hashes hundreds of them.
 */
export function treeHasher(hash: (bytes: Uint8Array) => Uint8Array): TreeHasher {
  const pair = new Uint8Array(1 + 2 * HASH_BYTES);
  pair[0] = 1;
  return {
    leaf: (entry) => {
      const message = new Uint8Array(1 + entry.length);
      message.set(entry, 1);
      return hash(message);
    },
    node: (left, right) => {
      pair.set(left, 1);
      pair.set(right, 1 + HASH_BYTES);
      return hash(pair);
    },
    empty: () => hash(new Uint8Array()),
  };
}

/** The log's own tree. */
export const sha256Tree: TreeHasher = treeHasher((bytes) => sha256(bytes));

/** The same tree over SM3, for those whose rules ask for it. */
export const sm3Tree: TreeHasher = treeHasher((bytes) => sm3(bytes));
