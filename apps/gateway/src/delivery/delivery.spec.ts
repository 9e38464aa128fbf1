import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { permitDelivery, type Grant } from './delivery.js';

const at = new Date('2026-11-23T04:00:00Z');
const grant: Grant = {
  agreementId: 'agr_1',
  productId: 'prd_1',
  merchantId: 'org_merchant',
  buyerId: 'org_buyer',
  meters: ['calls'],
  purposes: ['research', 'teaching'],
  validFrom: at,
  validUntil: new Date('2027-11-23T00:00:00Z'),
  revokedAt: null,
  suspendedAt: null,
  exhaustedMeter: null,
};
const request = { agreementId: 'agr_1', organisationId: 'org_buyer', purpose: 'research', at };

describe('the licence of a call', () => {
  it('permits it for a licensed purpose, from the first instant until before the last', () => {
    expect(permitDelivery(grant, request)).toEqual({ ok: true, value: { grant, purpose: 'research' } });
    expect(permitDelivery(grant, { ...request, at: grant.validUntil }).ok).toBe(false);
  });

  it('is not guessed at: where several purposes are licensed, one is named', () => {
    expect(permitDelivery(grant, { ...request, purpose: null })).toMatchObject({
      error: { code: 'DELIVERY_PURPOSE_NOT_ALLOWED', meta: { allowed: ['research', 'teaching'] } },
    });
    expect(permitDelivery({ ...grant, purposes: ['research'] }, { ...request, purpose: null })).toMatchObject({
      value: { purpose: 'research' },
    });
  });

  it('permits nothing unless all of it holds', () => {
    const faults = fc.record({
      buyerId: fc.constantFrom('org_buyer', 'org_other'),
      purposes: fc.constantFrom<readonly string[]>(['research'], ['teaching'], []),
      validFrom: fc.constantFrom(at, new Date(at.getTime() + 1)),
      validUntil: fc.constantFrom(new Date(at.getTime() + 1), at),
      revokedAt: fc.constantFrom(null, at),
      exhaustedMeter: fc.constantFrom(null, 'calls'),
    });
    fc.assert(
      fc.property(faults, (change) => {
        const holds =
          change.buyerId === 'org_buyer' &&
          change.purposes.includes('research') &&
          change.validFrom <= at &&
          at < change.validUntil &&
          change.revokedAt === null &&
          change.exhaustedMeter === null;
        expect(permitDelivery({ ...grant, ...change }, request).ok).toBe(holds);
      }),
    );
  });

  it('says nothing of an agreement to anybody but its buyer', () => {
    const unknown = permitDelivery(undefined, request);
    expect(permitDelivery({ ...grant, buyerId: 'org_other' }, request)).toEqual(unknown);
  });
});
