import { describe, expect, it } from '@jest/globals';
import { checkUsagePolicy } from './check-policy.js';
import { evaluatePolicy } from './evaluate.js';

const window = { from: new Date('2026-01-01T00:00:00Z'), until: new Date('2027-01-01T00:00:00Z') };
const is = (leftOperand: string, operator: string, rightOperand: unknown) => ({ leftOperand, operator, rightOperand });
const research = is('odrl:purpose', 'eq', 'research');
const use = (...constraint: unknown[]) => ({ action: 'use', constraint });
const faults = (policy: unknown, unknownTerms?: 'refuse' | 'keep'): string[] => {
  const checked = checkUsagePolicy(policy, { window, ...(unknownTerms === undefined ? {} : { unknownTerms }) });
  return checked.ok ? [] : (checked.error.items ?? []).map(({ code, pointer }) => `${code} ${pointer}`);
};

describe('a policy that can be offered', () => {
  it('is taken, spelled as it came, without what ties it to an offer', () => {
    const policy = { permission: [use(research)], prohibition: [{ action: 'odrl:distribute' }] };
    expect(checkUsagePolicy(policy, { window })).toEqual({ ok: true, value: policy });
    const offer = { '@id': 'urn:offer:1', '@type': 'Offer', target: 'urn:ds:1', ...policy };
    expect(checkUsagePolicy(offer, { window })).toEqual({ ok: true, value: policy });
  });

  it('may be written in the short forms of JSON-LD', () => {
    const checked = checkUsagePolicy(
      { permission: { action: { '@id': 'odrl:use' }, constraint: research } },
      { window },
    );
    expect(checked).toEqual({ ok: true, value: { permission: [{ action: 'odrl:use', constraint: [research] }] } });
  });
});

describe('a policy that contradicts itself is refused when it is defined', () => {
  const from = (day: string) => is('odrl:dateTime', 'gteq', `2026-${day}T00:00:00Z`);
  const to = (day: string) => is('odrl:dateTime', 'lteq', `2026-${day}T00:00:00Z`);
  const where = '/permission/0';
  it.each([
    ['nothing permitted', {}, 'NOTHING_PERMITTED '],
    ['prohibitions alone', { prohibition: [{ action: 'use' }] }, 'NOTHING_PERMITTED '],
    ['a range without room', { permission: [use(from('06-01'), to('05-01'))] }, `NEVER_TRUE ${where}/constraint`],
    [
      'two places at once',
      { permission: [use(is('spatial', 'eq', 'HK'), is('spatial', 'eq', 'MO'))] },
      `NEVER_TRUE ${where}/constraint`,
    ],
    ['no use at all', { permission: [use(is('count', 'lteq', '0'))] }, `NEVER_TRUE ${where}/constraint/0`],
    ['less than no time', { permission: [use(is('elapsedTime', 'lt', 'P0D'))] }, `NEVER_TRUE ${where}/constraint/0`],
    [
      'a time long past',
      { permission: [use(is('dateTime', 'lteq', '2020-01-01T00:00:00Z'))] },
      `NEVER_TRUE ${where}/constraint/0`,
    ],
    [
      'exactly one of two equal things',
      { permission: [use({ xone: [research, is('purpose', 'eq', 'research')] })] },
      `NEVER_TRUE ${where}/constraint/0/xone/1`,
    ],
    [
      'a dead branch',
      { permission: [use({ or: [research, { and: [research, is('purpose', 'neq', 'research')] }] })] },
      `NEVER_TRUE ${where}/constraint/0/or/1`,
    ],
    [
      'permitted and prohibited',
      { permission: [use(research)], prohibition: [use(research)] },
      `PERMISSION_EMPTY ${where}`,
    ],
    [
      'prohibited by something wider',
      { permission: [{ action: 'odrl:sell' }], prohibition: [{ action: 'odrl:transfer' }] },
      `PERMISSION_EMPTY ${where}`,
    ],
    [
      'prohibited in parts that leave nothing',
      {
        permission: [use(is('spatial', 'isAnyOf', ['HK', 'MO']))],
        prohibition: [use(is('spatial', 'eq', 'HK')), use(is('spatial', 'eq', 'MO'))],
      },
      `PERMISSION_EMPTY ${where}`,
    ],
    [
      'a prohibition that never applies',
      { permission: [use(research)], prohibition: [use(to('05-01'), from('06-01'))] },
      'NEVER_TRUE /prohibition/0/constraint',
    ],
    [
      'a forbidden duty',
      { permission: [use(research)], prohibition: [{ action: 'delete' }], obligation: [{ action: 'delete' }] },
      'DUTY_PROHIBITED /obligation/0',
    ],
    [
      'a duty due before the term',
      {
        permission: [use(research)],
        obligation: [{ action: 'delete', constraint: [is('dateTime', 'lteq', '2025-12-31T00:00:00Z')] }],
      },
      'DUTY_IMPOSSIBLE /obligation/0/constraint/0',
    ],
    [
      'a duty due before the first use',
      { permission: [use(from('06-01'))], obligation: [{ action: 'delete', constraint: [to('05-01')] }] },
      'DUTY_IMPOSSIBLE /obligation/0/constraint/0',
    ],
    [
      'a duty without time',
      {
        permission: [
          { ...use(research), duty: [{ action: 'delete', constraint: [is('elapsedTime', 'lteq', 'P0D')] }] },
        ],
      },
      'DUTY_IMPOSSIBLE /permission/0/duty/0/constraint/0',
    ],
  ])('%s', (_, policy, expected) => {
    expect(faults(policy)).toEqual([expected]);
  });

  it('but not where something is left', () => {
    expect(
      faults({
        permission: [use(is('spatial', 'isAnyOf', ['HK', 'MO']))],
        prohibition: [use(is('spatial', 'eq', 'HK'))],
      }),
    ).toEqual([]);
    expect(
      faults({
        permission: [use(from('05-01'), to('06-01'))],
        obligation: [{ action: 'delete', constraint: [to('05-01')] }],
      }),
    ).toEqual([]);
    expect(faults({ permission: [use({ xone: [research, is('spatial', 'eq', 'HK')] })] })).toEqual([]);
  });
});

describe('terms nobody here can check', () => {
  const where = '/permission/0';
  it.each([
    [use(is('cx-policy:Membership', 'eq', 'active')), `TERM_UNKNOWN ${where}/constraint/0/leftOperand`],
    [use(is('purpose', 'isA', 'research')), `TERM_UNKNOWN ${where}/constraint/0/operator`],
    [use(is('count', 'lteq', 'many')), `VALUE_INVALID ${where}/constraint/0/rightOperand`],
    [use({ ...research, refinement: [] }), `TERM_UNKNOWN ${where}/constraint/0`],
    [use({ or: [] }), `SHAPE_INVALID ${where}/constraint/0`],
    [{ action: 'cx-policy:access' }, `TERM_UNKNOWN ${where}/action`],
    [{ action: 'use', assignee: 'org_b' }, `TERM_UNKNOWN ${where}/assignee`],
    [{ action: 'use', duty: [{ action: 'odrl:dance' }] }, `TERM_UNKNOWN ${where}/duty/0/action`],
    [{ action: 'use', duty: [{ action: 'delete', constraint: [research] }] }, `TERM_UNKNOWN ${where}/duty/0`],
  ])('are refused in %j', (rule, expected) => {
    expect(faults({ permission: [rule] })).toEqual([expected]);
  });

  it('are kept in a peer’s policy, and deny there', () => {
    const policy = { permission: [use(is('cx-policy:Membership', 'eq', 'active'))] };
    expect(faults(policy, 'keep')).toEqual([]);
    const checked = checkUsagePolicy(policy, { window, unknownTerms: 'keep' });
    const decision = checked.ok && evaluatePolicy(checked.value, { action: 'use', at: window.from });
    expect(decision).toMatchObject({ permitted: false });
    expect(faults({ prohibition: [{ action: 'use' }] }, 'keep')).toEqual([]);
    expect(faults({ permission: [use(research)], prohibition: [use(research)] }, 'keep')).toHaveLength(1);
  });
});

describe('what is no policy', () => {
  const deep = (levels: number): unknown => (levels === 0 ? research : { and: [deep(levels - 1)] });
  it.each([
    ['a text', 'use', ['SHAPE_INVALID ']],
    ['null', null, ['SHAPE_INVALID ']],
    ['a rule without action', { permission: [{}] }, ['SHAPE_INVALID /permission/0/action']],
    ['a rule that is none', { permission: ['use'] }, ['SHAPE_INVALID /permission/0']],
    [
      'a number to compare with',
      { permission: [use(is('count', 'lteq', 5))] },
      ['SHAPE_INVALID /permission/0/constraint/0/rightOperand'],
    ],
    [
      'two connectives',
      { permission: [use({ and: [research], or: [research] })] },
      ['SHAPE_INVALID /permission/0/constraint/0'],
    ],
    ['a constraint that is none', { permission: [use(7)] }, ['SHAPE_INVALID /permission/0/constraint/0']],
    ['too deep', { permission: [use(deep(9))] }, [`TOO_LARGE /permission/0/constraint/0${'/and/0'.repeat(8)}`]],
    ['too many rules', { permission: Array.from({ length: 51 }, () => use(research)) }, ['TOO_LARGE /permission']],
  ])('%s', (_, policy, expected) => {
    expect(faults(policy)).toEqual(expected);
    expect(faults(policy, 'keep')).toEqual(expected);
  });

  it('has too many constraints, told once', () => {
    const policy = { permission: Array.from({ length: 20 }, () => use(...Array.from({ length: 30 }, () => research))) };
    expect(faults(policy)).toHaveLength(1);
  });
});
