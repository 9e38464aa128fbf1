import { err, ok, type Result } from '@hetao/kernel';
import { teamErrors, type TeamError } from './team.errors.js';

/** What a person does for his organisation. */
export const teamRoles = ['owner', 'editor', 'finance', 'compliance', 'read_only'] as const;
export type TeamRole = (typeof teamRoles)[number];

/** A person of an organisation. Times are instants (UTC). */
export interface TeamMember {
  readonly organisationId: string;
  readonly subject: string;
  readonly displayName: string;
  readonly roles: readonly TeamRole[];
  readonly addedAt: Date;
  readonly addedBy: string;
  readonly revision: number;
}

/** What a deed asks of whoever does it; an owner may do all of them. */
export const deeds = {
  manage_team: [],
  edit_listing: ['editor'],
  edit_papers: ['compliance', 'editor'],
  edit_account: ['finance'],
} as const satisfies Readonly<Record<string, readonly TeamRole[]>>;
export type Deed = keyof typeof deeds;

/**
 * Whether this person may do it for his organisation. Until an organisation names its people, whoever signs in for it
 * speaks for it; from then on, who is not named may nothing.
 */
export function mayDo(team: readonly TeamMember[], subject: string, deed: Deed): boolean {
  if (team.length === 0) return true;
  const roles = team.find((member) => member.subject === subject)?.roles ?? [];
  const enough: readonly TeamRole[] = ['owner', ...deeds[deed]];
  return roles.some((role) => enough.includes(role));
}

/** The team after one person's roles are set, or he is gone (null). An organisation keeps an owner. */
export function changeTeam(
  team: readonly TeamMember[],
  subject: string,
  member: TeamMember | null,
): Result<readonly TeamMember[], TeamError> {
  if (member !== null && member.roles.includes('read_only') && member.roles.length > 1) {
    return err(teamErrors.TEAM_ROLES_INVALID('Who only reads holds no other role.', { pointer: '/roles' }));
  }
  const others = team.filter((known) => known.subject !== subject);
  const changed = member === null ? others : [...others, member];
  if (changed.some(({ roles }) => roles.includes('owner'))) return ok(changed);
  return err(teamErrors.TEAM_WITHOUT_OWNER(`After that, nobody would own the organisation.`));
}
