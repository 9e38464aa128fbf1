import { z } from 'zod';
import { cursorQuery, pageOf } from '@hetao/runtime';
import { creditEntryKinds, type CreditEntry, type CreditRecord, type Promptness } from './credit.js';
import type { Refresh } from './refresh.use-cases.js';

const promptness = z.object({ count: z.int(), median_seconds: z.int().nullable() });

export const creditDto = z
  .object({
    agreements: z.int(),
    terminated: z.int().describe('Agreements broken off, counted with both sides'),
    credit_notes: z.int().describe('Invoices taken back, wholly or in part'),
    invoices_paid_in_time: z.int(),
    invoices_paid_late: z.int(),
    access_requests: z.int().describe('Requests for access to its products'),
    access_requests_expired: z.int().describe('Whose time ran out without a word'),
    answers_to_access_requests: promptness.describe(
      'From the request to the first word; what the buyer took back before is no answer',
    ),
    disputes_opened: z.int(),
    disputes_faced: z.int(),
    disputes_lost: z.int().describe('By a ruling against it, whoever opened them'),
    answers_to_demands: promptness,
    answers_to_reviewers: promptness,
    refreshes_delivered: z.int(),
    refreshes_late: z.int(),
  })
  .meta({ id: 'CreditRecord' });
export type CreditDto = z.output<typeof creditDto>;

/** Renders a credit record. */
export function toCreditDto({ facts, accessRequests, refreshes, ...answers }: CreditRecord): CreditDto {
  return {
    agreements: facts.agreement,
    terminated: facts.terminated,
    credit_notes: facts.credit_note,
    invoices_paid_in_time: facts.paid_in_time,
    invoices_paid_late: facts.paid_late,
    access_requests: accessRequests.asked,
    access_requests_expired: accessRequests.expired,
    answers_to_access_requests: toPromptnessDto(accessRequests.answered),
    disputes_opened: facts.dispute_opened,
    disputes_faced: facts.dispute_faced,
    disputes_lost: facts.dispute_lost,
    answers_to_demands: toPromptnessDto(answers.answersToDemands),
    answers_to_reviewers: toPromptnessDto(answers.answersToReviewers),
    refreshes_delivered: refreshes.delivered,
    refreshes_late: refreshes.late,
  };
}

function toPromptnessDto({ count, medianSeconds }: Promptness): z.output<typeof promptness> {
  return { count, median_seconds: medianSeconds };
}

export const creditEntryQueryDto = cursorQuery.extend({
  kind: z.enum(creditEntryKinds).describe('Which number of the record is opened'),
});
export type CreditEntryQueryDto = z.output<typeof creditEntryQueryDto>;

const creditEntryDto = z
  .object({
    reference: z.string().describe('Id of the agreement, invoice, request, dispute, need, comment or product'),
    at: z.iso.datetime(),
    seconds: z.int().nullable().describe('How long the answer took'),
    outcome: z.string().nullable().describe('What came of it'),
  })
  .meta({ id: 'CreditEntry' });
export type CreditEntryDto = z.output<typeof creditEntryDto>;
export const creditEntryPageDto = pageOf(creditEntryDto).meta({ id: 'CreditEntryPage' });

/** Renders what was counted. */
export function toCreditEntryDto({ at, ...entry }: CreditEntry): CreditEntryDto {
  return { ...entry, at: at.toISOString() };
}

export const refreshDto = z
  .object({ delivered_at: z.iso.datetime(), due_at: z.iso.datetime().nullable(), late: z.boolean() })
  .meta({ id: 'Refresh' });
export type RefreshDto = z.output<typeof refreshDto>;
export const refreshListDto = z.object({ data: z.array(refreshDto) }).meta({ id: 'Refreshes' });

/** Renders a refresh. */
export function toRefreshDto({ deliveredAt, dueAt }: Refresh): RefreshDto {
  const late = dueAt !== null && deliveredAt > dueAt;
  return { delivered_at: deliveredAt.toISOString(), due_at: dueAt?.toISOString() ?? null, late };
}
