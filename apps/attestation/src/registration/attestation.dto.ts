import { idSchema, pageOf } from '@hetao/runtime';
import { z } from 'zod';
import { publicKeyDto } from '../issuer/issuer-key.dto.js';
import { revocationReasons } from '../log/log-entry.js';
import { attestationTransitions, stateOf, type Attestation } from './attestation.js';

const hash = z.string().regex(/^[0-9a-f]{64}$/, 'must be 64 lower-case hexadecimal digits');
const instant = z.iso.datetime({ precision: 3 });

const statementDto = z
  .strictObject({
    version: z.literal('szdex-att-v1'),
    issuer: idSchema('org'),
    schema: z.string().max(100),
    commitment: hash.describe('SHA-256("szdex-att-v1" ‖ salt ‖ SHA-256(file) ‖ SM3(file))'),
    commitment_sm3: hash.describe('SM3 over the same bytes'),
    valid_from: instant,
    valid_to: instant,
    status_ref: idSchema('att'),
    supersedes: idSchema('att').nullable(),
  })
  .meta({ id: 'AttestationStatement' });

export const registrationDto = z
  .strictObject({
    signed: z.strictObject({ statement: statementDto, issuer_key: publicKeyDto, signature: z.string().max(100) }),
    holder_id: idSchema('org').describe('Who carries the file and consents to its verification; never in the log'),
  })
  .meta({ id: 'AttestationRegistration' });
export type RegistrationDto = z.output<typeof registrationDto>;

export const revocationDto = z
  .strictObject({ reason: z.enum(revocationReasons) })
  .meta({ id: 'AttestationRevocation' });
export type RevocationDto = z.output<typeof revocationDto>;

export const attestationDto = z
  .object({
    id: z.string(),
    issuer: z.string(),
    holder_id: z.string(),
    schema: z.string(),
    commitment: hash,
    state: z.enum(attestationTransitions.states),
    valid_from: instant,
    valid_to: instant,
    supersedes: z.string().nullable(),
    superseded_by: z.string().nullable(),
    registered_at: instant,
    revoked_at: instant.nullable(),
    revocation_reason: z.enum(revocationReasons).nullable(),
    leaf_index: z.int().nullable(),
  })
  .meta({ id: 'Attestation' });
export type AttestationDto = z.output<typeof attestationDto>;

export const attestationPageDto = pageOf(attestationDto).meta({ id: 'AttestationPage' });

/** Renders an attestation as it stands at an instant. */
export function toAttestationDto(a: Attestation, at: Date): AttestationDto {
  return {
    id: a.id,
    issuer: a.issuer,
    holder_id: a.holderId,
    schema: a.schema,
    commitment: a.commitment,
    state: stateOf(a, at),
    valid_from: a.validFrom.toISOString(),
    valid_to: a.validTo.toISOString(),
    supersedes: a.supersedes,
    superseded_by: a.supersededBy,
    registered_at: a.registeredAt.toISOString(),
    revoked_at: a.revokedAt?.toISOString() ?? null,
    revocation_reason: a.revocationReason,
    leaf_index: a.leafIndex,
  };
}
