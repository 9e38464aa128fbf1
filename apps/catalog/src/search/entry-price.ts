import { Decimal, type Jurisdiction } from '@hetao/kernel';
import type { PriceBand } from './facets.js';

/** A part of a price plan: a fixed amount, a price of a unit, of a package or of credit; major units as decimals. */
export interface PriceComponent {
  readonly kind: 'flat' | 'minimum' | 'per_unit' | 'tiered' | 'package' | 'prepaid';
  readonly amount?: string;
  readonly unitPrice?: string;
  readonly price?: string;
  readonly tiers?: readonly { readonly unitPrice: string }[];
}

/** An offer that is open now. */
export interface OpenOffer {
  readonly currency: string;
  readonly components: readonly PriceComponent[];
  readonly placesOfUse: readonly Jurisdiction[];
  readonly validUntil: Date;
}

/**
 * Fen of a yuan that one unit of a currency stands for. Bands are an order of magnitude wide, so these are rounded to one
 * digit and need no market: nothing is ever charged by them.
 */
const REFERENCE_FEN: Readonly<Record<string, string>> = {
  CNY: '100',
  HKD: '90',
  MOP: '90',
  USD: '700',
  SGD: '500',
  MYR: '160',
  VND: '0.03',
  GBP: '900',
};

/** Upper ends of the bands, in fen. */
const BANDS: readonly (readonly [fen: bigint, band: PriceBand])[] = [
  [10_000n, 'under_100'],
  [100_000n, 'under_1000'],
  [1_000_000n, 'under_10000'],
  [10_000_000n, 'under_100000'],
];

/** What somebody pays at least before he has used it once: fixed amounts, and one priced unit of every meter; in fen. */
export function cheapest(offers: readonly OpenOffer[]): { readonly fen: bigint | null; readonly band: PriceBand } {
  const [fen] = offers.map(entryPrice).sort((one, other) => (one < other ? -1 : 1));
  if (fen === undefined) return { fen: null, band: 'none' };
  if (fen === 0n) return { fen, band: 'free' };
  return { fen, band: BANDS.find(([end]) => fen < end)?.[1] ?? 'above' };
}

function entryPrice({ currency, components }: OpenOffer): bigint {
  const major = components.reduce((sum, part) => sum.plus(Decimal.parse(firstPrice(part))), Decimal.zero);
  return BigInt(
    major
      .times(Decimal.parse(REFERENCE_FEN[currency] ?? '100'))
      .round(0, 'ceil')
      .toString(),
  );
}

function firstPrice({ kind, amount, unitPrice, price, tiers }: PriceComponent): string {
  switch (kind) {
    case 'flat':
    case 'minimum':
      return amount ?? '0';
    case 'package':
    case 'prepaid':
      return price ?? '0';
    case 'per_unit':
      return unitPrice ?? '0';
    case 'tiered':
      return tiers?.[0]?.unitPrice ?? '0';
  }
}
