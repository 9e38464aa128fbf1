import { Decimal, formatMoney, money, moneyToDecimal, type Currency } from '@hetao/kernel';
import { rateAny, taxOn, taxRuleVersion, type AnyPricePlan, type RatingContext, type TaxTerms } from '@hetao/rating';

/** A charge as rating gives it now. */
export interface Recomputed {
  readonly exactAmount: string;
  readonly amountMinor: bigint;
  readonly steps: readonly string[];
}

/** Rates the usage again and picks one line; undefined when the plan has no such component any more. */
export function recomputeCharge(
  plan: AnyPricePlan,
  usage: { readonly period: string; readonly totals: readonly { readonly meter: string; readonly quantity: string }[] },
  context: RatingContext | null,
  componentId: string,
): Recomputed | undefined {
  const charge = rateAny(plan, usage, context).charges.find((one) => one.componentId === componentId);
  if (charge === undefined) return undefined;
  return { exactAmount: charge.amount, amountMinor: charge.amountMinor, steps: charge.explanation };
}

/** Works the tax out again, and says how. */
export function recomputeTax(
  netMinor: bigint,
  currency: Currency,
  tax: TaxTerms,
): Recomputed & { readonly rule: string } {
  const net = money(netMinor, currency);
  const exact = moneyToDecimal(net).times(Decimal.ofUnits(BigInt(tax.rateBps), 4));
  const rounded = taxOn(net, tax);
  return {
    rule: taxRuleVersion,
    exactAmount: exact.toString(),
    amountMinor: rounded.amountMinor,
    steps: [
      `net of all lines: ${currency} ${formatMoney(net)}`,
      `${tax.rateBps} basis points of it (${tax.jurisdiction}): ${currency} ${exact.toString()}`,
      `rounded half up once, on the total: ${currency} ${formatMoney(rounded)}`,
    ],
  };
}
