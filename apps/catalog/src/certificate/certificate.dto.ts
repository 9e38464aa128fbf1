import { z } from 'zod';
import { localized } from '@hetao/runtime';
import { certificateKinds, standingOf, type Certificate } from './certificate.js';

export const certificateNumber = z.string().regex(/^HTX-[PL]-[0-9]{4}-[0-9]{6,9}$/, 'must be a certificate number');

export const certificateDto = z
  .object({
    number: z.string(),
    kind: z.enum(certificateKinds),
    subject_id: z.string().describe('The participant or the product'),
    holder_id: z.string(),
    name: localized(z.string()),
    holder_name: localized(z.string()),
    statement: z.string(),
    basis: z.enum(['papers', 'operator_record', 'review']),
    issued_at: z.iso.datetime(),
    valid_until: z.iso.date().describe('Last day, in Shenzhen and Hong Kong'),
    content_hash: z.string().describe('SHA-256 of what it certifies, canonical JSON (RFC 8785)'),
    standing: z.enum(['valid', 'expired', 'withdrawn']),
    withdrawn_at: z.iso.datetime().nullable(),
    withdrawn_reason: z.string().nullable(),
  })
  .meta({ id: 'Certificate' });
export type CertificateDto = z.output<typeof certificateDto>;

/** Renders a certificate as it stands on this day. */
export function toCertificateDto(certificate: Certificate, today: string): CertificateDto {
  const { content } = certificate;
  return {
    number: certificate.number,
    kind: certificate.kind,
    subject_id: certificate.subjectId,
    holder_id: certificate.holderId,
    name: content.name,
    holder_name: content.holderName,
    statement: content.statement,
    basis: content.basis,
    issued_at: certificate.issuedAt.toISOString(),
    valid_until: certificate.validUntil,
    content_hash: certificate.contentHash,
    standing: standingOf(certificate, today),
    withdrawn_at: certificate.withdrawnAt?.toISOString() ?? null,
    withdrawn_reason: certificate.withdrawnReason,
  };
}
