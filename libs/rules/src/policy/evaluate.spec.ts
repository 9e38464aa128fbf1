import { describe, expect, it } from '@jest/globals';
import type { JsonValue } from '@hetao/kernel';
import { evaluatePolicy, PolicyEvaluator } from './evaluate.js';
import type { OdrlConstraint, OdrlPolicy, OdrlTest } from './odrl.js';
import type { PolicyUse } from './vocabulary.js';

const is = (leftOperand: string, operator: string, rightOperand: JsonValue): OdrlTest => ({
  leftOperand,
  operator,
  rightOperand,
});
const research = is('odrl:purpose', 'eq', 'research');
const inHongKong = is('odrl:spatial', 'eq', 'HK');
const now = new Date('2026-06-01T12:00:00Z');
const use: PolicyUse = { action: 'use', at: now, purpose: 'research', place: 'HK', recipient: 'org_b', count: 3 };
const permission = (...constraint: OdrlConstraint[]): OdrlPolicy => ({ permission: [{ action: 'use', constraint }] });
const permits = (policy: OdrlPolicy, change: Partial<PolicyUse> = {}) =>
  evaluatePolicy(policy, { ...use, ...change }).permitted;

describe('a permission', () => {
  it('grants its own action while all its conditions hold, and nothing else', () => {
    const policy = permission(research, inHongKong);
    expect(permits(policy)).toBe(true);
    expect(permits(policy, { action: 'odrl:use' })).toBe(true);
    expect(permits(policy, { action: 'http://www.w3.org/ns/odrl/2/use' })).toBe(true);
    for (const change of [{ purpose: 'marketing' }, { place: 'MO' }, { action: 'distribute' }, { action: 'read' }]) {
      expect(permits(policy, change)).toBe(false);
    }
    expect(permits({})).toBe(false);
  });

  it('grants nothing while a fact is missing', () => {
    const policy = permission(research, inHongKong);
    expect(permits(policy, { purpose: undefined })).toBe(false);
    expect(permits(policy, { place: undefined })).toBe(false);
    expect(permits(policy, { place: 'not a place' })).toBe(false);
  });

  it.each([
    ['dateTime', 'lteq', '2026-06-01T12:00:00Z', true],
    ['dateTime', 'lt', '2026-06-01T12:00:00Z', false],
    ['dateTime', 'gteq', '2026-06-01T20:00:00+08:00', true],
    ['dateTime', 'gt', '2026-06-01T12:00:00Z', false],
    ['count', 'lteq', '3', true],
    ['count', 'lt', '3', false],
    ['elapsedTime', 'lteq', 'P31D', true],
    ['elapsedTime', 'lteq', 'P30DT23H59M59S', false],
    ['elapsedTime', 'lteq', 'P4W3D', true],
    ['recipient', 'isAnyOf', ['org_a', 'org_b'], true],
    ['recipient', 'isAnyOf', 'org_a, org_b', true],
    ['recipient', 'isAnyOf', '["org_a","org_b"]', true],
    ['recipient', 'isNoneOf', ['org_b'], false],
    ['recipient', 'neq', 'org_a', true],
    ['spatial', 'isPartOf', 'HK', true],
    ['spatial', 'eq', 'CN-HK', true],
    ['spatial', 'eq', 'CN', false],
  ] as const)('compares %s %s %s', (operand, operator, right, expected) => {
    const agreedAt = new Date('2026-05-01T12:00:00Z');
    expect(permits(permission(is(operand, operator, right)), { agreedAt })).toBe(expected);
  });

  it('knows that Guangdong lies in China, and does not guess where in China somebody is', () => {
    const guangdong = permission(is('spatial', 'eq', 'CN-GD'));
    const china = permission(is('spatial', 'eq', 'CN'));
    expect([permits(china, { place: 'CN-GD' }), permits(guangdong, { place: 'CN' })]).toEqual([true, false]);
    const notGuangdong = permission(is('spatial', 'neq', 'CN-GD'));
    expect([permits(notGuangdong, { place: 'CN' }), permits(notGuangdong, { place: 'HK' })]).toEqual([false, true]);
  });

  it('puts conditions together with and, or, xone and andSequence', () => {
    const no = is('purpose', 'eq', 'teaching');
    const unknown = is('cx-policy:Membership', 'eq', 'active');
    const cases: [OdrlConstraint, boolean][] = [
      [{ and: [research, inHongKong] }, true],
      [{ and: [research, no] }, false],
      [{ andSequence: [research, inHongKong] }, true],
      [{ andSequence: [no, research] }, false],
      [{ or: [no, research] }, true],
      [{ or: [no, no] }, false],
      [{ xone: [no, research] }, true],
      [{ xone: [research, inHongKong] }, false],
      [{ xone: [research, unknown] }, false],
      [{ or: [no, unknown] }, false],
      [{ and: [research, unknown] }, false],
      [{ and: [] }, false],
      [{ or: [] }, false],
    ];
    for (const [constraint, expected] of cases) expect(permits(permission(constraint))).toBe(expected);
  });
});

describe('what cannot be read', () => {
  it.each([
    ['a left operand', is('cx-policy:Membership', 'eq', 'active')],
    ['an operator', is('purpose', 'isA', 'research')],
    ['an operator of another kind', is('count', 'isAnyOf', '3')],
    ['a value', is('dateTime', 'lteq', '2027-02-30T00:00:00Z')],
    ['a month, which has no length', is('elapsedTime', 'lteq', 'P1M')],
    ['a list where one value belongs', { ...is('purpose', 'eq', 'x'), rightOperand: ['research', 'x'] }],
    ['a bare number', { ...is('count', 'lteq', ''), rightOperand: 5 }],
    ['a refinement', { ...research, refinement: [inHongKong] }],
  ])('never permits: %s', (_, constraint) => {
    expect(permits(permission(constraint))).toBe(false);
    const forbidden: OdrlPolicy = {
      ...permission(research),
      prohibition: [{ action: 'use', constraint: [constraint] }],
    };
    expect(permits(forbidden)).toBe(false);
  });

  it('never permits in the members of a rule, in the action of a prohibition, or in a duty', () => {
    const rule = { action: 'use', constraint: [research] };
    expect(permits({ permission: [{ ...rule, assignee: 'org_b' } as typeof rule] })).toBe(false);
    expect(permits({ permission: [rule], prohibition: [{ action: 'urn:other:frobnicate' }] })).toBe(false);
    expect(permits({ permission: [rule], obligation: [{ action: 'urn:other:frobnicate' }] })).toBe(false);
    expect(permits({ permission: [{ ...rule, duty: [{ action: 'delete', constraint: [research] }] }] })).toBe(false);
  });
});

describe('a prohibition', () => {
  it('wins over every permission, also of what is included in what it names', () => {
    const policy: OdrlPolicy = {
      permission: [{ action: 'use' }, { action: 'odrl:sell' }],
      prohibition: [{ action: 'odrl:transfer' }, { action: 'use', constraint: [is('spatial', 'eq', 'US')] }],
    };
    expect([permits(policy), permits(policy, { action: 'sell' }), permits(policy, { place: 'US' })]).toEqual([
      true,
      false,
      false,
    ]);
    expect(permits(policy, { place: undefined })).toBe(false);
  });
});

describe('a duty', () => {
  const deletion = { action: 'odrl:delete', constraint: [is('odrl:elapsedTime', 'lteq', 'P30D')] };
  const policy: OdrlPolicy = {
    permission: [{ action: 'use', duty: [{ action: 'attribute' }] }],
    obligation: [deletion],
  };
  const receivedAt = new Date('2026-05-01T00:00:00Z');

  it('is pending until its day, missed after it, and done when somebody did it', () => {
    const duties = (change: Partial<PolicyUse>) => {
      const { permitted, duties: found } = evaluatePolicy(policy, { ...use, ...change });
      return [permitted, ...found.map(({ action, state }) => `${action} ${state}`)];
    };
    expect(duties({})).toEqual([true, 'attribute pending', 'delete pending']);
    expect(duties({ receivedAt, at: new Date('2026-05-31T00:00:00Z') })[0]).toBe(true);
    expect(duties({ receivedAt })).toEqual([false, 'attribute pending', 'delete missed']);
    expect(duties({ receivedAt, fulfilled: ['odrl:delete'] })).toEqual([true, 'attribute pending', 'delete done']);
  });

  it('says when it is due', () => {
    const { duties } = evaluatePolicy(policy, { ...use, receivedAt, at: receivedAt });
    expect(duties[1]).toMatchObject({ pointer: '/obligation/0', due: new Date('2026-05-31T00:00:00Z') });
    const byDate = {
      action: 'delete',
      constraint: [...deletion.constraint, is('dateTime', 'lt', '2026-05-20T00:00:00Z')],
    };
    const earlier = evaluatePolicy({ ...policy, obligation: [byDate] }, { ...use, receivedAt, at: receivedAt });
    expect(earlier.duties[1]?.due).toEqual(new Date('2026-05-19T23:59:59.999Z'));
  });
});

describe('the answer', () => {
  it('explains itself clause by clause in three languages', () => {
    const policy: OdrlPolicy = {
      permission: [{ action: 'use', constraint: [research, { or: [inHongKong, is('odrl:spatial', 'eq', 'MO')] }] }],
      prohibition: [{ action: 'odrl:distribute' }],
      obligation: [{ action: 'odrl:delete', constraint: [is('odrl:elapsedTime', 'lteq', 'P30D')] }],
    };
    const decision = evaluatePolicy(policy, { ...use, place: 'US' });
    expect(decision.permitted).toBe(false);
    expect(decision.reason).toEqual({
      en: 'Refused: no permission to use the data holds, and what is not permitted is not allowed.',
      'zh-Hans': '不准：没有成立的使用数据许可；未经许可即不得为之。',
      'zh-Hant': '不准：沒有成立的使用數據許可；未經許可即不得為之。',
    });
    const [granting, forbidding, owing] = decision.clauses;
    expect(granting).toMatchObject({ pointer: '/permission/0', effect: 'silent', truth: 'false' });
    expect(granting?.text).toEqual({
      en: 'The buyer may use the data, provided that the purpose is “research”; and one of these holds: the place of use is Hong Kong; or the place of use is Macao.',
      'zh-Hans': '买方可以使用数据，条件是：用途为“research”；且符合下列任一项：使用地为香港；或使用地为澳门。',
      'zh-Hant': '買方可以使用數據，條件是：用途為「research」；且符合下列任何一項：使用地為香港；或使用地為澳門。',
    });
    expect(granting?.conditions[1]?.parts[0]).toMatchObject({
      pointer: '/permission/0/constraint/1/or/0',
      truth: 'false',
      because: { en: 'Stated for the place of use: the United States.', 'zh-Hant': '所申報的使用地：美國。' },
    });
    expect(forbidding?.text['zh-Hant']).toBe('買方不得向第三方再提供數據。');
    expect(owing?.text).toEqual({
      en: 'The buyer must delete the data within 30 days of receiving it.',
      'zh-Hans': '买方须在收到数据后30天内删除数据。',
      'zh-Hant': '買方須在收到數據後30天內刪除數據。',
    });
  });

  it('says which term cannot be checked, and which fact is missing', () => {
    const policy = permission(is('cx-policy:Membership', 'eq', 'active'), research);
    const [clause] = evaluatePolicy(policy, { action: 'use', at: now }).clauses;
    expect(clause?.conditions.map(({ because }) => because?.en)).toEqual([
      '“cx-policy:Membership” is no left operand this exchange can check, so the condition counts as not met.',
      'Nobody said what the purpose is.',
    ]);
  });

  it('is the same with and without its words', () => {
    const evaluator = new PolicyEvaluator(permission(research));
    for (const purpose of ['research', 'x', undefined]) {
      expect(evaluator.permits({ ...use, purpose })).toBe(evaluator.evaluate({ ...use, purpose }).permitted);
    }
  });
});
