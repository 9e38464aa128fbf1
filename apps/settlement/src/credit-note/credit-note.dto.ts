import { money, type Currency } from '@hetao/kernel';
import { cursorQuery, idSchema, moneyDto, pageOf, reasonDto, toMoneyDto } from '@hetao/runtime';
import { z } from 'zod';
import type { CreditNote } from './credit-note.js';

const MAX_LINES = 200;

export const amountDto = z
  .string()
  .max(40)
  .regex(/^(0|[1-9][0-9]*)(\.[0-9]+)?$/)
  .describe('Major units of the invoice’s currency, before tax');

export const newCreditNoteDto = z
  .strictObject({
    document_id: z.union([idSchema('inv'), idSchema('crn')]).describe('The invoice; a credit note cannot be credited'),
    lines: z
      .array(z.strictObject({ line_no: z.int().min(1).max(32_767), net: amountDto }))
      .min(1)
      .max(MAX_LINES)
      .optional()
      .describe('Net to take back, by line of the invoice; without it everything that is left'),
    ...reasonDto.shape,
  })
  .meta({ id: 'NewCreditNote' });
export type NewCreditNoteDto = z.output<typeof newCreditNoteDto>;

export const creditNoteDto = z
  .object({
    id: z.string(),
    number: z.string().describe('Gapless within its year, a series of its own'),
    invoice_id: z.string(),
    period: z.string().describe('In whose books it counts: the invoice’s while that is open'),
    net: moneyDto,
    tax: moneyDto,
    gross: moneyDto,
    refund: moneyDto.describe('What was paid and is owed back to the buyer'),
    reason: z.string(),
    dispute_id: z.string().nullable(),
    issued_at: z.iso.datetime(),
  })
  .meta({ id: 'CreditNote' });
export type CreditNoteDto = z.output<typeof creditNoteDto>;

export const creditNoteQueryDto = cursorQuery.extend({ invoice_id: idSchema('inv').optional() });
export type CreditNoteQueryDto = z.output<typeof creditNoteQueryDto>;
export const creditNotePageDto = pageOf(creditNoteDto).meta({ id: 'CreditNotePage' });

/** A credit note as pg returns it. */
export interface StoredCreditNote {
  readonly credit_note_id: string;
  readonly number: string;
  readonly year: number;
  readonly year_no: number;
  readonly invoice_id: string;
  readonly period: string;
  readonly currency: Currency;
  readonly net_minor: string;
  readonly tax_minor: string;
  readonly refund_minor: string;
  readonly reason: string;
  readonly dispute_id: string | null;
  readonly issued_at: Date;
}

export function storedNoteDto(row: StoredCreditNote): CreditNoteDto {
  return toCreditNoteDto({
    ...row,
    creditNoteId: row.credit_note_id,
    invoiceId: row.invoice_id,
    netMinor: BigInt(row.net_minor),
    taxMinor: BigInt(row.tax_minor),
    refundMinor: BigInt(row.refund_minor),
    disputeId: row.dispute_id,
    issuedAt: row.issued_at,
  });
}

export function toCreditNoteDto(note: Omit<CreditNote, 'issuedBy' | 'year' | 'yearNo'>): CreditNoteDto {
  const amount = (minor: bigint) => toMoneyDto(money(minor, note.currency));
  return {
    id: note.creditNoteId,
    number: note.number,
    invoice_id: note.invoiceId,
    period: note.period,
    net: amount(note.netMinor),
    tax: amount(note.taxMinor),
    gross: amount(note.netMinor + note.taxMinor),
    refund: amount(note.refundMinor),
    reason: note.reason,
    dispute_id: note.disputeId,
    issued_at: note.issuedAt.toISOString(),
  };
}
