import { currencies, money, type Currency, type LocalizedText } from '@hetao/kernel';
import type { TaxTerms } from '@hetao/rating';
import { cursorQuery, moneyDto, pageOf, toMoneyDto, type MoneyDto } from '@hetao/runtime';
import { z } from 'zod';
import { periodParam } from '../period/period.dto.js';
import { invoiceTransitions, type InvoiceState } from './invoice.js';

const statuses = invoiceTransitions.states as [InvoiceState, ...InvoiceState[]];

export const invoiceQueryDto = cursorQuery.extend({
  period: periodParam.optional(),
  status: z.enum(statuses).optional(),
});
export type InvoiceQueryDto = z.output<typeof invoiceQueryDto>;

const nameDto = z.object({ en: z.string(), 'zh-Hans': z.string(), 'zh-Hant': z.string() }).nullable();

const summary = {
  id: z.string(),
  number: z.string().describe('Gapless within its year; put it into the remittance text'),
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
  status: z.enum(statuses),
  issued_at: z.iso.datetime(),
  due_date: z.iso.date(),
  paid_at: z.iso.datetime().nullable(),
};

export const invoiceDto = z.object(summary).meta({ id: 'Invoice' });
export type InvoiceDto = z.output<typeof invoiceDto>;

export const invoicePageDto = pageOf(invoiceDto).meta({ id: 'InvoicePage' });

export const invoiceDetailDto = z
  .object({
    ...summary,
    tax_terms: z.object({ jurisdiction: z.string(), rate_bps: z.int() }),
    rules: z.object({ rating: z.string(), tax: z.string() }).describe('Versions of the rules the figures follow'),
    lines: z.array(
      z.object({
        line_no: z.int(),
        kind: z.enum(['charge', 'tax']),
        charge_id: z.string().nullable(),
        component_id: z.string(),
        meter: z.string().nullable(),
        quantity: z.string().nullable(),
        amount: moneyDto,
      }),
    ),
    shares: z
      .array(z.object({ share: z.string(), owner: z.string(), amount: moneyDto, rule_version: z.string() }))
      .nullable()
      .describe('How the payment was divided: for the merchant and the exchange; null for others and before payment'),
    statement_line_id: z.string().nullable().describe('The bank line that paid it'),
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

/** An invoice as pg returns it, with the parties' names. */
export interface StoredInvoice {
  readonly invoice_id: string;
  readonly number: string;
  readonly year: number;
  readonly year_no: number;
  readonly period: string;
  readonly agreement_id: string;
  readonly merchant_id: string;
  readonly merchant_name: LocalizedText | null;
  readonly buyer_id: string;
  readonly buyer_name: LocalizedText | null;
  readonly channel_partner_id: string | null;
  readonly currency: Currency;
  readonly net_minor: string;
  readonly tax_minor: string;
  readonly gross_minor: string;
  readonly tax: TaxTerms;
  readonly rating_rule: string;
  readonly tax_rule: string;
  readonly state: InvoiceState;
  readonly issued_at: Date;
  readonly due_date: string;
  readonly paid_at: Date | null;
}

export interface StoredInvoiceLine {
  readonly line_no: number;
  readonly kind: 'charge' | 'tax';
  readonly charge_id: string | null;
  readonly component_id: string;
  readonly meter: string | null;
  readonly quantity: string | null;
  readonly amount_minor: string;
}

export interface StoredShare {
  readonly share: string;
  readonly owner: string;
  readonly amount_minor: string;
  readonly rule_version: string;
}

/** Renders an invoice for lists. */
export function toInvoiceDto(row: StoredInvoice): InvoiceDto {
  const { currency } = row;
  return {
    id: row.invoice_id,
    number: row.number,
    period: row.period,
    agreement_id: row.agreement_id,
    merchant_id: row.merchant_id,
    merchant_name: row.merchant_name,
    buyer_id: row.buyer_id,
    buyer_name: row.buyer_name,
    channel_partner_id: row.channel_partner_id,
    net: minorDto(row.net_minor, currency),
    tax: minorDto(row.tax_minor, currency),
    gross: minorDto(row.gross_minor, currency),
    status: row.state,
    issued_at: row.issued_at.toISOString(),
    due_date: row.due_date,
    paid_at: row.paid_at?.toISOString() ?? null,
  };
}

/** Renders an invoice with everything that hangs on it; `shares` is null where the reader may not see them. */
export function toInvoiceDetailDto(
  row: StoredInvoice,
  parts: {
    readonly lines: readonly StoredInvoiceLine[];
    readonly shares: readonly StoredShare[] | null;
    readonly statementLineId: string | null;
  },
): InvoiceDetailDto {
  const { currency, tax } = row;
  return {
    ...toInvoiceDto(row),
    tax_terms: { jurisdiction: tax.jurisdiction, rate_bps: tax.rateBps },
    rules: { rating: row.rating_rule, tax: row.tax_rule },
    lines: parts.lines.map(({ amount_minor, ...line }) => ({ ...line, amount: minorDto(amount_minor, currency) })),
    shares:
      parts.shares?.map(({ amount_minor, ...share }) => ({ ...share, amount: minorDto(amount_minor, currency) })) ??
      null,
    statement_line_id: parts.statementLineId,
  };
}

/** Minor units as pg returns them, for the wire. */
export function minorDto(amountMinor: string, currency: Currency): MoneyDto {
  return toMoneyDto(money(BigInt(amountMinor), currency));
}
