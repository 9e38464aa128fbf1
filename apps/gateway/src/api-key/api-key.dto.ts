import { z } from 'zod';
import { idSchema } from '@hetao/runtime';
import { apiKeyScopes, maxOverlapHours, type ApiKey } from './api-key.js';

const scope = z.enum(apiKeyScopes);

export const newApiKey = z
  .strictObject({
    name: z.string().trim().min(1).max(100).describe('What the key is for, so that it can be found and revoked'),
    scopes: z.array(scope).min(1).max(apiKeyScopes.length),
    expires_at: z.iso.datetime({ offset: true }).optional().describe('At most 366 days away; 90 days when left out'),
    addresses: z
      .array(z.string().max(50))
      .max(50)
      .default([])
      .describe('From where it may be used: addresses or networks (CIDR); from everywhere when there are none'),
  })
  .meta({ id: 'NewApiKey' });

const apiKeyFields = {
  id: idSchema('key'),
  name: z.string(),
  account_id: idSchema('acc'),
  organisation_id: z.string(),
  hint: z.string().describe('Beginning and end of the key'),
  scopes: z.array(scope),
  addresses: z.array(z.string()),
  rolled_into: z.string().nullable().describe('The key that takes its place'),
  status: z.enum(['in_force', 'expired', 'revoked']),
  created_at: z.iso.datetime(),
  expires_at: z.iso.datetime(),
  revoked_at: z.iso.datetime().nullable(),
  last_used_at: z.iso.datetime().nullable().describe('To the minute'),
};

export const rollApiKey = z
  .strictObject({
    overlap_hours: z
      .int()
      .min(0)
      .max(maxOverlapHours)
      .default(24)
      .describe('How long the old key goes on beside the new one'),
  })
  .meta({ id: 'ApiKeyRoll' });

export const apiKeyDto = z.strictObject(apiKeyFields).meta({ id: 'ApiKey' });

export type ApiKeyDto = z.output<typeof apiKeyDto>;

export const madeApiKeyDto = z
  .strictObject({
    ...apiKeyFields,
    key: z.string().describe('The key itself. It is shown this once and stored nowhere'),
  })
  .meta({ id: 'MadeApiKey' });

export type MadeApiKeyDto = z.output<typeof madeApiKeyDto>;

export function toApiKeyDto(key: ApiKey, now: Date): ApiKeyDto {
  return {
    id: key.id,
    name: key.name,
    account_id: key.accountId,
    organisation_id: key.organisationId,
    hint: `${key.prefix}…${key.lastFour}`,
    scopes: [...key.scopes],
    addresses: [...key.addresses],
    rolled_into: key.rolledInto,
    status: key.revokedAt !== null ? 'revoked' : key.expiresAt <= now ? 'expired' : 'in_force',
    created_at: key.createdAt.toISOString(),
    expires_at: key.expiresAt.toISOString(),
    revoked_at: key.revokedAt?.toISOString() ?? null,
    last_used_at: key.lastUsedAt?.toISOString() ?? null,
  };
}
