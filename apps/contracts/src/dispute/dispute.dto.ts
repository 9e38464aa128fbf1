import { z } from 'zod';
import { cursorQuery, idSchema, longText, pageOf, text } from '@hetao/runtime';
import {
  disputeGrounds,
  disputeTransitions,
  remedies,
  type Dispute,
  type DisputeStep,
  type Evidence,
} from './dispute.js';

// What is said goes into events as well, whose texts have this bound.
const said = longText(1000);
const MAX_EVIDENCE = 20;

export const evidenceDto = z
  .strictObject({
    name: text(200),
    media_type: z.string().regex(/^[a-z]+\/[a-z0-9.+-]{1,100}$/, 'must be a media type such as "application/pdf"'),
    sha256: z.string().regex(/^[0-9a-f]{64}$/, 'must be a SHA-256 in lower-case hexadecimal'),
    note: text(500).nullable().default(null),
  })
  .describe('A paper its side keeps: the exchange holds the hash alone')
  .meta({ id: 'DisputeEvidence' });
const evidence = z.array(evidenceDto).max(MAX_EVIDENCE).default([]);

export const newDisputeDto = z
  .strictObject({ ground: z.enum(disputeGrounds), claim: said, evidence })
  .meta({ id: 'NewAgreementDispute' });
export type NewDisputeDto = z.output<typeof newDisputeDto>;

export const statementDto = z.strictObject({ said, evidence }).meta({ id: 'DisputeStatement' });
export type StatementDto = z.output<typeof statementDto>;

export const rulingDto = z
  .strictObject({
    outcome: z.enum(['upheld', 'rejected']),
    remedy: z.enum(remedies).default('none').describe('What an upheld claim does to the agreement'),
    said,
    evidence: z.array(evidenceDto).min(1).max(MAX_EVIDENCE).describe('The ruling itself, and what came with it'),
  })
  .refine(({ outcome, remedy }) => outcome === 'upheld' || remedy === 'none', {
    message: 'a rejected claim does nothing to the agreement',
    path: ['remedy'],
  })
  .meta({ id: 'DisputeRuling' });
export type RulingDto = z.output<typeof rulingDto>;

export const disputeQueryDto = cursorQuery.extend({
  agreement_id: idSchema('agr').optional(),
  status: z.enum(disputeTransitions.states).optional(),
});
export type DisputeQueryDto = z.output<typeof disputeQueryDto>;

const side = z.enum(['merchant', 'buyer', 'operator']);
const status = z.enum(disputeTransitions.states);

export const disputeDto = z
  .object({
    id: z.string(),
    agreement_id: z.string(),
    merchant_id: z.string(),
    buyer_id: z.string(),
    opened_by: z.enum(['merchant', 'buyer']),
    ground: z.enum(disputeGrounds),
    claim: z.string(),
    status,
    accepts: z.array(z.string()).describe('What can be done next'),
    proposal: z
      .object({ party: z.enum(['merchant', 'buyer']), terms: z.string() })
      .nullable()
      .describe('The settlement on the table'),
    remedy: z.enum(remedies),
    opened_at: z.iso.datetime(),
    closed_at: z.iso.datetime().nullable(),
  })
  .meta({ id: 'AgreementDispute' });
export type DisputeDto = z.output<typeof disputeDto>;

export const disputePageDto = pageOf(disputeDto).meta({ id: 'AgreementDisputePage' });

export const disputeDetailDto = disputeDto
  .extend({
    history: z.array(
      z.object({
        step: z.int(),
        command: z.string(),
        status_from: status.nullable(),
        status_to: status,
        side,
        by: z.object({ subject: z.string(), organisation_id: z.string() }),
        said: z.string().nullable(),
        evidence: z.array(evidenceDto),
        at: z.iso.datetime(),
      }),
    ),
  })
  .meta({ id: 'AgreementDisputeDetail' });
export type DisputeDetailDto = z.output<typeof disputeDetailDto>;

/** Reads evidence from the wire. */
export function toEvidence(dto: z.output<typeof evidenceDto>): Evidence {
  const { media_type, ...rest } = dto;
  return { ...rest, mediaType: media_type };
}

/** Renders a dispute. */
export function toDisputeDto(dispute: Dispute): DisputeDto {
  return {
    id: dispute.id,
    agreement_id: dispute.agreementId,
    merchant_id: dispute.merchantId,
    buyer_id: dispute.buyerId,
    opened_by: dispute.openedBy,
    ground: dispute.ground,
    claim: dispute.claim,
    status: dispute.status,
    accepts: [...disputeTransitions.commandsFrom(dispute.status)],
    proposal: dispute.proposal,
    remedy: dispute.remedy,
    opened_at: dispute.openedAt.toISOString(),
    closed_at: dispute.closedAt?.toISOString() ?? null,
  };
}

/** Renders a dispute with everything said in it. */
export function toDisputeDetailDto(dispute: Dispute, steps: readonly DisputeStep[]): DisputeDetailDto {
  return {
    ...toDisputeDto(dispute),
    history: steps.map(({ from, to, by, at, evidence: shown, ...step }) => ({
      ...step,
      status_from: from,
      status_to: to,
      by: { subject: by.subject, organisation_id: by.organisationId },
      evidence: shown.map(({ mediaType, ...paper }) => ({ ...paper, media_type: mediaType })),
      at: at.toISOString(),
    })),
  };
}
