import { describe, expect, it } from '@jest/globals';
import { checkClearance, type ReleaseStanding } from './release-standing.js';

const at = new Date('2026-11-23T04:00:00Z');
const release: ReleaseStanding = {
  releaseId: 'rel_1',
  agreementId: 'agr_1',
  status: 'active',
  destination: 'HK',
  purpose: 'research',
  validFrom: at,
  validUntil: new Date('2027-11-23T16:00:00Z'),
  reason: null,
};

describe('the check before a delivery', () => {
  it('has nothing to check where customs never spoke of the agreement', () => {
    expect(checkClearance([], at)).toEqual({ ok: true, value: null });
  });

  it('goes by an active release, from its first instant until before its last', () => {
    expect(checkClearance([release], at)).toEqual({ ok: true, value: release });
    expect(checkClearance([release], new Date(release.validUntil.getTime() - 1)).ok).toBe(true);
    expect(checkClearance([release], release.validUntil)).toMatchObject({ ok: false });
    expect(checkClearance([release], new Date(at.getTime() - 1))).toMatchObject({ ok: false });
  });

  it.each(['suspended', 'revoked', 'expired'] as const)('refuses under one that is %s, and says why', (status) => {
    expect(checkClearance([{ ...release, status, reason: 'The recipient moved.' }], at)).toMatchObject({
      ok: false,
      error: { code: 'RELEASE_NOT_IN_FORCE', detail: `Release rel_1 is ${status}: The recipient moved.` },
    });
  });

  it('goes by any that is in force: a renewal stands beside the one it renews', () => {
    const renewed = { ...release, releaseId: 'rel_2' };
    expect(checkClearance([{ ...release, status: 'expired' }, renewed], at)).toEqual({ ok: true, value: renewed });
  });
});
