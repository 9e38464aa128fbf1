import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Account } from './account.js';
import { mayChange, memberRoles, rolesFault, rolesThatChange, type MemberRole } from './member-role.js';
import { changeMember } from './membership.js';

const now = new Date('2026-11-22T12:00:00Z');
const account = (id: string, roles: readonly MemberRole[], disabledAt: Date | null = null): Account => ({
  ...{ id, organisationId: 'org_1', email: `${id}@x.example`, displayName: id, personas: ['merchant'], roles },
  ...{ passwordHash: null, demo: false, demoCard: false, disabledAt, createdAt: now },
});
const owner = { organisationId: 'org_1', personas: ['merchant'] as const, roles: ['owner'] as const };
const context = { others: [account('acc_owner', ['owner'])], now };

describe('A change of a member', () => {
  it.each<[string, Parameters<typeof changeMember>[0], Parameters<typeof changeMember>[2]]>([
    ['MEMBER_NOT_FOUND', { ...owner, organisationId: 'org_2' }, { roles: ['finance'] }],
    ['MEMBER_ROLE_NEEDED', { ...owner, roles: ['editor'] }, { roles: ['owner'] }],
    ['MEMBER_ROLES_INVALID', owner, { roles: ['read_only', 'finance'] }],
    ['MEMBER_ROLES_INVALID', owner, { roles: ['finance', 'finance'] }],
  ])('is refused with %s', (code, by, change) => {
    const result = changeMember(by, account('acc_1', ['editor']), change, context);
    expect(result.ok ? undefined : result.error.code).toBe(code);
  });

  it('is the operator’s as well', () => {
    const by = { organisationId: 'org_exchange', personas: ['operator'] as const };
    expect(changeMember(by, account('acc_1', ['editor']), { closed: true }, context).ok).toBe(true);
  });

  it('never leaves an organisation without an owner who can sign in', () => {
    const step = fc.record({
      who: fc.constantFrom('a', 'b', 'c'),
      roles: fc.option(fc.constantFrom<MemberRole[]>(['owner'], ['editor'], ['read_only']), { nil: undefined }),
      closed: fc.option(fc.boolean(), { nil: undefined }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
        let all = [account('a', ['owner']), account('b', ['editor']), account('c', ['finance'])];
        for (const { who, ...change } of steps) {
          const member = all.find(({ id }) => id === who);
          if (member === undefined) throw new Error('Nobody goes.');
          const changed = changeMember(owner, member, change, { others: all.filter(({ id }) => id !== who), now });
          if (changed.ok) all = all.map((one) => (one.id === who ? changed.value : one));
          expect(all.some(({ roles, disabledAt }) => disabledAt === null && roles.includes('owner'))).toBe(true);
        }
      }),
    );
  });
});

describe('What a role may change', () => {
  it.each(['catalog', 'contracts', 'settlement', 'customs', 'identity', 'webhook'] as const)('in %s', (area) => {
    for (const role of memberRoles) expect(mayChange([role], area)).toBe(rolesThatChange(area).includes(role));
    expect(mayChange(['owner'], area)).toBe(true);
    expect(mayChange(['read_only'], area)).toBe(false);
  });

  it('is money for finance alone, and nothing for who only reads', () => {
    expect(rolesThatChange('settlement')).toEqual(['owner', 'finance']);
    expect(rolesFault(['read_only'])).toBeUndefined();
  });
});
