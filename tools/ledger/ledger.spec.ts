import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  ledgerGenesis,
  ledgerLeaf,
  ledgerRowHash,
  ledgerSegmentHash,
  merkleRoot,
  type LedgerProof,
  type LedgerRow,
} from '@hetao/proofs';
import { main } from './main.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hetao-ledger-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** The proof of the only row of a ledger. */
function proofOf(amount: string): LedgerProof {
  const account = { owner: 'o', currency: 'CNY', version: 1 };
  const row: LedgerRow = {
    transaction_id: 'txn_1',
    idempotency_key: 'k',
    payload_hash: ledgerGenesis,
    rules: 'movements-2',
    movement: 'bank_credit',
    period: null,
    reference: { kind: 'bank_line', id: 'bsl_1' },
    effective_at: '2015-06-10T00:00:00.000000Z',
    recorded_at: '2015-06-10T00:00:00.000000Z',
    entries: [
      { ...account, account_id: 'acc_1', kind: 'bank', leg: 0, amount_minor: amount, balance_minor: amount },
      {
        ...account,
        account_id: 'acc_2',
        kind: 'clearing:bank_in',
        leg: 1,
        amount_minor: `-${amount}`,
        balance_minor: `-${amount}`,
      },
    ],
  };
  const hash = ledgerRowHash(1, ledgerGenesis, row);
  const segment = {
    no: 1,
    first_sequence: 1,
    last_sequence: 1,
    rows_root: merkleRoot([ledgerLeaf(hash)]),
    last_row: hash,
    previous: ledgerGenesis,
    sealed_at: '2015-06-10T00:00:01.000000Z',
  };
  const root = merkleRoot([ledgerLeaf(ledgerSegmentHash(segment))]);
  const head = { segments: 1, root };
  return {
    form: 'hetao-ledger-1',
    row,
    sequence: 1,
    previous: ledgerGenesis,
    hash,
    row_path: [],
    segment,
    segment_path: [],
    head,
  };
}

async function verify(content: unknown, ...options: string[]): Promise<{ code: number; said: string }> {
  const file = join(folder, 'proof.json');
  await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
  const lines: string[] = [];
  const code = await main(['verify', file, ...options], (line) => lines.push(line));
  return { code, said: lines.join('\n') };
}

describe('the verifier of the ledger', () => {
  it('proves a row by itself and under a head that was kept', async () => {
    const proof = proofOf('100');
    const alone = await verify(proof);
    expect(alone.code).toBe(0);
    expect(alone.said).toContain('debit  100 CNY minor units, bank of o');
    expect(alone.said).toContain('Compare it with one you kept');
    const kept = await verify(proof, '--segments', '1', '--root', proof.head.root);
    expect([kept.code, kept.said.includes('the head you know')]).toEqual([0, true]);
  });

  it('refutes another amount, and another head', async () => {
    const proof = proofOf('100');
    const forged = { ...proof, row: proofOf('101').row };
    expect(await verify(forged)).toEqual({ code: 1, said: 'Not proven: the row is not what was hashed.' });
    expect((await verify(proof, '--segments', '1', '--root', ledgerGenesis)).said).toContain('another head');
  });

  it('says how to use it, and what is wrong with a file', async () => {
    const lines: string[] = [];
    expect(await main([], (line) => lines.push(line))).toBe(2);
    expect(lines.join()).toContain('verify FILE');
    expect(await verify({ form: 'x' })).toMatchObject({ code: 2, said: expect.stringContaining('not a proof') });
    expect(await verify('{')).toMatchObject({ code: 2 });
    expect(await verify(proofOf('1'), '--root', 'x')).toMatchObject({
      code: 2,
      said: '--segments and --root go together.',
    });
  });
});
