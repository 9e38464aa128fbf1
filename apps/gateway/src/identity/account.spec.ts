import { describe, expect, it } from '@jest/globals';
import { unwrap } from '@hetao/kernel';
import { decideMember, normaliseEmail, type MemberRequest, type MemberSponsor } from './account.js';
import { passwordFault } from './password-rules.js';

const request: MemberRequest = {
  organisationId: 'par_1',
  email: ' Li.Wei@Lingnan.example ',
  displayName: '李伟',
  personas: ['merchant', 'merchant'],
  password: 'eight grey herons over the bay',
};
const operator: MemberSponsor = { organisationId: 'org_exchange', personas: ['operator'] };
const colleague: MemberSponsor = { organisationId: 'par_1', personas: ['merchant', 'buyer'] };

const real = { isDemonstration: false };
const demonstration = { isDemonstration: true };

describe('decideMember', () => {
  it('lets an operator add anybody, and writes the address in one spelling', () => {
    const member = unwrap(decideMember(operator, { ...request, personas: ['auditor', 'operator'] }, real));
    expect(member).toMatchObject({ email: 'li.wei@lingnan.example', personas: ['auditor', 'operator'] });
  });

  it('lets a member add a colleague with no more than they have', () => {
    expect(unwrap(decideMember(colleague, request, real)).personas).toEqual(['merchant']);
  });

  it.each<[string, MemberSponsor, Partial<MemberRequest>]>([
    ['MEMBER_OF_ANOTHER_ORGANISATION', colleague, { organisationId: 'par_2' }],
    ['PERSONA_NOT_YOURS_TO_GIVE', { ...colleague, personas: ['buyer'] }, {}],
    ['PERSONA_NOT_YOURS_TO_GIVE', colleague, { personas: ['operator'] }],
    ['PERSONA_NOT_YOURS_TO_GIVE', { ...colleague, personas: ['auditor'] }, { personas: ['auditor'] }],
    ['PASSWORD_NOT_ACCEPTED', operator, { password: 'short' }],
    ['DEMO_ACCOUNT_REFUSED', operator, { demo: 'card' }],
  ])('refuses with %s', (code, sponsor, change) => {
    const result = decideMember(sponsor, { ...request, ...change }, real);
    expect(result.ok ? undefined : result.error.code).toBe(code);
  });
});

describe('decideMember in a demonstration', () => {
  it('takes a password that everybody knows for an account of its cast, and for no other', () => {
    const weak = { ...request, password: 'demo' };
    expect(unwrap(decideMember(operator, { ...weak, demo: 'hidden' }, demonstration))).toMatchObject({
      demo: 'hidden',
    });
    const result = decideMember(operator, weak, demonstration);
    expect(result.ok ? undefined : result.error.code).toBe('PASSWORD_NOT_ACCEPTED');
  });

  it('leaves its cast to the operator', () => {
    const result = decideMember(colleague, { ...request, demo: 'card' }, demonstration);
    expect(result.ok ? undefined : result.error.code).toBe('DEMO_ACCOUNT_REFUSED');
  });
});

describe('passwordFault', () => {
  it.each([
    'eight grey herons over the bay',
    '河套的八只灰鹭飞过深圳湾的夜',
    'vK9#mQ2$xL7!',
    'x'.repeat(100) + ' many words',
  ])('takes %s', (password) => {
    expect(passwordFault(password, ['li@x.example', 'Li Wei'])).toBeUndefined();
  });

  it.each([
    ['elevenchars', 'at least 12'],
    ['x1'.repeat(65), 'at most 128'],
    ['aaaaaaaaaaaa', 'fewer than five'],
    ['abcabcabcabcabc', 'fewer than five'],
    ['123456789012', 'one run'],
    ['zyxwvutsrqpon', 'one run'],
    ['Password2026!!', 'usual password'],
    ['qwertyuiop123', 'usual password'],
    ['li.wei-is-the-best', 'contains the e-mail'],
    ['the great Weiwei', 'contains the e-mail'],
  ])('refuses %s', (password, reason) => {
    expect(passwordFault(password, ['li.wei@lingnan.example', 'Weiwei Li'])).toContain(reason);
  });
});

describe('normaliseEmail', () => {
  it('folds case, width and outer spaces', () => {
    expect(normaliseEmail(' Ａ@X.example ')).toBe('a@x.example');
  });
});
