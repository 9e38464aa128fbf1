import { money, type Currency } from '@hetao/kernel';
import { cursorQuery, moneyDto, pageOf, toMoneyDto } from '@hetao/runtime';
import { z } from 'zod';
import { periodParam } from '../period/period.dto.js';
import { adjustmentStates, type AdjustmentCause, type AdjustmentState } from './adjustment.js';

export const adjustmentQueryDto = cursorQuery.extend({
  period: periodParam.optional().describe('The month in which the difference is charged'),
  state: z.enum(adjustmentStates).optional(),
  agreement_id: z.string().max(64).optional(),
});
export type AdjustmentQueryDto = z.output<typeof adjustmentQueryDto>;

export const adjustmentDto = z
  .object({
    id: z.string(),
    agreement_id: z.string(),
    correction_id: z.string(),
    cause: z.string(),
    reason: z.string(),
    original_period: z.string(),
    adjustment_period: z.string(),
    state: z
      .enum(adjustmentStates)
      .describe('`owed`: less is due than was charged, and no credit note has room for it yet'),
    net: moneyDto.nullable().describe('More due above zero, given back below it; null until both counts are rated'),
    credit_note_id: z.string().nullable(),
    decision: z.object({ by: z.string(), at: z.iso.datetime(), reason: z.string() }).nullable(),
    applied_at: z.iso.datetime(),
  })
  .meta({ id: 'UsageAdjustment' });
export type AdjustmentDto = z.output<typeof adjustmentDto>;
export const adjustmentPageDto = pageOf(adjustmentDto).meta({ id: 'UsageAdjustmentPage' });

/** An adjustment as pg returns it. */
export interface StoredAdjustment {
  readonly adjustment_id: string;
  readonly agreement_id: string;
  readonly correction_id: string;
  readonly cause: AdjustmentCause;
  readonly reason: string;
  readonly original_period: string;
  readonly adjustment_period: string;
  readonly state: AdjustmentState;
  readonly net_minor: string | null;
  readonly currency: Currency | null;
  readonly credit_note_id: string | null;
  readonly decided_by: string | null;
  readonly decided_at: Date | null;
  readonly decision: string | null;
  readonly applied_at: Date;
}

export function toAdjustmentDto(row: StoredAdjustment): AdjustmentDto {
  const { agreement_id, correction_id, cause, reason, original_period, adjustment_period, state, credit_note_id } = row;
  const { net_minor: net, currency, decided_at: at } = row;
  return {
    id: row.adjustment_id,
    ...{ agreement_id, correction_id, cause, reason, original_period, adjustment_period, state, credit_note_id },
    net: net === null || currency === null ? null : toMoneyDto(money(BigInt(net), currency)),
    decision: at === null ? null : { by: row.decided_by ?? '', at: at.toISOString(), reason: row.decision ?? '' },
    applied_at: row.applied_at.toISOString(),
  };
}
