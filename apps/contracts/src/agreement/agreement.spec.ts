import { describe, expect, it } from '@jest/globals';
import { unwrap } from '@hetao/kernel';
import { documentHash } from '@hetao/proofs';
import {
  buyerPerson,
  concluded,
  draft,
  drafted,
  inForce,
  inStatus,
  matter,
  merchantPerson,
  sign,
  signedByMerchant,
} from '../../test/sample-agreements.js';
import { day, plan } from '../../test/sample-terms.js';
import { planMeters } from './agreement-document.js';
import { draftAgreement, partyOf, signAgreement } from './agreement.js';

describe('the draft', () => {
  it('says in its document everything both sides bind themselves to', () => {
    expect(draft.document).toMatchObject({
      agreement_id: 'agr_1',
      offer_id: 'off_1',
      product: { id: 'prd_1', version: 4 },
      plan: { currency: 'CNY', fee: { exchange_bps: 500 } },
      quota: { meter: 'calls', limit: '10000' },
      notice_days: 0,
      renewal: null,
      release: null,
      supersedes: null,
    });
  });

  it('names the border it crosses, and what it supersedes', () => {
    const supersedes = { agreementId: 'agr_0', documentHash: 'a'.repeat(64), kind: 'amendment' } as const;
    const { agreement } = draftAgreement(
      { ...matter, origin: 'CN', supersedes },
      { by: merchantPerson, at: day(2), signBy: day(20) },
    );
    expect(agreement).toMatchObject({ release: { origin: 'CN', destination: 'HK' }, supersedes });
    expect(agreement.document).toMatchObject({
      release: { origin: 'CN', destination: 'HK' },
      supersedes: { agreement_id: 'agr_0', document_hash: 'a'.repeat(64), kind: 'amendment' },
    });
  });

  it('has one hash, which anybody recomputes and any change breaks', () => {
    expect(draft.documentHash).toBe(documentHash(JSON.parse(JSON.stringify(draft.document))));
    expect(draft.documentHash).toMatch(/^[0-9a-f]{64}$/);
    const other = draftAgreement(
      { ...matter, purpose: 'teaching' },
      { by: merchantPerson, at: day(2), signBy: day(20) },
    );
    expect(other.agreement.documentHash).not.toBe(draft.documentHash);
  });

  it('opens the history, and is signed by nobody', () => {
    const step = { step: 1, command: 'draft', from: null, to: 'awaiting_signatures', at: day(2), by: merchantPerson };
    expect(drafted.steps).toEqual([{ ...step, reason: null }]);
    expect(draft).toMatchObject({ status: 'awaiting_signatures', step: 1, signatures: [], holds: [], notices: [] });
  });

  it('cannot be signed after its own term is over', () => {
    const late = draftAgreement(matter, { by: merchantPerson, at: day(2), signBy: day(5000) });
    expect(late.agreement.signBy).toEqual(day(100));
  });
});

describe('signing', () => {
  it('by one leaves it open, by the second concludes it, in either order', () => {
    expect(signedByMerchant.status).toBe('awaiting_signatures');
    const other = unwrap(sign(unwrap(sign(draft, 'buyer')).agreement, 'merchant'));
    expect(other.agreement.status).toBe('concluded');
    const { documentHash: hash } = draft;
    expect(concluded.signatures).toEqual([
      {
        ...merchantPerson,
        displayName: "merchant's signer",
        party: 'merchant',
        documentHash: hash,
        signedAt: day(3),
      },
      { ...buyerPerson, displayName: "buyer's signer", party: 'buyer', documentHash: hash, signedAt: day(3) },
    ]);
  });

  it('twice by the same party is one signature, whatever became of the agreement', () => {
    for (const agreement of [signedByMerchant, inForce, inStatus.suspended, inStatus.superseded]) {
      const again = unwrap(sign(agreement, 'merchant', day(4)));
      expect(again).toEqual({ agreement, steps: [], signature: null });
    }
  });

  it('is of this very document, also the second time', () => {
    for (const agreement of [draft, signedByMerchant, inForce]) {
      const wrong = {
        party: 'merchant' as const,
        signer: { ...merchantPerson, displayName: 'M' },
        documentHash: 'f'.repeat(64),
        at: day(3),
      };
      expect(signAgreement(agreement, wrong)).toMatchObject({
        error: { code: 'AGREEMENT_HASH_MISMATCH', pointer: '/document_hash' },
      });
    }
  });

  it('is over at sign_by', () => {
    expect(sign(draft, 'buyer', new Date(day(20).getTime() - 1)).ok).toBe(true);
    expect(sign(draft, 'buyer', day(20))).toMatchObject({ error: { code: 'AGREEMENT_SIGNING_OVER' } });
  });
});

describe('who and what an agreement names', () => {
  it('knows its parties', () => {
    expect(partyOf(draft, 'org_merchant')).toBe('merchant');
    expect(partyOf(draft, 'org_buyer')).toBe('buyer');
    expect(partyOf(draft, 'org_exchange')).toBeNull();
  });

  it('counts each meter of the plan once', () => {
    expect(planMeters(plan)).toEqual(['calls', 'bytes']);
  });
});
