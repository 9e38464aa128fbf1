import { describe, expect, it } from '@jest/globals';
import type { TrainingRun } from '@hetao/client';
import { documentHash, generateSigningKey, signDocumentHash } from '@hetao/proofs';
import { certificateFacts, holds, isCertified } from './certificate.rules.js';

const document = {
  format: 'hetao-job-receipt-v1',
  dataset_hash: 'a'.repeat(64),
  agreement_id: 'agr_1',
  isolation_level: 'L2',
  legal_basis: { id: 'lgb_1', kind: 'gba_standard_contract', reference: 'GBA-2026-7', place: 'HK', releaseId: null },
  rounds: 30,
  issued_at: '2026-11-23T08:00:00.000Z',
};

describe('the certificate of a training run', () => {
  it('is there once a run that computed has ended, however it ended', () => {
    const used = { vcpu_seconds: 1.2, gb_seconds: 0.4 };
    const ofState = (state: TrainingRun['state']) => isCertified({ state, used });
    expect((['completed', 'budget_exhausted', 'aborted'] as const).map(ofState)).toEqual([true, true, true]);
    expect((['proposed', 'denied', 'handshake', 'training', 'paused'] as const).some(ofState)).toBe(false);
    expect(isCertified({ state: 'aborted', used: { vcpu_seconds: 0, gb_seconds: 0 } })).toBe(false);
  });

  it('holds as it was signed, and not with one word changed or under another key', async () => {
    const [{ privateKey, publicKey }, other] = await Promise.all([generateSigningKey(), generateSigningKey()]);
    const hash = documentHash(document);
    const signature = await signDocumentHash(hash, privateKey);
    expect(await holds({ document, hash, signature }, publicKey)).toBe(true);
    expect(await holds({ document: { ...document, rounds: 31 }, hash, signature }, publicKey)).toBe(false);
    expect(await holds({ document, hash, signature }, other.publicKey)).toBe(false);
    expect(await holds({ document, hash, signature: '' }, publicKey)).toBe(false);
  });

  it('tells what people look at first, and nothing of what it does not say', () => {
    expect(certificateFacts(document)).toEqual({
      issuedAt: '2026-11-23T08:00:00.000Z',
      isolation: 'L2',
      dataHash: 'a'.repeat(64),
      agreementId: 'agr_1',
      basis: { kind: 'gba_standard_contract', reference: 'GBA-2026-7' },
    });
    const silent = { issuedAt: null, isolation: null, dataHash: null, agreementId: null, basis: null };
    expect(certificateFacts({})).toEqual(silent);
    expect(certificateFacts({ issued_at: 7, legal_basis: 'x' })).toEqual(silent);
  });
});
