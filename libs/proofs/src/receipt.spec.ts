import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { signCheckpoint, type Trust } from './checkpoint.js';
import { commit, digestsOf, newSalt } from './commitment.js';
import { inclusionProof, leafHash, merkleRoot } from './merkle.js';
import { noteKey } from './note-key.js';
import { entryBytes, openReceipt, verifyOffline, type OfflineQuestion, type Receipt } from './receipt.js';
import { generateSigningKey, type PrivateKeyJwk } from './signature.js';
import { brokenField, checkStatement, signStatement, statusRefOf, type AttestationStatement } from './statement.js';

const ORIGIN = 'log.example/shenzhen';
const ISSUER = 'org_bank';
const NOW = new Date('2026-06-01T00:00:00Z');

let trust: Trust;
let logKey: PrivateKeyJwk;
let issuerKey: PrivateKeyJwk;

beforeAll(async () => {
  const [log, issuer] = [await generateSigningKey(), await generateSigningKey()];
  trust = { logs: [noteKey('log', ORIGIN, log.publicKey)] };
  logKey = log.privateKey;
  issuerKey = issuer.privateKey;
});

function statementFor(commitment: string, change: Partial<AttestationStatement> = {}): AttestationStatement {
  const statement = {
    version: 'szdex-att-v1',
    issuer: ISSUER,
    schema: 'credit-report/v1',
    commitment,
    commitment_sm3: '0'.repeat(64),
    valid_from: '2026-01-01T00:00:00.000Z',
    valid_to: '2027-01-01T00:00:00.000Z',
    supersedes: null,
    status_ref: '',
    ...change,
  } as const;
  return { ...statement, status_ref: statusRefOf(statement.issuer, commitment) };
}

/** A log of a few entries, one of them the registration of a file. */
async function receiptFor(file: string, salt: string, change: Partial<AttestationStatement> = {}): Promise<Receipt> {
  const statement = statementFor(commit(digestsOf(file), salt).commitment, change);
  const entry = { kind: 'attestation-registered', signed: await signStatement(statement, issuerKey) };
  const entries = [{ kind: 'x', n: 0 }, { kind: 'x', n: 1 }, entry, { kind: 'x', n: 3 }, { kind: 'x', n: 4 }];
  const leaves = entries.map((one) => leafHash(entryBytes(one)));
  return {
    format: 'hetao-receipt-v1',
    entry: new TextDecoder().decode(entryBytes(entry)),
    leaf_index: 2,
    path: inclusionProof(leaves, 2),
    checkpoint: await signCheckpoint({ origin: ORIGIN, size: entries.length, root: merkleRoot(leaves) }, logKey),
  };
}

async function ask(receipt: unknown, file: string, salt: string, change: Partial<OfflineQuestion> = {}) {
  const commitment = commit(digestsOf(file), salt);
  return verifyOffline({ receipt, commitment, trust, at: NOW, issuerKeys: () => [issuerKey], ...change });
}

describe('receipts', () => {
  const salt = newSalt();

  it('show offline that these bytes are what the issuer registered', async () => {
    const verdict = await ask(await receiptFor('file', salt), 'file', salt);
    expect(verdict).toMatchObject({
      outcome: 'matched_valid',
      signed: { statement: { issuer: ISSUER } },
      checkpoint: { size: 5 },
    });
  });

  it('survive being stored and read again', async () => {
    const stored: unknown = JSON.parse(JSON.stringify(await receiptFor('file', salt)));
    expect(await ask(stored, 'file', salt)).toMatchObject({ outcome: 'matched_valid' });
  });

  it('do not match another file, nor the file with another salt', async () => {
    const receipt = await receiptFor('file', salt);
    expect(await ask(receipt, 'File', salt)).toMatchObject({ outcome: 'mismatch' });
    expect(await ask(receipt, 'file', newSalt())).toMatchObject({ outcome: 'mismatch' });
  });

  it('do not match when replayed for another file of the same issuer', async () => {
    expect(await ask(await receiptFor('other', newSalt()), 'file', salt)).toMatchObject({ outcome: 'mismatch' });
  });

  it('say when they are not valid yet, or no longer, to the millisecond', async () => {
    const receipt = await receiptFor('file', salt);
    const at = async (iso: string) => (await ask(receipt, 'file', salt, { at: new Date(iso) })).outcome;
    expect(await at('2025-12-31T23:59:59.999Z')).toBe('not_yet_valid');
    expect(await at('2026-01-01T00:00:00.000Z')).toBe('matched_valid');
    expect(await at('2026-12-31T23:59:59.999Z')).toBe('matched_valid');
    expect(await at('2027-01-01T00:00:00.000Z')).toBe('matched_expired');
  });

  it('are not trusted when the key is not known to be the issuer’s', async () => {
    const { publicKey } = await generateSigningKey();
    const receipt = await receiptFor('file', salt);
    expect(await ask(receipt, 'file', salt, { issuerKeys: () => [publicKey] })).toMatchObject({
      outcome: 'issuer_untrusted',
    });
    expect(await ask(receipt, 'file', salt, { issuerKeys: () => [] })).toMatchObject({ outcome: 'issuer_untrusted' });
  });

  it('are refused when anything in them was changed, cut or swapped', async () => {
    const receipt = await receiptFor('file', salt);
    const other = await receiptFor('other', newSalt());
    const forgeries: unknown[] = [
      { ...receipt, leaf_index: 1 },
      { ...receipt, leaf_index: 5 },
      { ...receipt, leaf_index: -1 },
      { ...receipt, leaf_index: '2' },
      { ...receipt, path: receipt.path.slice(1) },
      { ...receipt, path: [...receipt.path, ...receipt.path.slice(0, 1)] },
      { ...receipt, path: receipt.path.toReversed() },
      { ...receipt, path: Array.from({ length: 61 }, () => '0'.repeat(64)) },
      { ...receipt, path: ['xyz'] },
      { ...receipt, entry: other.entry },
      { ...receipt, entry: ` ${receipt.entry}` },
      { ...receipt, entry: '[]' },
      { ...receipt, entry: '{' },
      { ...receipt, checkpoint: other.checkpoint },
      { ...receipt, checkpoint: receipt.checkpoint.replace('\n5\n', '\n6\n') },
      { ...receipt, format: 'hetao-receipt-v2' },
      null,
      [],
      'receipt',
    ];
    for (const forged of forgeries) {
      expect([forged, (await ask(forged, 'file', salt)).outcome]).toEqual([forged, 'proof_invalid']);
    }
  });

  it('are refused with any hexadecimal digit of the path changed', async () => {
    const receipt = await receiptFor('file', salt);
    await fc.assert(
      fc.asyncProperty(fc.nat(receipt.path.length - 1), fc.nat(63), async (step, place) => {
        const path = receipt.path.map((hash, i) =>
          i === step ? hash.slice(0, place) + (hash[place] === '0' ? '1' : '0') + hash.slice(place + 1) : hash,
        );
        expect((await openReceipt({ ...receipt, path }, trust)).ok).toBe(false);
      }),
    );
  });

  it('of something that is no attestation prove inclusion, but attest nothing', async () => {
    const leaf = leafHash(entryBytes({ kind: 'x' }));
    const receipt = {
      format: 'hetao-receipt-v1',
      entry: '{"kind":"x"}',
      leaf_index: 0,
      path: [],
      checkpoint: await signCheckpoint({ origin: ORIGIN, size: 1, root: leaf }, logKey),
    };
    expect(await openReceipt(receipt, trust)).toMatchObject({ ok: true, value: { leafIndex: 0 } });
    expect(await ask(receipt, 'file', salt)).toMatchObject({ outcome: 'proof_invalid' });
  });
});

describe('statements', () => {
  const good = statementFor('ab'.repeat(32));

  it('are signed over every field', async () => {
    const signed = await signStatement(good, issuerKey);
    expect(await checkStatement(signed)).toEqual({ ok: true, value: signed });
    const later = { ...good, valid_to: '2028-01-01T00:00:00.000Z' };
    expect(await checkStatement({ ...signed, statement: later })).toMatchObject({
      error: { code: 'statement_forged' },
    });
  });

  it.each([
    ['set of fields', { ...good, holder: 'Chan Tai Man' }],
    ['version', { ...good, version: 'v2' }],
    ['issuer', { ...good, issuer: '' }],
    ['schema', { ...good, schema: 'Credit Report' }],
    ['commitment', { ...good, commitment: 'AB'.repeat(32) }],
    ['commitment_sm3', { ...good, commitment_sm3: '' }],
    ['valid_from', { ...good, valid_from: '2026-01-01' }],
    ['valid_to', { ...good, valid_to: good.valid_from }],
    ['status_ref', { ...good, status_ref: statusRefOf(ISSUER, 'cd'.repeat(32)) }],
    ['supersedes', { ...good, supersedes: 'yes' }],
    ['form', null],
  ])('are refused when their %s is wrong', async (field, statement) => {
    expect(brokenField(statement)).toBe(field);
    const signed = { ...(await signStatement(good, issuerKey)), statement };
    expect(await checkStatement(signed)).toMatchObject({ ok: false, error: { code: 'statement_malformed' } });
  });

  it('are refused with keys that are none', async () => {
    const signed = await signStatement(good, issuerKey);
    for (const issuer_key of [
      { ...signed.issuer_key, crv: 'P-256' },
      { kty: 'OKP', crv: 'Ed25519', x: 'AA' },
      undefined,
    ]) {
      expect((await checkStatement({ ...signed, issuer_key })).ok).toBe(false);
    }
    expect((await checkStatement({ ...signed, signature: 'x' })).ok).toBe(false);
  });
});
