import { money } from '@hetao/kernel';
import { cursorQuery, idSchema, moneyDto, pageOf, reasonDto, toMoneyDto } from '@hetao/runtime';
import { z } from 'zod';
import { amountDto } from '../credit-note/credit-note.dto.js';
import { disputeTransitions, type Dispute, type DisputeState } from './dispute.js';

const states = disputeTransitions.states as [DisputeState, ...DisputeState[]];

export const newDisputeDto = z
  .strictObject({
    line_no: z.int().min(1).max(32_767),
    net: amountDto.optional().describe('Disputed part of the line before tax; without it the whole line'),
    ...reasonDto.shape,
  })
  .meta({ id: 'NewDispute' });
export type NewDisputeDto = z.output<typeof newDisputeDto>;

export const disputeDecisionDto = z
  .strictObject({ outcome: z.enum(['upheld', 'rejected']), ...reasonDto.shape })
  .meta({ id: 'DisputeDecision' });
export type DisputeDecisionDto = z.output<typeof disputeDecisionDto>;

export const disputeDto = z
  .object({
    id: z.string(),
    invoice_id: z.string(),
    line_no: z.int(),
    net: moneyDto,
    tax: moneyDto,
    reason: z.string(),
    status: z.enum(states).describe('While open, the disputed part of every share is held back from payouts'),
    opened_at: z.iso.datetime(),
    decision: z.string().nullable(),
    decided_at: z.iso.datetime().nullable(),
    credit_note_id: z.string().nullable(),
  })
  .meta({ id: 'Dispute' });
export type DisputeDto = z.output<typeof disputeDto>;

export const disputeQueryDto = cursorQuery.extend({
  invoice_id: idSchema('inv').optional(),
  status: z.enum(states).optional(),
});
export type DisputeQueryDto = z.output<typeof disputeQueryDto>;
export const disputePageDto = pageOf(disputeDto).meta({ id: 'DisputePage' });

export function toDisputeDto(dispute: Dispute): DisputeDto {
  return {
    id: dispute.disputeId,
    invoice_id: dispute.invoiceId,
    line_no: dispute.lineNo,
    net: toMoneyDto(money(dispute.netMinor, dispute.currency)),
    tax: toMoneyDto(money(dispute.taxMinor, dispute.currency)),
    reason: dispute.reason,
    status: dispute.state,
    opened_at: dispute.openedAt.toISOString(),
    decision: dispute.decision,
    decided_at: dispute.decidedAt?.toISOString() ?? null,
    credit_note_id: dispute.creditNoteId,
  };
}
