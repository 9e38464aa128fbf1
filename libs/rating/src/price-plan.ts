import type { Currency, Jurisdiction } from '@hetao/kernel';

/** An exact decimal as text, read by `Decimal.parse`. */
type DecimalText = string;

/** A fixed amount for each period, in major units. */
export interface FlatComponent {
  readonly kind: 'flat';
  readonly id: string;
  readonly amount: DecimalText;
}

/** A price, in major units, for every `per` units of a meter. */
export interface PerUnitComponent {
  readonly kind: 'per_unit';
  readonly id: string;
  readonly meter: string;
  readonly unitPrice: DecimalText;
  readonly per: DecimalText;
}

/** One step of a tiered price: up to and including unit `upTo`; the last tier has no end. */
export interface PriceTier {
  readonly upTo: DecimalText | null;
  readonly unitPrice: DecimalText;
}

/** Prices that change with quantity: `graduated` prices each unit by its own tier, `volume` all units by the last reached. */
export interface TieredComponent {
  readonly kind: 'tiered';
  readonly id: string;
  readonly meter: string;
  readonly mode: 'graduated' | 'volume';
  readonly per: DecimalText;
  // A mutable array, so that the plan as events carry it and this one are the same type in both directions.
  readonly tiers: PriceTier[];
}

/** One part of a price; a plan adds its parts up. */
export type PriceComponent = FlatComponent | PerUnitComponent | TieredComponent;

/** What a use costs and how the money divides. Structurally the plan of `@hetao/events`. */
export interface PricePlan {
  readonly currency: Currency;
  readonly components: PriceComponent[];
  /** Basis points of net that the exchange and the channel partner keep. */
  readonly fee: FeeTerms;
  /** The tax added on top of net. */
  readonly tax: TaxTerms;
}

/** Basis points (hundredths of a percent) of net. */
export interface FeeTerms {
  readonly exchangeBps: number;
  readonly channelBps: number;
}

/** Tax added to net, in basis points of it. */
export interface TaxTerms {
  readonly jurisdiction: Jurisdiction;
  readonly rateBps: number;
  readonly mode: 'exclusive';
}
