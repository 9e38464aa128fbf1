import { currencies } from '@hetao/kernel';
import { cursorQuery, moneyDto, pageOf } from '@hetao/runtime';
import { z } from 'zod';
import { periodParam } from '../period/period.dto.js';
import { invoiceTransitions, type InvoiceState } from './invoice.js';

/** What an invoice is shown as: its state, or `overdue` while something of it is owed after the due date. */
export type InvoiceStatus = InvoiceState | 'overdue';

const statuses: [InvoiceStatus, ...InvoiceStatus[]] = ['overdue', ...invoiceTransitions.states];

export const invoiceQueryDto = cursorQuery.extend({
  period: periodParam.optional(),
  status: z.enum(statuses).optional(),
});
export type InvoiceQueryDto = z.output<typeof invoiceQueryDto>;

const nameDto = z.object({ en: z.string(), 'zh-Hans': z.string(), 'zh-Hant': z.string() }).nullable();

const summary = {
  id: z.string(),
  number: z.string().describe('Gapless within its year; put it into the remittance text. Empty for a draft'),
  period: z.string(),
  agreement_id: z.string(),
  merchant_id: z.string(),
  merchant_name: nameDto,
  buyer_id: z.string(),
  buyer_name: nameDto,
  channel_partner_id: z.string().nullable(),
  net: moneyDto,
  tax: moneyDto,
  gross: moneyDto,
  paid: moneyDto.describe('Kept of payments'),
  credited: moneyDto.describe('Taken back by credit notes'),
  outstanding: moneyDto,
  purchase_order: z.string().nullable(),
  status: z.enum(statuses).describe('`overdue`: issued or part paid, and the due date has passed'),
  issued_at: z.iso.datetime().nullable(),
  due_date: z.iso.date().nullable(),
  paid_at: z.iso.datetime().nullable(),
};

export const invoiceDto = z.object(summary).meta({ id: 'Invoice' });
export type InvoiceDto = z.output<typeof invoiceDto>;

export const invoicePageDto = pageOf(invoiceDto).meta({ id: 'InvoicePage' });

export const invoiceDetailDto = z
  .object({
    ...summary,
    tax_terms: z.object({
      jurisdiction: z.string(),
      rate_bps: z.int(),
      category: z.string(),
      rate_id: z.string().nullable().describe('Entry of GET /v1/settlement/tax-rates; null when on no list'),
    }),
    rules: z
      .object({ rating: z.string(), tax: z.string(), tie_order: z.array(z.string()) })
      .describe('Versions of the rules the figures follow, and who is served first when remainders are equal'),
    lines: z.array(
      z.object({
        line_no: z.int(),
        kind: z.enum(['charge', 'tax']),
        charge_id: z.string().nullable(),
        component_id: z.string(),
        meter: z.string().nullable(),
        quantity: z.string().nullable(),
        amount: moneyDto,
        credited: moneyDto.describe('Net that credit notes took back of this line'),
        disputed: z.boolean().describe('An open dispute holds its part of the payouts'),
      }),
    ),
    shares: z
      .array(z.object({ share: z.string(), owner: z.string(), amount: moneyDto, rule_version: z.string() }))
      .nullable()
      .describe('What each party holds of it: for the merchant and the exchange; null for others and before payment'),
    statement_line_id: z.string().nullable().describe('The bank line that paid it, the last of several'),
    credit_note_ids: z.array(z.string()),
    void_reason: z.string().nullable(),
    exchange_rates: z
      .array(
        z.object({
          purpose: z.string(),
          snapshot_id: z.string(),
          amount: moneyDto,
          functional: moneyDto.describe('In the currency the exchange keeps its books in'),
        }),
      )
      .describe('Which rates this document was valued at'),
  })
  .meta({ id: 'InvoiceDetail' });
export type InvoiceDetailDto = z.output<typeof invoiceDetailDto>;

export const invoicingResultDto = z
  .object({
    period: z.string(),
    issued: z.int().describe('Issued by this call; 0 when all were issued before'),
    invoices: z.int().describe('Invoices of the period'),
    totals: z.array(z.object({ currency: z.enum(currencies), net: moneyDto, tax: moneyDto, gross: moneyDto })),
  })
  .meta({ id: 'InvoicingResult' });
export type InvoicingResultDto = z.output<typeof invoicingResultDto>;

export const draftingResultDto = z
  .object({ period: z.string(), drafts: z.int().describe('Drafts that stand now, all made anew by this call') })
  .meta({ id: 'DraftingResult' });
export type DraftingResultDto = z.output<typeof draftingResultDto>;
