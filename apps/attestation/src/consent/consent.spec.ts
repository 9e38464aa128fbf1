import { describe, expect, it } from '@jest/globals';
import { coversVerification, giveConsent, withdrawConsent, type Consent } from './consent.js';

const GIVEN = new Date('2026-03-01T00:00:00Z');
const consent: Consent = {
  id: 'cns_1',
  attestationId: 'att_1',
  holderId: 'org_h',
  receiverId: 'org_r',
  purpose: 'kyc',
  validUntil: new Date('2026-04-01T00:00:00Z'),
  givenAt: GIVEN,
  givenBy: 'usr_1',
  withdrawnAt: null,
};
const asked = { receiverId: 'org_r', purpose: 'kyc', at: GIVEN } as const;

describe('giving', () => {
  it('is for the holder, where he is known', () => {
    expect(giveConsent(consent, 'org_h')).toEqual({ ok: true, value: consent });
    expect(giveConsent(consent, undefined)).toEqual({ ok: true, value: consent });
    expect(giveConsent(consent, 'org_x')).toMatchObject({ ok: false, error: { code: 'CONSENT_NOT_YOURS_TO_GIVE' } });
  });

  it.each([
    ['2026-03-01T00:00:00Z', false],
    ['2026-03-01T00:00:00.001Z', true],
    ['2027-03-02T00:00:00Z', true],
    ['2027-03-02T00:00:00.001Z', false],
  ])('until %s is allowed: %s', (until, allowed) => {
    expect(giveConsent({ ...consent, validUntil: new Date(until) }, 'org_h').ok).toBe(allowed);
  });
});

describe('covering', () => {
  it('ends with the last millisecond, with withdrawal, and at another purpose', () => {
    const last = new Date(consent.validUntil.getTime() - 1);
    expect(coversVerification(consent, { ...asked, at: last }).ok).toBe(true);
    expect(coversVerification(consent, { ...asked, at: consent.validUntil }).ok).toBe(false);
    expect(coversVerification(consent, { ...asked, purpose: 'audit' }).ok).toBe(false);
    expect(coversVerification(withdrawConsent(consent, GIVEN), asked).ok).toBe(false);
  });

  it('answers a stranger as if there were no consent at all', () => {
    const stranger = { ...asked, receiverId: 'org_x' };
    expect(coversVerification(consent, stranger)).toEqual(coversVerification(null, stranger));
  });
});

describe('withdrawing', () => {
  it('keeps its first time when repeated', () => {
    const once = withdrawConsent(consent, GIVEN);
    expect(withdrawConsent(once, new Date('2026-03-09T00:00:00Z'))).toEqual(once);
  });
});
