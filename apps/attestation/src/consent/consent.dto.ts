import { idSchema, pageOf } from '@hetao/runtime';
import { z } from 'zod';
import { consentPurposes, type Consent } from './consent.js';

export const newConsentDto = z
  .strictObject({
    attestation_id: idSchema('att'),
    receiver_id: idSchema('org'),
    purpose: z.enum(consentPurposes),
    valid_until: z.iso.datetime(),
  })
  .meta({ id: 'NewConsent' });
export type NewConsentDto = z.output<typeof newConsentDto>;

export const consentDto = z
  .object({
    id: z.string(),
    attestation_id: z.string(),
    holder_id: z.string(),
    receiver_id: z.string(),
    purpose: z.enum(consentPurposes),
    valid_until: z.iso.datetime(),
    given_at: z.iso.datetime(),
    withdrawn_at: z.iso.datetime().nullable(),
  })
  .meta({ id: 'Consent' });
export type ConsentDto = z.output<typeof consentDto>;
export const consentPageDto = pageOf(consentDto).meta({ id: 'ConsentPage' });

/** Renders a consent. */
export function toConsentDto(c: Consent): ConsentDto {
  return {
    id: c.id,
    attestation_id: c.attestationId,
    holder_id: c.holderId,
    receiver_id: c.receiverId,
    purpose: c.purpose,
    valid_until: c.validUntil.toISOString(),
    given_at: c.givenAt.toISOString(),
    withdrawn_at: c.withdrawnAt?.toISOString() ?? null,
  };
}
