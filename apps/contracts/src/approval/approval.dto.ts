import { z } from 'zod';
import { currencies, type Currency } from '@hetao/kernel';
import { cursorQuery, idSchema, pageOf, text } from '@hetao/runtime';
import { approvalReasons, type ApprovalLimits } from './approval-limits.js';
import { approvalTransitions, type Approval } from './approval.js';
import type { Deal } from './deal.js';

const minorUnits = z.string().regex(/^(0|[1-9][0-9]{0,30})$/, 'must be whole minor units in a string');
const MAX_TERM_DAYS = 36_500;

export const dealDto = z
  .strictObject({
    organisation_id: idSchema('org'),
    role: z.enum(['merchant', 'buyer']),
    counterparty_id: z.string().min(1).max(300),
    currency: z.enum(currencies),
    at_most_minor: minorUnits
      .nullable()
      .describe('What it can come to at most before tax; null without an upper bound'),
    crosses_border: z.boolean(),
    onward_use: z.boolean(),
    term_days: z.int().min(0).max(MAX_TERM_DAYS),
    terms_hash: z.string().regex(/^[0-9a-f]{64}$/),
  })
  .describe('As the refusal APPROVAL_NEEDED gave it')
  .meta({ id: 'Deal' });

export const newApprovalDto = z
  .strictObject({ deal: dealDto, note: text(500).nullable().default(null).describe('For the colleague who decides') })
  .meta({ id: 'NewApproval' });
export type NewApprovalDto = z.output<typeof newApprovalDto>;

export const rejectionDto = z.strictObject({ reason: text(500) }).meta({ id: 'ApprovalRejection' });
export type RejectionDto = z.output<typeof rejectionDto>;

export const limitsDto = z
  .strictObject({
    max_value_minor: z
      .partialRecord(z.enum(currencies), minorUnits)
      .nullable()
      .describe('By currency; one that is not named always needs a colleague. null: no limit on value'),
    open_ended: z.boolean().describe('Deals without an upper bound need a colleague'),
    cross_border: z.boolean().describe('Deals that cross a border do'),
    onward_use: z.boolean().describe('Deals that let data be passed on do'),
    max_term_days: z.int().min(1).max(MAX_TERM_DAYS).nullable().describe('Longer deals do; null for any length'),
    every_deal: z.boolean().describe('All do'),
  })
  .meta({ id: 'ApprovalLimits' });
export type LimitsDto = z.output<typeof limitsDto>;

export const approvalQueryDto = cursorQuery.extend({ status: z.enum(approvalTransitions.states).optional() });
export type ApprovalQueryDto = z.output<typeof approvalQueryDto>;

export const approvalDto = z
  .object({
    id: z.string(),
    organisation_id: z.string(),
    kind: z.enum(['deal', 'limits']),
    matter: z.record(z.string(), z.unknown()).describe('The deal, or the limits, as they are approved'),
    reasons: z.array(z.enum(approvalReasons)),
    note: z.string().nullable(),
    status: z.enum(approvalTransitions.states),
    requested_by: z.string(),
    requested_at: z.iso.datetime(),
    expires_at: z.iso.datetime().describe('Can be decided, and once approved be used, until just before'),
    decided_by: z.string().nullable(),
    decided_at: z.iso.datetime().nullable(),
    decision_reason: z.string().nullable(),
  })
  .meta({ id: 'Approval' });
export type ApprovalDto = z.output<typeof approvalDto>;

export const approvalPageDto = pageOf(approvalDto).meta({ id: 'ApprovalPage' });

export const limitsOutcomeDto = z
  .object({
    limits: limitsDto.nullable().describe('As they hold now; null where none were ever set'),
    pending: approvalDto.nullable().describe('Looser limits wait for a colleague'),
  })
  .meta({ id: 'ApprovalLimitsOutcome' });
export type LimitsOutcomeDto = z.output<typeof limitsOutcomeDto>;

/** Reads a deal from the wire. */
export function toDeal(dto: z.output<typeof dealDto>): Deal {
  return {
    organisationId: dto.organisation_id,
    role: dto.role,
    counterpartyId: dto.counterparty_id,
    currency: dto.currency,
    atMostMinor: dto.at_most_minor === null ? null : BigInt(dto.at_most_minor),
    crossesBorder: dto.crosses_border,
    onwardUse: dto.onward_use,
    termDays: dto.term_days,
    termsHash: dto.terms_hash,
  };
}

/** Reads limits from the wire. */
export function toLimits(dto: LimitsDto): ApprovalLimits {
  return {
    maxValueMinor: dto.max_value_minor === null ? null : named(dto.max_value_minor),
    openEnded: dto.open_ended,
    crossBorder: dto.cross_border,
    onwardUse: dto.onward_use,
    maxTermDays: dto.max_term_days,
    everyDeal: dto.every_deal,
  };
}

/** Renders limits. */
export function toLimitsDto(limits: ApprovalLimits): LimitsDto {
  return {
    max_value_minor: limits.maxValueMinor && named(limits.maxValueMinor),
    open_ended: limits.openEnded,
    cross_border: limits.crossBorder,
    onward_use: limits.onwardUse,
    max_term_days: limits.maxTermDays,
    every_deal: limits.everyDeal,
  };
}

/** Renders an approval. */
export function toApprovalDto(approval: Approval): ApprovalDto {
  const limits = approval.kind === 'limits';
  return {
    id: approval.id,
    organisation_id: approval.organisationId,
    kind: approval.kind,
    matter: limits ? toLimitsDto(approval.matter as unknown as ApprovalLimits) : approval.matter,
    reasons: [...approval.reasons],
    note: approval.note,
    status: approval.status,
    requested_by: approval.requestedBy,
    requested_at: approval.requestedAt.toISOString(),
    expires_at: approval.expiresAt.toISOString(),
    decided_by: approval.decidedBy,
    decided_at: approval.decidedAt?.toISOString() ?? null,
    decision_reason: approval.decisionReason,
  };
}

/** Only the currencies that were named: a missing one is not the same as one without a limit. */
function named(limits: Readonly<Partial<Record<Currency, string | undefined>>>): Partial<Record<Currency, string>> {
  return Object.fromEntries(Object.entries(limits).filter(([, limit]) => limit !== undefined));
}
