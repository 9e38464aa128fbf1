import { z } from 'zod';
import { idSchema, personas } from '@hetao/runtime';
import type { Account } from './account.js';
import { memberRoles } from './member-role.js';
import { passwordLength } from './password-rules.js';

const persona = z.enum(personas);
export const memberRolesDto = z
  .array(z.enum(memberRoles))
  .min(1)
  .max(memberRoles.length)
  .describe('What the member does for the organisation: an owner everything; who only reads changes nothing');

export const newMember = z
  .strictObject({
    organisation_id: z
      .string()
      .regex(/^[a-z]{2,8}_[a-z0-9]{1,40}$/, 'must be the id of a participant')
      .describe('The participant the member acts for'),
    email: z.email().max(254),
    display_name: z.string().trim().min(1).max(200).optional().describe('The e-mail address when left out'),
    personas: z.array(persona).min(1).max(personas.length),
    roles: memberRolesDto.optional().describe('owner when left out'),
    // Only a bound here; what is a good password is decided with the e-mail address at hand.
    password: z.string().max(passwordLength.max * 4),
    demo: z
      .enum(['card', 'hidden'])
      .optional()
      .describe(
        'Only where DEMO=1: an account anybody may use, offered on the sign-in page or not; any password will do',
      ),
  })
  .meta({ id: 'NewMember' });

export const memberDto = z
  .strictObject({
    id: idSchema('acc'),
    organisation_id: z.string(),
    email: z.email(),
    display_name: z.string(),
    personas: z.array(persona),
    roles: z.array(z.enum(memberRoles)),
    disabled_at: z.iso.datetime().nullable().describe('Since when the account may not be used'),
    created_at: z.iso.datetime(),
  })
  .meta({ id: 'Member' });

export type MemberDto = z.output<typeof memberDto>;

export function toMemberDto(account: Account): MemberDto {
  return {
    id: account.id,
    organisation_id: account.organisationId,
    email: account.email,
    display_name: account.displayName,
    personas: [...account.personas],
    roles: [...account.roles],
    disabled_at: account.disabledAt?.toISOString() ?? null,
    created_at: account.createdAt.toISOString(),
  };
}

export const meDto = z
  .strictObject({
    subject: z.string().describe('Id of the account, or of the API key'),
    account_id: idSchema('acc'),
    organisation_id: z.string(),
    email: z.email(),
    display_name: z.string(),
    personas: z.array(persona),
    roles: z.array(z.enum(memberRoles)).describe('What the member does for the organisation'),
    via: z.enum(['session', 'api_key', 'system']),
    scopes: z.array(z.string()).describe('What an API key may do; empty for people'),
    csrf_token: z.string().nullable().describe('For X-CSRF-Token on every change; null for API keys, which need none'),
    session_ends_at: z.iso.datetime().nullable().describe('When the session ends unless it is used before'),
  })
  .meta({ id: 'Me' });

export type MeDto = z.output<typeof meDto>;
