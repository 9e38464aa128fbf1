import { z } from 'zod';
import { currencies, jurisdictions } from '@hetao/kernel';
import type { PricePlan } from '@hetao/rating';

// Twelve digits either side of the point: beyond every price and count, and far inside what rating computes exactly.
const decimal = z
  .string()
  .regex(
    /^(0|[1-9][0-9]{0,11})(\.[0-9]{1,12})?$/,
    'must be a decimal number of zero or more in a string, as in "0.05"',
  );
export const meterDto = z.string().regex(/^[a-z][a-z0-9_]{0,63}$/, 'must be a meter such as "calls" or "bytes"');
const componentId = z.string().regex(/^[a-z0-9][a-z0-9_-]{0,63}$/, 'must be lower-case letters, digits, "_" or "-"');
const basisPoints = z.int().min(0).max(10_000).describe('Hundredths of a percent of net');

const flat = z.strictObject({ kind: z.literal('flat'), id: componentId, amount: decimal.describe('Per period') });
const perUnit = z.strictObject({
  kind: z.literal('per_unit'),
  id: componentId,
  meter: meterDto,
  unit_price: decimal.describe('For every `per` units'),
  per: decimal.describe('1 call, 1000000 bytes'),
});
const tiered = z.strictObject({
  kind: z.literal('tiered'),
  id: componentId,
  meter: meterDto,
  mode: z.enum(['graduated', 'volume']).describe('Each unit by its own tier, or all by the last one reached'),
  per: decimal,
  tiers: z
    .array(z.strictObject({ up_to: decimal.nullable().describe('null for the last tier'), unit_price: decimal }))
    .min(1)
    .max(50),
});

/** A price plan on the wire, in both directions. Amounts are in major units of the currency. */
export const pricePlanDto = z
  .strictObject({
    currency: z.enum(currencies),
    components: z
      .array(z.discriminatedUnion('kind', [flat, perUnit, tiered]))
      .min(1)
      .max(50),
    fee: z.strictObject({ exchange_bps: basisPoints, channel_bps: basisPoints }),
    tax: z.strictObject({ jurisdiction: z.enum(jurisdictions), rate_bps: basisPoints, mode: z.literal('exclusive') }),
  })
  .meta({ id: 'PricePlan' });
type PricePlanDto = z.output<typeof pricePlanDto>;

/** Reads a plan from the wire; whether it can be rated is for `@hetao/rating` to say. */
export function toPlan({ currency, components, fee, tax }: PricePlanDto): PricePlan {
  return {
    currency,
    components: components.map(toComponent),
    fee: { exchangeBps: fee.exchange_bps, channelBps: fee.channel_bps },
    tax: { jurisdiction: tax.jurisdiction, rateBps: tax.rate_bps, mode: tax.mode },
  };
}

function toComponent(component: PricePlanDto['components'][number]): PricePlan['components'][number] {
  switch (component.kind) {
    case 'flat':
      return component;
    case 'per_unit': {
      const { unit_price, ...rest } = component;
      return { ...rest, unitPrice: unit_price };
    }
    case 'tiered': {
      const tiers = component.tiers.map((tier) => ({ upTo: tier.up_to, unitPrice: tier.unit_price }));
      return { ...component, tiers };
    }
  }
}
