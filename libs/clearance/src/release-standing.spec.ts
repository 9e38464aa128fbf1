import { describe, expect, it } from '@jest/globals';
import { checkClearance, checkUse, type ReleaseStanding } from './release-standing.js';

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
  pauses: [],
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

describe('the check of what was delivered before', () => {
  const hour = 3_600_000;
  const after = (hours: number) => new Date(at.getTime() + hours * hour);
  const pause = (from: number, until: number | null, status: 'suspended' | 'revoked' = 'suspended') => ({
    status,
    reason: 'The recipient moved.',
    fromMs: after(from).getTime(),
    untilMs: until === null ? null : after(until).getTime(),
  });
  const paused: ReleaseStanding = { ...release, status: 'suspended', pauses: [pause(2, 4), pause(6, null)] };
  const goes = (standing: ReleaseStanding, hours: number) => checkUse([standing], after(hours)).ok;

  it('goes by how the release stood then, whatever it is now', () => {
    expect([0, 1.999, 2, 3.999, 4, 5.999, 6, 7_000].map((hours) => goes(paused, hours))).toEqual([
      ...[true, true, false, false, true, true, false, false],
    ]);
    expect(goes({ ...paused, status: 'active' }, 3)).toBe(false);
    expect(goes({ ...release, status: 'revoked', pauses: [pause(9, null, 'revoked')] }, 8)).toBe(true);
  });

  it('keeps to the dates of the release, and asks nothing of an agreement without one', () => {
    expect(goes(release, -0.001)).toBe(false);
    expect(checkUse([{ ...release, status: 'expired' }], new Date(release.validUntil.getTime() - 1)).ok).toBe(true);
    expect(checkUse([{ ...release, status: 'expired' }], release.validUntil).ok).toBe(false);
    expect(checkUse([], at)).toEqual({ ok: true, value: null });
  });

  it('says since when it did not stand', () => {
    expect([3, 7].map((hours) => checkUse([paused], after(hours)))).toMatchObject([
      {
        error: {
          detail:
            'Release rel_1 was suspended from 2026-11-23T06:00:00.000Z until 2026-11-23T08:00:00.000Z: The recipient moved.',
        },
      },
      { error: { detail: 'Release rel_1 is suspended since 2026-11-23T10:00:00.000Z: The recipient moved.' } },
    ]);
  });

  it('goes by a renewal while the one it renews is suspended', () => {
    const renewal = { ...release, releaseId: 'rel_2' };
    expect(checkUse([paused, renewal], after(3))).toEqual({ ok: true, value: renewal });
  });
});
