import { describe, expect, it } from '@jest/globals';
import { seesEveryTenant, seesTenant } from './reader.js';

const reader = (personas: readonly string[], via = 'session') => ({ organisationId: 'org_a', personas, via });

describe('who sees which tenant', () => {
  it.each(['operator', 'auditor'])('an %s sees every tenant', (persona) => {
    expect(seesEveryTenant(reader(['merchant', persona]))).toBe(true);
    expect(seesTenant(reader([persona]), 'org_b')).toBe(true);
  });

  it("so do the exchange's own processes", () => expect(seesEveryTenant(reader([], 'system'))).toBe(true));

  it.each([[[]], [['merchant']], [['buyer', 'merchant']]])('%j sees its own organisation alone', (personas) => {
    expect(seesEveryTenant(reader(personas))).toBe(false);
    expect(seesTenant(reader(personas), 'org_a')).toBe(true);
    expect(seesTenant(reader(personas), 'org_b')).toBe(false);
  });
});
