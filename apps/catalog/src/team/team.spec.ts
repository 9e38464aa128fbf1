import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { changeTeam, deeds, mayDo, teamRoles, type Deed, type TeamMember } from './team.js';

const person = (subject: string, roles: TeamMember['roles']): TeamMember => ({
  organisationId: 'org_1',
  subject,
  displayName: subject,
  roles,
  addedAt: new Date(0),
  addedBy: 'usr_0',
  revision: 1,
});

describe('who may do what', () => {
  const table = Object.keys(deeds).flatMap((deed) => teamRoles.map((role) => [deed as Deed, role] as const));
  it.each(table)('%s × %s', (deed, role) => {
    const allowed: readonly string[] = ['owner', ...deeds[deed]];
    const team = [person('usr_owner', ['owner']), person('usr_1', [role])];
    expect(mayDo(team, 'usr_1', deed)).toBe(allowed.includes(role));
    expect(mayDo(team, 'usr_owner', deed)).toBe(true);
    expect(mayDo(team, 'usr_stranger', deed)).toBe(false);
    expect(mayDo([], 'usr_stranger', deed)).toBe(true);
  });

  it('never leaves an organisation that has a team without an owner', () => {
    const step = fc.record({
      subject: fc.constantFrom('a', 'b', 'c'),
      roles: fc.option(fc.uniqueArray(fc.constantFrom(...teamRoles), { minLength: 1 })),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
        let team: readonly TeamMember[] = [];
        for (const { subject, roles } of steps) {
          const changed = changeTeam(team, subject, roles === null ? null : person(subject, roles));
          if (changed.ok) team = changed.value;
          expect(team.length === 0 || team.some((member) => member.roles.includes('owner'))).toBe(true);
        }
      }),
    );
  });
});
