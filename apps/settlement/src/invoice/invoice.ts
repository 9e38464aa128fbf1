import { defineTransitions, deterministicId, money, sumMoney, type Currency, type Money } from '@hetao/kernel';
import {
  isPlanV2,
  taxOn,
  taxRuleVersion,
  type AnyPricePlan,
  type FeeTerms,
  type ShareKey,
  type TaxTerms,
} from '@hetao/rating';
import { tieOrderOf, type SplitTerms } from './division.js';

export type { SplitTerms } from './division.js';

export type InvoiceState = 'draft' | 'issued' | 'part_paid' | 'paid' | 'credited' | 'void';
export type InvoiceCommand = 'issue' | 'pay' | 'reverse' | 'credit' | 'void';

/**
 * An invoice's life. An invoice over nothing is paid as it is issued: no money could ever arrive for it. `credited` is
 * one of which credit notes took everything back. Being overdue is a reading of the calendar, not a state.
 */
export const invoiceTransitions = defineTransitions<InvoiceState, InvoiceCommand>({
  draft: { issue: ['issued', 'paid'] },
  // A payment can stand on an issued invoice when credit notes refunded all of it.
  issued: { pay: ['part_paid', 'paid'], credit: ['issued', 'credited'], reverse: 'issued', void: 'void' },
  part_paid: {
    pay: ['part_paid', 'paid'],
    credit: ['part_paid', 'paid', 'credited'],
    reverse: ['issued', 'part_paid'],
  },
  paid: { credit: ['paid', 'credited'], reverse: ['issued', 'part_paid', 'paid'] },
  credited: { reverse: 'credited' },
  void: {},
}).assertReachable('draft');

/** What tax is charged as; other than standard is without tax, and says why on the invoice. */
export type TaxCategory = 'standard' | 'export' | 'reverse_charge';

/** A charge as it stands in the books: one line of the invoice to come. */
export interface ChargeLine {
  readonly chargeId: string;
  readonly componentId: string;
  readonly meter: string | null;
  /** Exact decimal. */
  readonly quantity: string;
  readonly amountMinor: bigint;
}

/** One line of an invoice: a charge, or the tax on all of them. */
export interface InvoiceLine {
  readonly lineNo: number;
  readonly kind: 'charge' | 'tax';
  readonly chargeId: string | null;
  readonly componentId: string;
  readonly meter: string | null;
  readonly quantity: string | null;
  readonly amountMinor: bigint;
}

/** An invoice of one agreement for one period. Amounts are minor units of `currency`. */
export interface Invoice {
  readonly invoiceId: string;
  /** `HX-2015-000001`: gapless within its year. */
  readonly number: string;
  readonly year: number;
  readonly yearNo: number;
  readonly agreementId: string;
  readonly period: string;
  readonly merchantId: string;
  readonly buyerId: string;
  readonly channelPartnerId: string | null;
  readonly currency: Currency;
  readonly netMinor: bigint;
  readonly taxMinor: bigint;
  readonly grossMinor: bigint;
  readonly tax: TaxTerms;
  readonly fee: FeeTerms;
  readonly ratingRule: string;
  readonly taxRule: string;
  readonly state: InvoiceState;
  readonly issuedAt: Date;
  /** Calendar date. */
  readonly dueDate: string;
  readonly paidAt: Date | null;
  /** 1, or more when invoices of the same agreement and period were made void before. */
  readonly attempt: number;
  /** Kept of payments: what was paid, less what was taken back or refunded. */
  readonly paidMinor: bigint;
  /** Taken back by credit notes, net and tax together. */
  readonly creditedMinor: bigint;
  readonly creditedNetMinor: bigint;
  readonly purchaseOrder: string | null;
  readonly taxCategory: TaxCategory;
  /** The entry of the tax table that the rate follows; null when the agreed rate is on no list. */
  readonly taxRateId: string | null;
  readonly splitTerms: SplitTerms;
  /** Who gets a unit left over when remainders are equal. */
  readonly tieOrder: readonly ShareKey[];
}

/** What an invoice is made of. */
export interface InvoiceBasis {
  readonly agreement: {
    readonly agreementId: string;
    readonly merchantId: string;
    readonly buyerId: string;
    readonly channelPartnerId: string | null;
    readonly plan: AnyPricePlan;
  };
  readonly attempt: number;
  readonly purchaseOrder: string | null;
  readonly taxCategory: TaxCategory;
  readonly taxRateId: string | null;
  readonly period: string;
  readonly charges: readonly ChargeLine[];
  readonly ratingRule: string;
  readonly year: number;
  readonly yearNo: number;
  readonly issuedAt: Date;
  readonly dueDate: string;
}

/** `HX-2015-000001`: letters, digits and dashes only, so that it survives every bank's character set. */
export function invoiceNumber(year: number, yearNo: number): string {
  return `HX-${year}-${String(yearNo).padStart(6, '0')}`;
}

/** The id follows from agreement and period, so that issuing twice finds the first. */
export function invoiceIdOf(agreementId: string, period: string, attempt = 1): string {
  return attempt === 1
    ? deterministicId('inv', agreementId, period)
    : deterministicId('inv', agreementId, period, String(attempt));
}

/** What the buyer still owes, in minor units. */
export function outstandingMinor({
  grossMinor,
  creditedMinor,
  paidMinor,
}: Pick<Invoice, 'grossMinor' | 'creditedMinor' | 'paidMinor'>): bigint {
  return grossMinor - creditedMinor - paidMinor;
}

/** True while a payment can settle something of it. */
export function isPayable(invoice: Pick<Invoice, 'state' | 'grossMinor' | 'creditedMinor' | 'paidMinor'>): boolean {
  return invoiceTransitions.canTransition(invoice.state, 'pay') && outstandingMinor(invoice) > 0n;
}

/** Makes an invoice and its lines: charges in the plan's order, then the tax on their sum, rounded once. */
export function makeInvoice(basis: InvoiceBasis): {
  readonly invoice: Invoice;
  readonly lines: readonly InvoiceLine[];
} {
  const { agreement, charges, period, year, yearNo, issuedAt, attempt, taxCategory } = basis;
  const { currency, fee } = agreement.plan;
  // What is exported, or taxed where it is received, bears no tax here; the invoice keeps the agreed jurisdiction.
  const tax = taxCategory === 'standard' ? agreement.plan.tax : { ...agreement.plan.tax, rateBps: 0 };
  const splitTerms = splitTermsOf(agreement.plan);
  const net = sumMoney(
    currency,
    charges.map(({ amountMinor }) => money(amountMinor, currency)),
  );
  const taxed = taxOn(net, tax);
  const grossMinor = net.amountMinor + taxed.amountMinor;
  const nothingToPay = grossMinor === 0n;
  const invoice: Invoice = {
    invoiceId: invoiceIdOf(agreement.agreementId, period, attempt),
    number: invoiceNumber(year, yearNo),
    year,
    yearNo,
    agreementId: agreement.agreementId,
    period,
    merchantId: agreement.merchantId,
    buyerId: agreement.buyerId,
    channelPartnerId: agreement.channelPartnerId,
    currency,
    netMinor: net.amountMinor,
    taxMinor: taxed.amountMinor,
    grossMinor,
    tax,
    fee,
    ratingRule: basis.ratingRule,
    taxRule: taxRuleVersion,
    state: nothingToPay ? 'paid' : 'issued',
    issuedAt,
    dueDate: basis.dueDate,
    paidAt: nothingToPay ? issuedAt : null,
    attempt,
    paidMinor: 0n,
    creditedMinor: 0n,
    creditedNetMinor: 0n,
    purchaseOrder: basis.purchaseOrder,
    taxCategory,
    taxRateId: basis.taxRateId,
    splitTerms,
    tieOrder: tieOrderOf({ fee, splitTerms, channelPartnerId: agreement.channelPartnerId }),
  };
  return { invoice, lines: [...charges.map(chargeLine), taxLine(charges.length + 1, taxed)] };
}

function splitTermsOf(plan: AnyPricePlan): SplitTerms {
  return isPlanV2(plan) ? { parties: plan.parties, withholding: plan.withholding } : { parties: [], withholding: null };
}

function chargeLine({ chargeId, componentId, meter, quantity, amountMinor }: ChargeLine, index: number): InvoiceLine {
  return { lineNo: index + 1, kind: 'charge', chargeId, componentId, meter, quantity, amountMinor };
}

function taxLine(lineNo: number, { amountMinor }: Money): InvoiceLine {
  return { lineNo, kind: 'tax', chargeId: null, componentId: 'tax', meter: null, quantity: null, amountMinor };
}
