import { err, money, ok, type Currency, type Reader, type Result } from '@hetao/kernel';
import type { Database } from '@hetao/persistence';
import type { AnyPricePlan, TaxTerms } from '@hetao/rating';
import { DATABASE, toMoneyDto } from '@hetao/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { adjustedComponent, differencesOf } from '../adjustment/adjustment.js';
import { sightParameters } from '../agreement/visibility.js';
import { invoiceErrors, type InvoiceError } from '../invoice/invoice.errors.js';
import { contextFrom, type StoredContext } from '../rating/rating-context.js';
import type { ExplanationDto } from './explanation.dto.js';
import { recomputeCharge, recomputeTax, type Recomputed } from './explanation.js';

interface LineRow {
  readonly invoice_id: string;
  readonly line_no: number;
  readonly kind: 'charge' | 'tax';
  readonly component_id: string;
  readonly amount_minor: string;
  readonly currency: Currency;
  readonly net_minor: string;
  readonly tax: TaxTerms;
  readonly tax_rule: string;
  readonly tax_category: string;
  readonly tax_rate_id: string | null;
  readonly tax_source: string | null;
  readonly agreement_id: string;
  readonly document_hash: string;
  readonly plan: AnyPricePlan;
  readonly exact_amount: string | null;
  readonly steps: string[] | null;
  readonly rule_version: string | null;
  readonly meter: string | null;
  readonly period: string;
  readonly period_id: string;
  readonly totals: readonly { meter: string; quantity: string; events: number }[];
  readonly windows: number;
  readonly rating_context: StoredContext | null;
  readonly adjustment: StoredAdjustment | null;
  readonly starts_at: Date;
  readonly ends_at: Date;
}

interface StoredAdjustment extends NonNullable<ExplanationDto['adjustment']> {
  readonly in_count: boolean;
  readonly rating_context: StoredContext | null;
}

const LINE = `
  SELECT l.invoice_id, l.line_no, l.kind, l.component_id, l.amount_minor, i.currency, i.net_minor, i.tax, i.tax_rule,
         i.tax_category, i.tax_rate_id, t.source AS tax_source, i.agreement_id, a.document_hash, a.plan, c.exact_amount,
         c.steps, c.rule_version, c.meter, u.period, u.period_id, u.totals, u.windows, u.rating_context, p.starts_at, p.ends_at,
         (SELECT json_build_object('id', j.adjustment_id, 'correction_id', j.correction_id, 'cause', j.cause, 'reason', j.reason,
                   'original_period', j.original_period, 'original_usage_period_id', j.original_period_id,
                   'original_charge_id', c.original_charge_id, 'before', j.before, 'after', j.after,
                   'in_count', j.in_count, 'rating_context', j.rating_context, 'original_invoice',
                   (SELECT json_build_object('id', o.invoice_id, 'number', o.number) FROM invoices o
                     WHERE o.agreement_id = j.agreement_id AND o.period = j.original_period AND o.state NOT IN ('draft', 'void')))
            FROM usage_adjustments j WHERE j.adjustment_id = c.adjustment_id) AS adjustment
    FROM invoice_lines l JOIN invoices i USING (invoice_id)
    JOIN agreements a USING (agreement_id)
    JOIN usage_periods u ON u.agreement_id = i.agreement_id AND u.period = i.period
    JOIN settlement_periods p ON p.period = i.period
    LEFT JOIN charges c ON c.charge_id = l.charge_id
    LEFT JOIN tax_rates t ON t.tax_rate_id = i.tax_rate_id
   WHERE ($1 OR i.merchant_id = $2 OR i.buyer_id = $3) AND l.invoice_id = $4 AND l.line_no = $5`;

/** Opens one line of an invoice: what was counted, what it costs by which part of which plan, under which rule. */
@Injectable()
export class ExplanationQueries {
  readonly #database: Database;

  constructor(@Inject(DATABASE) database: Database) {
    this.#database = database;
  }

  async explain(invoiceId: string, lineNo: number, reader: Reader): Promise<Result<ExplanationDto, InvoiceError>> {
    const { rows } = await this.#database.withClient((client) =>
      client.query<LineRow>(LINE, [...sightParameters(reader), invoiceId, lineNo]),
    );
    const [row] = rows;
    if (row === undefined) {
      return err(invoiceErrors.INVOICE_LINE_NOT_FOUND(`There is no line ${lineNo} of ${invoiceId} that you may see.`));
    }
    return ok(row.kind === 'tax' ? taxExplained(row) : chargeExplained(row));
  }
}

function chargeExplained(row: LineRow): ExplanationDto {
  // `<id>:drawdown` and `<id>:adjustment:…` take from the component they are named after.
  const [planId = ''] = row.component_id.split(':');
  const again = row.adjustment === null ? recomputedCharge(row) : recomputedDifference(row, row.adjustment);
  return {
    ...common(row, again),
    exact_amount: row.exact_amount ?? '',
    steps: row.steps ?? [],
    rule_version: row.rule_version ?? '',
    component: row.plan.components.find(({ id }) => id === planId) ?? null,
    usage: usageOf(row),
    tax: null,
    adjustment: row.adjustment === null ? null : shownAdjustment(row.adjustment),
  };
}

function recomputedCharge(row: LineRow): Recomputed | undefined {
  return recomputeCharge(row.plan, row, contextFrom(row.rating_context), row.component_id);
}

function recomputedDifference(row: LineRow, { id, ...adjustment }: StoredAdjustment): Recomputed | undefined {
  const basis = {
    plan: row.plan,
    originalPeriod: adjustment.original_period,
    before: adjustment.before,
    after: adjustment.after,
    inCount: adjustment.in_count,
    context: contextFrom(adjustment.rating_context),
  };
  return differencesOf(basis).find(({ componentId }) => adjustedComponent(componentId, id) === row.component_id);
}

function shownAdjustment(stored: StoredAdjustment): ExplanationDto['adjustment'] {
  return {
    id: stored.id,
    correction_id: stored.correction_id,
    cause: stored.cause,
    reason: stored.reason,
    original_period: stored.original_period,
    original_usage_period_id: stored.original_usage_period_id,
    original_charge_id: stored.original_charge_id,
    original_invoice: stored.original_invoice,
    before: stored.before,
    after: stored.after,
  };
}

function taxExplained(row: LineRow): ExplanationDto {
  const again = recomputeTax(BigInt(row.net_minor), row.currency, row.tax);
  return {
    ...common(row, again),
    exact_amount: again.exactAmount,
    steps: [...again.steps],
    rule_version: row.tax_rule,
    component: null,
    usage: null,
    adjustment: null,
    tax: {
      base: toMoneyDto(money(BigInt(row.net_minor), row.currency)),
      rate_bps: row.tax.rateBps,
      category: row.tax_category,
      rate_id: row.tax_rate_id,
      source: row.tax_source,
    },
  };
}

function common(row: LineRow, again: Recomputed | undefined) {
  const kept = BigInt(row.amount_minor);
  return {
    invoice_id: row.invoice_id,
    line_no: row.line_no,
    kind: row.kind,
    amount: toMoneyDto(money(kept, row.currency)),
    agreement: { id: row.agreement_id, document_hash: row.document_hash },
    recomputed: {
      amount: toMoneyDto(money(again?.amountMinor ?? 0n, row.currency)),
      agrees: again?.amountMinor === kept,
    },
  };
}

function usageOf(row: LineRow): ExplanationDto['usage'] {
  if (row.meter === null) return null;
  const total = row.totals.find(({ meter }) => meter === row.meter);
  const query = new URLSearchParams({
    agreement_id: row.agreement_id,
    from: row.starts_at.toISOString(),
    to: row.ends_at.toISOString(),
  });
  return {
    meter: row.meter,
    quantity: total?.quantity ?? '0',
    events: total?.events ?? 0,
    usage_period_id: row.period_id,
    windows: row.windows,
    windows_url: `/v1/usage/windows?${query.toString()}`,
  };
}
