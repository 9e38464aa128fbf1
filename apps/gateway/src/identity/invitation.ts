import { err, ok, type Result } from '@hetao/kernel';
import { normaliseEmail, sponsorRefusal, type MemberSponsor, type Persona } from './account.js';
import { identityErrors, type IdentityError } from './identity.errors.js';
import type { MemberRole } from './member-role.js';

/** Somebody who is asked to join, and may until the invitation ends. Times are instants (UTC). */
export interface Invitation {
  readonly id: string;
  readonly organisationId: string;
  readonly email: string;
  readonly personas: readonly Persona[];
  readonly roles: readonly MemberRole[];
  /** Account of whoever asked. */
  readonly invitedBy: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly acceptedAt: Date | null;
  readonly revokedAt: Date | null;
}

/** Long enough for a holiday week, too short to lie about for long. */
export const invitationLifeMs = 7 * 24 * 3_600_000;

export type InvitationStatus = 'open' | 'accepted' | 'revoked' | 'expired';

/** What can become of an invitation at this time. */
export function invitationStatus(invitation: Invitation, now: Date): InvitationStatus {
  if (invitation.acceptedAt !== null) return 'accepted';
  if (invitation.revokedAt !== null) return 'revoked';
  return now < invitation.expiresAt ? 'open' : 'expired';
}

/** Who is asked to join, and as what. */
export type InvitationRequest = Pick<Invitation, 'organisationId' | 'email' | 'personas' | 'roles'>;

/** Whether the sponsor may ask this person: exactly those whom he might add at once. */
export function decideInvitation(
  sponsor: MemberSponsor,
  request: InvitationRequest,
): Result<InvitationRequest, IdentityError> {
  const refused = sponsorRefusal(sponsor, request);
  if (refused !== undefined) return err(refused);
  return ok({ ...request, email: normaliseEmail(request.email), personas: [...new Set(request.personas)] });
}

/** Whether the invitation may be used now. */
export function acceptInvitation(invitation: Invitation | undefined, now: Date): Result<Invitation, IdentityError> {
  if (invitation === undefined) return err(identityErrors.INVITATION_UNUSABLE('Nobody made this invitation.'));
  const status = invitationStatus(invitation, now);
  if (status === 'open') return ok(invitation);
  return err(identityErrors.INVITATION_UNUSABLE(`The invitation is ${status}.`));
}
