import { hash } from 'node:crypto';
import { treeHasher } from '@hetao/proofs';

/** The log's tree, hashed by the machine's own SHA-256. */
export const nativeTree = treeHasher((bytes) => hash('sha256', bytes, 'buffer'));
