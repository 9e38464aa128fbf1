import { describe, expect, it } from '@jest/globals';
import {
  consistencyProof,
  entryBytes,
  formatNoteKey,
  generateSigningKey,
  inclusionProof,
  leafHash,
  merkleRoot,
  noteKey,
  signCheckpoint,
} from '@hetao/proofs';
import { verifyReceipt, type LogNow } from './verify.rules.js';

const ORIGIN = 'log.example/test';
const entries = ['a', 'b', 'c', 'd', 'e'].map((name) => ({ kind: 'test', name }));
const leaves = entries.map((entry) => leafHash(entryBytes(entry)));

async function logWith(receiptSize: number, change: (receipt: Record<string, unknown>) => Record<string, unknown>) {
  const { privateKey, publicKey } = await generateSigningKey();
  const sign = (hashes: readonly string[]) =>
    signCheckpoint({ origin: ORIGIN, size: hashes.length, root: merkleRoot(hashes) }, privateKey);
  const then = leaves.slice(0, receiptSize);
  const receipt = change({
    format: 'hetao-receipt-v1',
    entry: new TextDecoder().decode(entryBytes(entries[1])),
    leaf_index: 1,
    path: inclusionProof(then, 1),
    checkpoint: await sign(then),
  });
  const log: LogNow = {
    keys: [formatNoteKey(noteKey('log', ORIGIN, publicKey))],
    published: await sign(leaves),
    proof: (from) => Promise.resolve(consistencyProof(leaves, from)),
  };
  return { text: JSON.stringify(receipt), log };
}

const asIs = (receipt: Record<string, unknown>) => receipt;

describe('a receipt, step by step', () => {
  it('holds all the way, bare or beside its salt', async () => {
    const { text, log } = await logWith(3, asIs);
    const steps = await verifyReceipt(text, log);
    expect(steps.map(({ name, holds }) => [name, holds])).toEqual([
      ['format', true],
      ['signer', true],
      ['inclusion', true],
      ['consistency', true],
    ]);
    expect(await verifyReceipt(`{"salt":"x","receipt":${text}}`, log)).toEqual(steps);
  });

  it('stops at the step that fails', async () => {
    const last = async (text: string, log: LogNow) => (await verifyReceipt(text, log)).at(-1);
    const { text, log } = await logWith(3, asIs);
    for (const nothing of ['', 'null', '{}', '[1]', '{"checkpoint":1}', '{"receipt":null}']) {
      expect(await verifyReceipt(nothing, log)).toMatchObject([
        { name: 'format', holds: false, why: 'receipt_malformed' },
      ]);
    }
    expect(await last(text, { ...log, keys: [] })).toMatchObject({ name: 'signer', why: 'log_unknown' });
    const moved = await logWith(3, (receipt) => ({ ...receipt, leaf_index: 0 }));
    expect(await last(moved.text, moved.log)).toMatchObject({ name: 'inclusion', why: 'inclusion_invalid' });
    const forked = { ...log, proof: () => Promise.resolve([]) };
    expect(await last(text, forked)).toMatchObject({ name: 'consistency', why: 'fork' });
  });
});
