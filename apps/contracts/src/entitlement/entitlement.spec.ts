import { describe, expect, it } from '@jest/globals';
import { day, plan, terms } from '../../test/sample-terms.js';
import {
  entitlementTransitions,
  grantEntitlement,
  resumeEntitlement,
  revokeEntitlement,
  suspendEntitlement,
  type Entitlement,
  type Grant,
} from './entitlement.js';

const granting = {
  agreementId: 'agr_1',
  supersedesAgreementId: null,
  offerId: 'off_1',
  documentHash: 'a'.repeat(64),
  productId: 'prd_1',
  productVersion: 4,
  merchantId: 'org_merchant',
  buyerId: 'org_buyer',
  plan,
  timeZone: 'Asia/Shanghai',
  placesOfUse: ['HK'],
  recipients: ['org_buyer'],
  policy: terms.policy,
  release: { origin: 'CN', destination: 'HK' },
  validFrom: day(10),
  validUntil: day(100),
} as const;
const grant: Grant = {
  ...granting,
  planMeters: ['calls', 'gpu_seconds'],
  quota: { meter: 'rows', limit: '5' },
  purpose: 'research',
};
const granted = grantEntitlement(grant, 'ent_1', day(11));
const suspended = suspendEntitlement(granted, 'unpaid', day(12)).entitlement;
const inStatus: Record<Entitlement['status'], Entitlement> = {
  granted,
  suspended,
  revoked: { ...granted, status: 'revoked', revokedAt: day(12), revocationReason: 'ended' },
};

describe('granting', () => {
  it('allows the agreed purpose, within quota and term, and counts every meter once', () => {
    expect(granted).toEqual({
      ...granting,
      quota: { meter: 'rows', limit: '5' },
      id: 'ent_1',
      meters: ['calls', 'bytes', 'gpu_seconds', 'rows'],
      purposes: ['research'],
      status: 'granted',
      grantedAt: day(11),
      suspendedAt: null,
      suspensionReason: null,
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
  const commands = {
    suspend: (entitlement: Entitlement) => suspendEntitlement(entitlement, 'unpaid', day(13)),
    resume: (entitlement: Entitlement) => resumeEntitlement(entitlement),
    revoke: (entitlement: Entitlement) => revokeEntitlement(entitlement, 'expired', day(13)),
  };
  const cells = [
    ['granted', 'suspend', { status: 'suspended', suspendedAt: day(13), suspensionReason: 'unpaid' }],
    ['granted', 'resume', null],
    ['granted', 'revoke', { status: 'revoked', revokedAt: day(13), revocationReason: 'expired' }],
    ['suspended', 'suspend', null],
    ['suspended', 'resume', { status: 'granted', suspendedAt: null, suspensionReason: null }],
    ['suspended', 'revoke', { status: 'revoked', revokedAt: day(13), revocationReason: 'expired' }],
    ['revoked', 'suspend', null],
    ['revoked', 'resume', null],
    ['revoked', 'revoke', null],
  ] as const;

  it('is nine cells, and the table of the rules says the same', () => {
    expect(cells).toHaveLength(entitlementTransitions.states.length * Object.keys(commands).length);
    for (const [status, command, change] of cells) {
      expect(entitlementTransitions.targets(status, command)).toEqual(change === null ? [] : [change.status]);
    }
  });

  it.each(cells)('%s × %s', (status, command, change) => {
    const before = inStatus[status];
    const outcome = commands[command](before);
    if (change === null) expect(outcome).toEqual({ entitlement: before, changed: false });
    else expect(outcome).toEqual({ changed: true, entitlement: { ...before, ...change } });
  });
});
