import { z } from 'zod';
import { jurisdictions } from '@hetao/kernel';
import { cursorQuery, idSchema, instant, pageOf, reasonDto } from '@hetao/runtime';
import { noticeDaysDto, quotaDto, renewalDto } from '../offer/offer.dto.js';
import { pricePlanDto } from '../offer/price-plan.dto.js';
import { publicTerms } from '../offer/public-terms.js';
import { policyDto } from '../policy/policy.dto.js';
import { agreementTransitions, type Agreement, type AgreementStep } from './agreement.js';
import { endsAt } from './agreement-time.js';

const hash = z.string().regex(/^[0-9a-f]{64}$/, 'must be a SHA-256 in lower-case hexadecimal');
const status = z.enum(agreementTransitions.states);
const holders = ['merchant', 'buyer', 'operator', 'standing', 'dispute'] as const;

export const signDto = z
  .strictObject({ document_hash: hash.describe('What you computed over the document you read') })
  .meta({ id: 'SignAgreement' });
export type SignDto = z.output<typeof signDto>;

export const endDto = reasonDto
  .extend({
    ends_at: instant
      .nullable()
      .default(null)
      .describe('A later day than the notice asks for; null for as soon as may be'),
  })
  .meta({ id: 'EndAgreement' });
export type EndDto = z.output<typeof endDto>;

export const agreementQueryDto = cursorQuery.extend({
  status: status.optional(),
  product_id: idSchema('prd').optional(),
  request_id: idSchema('req').optional(),
});
export type AgreementQueryDto = z.output<typeof agreementQueryDto>;

export const agreementDto = z
  .object({
    id: z.string(),
    request_id: z.string(),
    offer_id: z.string(),
    product_id: z.string(),
    product_version: z.int(),
    merchant_id: z.string(),
    buyer_id: z.string(),
    plan: pricePlanDto,
    policy: policyDto,
    quota: quotaDto.nullable(),
    time_zone: z.string(),
    notice_days: noticeDaysDto,
    renewal: renewalDto.nullable(),
    channel_partner_id: z.string().nullable(),
    purpose: z.string(),
    place_of_use: z.enum(jurisdictions),
    release: z
      .object({ origin: z.enum(jurisdictions), destination: z.enum(jurisdictions) })
      .nullable()
      .describe('The border the data crosses: no access without a release of customs; null where none is crossed'),
    effective_from: z.iso.datetime(),
    effective_until: z.iso.datetime(),
    sign_by: z.iso.datetime().describe('Both must have signed before'),
    status,
    ends_at: z.iso.datetime().describe('When it ends as things stand: its term, or a notice that runs out before'),
    in_force_since: z.iso.datetime().nullable(),
    supersedes: z
      .object({ agreement_id: z.string(), document_hash: hash, kind: z.enum(['amendment', 'renewal']) })
      .nullable()
      .describe('The agreement whose place it takes once it comes into force'),
    successor_id: z.string().nullable().describe('The text drawn up to take its place'),
    holds: z
      .array(z.object({ holder: z.enum(holders), reason: z.string(), since: z.iso.datetime() }))
      .describe('Why it rests: it gives no access while anybody holds it'),
    notices: z.array(
      z.object({
        party: z.enum(['merchant', 'buyer']),
        reason: z.string(),
        given_at: z.iso.datetime(),
        ends_at: z.iso.datetime(),
      }),
    ),
    document_hash: hash.describe('SHA-256 of the canonical JSON (RFC 8785) of `document`'),
    signatures: z.array(
      z.object({
        party: z.enum(['merchant', 'buyer']),
        organisation_id: z.string(),
        subject: z.string(),
        display_name: z.string(),
        document_hash: hash,
        signed_at: z.iso.datetime(),
      }),
    ),
    drafted_at: z.iso.datetime(),
  })
  .meta({ id: 'Agreement' });
export type AgreementDto = z.output<typeof agreementDto>;

export const agreementPageDto = pageOf(agreementDto).meta({ id: 'AgreementPage' });

export const agreementDetailDto = agreementDto
  .extend({
    document: z.record(z.string(), z.unknown()).describe('What both sides sign the hash of'),
    history: z.array(
      z.object({
        step: z.int(),
        command: z.string(),
        status_from: status.nullable(),
        status_to: status,
        at: z.iso.datetime(),
        by: z.object({ subject: z.string(), organisation_id: z.string() }).nullable().describe('null when time did it'),
        reason: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'AgreementDetail' });
export type AgreementDetailDto = z.output<typeof agreementDetailDto>;

/** Renders an agreement without its document. */
export function toAgreementDto(agreement: Agreement): AgreementDto {
  return {
    id: agreement.id,
    request_id: agreement.requestId,
    offer_id: agreement.offerId,
    product_id: agreement.productId,
    product_version: agreement.productVersion,
    merchant_id: agreement.merchantId,
    buyer_id: agreement.buyerId,
    ...publicTerms(agreement),
    purpose: agreement.purpose,
    place_of_use: agreement.placeOfUse,
    release: agreement.release,
    effective_from: agreement.effectiveFrom.toISOString(),
    effective_until: agreement.effectiveUntil.toISOString(),
    sign_by: agreement.signBy.toISOString(),
    status: agreement.status,
    ends_at: endsAt(agreement).toISOString(),
    in_force_since: agreement.inForceSince?.toISOString() ?? null,
    supersedes: agreement.supersedes && {
      agreement_id: agreement.supersedes.agreementId,
      document_hash: agreement.supersedes.documentHash,
      kind: agreement.supersedes.kind,
    },
    successor_id: agreement.successorId,
    holds: [...agreement.holds],
    notices: agreement.notices.map(({ party, reason, givenAt, endsAt: ends }) => ({
      ...{ party, reason },
      given_at: givenAt,
      ends_at: ends,
    })),
    document_hash: agreement.documentHash,
    signatures: agreement.signatures.map((signature) => ({
      party: signature.party,
      organisation_id: signature.organisationId,
      subject: signature.subject,
      display_name: signature.displayName,
      document_hash: signature.documentHash,
      signed_at: signature.signedAt.toISOString(),
    })),
    drafted_at: agreement.draftedAt.toISOString(),
  };
}

/** Renders an agreement with its document and its whole history, which has a handful of steps at most. */
export function toAgreementDetailDto(agreement: Agreement, steps: readonly AgreementStep[]): AgreementDetailDto {
  return {
    ...toAgreementDto(agreement),
    document: agreement.document,
    history: steps.map(({ from, to, at, by, ...step }) => ({
      ...step,
      status_from: from,
      status_to: to,
      at: at.toISOString(),
      by: by && { subject: by.subject, organisation_id: by.organisationId },
    })),
  };
}
