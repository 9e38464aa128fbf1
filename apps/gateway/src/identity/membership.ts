import { err, ok, type Result } from '@hetao/kernel';
import type { Account, MemberSponsor } from './account.js';
import { identityErrors, type IdentityError } from './identity.errors.js';
import { rolesFault, type MemberRole } from './member-role.js';

/** A bound, so that a list of members stays one that people can read. */
export const maxMembers = 500;

/** What is to become of a member; what is left out stays as it is. */
export interface MemberChange {
  readonly roles?: readonly MemberRole[] | undefined;
  readonly closed?: boolean | undefined;
}

/** Whether somebody looks after the members of an organisation: its owners do, and the operator of the exchange. */
export function managesMembers(by: MemberSponsor, organisationId: string): boolean {
  if (by.personas.includes('operator')) return true;
  return by.organisationId === organisationId && by.roles?.includes('owner') === true;
}

/**
 * The member after the change. An organisation keeps an owner whose account is open; `others` are all other accounts of
 * it. Strangers are told that there is no such member.
 */
export function changeMember(
  by: MemberSponsor,
  member: Account,
  change: MemberChange,
  { others, now }: { readonly others: readonly Account[]; readonly now: Date },
): Result<Account, IdentityError> {
  if (!managesMembers(by, member.organisationId)) {
    return by.organisationId === member.organisationId
      ? err(identityErrors.MEMBER_ROLE_NEEDED('Members are changed by an owner of the organisation.'))
      : err(identityErrors.MEMBER_NOT_FOUND(`There is no ${member.id} in your organisation.`));
  }
  const fault = rolesFault(change.roles ?? []);
  if (fault !== undefined) return err(identityErrors.MEMBER_ROLES_INVALID(fault, { pointer: '/roles' }));
  const { closed = member.disabledAt !== null } = change;
  const changed = {
    ...member,
    roles: change.roles ?? member.roles,
    disabledAt: closed ? (member.disabledAt ?? now) : null,
  };
  const isOwned = [...others, changed].some(({ roles, disabledAt }) => disabledAt === null && roles.includes('owner'));
  return isOwned
    ? ok(changed)
    : err(identityErrors.MEMBER_LAST_OWNER(`After that, nobody would own ${member.organisationId}.`));
}
