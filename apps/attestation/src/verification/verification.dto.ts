import { matchDoesNotProve, matchProves, outcomeMeanings, verificationOutcomes, type Receipt } from '@hetao/proofs';
import { idSchema } from '@hetao/runtime';
import { z } from 'zod';
import { receiptDto } from '../log/log.dto.js';
import { consentPurposes } from '../consent/consent.js';
import type { VerificationDocument } from './verification.js';

const localized = z.object({ en: z.string(), 'zh-Hans': z.string(), 'zh-Hant': z.string() });

export const verificationRequestDto = z
  .strictObject({
    consent_id: idSchema('cns'),
    purpose: z.enum(consentPurposes),
    commitment: z
      .string()
      .regex(/^[0-9a-f]{64}$/, 'must be 64 lower-case hexadecimal digits')
      .describe('Recomputed by you from file and salt: send neither'),
    receipt: z.record(z.string(), z.unknown()).optional().describe('The receipt that came with the file'),
  })
  .meta({ id: 'VerificationRequest' });
export type VerificationRequestDto = z.output<typeof verificationRequestDto>;

const documentDto = z
  .object({
    verification_id: z.string(),
    attestation_id: z.string(),
    consent_id: z.string(),
    receiver_id: z.string(),
    purpose: z.enum(consentPurposes),
    outcome: z.enum(verificationOutcomes),
    checked_at: z.iso.datetime(),
  })
  .meta({ id: 'VerificationDocument' });

export const verificationDto = z
  .object({
    document: documentDto,
    meaning: localized.describe('To be shown with the outcome'),
    match_proves: z.array(localized),
    match_does_not_prove: z.array(localized),
  })
  .meta({ id: 'Verification' });
export type VerificationDto = z.output<typeof verificationDto>;

export const verificationReceiptDto = z
  .object({
    document: documentDto,
    salt: z.string().nullable().describe('For the receiver: document and salt give the commitment in the receipt'),
    receipt: receiptDto.describe('Under the log’s signed checkpoint: checkable by anybody, offline'),
  })
  .meta({ id: 'VerificationReceipt' });
export type VerificationReceiptDto = Omit<z.output<typeof verificationReceiptDto>, 'receipt'> & {
  readonly receipt: Receipt;
};

/** Renders an answer together with what it means and what it does not. */
export function toVerificationDto(document: VerificationDocument): VerificationDto {
  return {
    document: document,
    meaning: outcomeMeanings[document.outcome],
    match_proves: document.outcome.startsWith('matched') ? [...matchProves] : [],
    match_does_not_prove: [...matchDoesNotProve],
  };
}
