import { describe, expect, it } from '@jest/globals';
import { checkPolicy, permitUse, type UsagePolicy } from './policy.js';

const policy: UsagePolicy = {
  purposes: ['research', 'model-training'],
  placesOfUse: ['HK', 'MO'],
  onwardUse: false,
  retentionDays: 365,
};

describe('defining a policy', () => {
  it('takes one that allows something', () => {
    expect(checkPolicy(policy)).toEqual({ ok: true, value: policy });
    expect(checkPolicy({ ...policy, retentionDays: null }).ok).toBe(true);
  });

  it.each([
    [{ purposes: [] }, '/policy/purposes'],
    [{ purposes: ['research', 'research'] }, '/policy/purposes'],
    [{ placesOfUse: [] }, '/policy/places_of_use'],
    [{ placesOfUse: ['HK', 'HK'] }, '/policy/places_of_use'],
    [{ retentionDays: 0 }, '/policy/retention_days'],
  ] as const)('refuses %j', (change, pointer) => {
    expect(checkPolicy({ ...policy, ...change })).toMatchObject({ error: { code: 'POLICY_INVALID', pointer } });
  });
});

describe('a use under a policy', () => {
  it('is permitted when purpose and place are both named', () => {
    expect(permitUse(policy, { purpose: 'research', placeOfUse: 'MO' }).ok).toBe(true);
  });

  it('is denied for any other purpose or place, with what is allowed', () => {
    expect(permitUse(policy, { purpose: 'marketing', placeOfUse: 'HK' })).toMatchObject({
      error: { code: 'POLICY_PURPOSE_NOT_ALLOWED', pointer: '/purpose', meta: { allowed: policy.purposes } },
    });
    expect(permitUse(policy, { purpose: 'research', placeOfUse: 'US' })).toMatchObject({
      error: { code: 'POLICY_PLACE_NOT_ALLOWED', pointer: '/place_of_use', meta: { allowed: ['HK', 'MO'] } },
    });
    expect(permitUse(policy, { purpose: 'RESEARCH', placeOfUse: 'HK' }).ok).toBe(false);
  });
});
