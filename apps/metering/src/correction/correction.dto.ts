import { z } from 'zod';
import { cursorQuery, text } from '@hetao/runtime';
import { formatInstant, parseInstant } from '../window/instant.js';
import type { Adjustment } from './adjustment.repository.js';
import { maxCorrectionItems } from './correction.js';
import type { Correction } from './correction.repository.js';

const time = z
  .string()
  .max(40)
  .refine((value) => parseInstant(value) !== undefined, 'must be an RFC 3339 time');

const key = {
  source: z.string().min(1).max(200),
  event_id: z.string().min(1).max(200),
  event_time: time.optional().describe('Time of the event as it was sent; needed when it came weeks ago'),
};
const sender = z.string().min(1).max(200).optional().describe('Only where two senders use one source');

export const newCorrection = z
  .strictObject({
    agreement_id: z.string().min(1).max(64),
    reason: text(500),
    items: z
      .array(
        z.discriminatedUnion('action', [
          z.strictObject({ action: z.literal('void'), ...key, sender_id: sender }),
          z.strictObject({
            action: z.literal('replace'),
            ...key,
            sender_id: sender,
            time,
            data: z.record(z.string().max(200), z.unknown()).describe('As an event would say it: { "meters": … }'),
          }),
        ]),
      )
      .min(1)
      .max(maxCorrectionItems),
  })
  .meta({ id: 'NewUsageCorrection' });
export type NewCorrection = z.output<typeof newCorrection>;

const totalDto = z.object({ meter: z.string(), quantity: z.string(), events: z.int() });
const amountDto = z.object({ amount: z.string(), currency: z.string() });

export const correctionDto = z
  .object({
    correction_id: z.string(),
    agreement_id: z.string(),
    kind: z.enum(['void', 'replace', 'batch', 'late', 'revert']),
    state: z.enum(['proposed', 'applied', 'rejected', 'reverted']),
    reason: z.string(),
    events: z.int(),
    effects: z
      .array(
        z.object({
          period: z.string(),
          is_closed: z.boolean(),
          adjustment_period: z.string().nullable().describe('Where the difference of a closed month is charged'),
          before: z.array(totalDto),
          after: z.array(totalDto),
          net: z
            .object({ before: amountDto, after: amountDto, effect: amountDto })
            .nullable()
            .describe('Before tax, by the plan of the agreement; null where the plan is not known'),
        }),
      )
      .describe('Foreseen while it is proposed; as it was, once it is applied'),
    reverts_id: z.string().nullable(),
    proposed_by: z.string(),
    proposed_at: z.string(),
    decided_by: z.string().nullable(),
    decided_at: z.string().nullable(),
    decision_reason: z.string().nullable(),
  })
  .meta({ id: 'UsageCorrection' });
export type CorrectionDto = z.output<typeof correctionDto>;

export const correctionsQuery = cursorQuery.extend({ agreement_id: z.string().min(1).max(64) });

export const adjustmentDto = z
  .object({
    adjustment_id: z.string(),
    correction_id: z.string(),
    agreement_id: z.string(),
    original_period: z.string(),
    adjustment_period: z.string(),
    before: z.array(totalDto),
    after: z.array(totalDto),
    net_effect_minor: z.string().nullable().describe('Minor units of the currency; negative is given back'),
    currency: z.string().nullable(),
    applied_at: z.string(),
  })
  .meta({ id: 'UsageAdjustment' });
export type AdjustmentDto = z.output<typeof adjustmentDto>;

export function toCorrectionDto(correction: Correction): CorrectionDto {
  return {
    correction_id: correction.correctionId,
    agreement_id: correction.agreementId,
    kind: correction.kind,
    state: correction.state,
    reason: correction.reason,
    events: correction.changes.length,
    effects: correction.effects.map((effect) => ({
      period: effect.period,
      is_closed: effect.isClosed,
      adjustment_period: effect.adjustmentPeriod,
      before: [...effect.before],
      after: [...effect.after],
      net: effect.net,
    })),
    reverts_id: correction.revertsId,
    proposed_by: correction.proposedBy,
    proposed_at: correction.proposedAt.toISOString(),
    decided_by: correction.decidedBy,
    decided_at: correction.decidedAt?.toISOString() ?? null,
    decision_reason: correction.decisionReason,
  };
}

export function toAdjustmentDto(adjustment: Adjustment): AdjustmentDto {
  return {
    adjustment_id: adjustment.adjustmentId,
    correction_id: adjustment.correctionId,
    agreement_id: adjustment.agreementId,
    original_period: adjustment.originalPeriod,
    adjustment_period: adjustment.adjustmentPeriod,
    before: [...adjustment.before],
    after: [...adjustment.after],
    net_effect_minor: adjustment.netEffect?.amountMinor ?? null,
    currency: adjustment.netEffect?.currency ?? null,
    applied_at: formatInstant(adjustment.appliedAt.getTime()),
  };
}
