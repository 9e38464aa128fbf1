import type { LocalizedText } from '@hetao/kernel';
import type { PriceSeed } from './seed-types.js';

/** One text in the three languages of the exchange; the last in Hong Kong wording. */
export const text = (en: string, hans: string, hant: string): LocalizedText => ({
  en,
  'zh-Hans': hans,
  'zh-Hant': hant,
});

/** A fixed amount a month. */
export const flat = (amount: string): PriceSeed => ({ kind: 'flat', id: 'access', amount });

/** A price for every so many units of a meter. */
export const perUnit = (meter: string, price: string, per = '1'): PriceSeed => ({
  kind: 'per_unit',
  id: meter.replaceAll('_', '-'),
  meter,
  unit_price: price,
  per,
});

export const perCall = (price: string): PriceSeed => perUnit('calls', price);

export const perMegabyte = (price: string): PriceSeed => perUnit('bytes', price, '1000000');

/** Steps of a price: up to and including so many units; the last one has no end. */
type Step = readonly [upTo: string | null, price: string];

const tiered =
  (mode: 'graduated' | 'volume') =>
  (meter: string, per: string, ...steps: readonly Step[]): PriceSeed => ({
    kind: 'tiered',
    id: `${meter.replaceAll('_', '-')}-${mode}`,
    meter,
    mode,
    per,
    tiers: steps.map(([upTo, price]) => ({ up_to: upTo, unit_price: price })),
  });

/** Each unit by its own step. */
export const graduated = tiered('graduated');

/** All units by the last step reached. */
export const volume = tiered('volume');
