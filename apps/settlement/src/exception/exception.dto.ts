import { currencies, Decimal } from '@hetao/kernel';
import { cursorQuery, idSchema, moneyDto, pageOf, text } from '@hetao/runtime';
import { z } from 'zod';
import { bankAccountDto } from '../bank-details/bank-details.dto.js';
import { matchedKinds } from '../matching/matching.repository.js';
import { suggestionGrounds } from '../matching/suggestions.js';
import { periodParam } from '../period/period.dto.js';
import { minorDigitsOf } from '../statement/statement.js';
import { ageBucket } from './exception.js';

const states = ['open', 'investigating', 'proposed', 'resolved'] as const;
const bankMoney = z.object({ amount: z.string(), currency: z.string() });

export const exceptionQueryDto = cursorQuery.extend({
  status: z.enum(states).optional(),
  reason: z.string().max(40).optional(),
  owner: z.string().max(100).optional(),
  period: periodParam.optional(),
  overdue: z.enum(['true', 'false']).optional().describe('Only what should have been decided by now'),
});
export type ExceptionQueryDto = z.output<typeof exceptionQueryDto>;

export const exceptionDto = z
  .object({
    id: z.string(),
    statement_id: z.string(),
    line_id: z.string(),
    side: z.enum(['credit', 'debit']),
    amount: bankMoney,
    booking_date: z.iso.date().nullable(),
    remittance: z.string(),
    counterparty: z.object({ name: z.string().nullable(), account: z.string().nullable() }),
    reason: z.string(),
    detail: z.string(),
    item: z.object({ kind: z.enum(matchedKinds), id: z.string() }).nullable(),
    period: z.string().nullable(),
    status: z.enum(states),
    owner: z.string().nullable(),
    note: z.string().nullable(),
    age: z.object({ days: z.int(), bucket: z.enum(['0-1', '2-7', '8-30', '30+']) }),
    due_at: z.iso.datetime().describe('By when it should be decided'),
    overdue: z.boolean(),
    resolution: z.string().nullable(),
    resolved_by: z.string().nullable(),
    resolved_at: z.iso.datetime().nullable(),
    write_off: z.object({ proposed_by: z.string(), reason: z.string() }).nullable(),
    suggestions: z.array(
      z.object({
        id: z.string(),
        items: z.array(z.object({ kind: z.enum(matchedKinds), id: z.string() })),
        score: z.int(),
        ground: z
          .enum(suggestionGrounds)
          .nullable()
          .describe('What speaks for it; null for what was suggested before grounds were kept'),
        reason: z.string(),
      }),
    ),
  })
  .meta({ id: 'ReconciliationException' });
export type ExceptionDto = z.output<typeof exceptionDto>;
export const exceptionPageDto = pageOf(exceptionDto).meta({ id: 'ReconciliationExceptionPage' });

const buyer = { buyer_id: idSchema('par').optional() };
const refund = { refund_to: bankAccountDto.optional().describe('The account it came from when left out') };

export const resolutionDto = z
  .discriminatedUnion('action', [
    z.strictObject({
      action: z.literal('allocate'),
      allocations: z
        .array(z.strictObject({ invoice_id: idSchema('inv'), amount: moneyDto }))
        .min(1)
        .max(100),
      remainder: z.enum(['credit_on_account', 'refund']).optional(),
      ...buyer,
      ...refund,
    }),
    z.strictObject({ action: z.literal('credit_on_account'), ...buyer }),
    z.strictObject({ action: z.literal('refund'), ...buyer, ...refund }),
    z.strictObject({ action: z.literal('bank_fee') }),
    z.strictObject({ action: z.literal('settled_outside') }),
  ])
  .meta({ id: 'ExceptionResolution' });
export type ResolutionDto = z.output<typeof resolutionDto>;

export const takeBackDto = z.strictObject({ invoice_id: idSchema('inv') }).meta({ id: 'PaymentTakenBack' });

export const assignmentDto = z
  .strictObject({ owner: text(100), note: text(500).optional() })
  .meta({ id: 'ExceptionAssignment' });
export type AssignmentDto = z.output<typeof assignmentDto>;

export const creditDto = z
  .strictObject({ invoice_id: idSchema('inv'), amount: moneyDto })
  .meta({ id: 'CreditApplication' });
export type CreditDto = z.output<typeof creditDto>;

export const rulesDto = z
  .strictObject({
    bank_fee: z.partialRecord(z.enum(currencies), z.string().regex(/^\d{1,6}(\.\d{1,2})?$/)).default({}),
    rounding: z.partialRecord(z.enum(currencies), z.string().regex(/^\d{1,3}(\.\d{1,2})?$/)).default({}),
  })
  .meta({ id: 'MatchingRules' });
export type RulesDto = z.output<typeof rulesDto>;

/** A stored exception with its line, as pg returns it. */
export interface StoredExceptionRow {
  readonly exception_id: string;
  readonly statement_id: string;
  readonly line_id: string;
  readonly side: 'credit' | 'debit';
  readonly amount_minor: string;
  readonly currency: string;
  readonly booking_date: string | null;
  readonly remittance: string;
  readonly counterparty_name: string | null;
  readonly counterparty_account: string | null;
  readonly reason: string;
  readonly detail: string;
  readonly item_kind: (typeof matchedKinds)[number] | null;
  readonly item_id: string | null;
  readonly period: string | null;
  readonly state: (typeof states)[number];
  readonly owner: string | null;
  readonly note: string | null;
  readonly opened_at: Date;
  readonly due_at: Date;
  readonly resolution: string | null;
  readonly resolved_by: string | null;
  readonly resolved_at: Date | null;
  readonly write_off: ExceptionDto['write_off'];
  readonly suggestions: ExceptionDto['suggestions'];
}

const DAY_MS = 86_400_000;

export function toExceptionDto(row: StoredExceptionRow, now: Date): ExceptionDto {
  const until = row.resolved_at ?? now;
  const days = Math.max(0, Math.floor((until.getTime() - row.opened_at.getTime()) / DAY_MS));
  const digits = minorDigitsOf(row.currency) ?? 0;
  return {
    id: row.exception_id,
    statement_id: row.statement_id,
    line_id: row.line_id,
    side: row.side,
    amount: { amount: Decimal.ofUnits(BigInt(row.amount_minor), digits).toFixed(digits), currency: row.currency },
    booking_date: row.booking_date,
    remittance: row.remittance,
    counterparty: { name: row.counterparty_name, account: row.counterparty_account },
    reason: row.reason,
    detail: row.detail,
    item: row.item_kind === null || row.item_id === null ? null : { kind: row.item_kind, id: row.item_id },
    period: row.period,
    status: row.state,
    owner: row.owner,
    note: row.note,
    age: { days, bucket: ageBucket(days) },
    due_at: row.due_at.toISOString(),
    overdue: row.resolved_at === null && row.due_at.getTime() < now.getTime(),
    resolution: row.resolution,
    resolved_by: row.resolved_by,
    resolved_at: row.resolved_at?.toISOString() ?? null,
    write_off: row.write_off,
    suggestions: row.suggestions,
  };
}
