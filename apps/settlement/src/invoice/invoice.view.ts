import { money, type Currency, type LocalizedText } from '@hetao/kernel';
import type { TaxTerms } from '@hetao/rating';
import { toMoneyDto, type MoneyDto } from '@hetao/runtime';
import type { InvoiceDetailDto, InvoiceDto, InvoiceStatus } from './invoice.dto.js';

/** An invoice as pg returns it, with the parties' names. */
export interface StoredInvoice {
  readonly invoice_id: string;
  readonly number: string | null;
  readonly sort_year: number;
  readonly sort_no: number;
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
  readonly paid_minor: string;
  readonly credited_minor: string;
  readonly purchase_order: string | null;
  readonly tax: TaxTerms;
  readonly tax_category: string;
  readonly tax_rate_id: string | null;
  readonly rating_rule: string;
  readonly tax_rule: string;
  readonly tie_order: readonly string[];
  readonly status: InvoiceStatus;
  readonly issued_at: Date | null;
  readonly due_date: string | null;
  readonly paid_at: Date | null;
  readonly void_reason: string | null;
}

export interface StoredInvoiceLine {
  readonly line_no: number;
  readonly kind: 'charge' | 'tax';
  readonly charge_id: string | null;
  readonly component_id: string;
  readonly meter: string | null;
  readonly quantity: string | null;
  readonly amount_minor: string;
  readonly credited_minor: string;
  readonly disputed: boolean;
}

export interface StoredShare {
  readonly share: string;
  readonly owner: string;
  readonly amount_minor: string;
  readonly rule_version: string;
}

export interface StoredDocumentRate {
  readonly purpose: string;
  readonly snapshot_id: string;
  readonly currency: Currency;
  readonly amount_minor: string;
  readonly functional_currency: Currency;
  readonly functional_minor: string;
}

/** What hangs on an invoice; `shares` is null where the reader may not see them. */
export interface InvoiceParts {
  readonly lines: readonly StoredInvoiceLine[];
  readonly shares: readonly StoredShare[] | null;
  readonly statementLineId: string | null;
  readonly creditNoteIds: readonly string[];
  readonly rates: readonly StoredDocumentRate[];
}

/** Renders an invoice for lists. */
export function toInvoiceDto(row: StoredInvoice): InvoiceDto {
  const { currency } = row;
  const outstanding = BigInt(row.gross_minor) - BigInt(row.credited_minor) - BigInt(row.paid_minor);
  return {
    id: row.invoice_id,
    number: row.number ?? '',
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
    paid: minorDto(row.paid_minor, currency),
    credited: minorDto(row.credited_minor, currency),
    outstanding: minorDto(row.status === 'void' ? '0' : outstanding.toString(), currency),
    purchase_order: row.purchase_order,
    status: row.status,
    issued_at: row.issued_at?.toISOString() ?? null,
    due_date: row.due_date,
    paid_at: row.paid_at?.toISOString() ?? null,
  };
}

/** Renders an invoice with everything that hangs on it. */
export function toInvoiceDetailDto(row: StoredInvoice, parts: InvoiceParts): InvoiceDetailDto {
  const { currency, tax } = row;
  return {
    ...toInvoiceDto(row),
    tax_terms: {
      jurisdiction: tax.jurisdiction,
      rate_bps: tax.rateBps,
      category: row.tax_category,
      rate_id: row.tax_rate_id,
    },
    rules: { rating: row.rating_rule, tax: row.tax_rule, tie_order: [...row.tie_order] },
    lines: parts.lines.map(({ amount_minor, credited_minor, ...line }) => ({
      ...line,
      amount: minorDto(amount_minor, currency),
      credited: minorDto(credited_minor, currency),
    })),
    shares:
      parts.shares?.map(({ amount_minor, ...share }) => ({ ...share, amount: minorDto(amount_minor, currency) })) ??
      null,
    statement_line_id: parts.statementLineId,
    credit_note_ids: [...parts.creditNoteIds],
    void_reason: row.void_reason,
    exchange_rates: parts.rates.map(({ purpose, snapshot_id, ...rate }) => ({
      purpose,
      snapshot_id,
      amount: minorDto(rate.amount_minor, rate.currency),
      functional: minorDto(rate.functional_minor, rate.functional_currency),
    })),
  };
}

/** Minor units as pg returns them, for the wire. */
export function minorDto(amountMinor: string, currency: Currency): MoneyDto {
  return toMoneyDto(money(BigInt(amountMinor), currency));
}
