import { z } from 'zod';
import { agreementBundleForm, signingAlgorithms } from '@hetao/proofs';
import { agreementTransitions } from './agreement.js';
import type { SignedWithKey } from './key-signature.use-cases.js';

const party = z.enum(['merchant', 'buyer']);

export const keySignDto = z
  .strictObject({
    jws: z
      .string()
      .min(1)
      .max(4_096)
      .describe('Detached JWS (RFC 7515 appendix F, b64 false) over the canonical JSON (RFC 8785) of the document'),
  })
  .meta({ id: 'SignWithKey' });
export type KeySignDto = z.output<typeof keySignDto>;

export const keySignatureDto = z
  .object({
    agreement_id: z.string(),
    status: z.enum(agreementTransitions.states).describe('Of the agreement, now'),
    party,
    kid: z.string(),
    signed_at: z.iso.datetime().describe('As the signature says'),
    received_at: z.iso.datetime(),
  })
  .meta({ id: 'KeySignature' });
export type KeySignatureDto = z.output<typeof keySignatureDto>;

export const bundleDto = z
  .object({
    form: z.literal(agreementBundleForm),
    document: z.record(z.string(), z.unknown()),
    document_hash: z.string(),
    consents: z.array(
      z.object({ party, organisation_id: z.string(), document_hash: z.string(), signed_at: z.iso.datetime() }),
    ),
    signatures: z.array(
      z.object({ party, organisation_id: z.string(), jws: z.string(), received_at: z.iso.datetime() }),
    ),
    keys: z.array(
      z.object({
        kid: z.string(),
        organisation_id: z.string(),
        algorithm: z.enum(signingAlgorithms),
        jwk: z.record(z.string(), z.unknown()),
        valid_from: z.iso.datetime(),
        valid_until: z.iso.datetime(),
        revoked_at: z.iso.datetime().nullable(),
      }),
    ),
    previous: z
      .record(z.string(), z.unknown())
      .nullable()
      .describe('The bundle of the agreement this one renews, in the same form; null for one that was signed itself'),
  })
  .meta({ id: 'AgreementBundle' });

/** Renders what signing with a key came to. */
export function toKeySignatureDto({ agreement, signature }: SignedWithKey): KeySignatureDto {
  return {
    agreement_id: agreement.id,
    status: agreement.status,
    party: signature.party,
    kid: signature.kid,
    signed_at: signature.signedAt.toISOString(),
    received_at: signature.receivedAt.toISOString(),
  };
}
