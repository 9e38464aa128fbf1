import { z } from 'zod';
import { signingAlgorithms } from '@hetao/proofs';
import { cursorQuery, instant, pageOf, reasonDto, text, idSchema } from '@hetao/runtime';
import { signingKeyTransitions, type SigningKey, type SigningKeyStep } from './signing-key.js';

const status = z.enum(signingKeyTransitions.states);
const jwk = z
  .record(z.string(), z.unknown())
  .describe('Public JWK: kty OKP, crv Ed25519, x (RFC 8037); or kty EC, crv P-256, x, y (RFC 7518). Never with d');

export const newSigningKeyDto = z
  .strictObject({
    jwk,
    label: text(100).describe('What your people call it'),
    valid_until: instant.describe('At most three years away'),
  })
  .meta({ id: 'NewSigningKey' });
export type NewSigningKeyDto = z.output<typeof newSigningKeyDto>;

export const keyProofDto = z
  .strictObject({
    proof: z.string().min(1).max(4_096).describe('Detached JWS (type hetao-key-proof+jws) over `challenge`'),
  })
  .meta({ id: 'SigningKeyProof' });
export type KeyProofDto = z.output<typeof keyProofDto>;

export const revokeKeyDto = reasonDto.meta({ id: 'RevokeSigningKey' });
export type RevokeKeyDto = z.output<typeof revokeKeyDto>;

export const signingKeyQueryDto = cursorQuery.extend({
  status: status.optional(),
  organisation_id: idSchema('org').optional(),
  kid: z.string().max(60).optional(),
});
export type SigningKeyQueryDto = z.output<typeof signingKeyQueryDto>;

export const signingKeyDto = z
  .object({
    id: z.string(),
    organisation_id: z.string(),
    kid: z.string().describe('Thumbprint of the key (RFC 7638): what signatures call it by'),
    algorithm: z.enum(signingAlgorithms),
    jwk,
    label: z.string(),
    status,
    challenge: z.string().describe('To be signed with the key, as it stands, before `prove_by`'),
    prove_by: z.iso.datetime(),
    valid_from: z.iso.datetime().nullable().describe('When a second person confirmed it'),
    valid_until: z.iso.datetime(),
    revoked_at: z.iso.datetime().nullable(),
    proposed_at: z.iso.datetime(),
  })
  .meta({ id: 'SigningKey' });
export type SigningKeyDto = z.output<typeof signingKeyDto>;
export const signingKeyPageDto = pageOf(signingKeyDto).meta({ id: 'SigningKeyPage' });

export const signingKeyDetailDto = signingKeyDto
  .extend({
    history: z.array(
      z.object({
        command: z.string(),
        status_to: status,
        at: z.iso.datetime(),
        by: z.object({ subject: z.string(), organisation_id: z.string() }),
        reason: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'SigningKeyDetail' });
export type SigningKeyDetailDto = z.output<typeof signingKeyDetailDto>;

/** Renders a key. */
export function toSigningKeyDto(key: SigningKey): SigningKeyDto {
  return {
    id: key.id,
    organisation_id: key.organisationId,
    kid: key.kid,
    algorithm: key.algorithm,
    jwk: { ...key.jwk },
    label: key.label,
    status: key.status,
    challenge: key.challenge,
    prove_by: key.proveBy.toISOString(),
    valid_from: key.validFrom?.toISOString() ?? null,
    valid_until: key.validUntil.toISOString(),
    revoked_at: key.revokedAt?.toISOString() ?? null,
    proposed_at: key.proposedAt.toISOString(),
  };
}

/** Renders a key with its history, which has four lines at most. */
export function toSigningKeyDetailDto(key: SigningKey, steps: readonly SigningKeyStep[]): SigningKeyDetailDto {
  return {
    ...toSigningKeyDto(key),
    history: steps.map(({ command, to, at, bySubject, byOrganisation, reason }) => ({
      command,
      status_to: to,
      at: at.toISOString(),
      by: { subject: bySubject, organisation_id: byOrganisation },
      reason,
    })),
  };
}
