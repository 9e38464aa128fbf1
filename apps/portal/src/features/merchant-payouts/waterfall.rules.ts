import type { InvoiceDetail, PayoutDetail } from '@hetao/client';
import { Decimal } from '@hetao/kernel';
import type { MoneyText } from '../../i18n/format.js';
import { writtenAs } from '../../kit/written-as.js';

/** Where a part of a step comes from. */
export interface StepLine {
  readonly invoiceId: string;
  readonly number: string;
  readonly money: MoneyText;
}

/** One step from what buyers paid to what reached the account. */
export interface Step {
  readonly name: 'gross' | 'tax' | 'exchange' | 'channel' | 'others' | 'earned' | 'kept' | 'net';
  readonly money: MoneyText;
  readonly lines: readonly StepLine[];
  readonly total: boolean;
}

const ZERO = Decimal.parse('0');

function sumOf(amounts: readonly MoneyText[]): Decimal {
  return amounts.reduce((sum, { amount }) => sum.plus(Decimal.parse(amount)), ZERO);
}

const negative = (money: MoneyText): MoneyText => writtenAs(ZERO.minus(Decimal.parse(money.amount)), money);

const SHARE_STEPS = ['tax', 'exchange', 'channel'] as const;

/** Which step a party's share belongs to; undefined for the beneficiary's own. */
function stepOf(share: string, own: string): 'tax' | 'exchange' | 'channel' | 'others' | undefined {
  if (share === own) return undefined;
  return SHARE_STEPS.find((name) => name === share) ?? 'others';
}

function taken(name: 'tax' | 'exchange' | 'channel' | 'others', own: string, invoices: readonly InvoiceDetail[]) {
  return invoices.flatMap((invoice): StepLine[] =>
    (invoice.shares ?? [])
      .filter(({ share }) => stepOf(share, own) === name)
      .map(({ amount }) => ({ invoiceId: invoice.id, number: invoice.number, money: negative(amount) })),
  );
}

/**
 * From gross to net: what the buyers of these invoices paid, what each party took of it, what was left to the
 * beneficiary, and what of that was kept back. Steps that took nothing are left out; every step but the last two is the
 * sum of its lines.
 *
 * @param invoices those of the payout's items, as their merchant reads them
 */
export function waterfallOf(payout: PayoutDetail, invoices: readonly InvoiceDetail[]): readonly Step[] {
  const line = (invoice: InvoiceDetail, money: MoneyText) => ({ invoiceId: invoice.id, number: invoice.number, money });
  const summed = (name: Step['name'], lines: readonly StepLine[], total = false): Step => ({
    name,
    total,
    lines,
    money: writtenAs(sumOf(lines.map(({ money }) => money)), payout.gross),
  });
  const deductions = ([...SHARE_STEPS, 'others'] as const)
    .map((name) => summed(name, taken(name, payout.share, invoices)))
    .filter(({ lines }) => lines.length > 0);
  const earned = payout.items.map(({ invoice_id, invoice_number, amount }) => ({
    invoiceId: invoice_id,
    number: invoice_number,
    money: amount,
  }));
  const kept = Decimal.parse(payout.amount.amount).minus(Decimal.parse(payout.gross.amount));
  return [
    summed(
      'gross',
      invoices.map((invoice) => line(invoice, invoice.gross)),
    ),
    ...deductions,
    summed('earned', earned, true),
    ...(kept.isZero()
      ? []
      : [{ name: 'kept' as const, money: writtenAs(kept, payout.gross), lines: [], total: false }]),
    { name: 'net', money: payout.amount, lines: [], total: true },
  ];
}

/** The currencies the invoices were written in, each once: what is not the payout's was exchanged. */
export function foreignCurrencies(payout: PayoutDetail, invoices: readonly InvoiceDetail[]): readonly string[] {
  const others = invoices.map(({ gross }) => gross.currency).filter((currency) => currency !== payout.amount.currency);
  return [...new Set(others)];
}
