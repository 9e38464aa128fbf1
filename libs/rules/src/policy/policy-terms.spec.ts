import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { checkUsagePolicy } from './check-policy.js';
import { describePolicy } from './describe-policy.js';
import { odrlOf, plainTerms, termsOf, type PolicyTerms } from './policy-terms.js';
import { samePolicy } from './same-policy.js';

const window = { from: new Date('2026-01-01T00:00:00Z'), until: new Date('2028-01-01T00:00:00Z') };
const places = ['CN', 'HK', 'MO', 'SG', 'CN-GD'] as const;
const names = fc.uniqueArray(fc.stringMatching(/^[a-z][a-z0-9:_-]{0,20}$/), { minLength: 1, maxLength: 6 });
const orNull = <T>(values: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(values, { nil: null });
const days = fc.integer({ min: 1, max: 36_500 });
const instants = (from: string, to: string) =>
  fc.date({ min: new Date(from), max: new Date(to), noInvalidDate: true }).map((date) => date.toISOString());

/** Terms without a contradiction: what begins does so before it ends, and nothing is due before it begins. */
const anyTerms: fc.Arbitrary<PolicyTerms> = fc
  .record({
    purposes: names,
    placesOfUse: fc.uniqueArray(fc.constantFrom(...places), { minLength: 1 }),
    onwardUse: fc.boolean(),
    recipients: orNull(names),
    retentionDays: orNull(days),
    deleteBy: orNull(instants('2027-06-01T00:00:00Z', '2030-01-01T00:00:00Z')),
    maxUses: orNull(fc.integer({ min: 1, max: 1_000_000 })),
    notBefore: orNull(instants('2026-01-01T00:00:00Z', '2026-12-31T00:00:00Z')),
    notAfter: orNull(instants('2027-01-01T00:00:00Z', '2027-12-31T00:00:00Z')),
    validForDays: orNull(days),
    attribution: fc.boolean(),
  })
  .map((terms) => (terms.onwardUse ? terms : { ...terms, recipients: null }));

describe('terms and their policy', () => {
  it('are the same thing: there and back loses nothing, and every such policy can be offered', () => {
    fc.assert(
      fc.property(anyTerms, (terms) => {
        const policy = odrlOf(terms);
        expect(termsOf(policy)).toEqual({ ok: true, value: terms });
        expect(checkUsagePolicy(policy, { window })).toEqual({ ok: true, value: policy });
        expect(samePolicy(odrlOf(terms), JSON.parse(JSON.stringify(policy)))).toBe(true);
      }),
      { numRuns: 80 },
    );
  });

  it('are said in words from the policy alone', () => {
    const policy = odrlOf({
      ...plainTerms,
      purposes: ['research'],
      placesOfUse: ['HK'],
      retentionDays: 30,
      maxUses: 100,
      notAfter: '2027-06-30T15:59:59.000Z',
      attribution: true,
    });
    const clauses = describePolicy(policy);
    expect(clauses.map(({ pointer, text }) => [pointer, text.en])).toEqual([
      [
        '/permission/0',
        'The buyer may use the data, provided that the purpose is “research”; and the place of use is Hong Kong; and the time of use is not after 2027-06-30T15:59:59.000Z; and the number of uses is at most 100.',
      ],
      ['/prohibition/0', 'The buyer must not pass the data on to others.'],
      ['/prohibition/1', 'The buyer must not transfer ownership of the data.'],
      ['/obligation/0', 'The buyer must delete the data within 30 days of receiving it.'],
      ['/obligation/1', 'The buyer must name the source of the data.'],
    ]);
    expect(clauses.map(({ text }) => text['zh-Hant'])).toEqual([
      '買方可以使用數據，條件是：用途為「research」；且使用地為香港；且使用時間不晚於2027-06-30T15:59:59.000Z；且使用次數不超過100。',
      '買方不得向第三方再提供數據。',
      '買方不得轉讓數據。',
      '買方須在收到數據後30天內刪除數據。',
      '買方須註明數據來源。',
    ]);
  });

  it('end where a policy says more', () => {
    const policy = odrlOf({ ...plainTerms, purposes: ['research'], placesOfUse: ['HK'] });
    const further = [
      { ...policy, prohibition: [...(policy.prohibition ?? []), { action: 'derive' }] },
      { permission: [{ action: 'use' }] },
      { ...policy, permission: [...(policy.permission ?? []), { action: 'derive' }] },
      { ...policy, permission: [{ ...policy.permission?.[0], action: 'use', duty: [{ action: 'inform' }] }] },
    ];
    for (const each of further) expect(termsOf(each)).toMatchObject({ error: { code: 'USAGE_POLICY_NOT_SIMPLE' } });
  });
});

describe('the same policy', () => {
  const one = {
    permission: [{ action: 'use', constraint: [{ leftOperand: 'odrl:count', operator: 'lteq', rightOperand: '5' }] }],
  };
  it('has many spellings', () => {
    const iri = 'http://www.w3.org/ns/odrl/2/';
    const other = {
      '@id': 'urn:x',
      permission: {
        action: `${iri}use`,
        constraint: {
          leftOperand: `${iri}count`,
          operator: 'odrl:lteq',
          rightOperand: { '@value': '5', '@type': 'xsd:integer' },
        },
      },
      prohibition: [],
      assigner: 'did:web:a',
    };
    expect(samePolicy(one, other as never)).toBe(true);
    const list = (rightOperand: unknown) => ({
      permission: [{ action: 'use', constraint: [{ leftOperand: 'purpose', operator: 'isAnyOf', rightOperand }] }],
    });
    expect(samePolicy(list(['a', 'b']) as never, list('[{"@value":"a"},{"@value":"b"}]') as never)).toBe(true);
  });

  it('is another with another value, another order, or a rule more', () => {
    const value = {
      permission: [{ action: 'use', constraint: [{ leftOperand: 'odrl:count', operator: 'lteq', rightOperand: '6' }] }],
    };
    const two = { permission: [...one.permission, { action: 'derive' }] };
    expect([
      samePolicy(one, value),
      samePolicy(one, two),
      samePolicy(two, { permission: [...two.permission].reverse() }),
    ]).toEqual([false, false, false]);
  });
});
