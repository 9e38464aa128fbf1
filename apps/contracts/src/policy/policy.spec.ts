import { describe, expect, it } from '@jest/globals';
import { describePolicy, odrlOf, plainTerms } from '@hetao/rules';
import { day } from '../../test/sample-terms.js';
import {
  checkPolicy,
  odrlFrom,
  permitUse,
  policyFacts,
  publicPolicy,
  usagePolicyFrom,
  type UsagePolicy,
} from './policy.js';

const policy: UsagePolicy = {
  purposes: ['research', 'model-training'],
  placesOfUse: ['HK', 'MO'],
  onwardUse: false,
  retentionDays: 365,
};
const term = { from: day(10), until: day(100) };
const full: UsagePolicy = {
  ...policy,
  odrl: odrlOf({ ...plainTerms, ...policy, maxUses: 100, attribution: true, notBefore: day(20).toISOString() }),
};

describe('defining a policy', () => {
  it('takes one that allows something', () => {
    expect(checkPolicy(policy, term)).toEqual({ ok: true, value: policy });
    expect(checkPolicy({ ...policy, retentionDays: null }, term).ok).toBe(true);
    expect(checkPolicy(full, term)).toEqual({ ok: true, value: full });
  });

  it.each([
    [{ purposes: [] }, '/policy/purposes'],
    [{ purposes: ['research', 'research'] }, '/policy/purposes'],
    [{ placesOfUse: [] }, '/policy/places_of_use'],
    [{ placesOfUse: ['HK', 'HK'] }, '/policy/places_of_use'],
    [{ retentionDays: 0 }, '/policy/retention_days'],
  ] as const)('refuses %j', (change, pointer) => {
    expect(checkPolicy({ ...policy, ...change }, term)).toMatchObject({ error: { code: 'POLICY_INVALID', pointer } });
  });

  it.each([
    [{ purposes: ['research'] }, '/policy/purposes'],
    [{ placesOfUse: ['HK', 'MO', 'US'] }, '/policy/places_of_use'],
    [{ onwardUse: true }, '/policy/onward_use'],
    [{ retentionDays: null }, '/policy/retention_days'],
  ] as const)('refuses ODRL that does not come to %j', (change, pointer) => {
    expect(checkPolicy({ ...full, ...change }, term)).toMatchObject({ error: { code: 'POLICY_INVALID', pointer } });
  });

  it('refuses ODRL that contradicts itself, with the place as it was sent', () => {
    const never = { ...full, odrl: odrlOf({ ...plainTerms, ...policy, notAfter: day(5).toISOString() }) };
    expect(checkPolicy(never, term)).toMatchObject({
      error: {
        code: 'USAGE_POLICY_INVALID',
        items: [{ code: 'NEVER_TRUE', pointer: '/policy/odrl/permission/0/constraint/2' }],
      },
    });
  });

  it('refuses ODRL that leaves purposes or places open, or names one the exchange does not serve', () => {
    const open = { permission: [{ action: 'use' }] };
    expect(usagePolicyFrom(open, term)).toMatchObject({ error: { code: 'POLICY_INVALID', pointer: '/policy/odrl' } });
    const elsewhere = odrlOf({ ...plainTerms, purposes: ['research'], placesOfUse: ['FR'] });
    expect(usagePolicyFrom(elsewhere, term)).toMatchObject({ error: { code: 'POLICY_INVALID' } });
  });
});

describe('a policy', () => {
  it('is one object, in ODRL, in words and in four facts', () => {
    expect(odrlFrom(full)).toBe(full.odrl);
    expect(usagePolicyFrom(odrlFrom(full), term)).toEqual({ ok: true, value: full });
    expect(describePolicy(odrlFrom(policy))[3]?.text.en).toBe(
      'The buyer must delete the data within 365 days of receiving it.',
    );
    expect(policyFacts(full)).toEqual(policy);
    expect(publicPolicy(policy)).not.toHaveProperty('odrl');
    expect(publicPolicy(full)).toMatchObject({
      places_of_use: ['HK', 'MO'],
      odrl: { permission: [{ action: 'use' }] },
    });
  });
});

describe('a use under a policy', () => {
  it('is permitted when purpose and place are both named', () => {
    for (const each of [policy, full]) expect(permitUse(each, { purpose: 'research', placeOfUse: 'MO' }).ok).toBe(true);
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

  it('is denied to a buyer the policy does not name, with its clauses', () => {
    const constraint = [
      { leftOperand: 'odrl:recipient', operator: 'eq', rightOperand: 'org_b' },
      { leftOperand: 'odrl:purpose', operator: 'eq', rightOperand: 'research' },
    ];
    const closed = { ...policy, odrl: { permission: [{ action: 'use', constraint }] } };
    const use = { purpose: 'research', placeOfUse: 'HK' } as const;
    expect(permitUse(closed, { ...use, recipient: 'org_b' }).ok).toBe(true);
    expect(permitUse(closed, { ...use, recipient: 'org_x' })).toMatchObject({
      error: { code: 'POLICY_USE_DENIED', meta: { clauses: [{ pointer: '/permission/0' }] } },
    });
  });
});
