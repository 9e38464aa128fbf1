import { z } from 'zod';
import { idSchema, pageOf, personas } from '@hetao/runtime';
import { invitationStatus, type Invitation } from './invitation.js';
import { memberRolesDto } from './member.dto.js';

const persona = z.enum(personas);

export const newInvitation = z
  .strictObject({
    email: z.email().max(254),
    organisation_id: z.string().max(60).optional().describe('Your own when left out; another for the operator'),
    personas: z.array(persona).min(1).max(personas.length),
    roles: memberRolesDto,
  })
  .meta({ id: 'NewInvitation' });

const invitationFields = {
  id: idSchema('ivt'),
  organisation_id: z.string(),
  email: z.string(),
  personas: z.array(persona),
  roles: memberRolesDto,
  status: z.enum(['open', 'accepted', 'revoked', 'expired']),
  invited_by: z.string(),
  created_at: z.iso.datetime(),
  expires_at: z.iso.datetime(),
};
export const invitationDto = z.object(invitationFields).meta({ id: 'Invitation' });
export const invitationPageDto = pageOf(invitationDto).meta({ id: 'InvitationPage' });
export const madeInvitationDto = z
  .object({
    ...invitationFields,
    link: z.url().describe('For the one who is invited. It is shown this once and stored nowhere'),
  })
  .meta({ id: 'MadeInvitation' });

export type InvitationDto = z.output<typeof invitationDto>;
export type MadeInvitationDto = z.output<typeof madeInvitationDto>;

export function toInvitationDto(invitation: Invitation, now: Date): InvitationDto {
  return {
    id: invitation.id,
    organisation_id: invitation.organisationId,
    email: invitation.email,
    personas: [...invitation.personas],
    roles: [...invitation.roles],
    status: invitationStatus(invitation, now),
    invited_by: invitation.invitedBy,
    created_at: invitation.createdAt.toISOString(),
    expires_at: invitation.expiresAt.toISOString(),
  };
}
