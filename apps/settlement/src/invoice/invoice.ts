import {
  defineTransitions,
  deterministicId,
  err,
  money,
  ok,
  sumMoney,
  type Currency,
  type Money,
  type Result,
} from '@hetao/kernel';
import {
  split,
  splitRuleVersion,
  taxOn,
  taxRuleVersion,
  type FeeTerms,
  type SplitParty,
  type TaxTerms,
} from '@hetao/rating';
import { invoiceErrors, type InvoiceError } from './invoice.errors.js';

export type InvoiceState = 'issued' | 'paid';

/** An invoice's life. An invoice over nothing is paid as it is issued: no money could ever arrive for it. */
export const invoiceTransitions = defineTransitions<InvoiceState, 'pay'>({
  issued: { pay: 'paid' },
  paid: {},
}).assertReachable('issued');

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
}

/** What an invoice is made of. */
export interface InvoiceBasis {
  readonly agreement: {
    readonly agreementId: string;
    readonly merchantId: string;
    readonly buyerId: string;
    readonly channelPartnerId: string | null;
    readonly plan: { readonly currency: Currency; readonly fee: FeeTerms; readonly tax: TaxTerms };
  };
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
export function invoiceIdOf(agreementId: string, period: string): string {
  return deterministicId('inv', agreementId, period);
}

/** Makes an invoice and its lines: charges in the plan's order, then the tax on their sum, rounded once. */
export function makeInvoice(basis: InvoiceBasis): {
  readonly invoice: Invoice;
  readonly lines: readonly InvoiceLine[];
} {
  const { agreement, charges, period, year, yearNo, issuedAt } = basis;
  const { currency, tax, fee } = agreement.plan;
  const net = sumMoney(
    currency,
    charges.map(({ amountMinor }) => money(amountMinor, currency)),
  );
  const taxed = taxOn(net, tax);
  const grossMinor = net.amountMinor + taxed.amountMinor;
  const nothingToPay = grossMinor === 0n;
  const invoice: Invoice = {
    invoiceId: invoiceIdOf(agreement.agreementId, period),
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
  };
  return { invoice, lines: [...charges.map(chargeLine), taxLine(charges.length + 1, taxed)] };
}

/** What one party gets of a paid invoice. */
export interface InvoiceShare {
  readonly invoiceId: string;
  readonly share: SplitParty;
  /** The participant, `exchange`, or `tax:<jurisdiction>`. */
  readonly owner: string;
  readonly amountMinor: bigint;
  readonly currency: Currency;
  readonly splitRule: string;
}

/** An invoice that was just paid, and how the money divides. */
export interface PaidInvoice {
  readonly invoice: Invoice;
  readonly shares: readonly InvoiceShare[];
}

/** Pays an invoice with exactly its gross amount. Part payments and surplus are a person's to decide. */
export function payInvoice(invoice: Invoice, paid: Money, paidAt: Date): Result<PaidInvoice, InvoiceError> {
  if (!invoiceTransitions.canTransition(invoice.state, 'pay')) {
    return err(invoiceErrors.INVOICE_NOT_PAYABLE(`Invoice ${invoice.number} is ${invoice.state} already.`));
  }
  if (paid.currency !== invoice.currency || paid.amountMinor !== invoice.grossMinor) {
    return err(
      invoiceErrors.INVOICE_NOT_PAYABLE(
        `Invoice ${invoice.number} is ${invoice.grossMinor} minor units of ${invoice.currency}, not ${paid.amountMinor} of ${paid.currency}.`,
      ),
    );
  }
  return ok({ invoice: { ...invoice, state: 'paid', paidAt }, shares: sharesOf(invoice) });
}

/** Divides an invoice by largest remainder; the shares add up to gross exactly. */
export function sharesOf(invoice: Invoice): readonly InvoiceShare[] {
  const { invoiceId, currency, fee, merchantId, channelPartnerId, tax } = invoice;
  const owners = {
    merchant: merchantId,
    channel: channelPartnerId ?? '',
    exchange: 'exchange',
    tax: `tax:${tax.jurisdiction}`,
  };
  const { parts } = split({
    net: money(invoice.netMinor, currency),
    tax: money(invoice.taxMinor, currency),
    fee,
    channelPresent: channelPartnerId !== null,
  });
  return parts.map(({ party, amount }) => ({
    invoiceId,
    share: party,
    owner: owners[party],
    amountMinor: amount.amountMinor,
    currency,
    splitRule: splitRuleVersion,
  }));
}

function chargeLine({ chargeId, componentId, meter, quantity, amountMinor }: ChargeLine, index: number): InvoiceLine {
  return { lineNo: index + 1, kind: 'charge', chargeId, componentId, meter, quantity, amountMinor };
}

function taxLine(lineNo: number, { amountMinor }: Money): InvoiceLine {
  return { lineNo, kind: 'tax', chargeId: null, componentId: 'tax', meter: null, quantity: null, amountMinor };
}
