import { describe, expect, it } from '@jest/globals';
import { findGrant, summaryOf } from './find-grant.js';
import type { OdrlPolicy } from './odrl.js';
import { odrlOf, plainTerms } from './policy-terms.js';

const window = { from: new Date('2026-01-01T00:00:00Z'), until: new Date('2027-01-01T00:00:00Z') };
const terms = { ...plainTerms, purposes: ['research', 'teaching'], placesOfUse: ['HK', 'MO'], retentionDays: 30 };
const is = (leftOperand: string, operator: string, rightOperand: string) => ({ leftOperand, operator, rightOperand });

describe('a policy in short', () => {
  it('is what its terms say', () => {
    const { purposes, placesOfUse, onwardUse, retentionDays } = terms;
    expect(summaryOf(odrlOf(terms), window)).toEqual({ purposes, placesOfUse, onwardUse, retentionDays });
    expect(summaryOf(odrlOf({ ...terms, onwardUse: true }), window).onwardUse).toBe(true);
  });

  it('leaves out what a prohibition takes back, and what only another time would permit', () => {
    const policy: OdrlPolicy = {
      permission: [
        {
          action: 'use',
          constraint: [
            { or: [is('purpose', 'eq', 'research'), is('purpose', 'eq', 'teaching')] },
            is('spatial', 'eq', 'HK'),
          ],
        },
        { action: 'use', constraint: [is('purpose', 'eq', 'history'), is('dateTime', 'gteq', '2028-01-01T00:00:00Z')] },
      ],
      prohibition: [{ action: 'use', constraint: [is('purpose', 'eq', 'teaching')] }],
      obligation: [{ action: 'delete', constraint: [is('elapsedTime', 'lteq', 'P10DT12H')] }],
    };
    expect(summaryOf(policy, window)).toEqual({
      purposes: ['research'],
      placesOfUse: ['HK'],
      onwardUse: false,
      retentionDays: 10,
    });
  });

  it('says so where purposes or places are open', () => {
    const policy = { permission: [{ action: 'use', constraint: [is('purpose', 'neq', 'marketing')] }] };
    expect(summaryOf(policy, window)).toMatchObject({ purposes: null, placesOfUse: null });
  });
});

describe('looking for a use', () => {
  it('finds the earliest one, or none', () => {
    const policy = odrlOf({ ...terms, notBefore: '2026-03-01T00:00:00.000Z' });
    expect(findGrant(policy, { action: 'use', purpose: 'research', place: 'HK' }, window)?.at).toEqual(
      new Date('2026-03-01T00:00:00Z'),
    );
    expect(findGrant(policy, { action: 'use', purpose: 'marketing', place: 'HK' }, window)).toBeNull();
    expect(findGrant(policy, { action: 'use', purpose: 'research', place: 'US' }, window)).toBeNull();
  });
});
