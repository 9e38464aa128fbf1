import type { Currency } from '@hetao/kernel';
import type { FeeTerms, FlatComponent, PerUnitComponent, PricePlan, TaxTerms, TieredComponent } from './price-plan.js';

/** An exact decimal as text, read by `Decimal.parse`. */
type DecimalText = string;

/** A fixed amount for each period; `prorate` charges part periods by the day. */
export interface FlatComponentV2 extends FlatComponent {
  readonly prorate: boolean;
}

/** Whole packages of units: each one begun is charged, after `included` units that cost nothing. */
export interface PackageComponent {
  readonly kind: 'package';
  readonly id: string;
  readonly meter: string;
  /** Units in one package. */
  readonly size: DecimalText;
  /** Major units a package. */
  readonly price: DecimalText;
  /** Units a period that cost nothing. */
  readonly included: DecimalText;
}

/** What usage of a period comes to at least: the difference is charged as a line of its own. */
export interface MinimumComponent {
  readonly kind: 'minimum';
  readonly id: string;
  readonly amount: DecimalText;
  readonly prorate: boolean;
}

/** Credit bought ahead: charged at `price` when granted, then drawn down by usage until it is used up or expires. */
export interface PrepaidComponent {
  readonly kind: 'prepaid';
  readonly id: string;
  readonly price: DecimalText;
  /** What usage it pays for, in major units. */
  readonly credit: DecimalText;
  /** In the agreement's first period, or in every period. */
  readonly grant: 'once' | 'each_period';
  /** Periods it can be drawn in, the one of the grant included. */
  readonly validPeriods: number;
}

export type PriceComponentV2 =
  FlatComponentV2 | PerUnitComponent | TieredComponent | PackageComponent | MinimumComponent | PrepaidComponent;

/** Somebody else who gets a part of net: whose data it is, or who checked it. */
export interface RevenueParty {
  readonly role: 'source' | 'body';
  readonly participantId: string;
  readonly bps: number;
}

/** Tax held back from the merchant's part for the merchant's tax authority. */
export interface WithholdingTerms {
  readonly jurisdiction: TaxTerms['jurisdiction'];
  readonly rateBps: number;
}

/** A plan of the second form: more kinds of components, trials, and more parties to the money. */
export interface PricePlanV2 {
  readonly version: 2;
  readonly currency: Currency;
  // Mutable arrays, so that the plan as events carry it and this one are the same type in both directions.
  readonly components: PriceComponentV2[];
  /** The first `periods` periods of an agreement are free but for prepaid credit; null for no trial. */
  readonly trial: { readonly periods: number } | null;
  readonly fee: FeeTerms;
  readonly parties: RevenueParty[];
  readonly withholding: WithholdingTerms | null;
  readonly tax: TaxTerms;
}

/** A plan of either form. */
export type AnyPricePlan = PricePlan | PricePlanV2;

/** Narrows to the second form; the first one carries no version. */
export function isPlanV2(plan: AnyPricePlan): plan is PricePlanV2 {
  return 'version' in plan;
}
