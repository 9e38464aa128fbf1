import { canonicalJson } from '@hetao/kernel';
import { hexToBytes } from '@noble/hashes/utils.js';
import { isSha256Hex, sha256Hex } from './hash.js';
import { leafHash, verifyInclusion } from './merkle.js';

/** One side of a journal transaction as the ledger keeps it. Amounts are signed minor units, debits positive. */
export interface LedgerProofEntry {
  readonly account_id: string;
  readonly owner: string;
  readonly kind: string;
  readonly currency: string;
  readonly leg: number;
  readonly version: number;
  readonly amount_minor: string;
  readonly balance_minor: string;
}

/** A journal transaction as it is hashed: every field that says what happened. Times are UTC with microseconds. */
export interface LedgerRow {
  readonly transaction_id: string;
  readonly idempotency_key: string;
  readonly payload_hash: string;
  readonly rules: string;
  readonly movement: string;
  readonly period: string | null;
  readonly reference: { readonly kind: string; readonly id: string };
  readonly effective_at: string;
  readonly recorded_at: string;
  readonly entries: readonly LedgerProofEntry[];
}

/** Rows sealed together. `previous` is the segment before, of nothing 64 zeros. */
export interface LedgerSegment {
  /** From 1. */
  readonly no: number;
  readonly first_sequence: number;
  readonly last_sequence: number;
  /** Root of the Merkle tree (RFC 9162) over the hashes of its rows. */
  readonly rows_root: string;
  /** Hash of its last row: from there the chain of rows goes on. */
  readonly last_row: string;
  readonly previous: string;
  readonly sealed_at: string;
}

/** What whoever verifies has to know from elsewhere: how long the chain was, and the root over all its segments. */
export interface LedgerHead {
  readonly segments: number;
  readonly root: string;
}

/** Shows that a row stands, unchanged, at its place in the ledger that had this head. */
export interface LedgerProof {
  readonly form: 'hetao-ledger-1';
  readonly row: LedgerRow;
  /** Position in the whole ledger, from 1 without gaps. */
  readonly sequence: number;
  /** Hash of the row before, of nothing 64 zeros. */
  readonly previous: string;
  readonly hash: string;
  /** From the row up to the root of its segment. */
  readonly row_path: readonly string[];
  readonly segment: LedgerSegment;
  /** From the segment up to the root of the head. */
  readonly segment_path: readonly string[];
  readonly head: LedgerHead;
}

/** What the first row and the first segment follow. */
export const ledgerGenesis = '0'.repeat(64);

/** The hash that chains a row to the one before it: over its sequence, that one's hash, and its canonical JSON. */
export function ledgerRowHash(sequence: number, previous: string, row: LedgerRow): string {
  return sha256Hex(`hetao-ledger-row-1\n${canonicalJson({ sequence, previous, row })}`);
}

/** The hash that chains a segment to the one before it. */
export function ledgerSegmentHash(segment: LedgerSegment): string {
  return sha256Hex(`hetao-ledger-segment-1\n${canonicalJson(segment)}`);
}

/** Leaf of a row's or a segment's hash in its tree. */
export function ledgerLeaf(hash: string): string {
  return leafHash(hexToBytes(hash));
}

/**
 * Checks a proof by itself and, when given, against a head that is known from elsewhere. Needs no network.
 *
 * @returns what is wrong, or nothing when the row is proven.
 */
export function ledgerProofFault(proof: LedgerProof, trusted?: LedgerHead): string | undefined {
  const { row, sequence, previous, hash, segment, head } = proof;
  if (![previous, hash, segment.rows_root, segment.last_row, segment.previous, head.root].every(isSha256Hex)) {
    return 'a hash is not 64 hexadecimal digits';
  }
  if (ledgerRowHash(sequence, previous, row) !== hash) return 'the row is not what was hashed';
  const balanced = unbalancedCurrency(row);
  if (balanced !== undefined) return `the row does not balance in ${balanced}`;
  const size = segment.last_sequence - segment.first_sequence + 1;
  const index = sequence - segment.first_sequence;
  const inSegment = { leafHash: ledgerLeaf(hash), index, size, path: proof.row_path, root: segment.rows_root };
  if (!verifyInclusion(inSegment)) return 'the row does not stand in the segment';
  const inHead = {
    leafHash: ledgerLeaf(ledgerSegmentHash(segment)),
    index: segment.no - 1,
    size: head.segments,
    path: proof.segment_path,
    root: head.root,
  };
  if (!verifyInclusion(inHead)) return 'the segment does not stand under the head';
  if (trusted !== undefined && (trusted.segments !== head.segments || trusted.root !== head.root)) {
    return 'the proof leads to another head than the one you know';
  }
  return undefined;
}

function unbalancedCurrency({ entries }: LedgerRow): string | undefined {
  const sums = new Map<string, bigint>();
  for (const { currency, amount_minor } of entries) {
    sums.set(currency, (sums.get(currency) ?? 0n) + BigInt(amount_minor));
  }
  return [...sums].find(([, sum]) => sum !== 0n)?.[0];
}
