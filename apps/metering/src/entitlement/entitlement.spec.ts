import { describe, expect, it } from '@jest/globals';
import { coveringEntitlement, endMs, type Entitlement, mayRead, maySend, unknownMeter } from './entitlement.js';

const entitlement: Entitlement = {
  entitlementId: 'ent_1',
  agreementId: 'agr_1',
  productId: 'prd_1',
  merchantId: 'org_m',
  buyerId: 'org_b',
  meters: ['calls', 'bytes'],
  validFromMs: 1_000,
  validUntilMs: 2_000,
  stopped: null,
  pauses: [],
};
const codeAt = (timeMs: number, ...entitlements: Entitlement[]) => {
  const result = coveringEntitlement(entitlements, timeMs);
  return result.ok ? result.value.entitlementId : result.error.code;
};

describe('an entitlement', () => {
  it('covers its first instant and not its last', () => {
    expect(codeAt(999, entitlement)).toBe('USAGE_BEFORE_ENTITLEMENT');
    expect(codeAt(1_000, entitlement)).toBe('ent_1');
    expect(codeAt(1_999, entitlement)).toBe('ent_1');
    expect(codeAt(2_000, entitlement)).toBe('USAGE_AFTER_ENTITLEMENT');
  });

  it('covers what was used before it was stopped, however late it is reported', () => {
    const stopped = { ...entitlement, stopped: { atMs: 1_500, reason: 'the agreement ended' } };
    expect(codeAt(1_499, stopped)).toBe('ent_1');
    expect(codeAt(1_500, stopped)).toBe('USAGE_AFTER_ENTITLEMENT');
    const result = coveringEntitlement([stopped], 1_500);
    expect(result.ok ? '' : result.error.detail).toContain('1970-01-01T00:00:01.500Z (the agreement ended)');
  });

  it('is not lengthened by a stop after its end', () => {
    expect(endMs({ ...entitlement, stopped: { atMs: 9_000, reason: 'expired' } })).toBe(2_000);
  });

  it('may be followed by another one after a gap', () => {
    const next = { ...entitlement, entitlementId: 'ent_2', validFromMs: 3_000, validUntilMs: 4_000 };
    expect(codeAt(1_500, entitlement, next)).toBe('ent_1');
    expect(codeAt(2_500, entitlement, next)).toBe('USAGE_BEFORE_ENTITLEMENT');
    expect(codeAt(3_500, entitlement, next)).toBe('ent_2');
    expect(codeAt(4_000, entitlement, next)).toBe('USAGE_AFTER_ENTITLEMENT');
  });

  it('that was stopped before it began covers nothing', () => {
    const never = { ...entitlement, stopped: { atMs: 500, reason: 'revoked' } };
    expect(codeAt(700, never)).toBe('USAGE_AFTER_ENTITLEMENT');
    expect(codeAt(1_200, never)).toBe('USAGE_AFTER_ENTITLEMENT');
  });

  it('that rested covers what was used before and after, and says why not meanwhile', () => {
    const pauses = [
      { fromMs: 1_200, untilMs: 1_300, reason: 'unpaid' },
      { fromMs: 1_600, untilMs: null, reason: 'again' },
    ];
    const rested = { ...entitlement, pauses };
    const times = [1_199, 1_200, 1_299, 1_300, 1_599, 1_600, 1_999];
    const suspended = 'USAGE_ENTITLEMENT_SUSPENDED';
    expect(times.map((timeMs) => codeAt(timeMs, rested))).toEqual([
      ...['ent_1', suspended, suspended, 'ent_1', 'ent_1', suspended, suspended],
    ]);
    expect(codeAt(2_000, rested)).toBe('USAGE_AFTER_ENTITLEMENT');
    expect(codeAt(1_250, rested, { ...entitlement, entitlementId: 'ent_2' })).toBe('ent_2');
    const result = coveringEntitlement([rested], 1_250);
    expect(result.ok ? '' : result.error.detail).toContain('since 1970-01-01T00:00:01.200Z (unpaid)');
  });

  it('names its meters', () => {
    expect(unknownMeter(entitlement, ['bytes', 'calls'])).toBeUndefined();
    expect(unknownMeter(entitlement, ['bytes', 'rows'])).toBe('rows');
  });
});

describe('who may', () => {
  const sender = (organisationId: string, isSystem = false) => ({ senderId: organisationId, organisationId, isSystem });
  const reader = (organisationId: string, seesAll = false) => ({ organisationId, seesAll });

  it('send: the merchant and the exchange, not the buyer', () => {
    expect(maySend(sender('org_m'), entitlement)).toBe(true);
    expect(maySend(sender('', true), entitlement)).toBe(true);
    expect(maySend(sender('org_b'), entitlement)).toBe(false);
    expect(maySend(sender('org_x'), entitlement)).toBe(false);
  });

  it('read: both sides, and whoever sees all', () => {
    expect(mayRead(reader('org_m'), entitlement)).toBe(true);
    expect(mayRead(reader('org_b'), entitlement)).toBe(true);
    expect(mayRead(reader('', true), entitlement)).toBe(true);
    expect(mayRead(reader('org_x'), entitlement)).toBe(false);
  });
});
