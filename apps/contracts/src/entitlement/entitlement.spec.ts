import { describe, expect, it } from '@jest/globals';
import { day } from '../../test/sample-terms.js';
import {
  entitlementTransitions,
  grantEntitlement,
  revokeEntitlement,
  type Entitlement,
  type Grant,
} from './entitlement.js';

const grant: Grant = {
  agreementId: 'agr_1',
  productId: 'prd_1',
  merchantId: 'org_merchant',
  buyerId: 'org_buyer',
  planMeters: ['calls', 'gpu_seconds'],
  quota: { meter: 'rows', limit: '5' },
  purpose: 'research',
  validFrom: day(10),
  validUntil: day(100),
};
const granted = grantEntitlement(grant, 'ent_1', day(11));
const inStatus: Record<Entitlement['status'], Entitlement> = {
  granted,
  revoked: { ...granted, status: 'revoked', revokedAt: day(12), revocationReason: 'ended' },
};

describe('granting', () => {
  it('allows the agreed purpose, within quota and term, and counts every meter once', () => {
    expect(granted).toEqual({
      agreementId: 'agr_1',
      productId: 'prd_1',
      merchantId: 'org_merchant',
      buyerId: 'org_buyer',
      quota: { meter: 'rows', limit: '5' },
      validFrom: day(10),
      validUntil: day(100),
      id: 'ent_1',
      meters: ['calls', 'bytes', 'gpu_seconds', 'rows'],
      purposes: ['research'],
      status: 'granted',
      grantedAt: day(11),
      revokedAt: null,
      revocationReason: null,
    });
  });

  it('works without a quota', () => {
    expect(grantEntitlement({ ...grant, quota: null, planMeters: [] }, 'ent_1', day(11))).toMatchObject({
      quota: null,
      meters: ['calls', 'bytes'],
    });
  });
});

describe('every status × command', () => {
  it.each(entitlementTransitions.states)('%s × revoke → revoked', (status) => {
    const before = inStatus[status];
    const outcome = revokeEntitlement(before, 'expired', day(13));
    if (status === 'revoked') expect(outcome).toEqual({ entitlement: before, changed: false });
    else {
      expect(outcome).toMatchObject({
        changed: true,
        entitlement: { status: 'revoked', revokedAt: day(13), revocationReason: 'expired' },
      });
    }
  });
});
