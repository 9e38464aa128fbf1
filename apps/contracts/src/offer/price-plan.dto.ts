import { z } from 'zod';
import { currencies, jurisdictions } from '@hetao/kernel';
import { idSchema } from '@hetao/runtime';
import type { AnyPricePlan, PriceComponent, PriceComponentV2 } from '@hetao/rating';

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
const MAX_COMPONENTS = 50;
const MAX_PARTIES = 20;
const MAX_PERIODS = 120;
const periods = z.int().min(1).max(MAX_PERIODS);
const prorate = z.boolean().default(false).describe('Charge part periods by the day');

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
const pack = z.strictObject({
  kind: z.literal('package'),
  id: componentId,
  meter: meterDto,
  size: decimal.describe('Units in a package; each one begun is charged'),
  price: decimal.describe('For a package'),
  included: decimal.default('0').describe('Units a period that cost nothing'),
});
const minimum = z.strictObject({
  kind: z.literal('minimum'),
  id: componentId,
  amount: decimal.describe('What usage of a period comes to at least'),
  prorate,
});
const prepaid = z.strictObject({
  kind: z.literal('prepaid'),
  id: componentId,
  price: decimal.describe('What the credit costs'),
  credit: decimal.describe('What usage it pays for'),
  grant: z.enum(['once', 'each_period']),
  valid_periods: periods.describe('Periods it can be drawn in, the one of the grant included'),
});

const fee = z.strictObject({ exchange_bps: basisPoints, channel_bps: basisPoints });
const tax = z.strictObject({
  jurisdiction: z.enum(jurisdictions),
  rate_bps: basisPoints,
  mode: z.literal('exclusive'),
});

const firstForm = z
  .strictObject({
    version: z.literal(1).optional(),
    currency: z.enum(currencies),
    components: z
      .array(z.discriminatedUnion('kind', [flat, perUnit, tiered]))
      .min(1)
      .max(MAX_COMPONENTS),
    fee,
    tax,
  })
  .meta({ id: 'PricePlanV1' });

const secondForm = z
  .strictObject({
    version: z.literal(2),
    currency: z.enum(currencies),
    components: z
      .array(z.discriminatedUnion('kind', [flat.extend({ prorate }), perUnit, tiered, pack, minimum, prepaid]))
      .min(1)
      .max(MAX_COMPONENTS),
    trial: z.strictObject({ periods }).nullable().default(null).describe('The first periods cost nothing'),
    fee,
    parties: z
      .array(z.strictObject({ role: z.enum(['source', 'body']), participant_id: idSchema('org'), bps: basisPoints }))
      .max(MAX_PARTIES)
      .default([])
      .describe('Whose data it is, or who checked it: they get a part of net'),
    withholding: z
      .strictObject({ jurisdiction: z.enum(jurisdictions), rate_bps: basisPoints })
      .nullable()
      .default(null)
      .describe('Tax held back from the merchant’s part'),
    tax,
  })
  .meta({ id: 'PricePlanV2' });

/** A price plan of either form on the wire, in both directions. Amounts are in major units of the currency. */
export const pricePlanDto = z.discriminatedUnion('version', [firstForm, secondForm]).meta({ id: 'PricePlan' });
export type PricePlanDto = z.output<typeof pricePlanDto>;

/** Reads a plan from the wire; whether it can be rated is for `@hetao/rating` to say. */
export function toPlan(dto: PricePlanDto): AnyPricePlan {
  const { currency } = dto;
  const shares = { exchangeBps: dto.fee.exchange_bps, channelBps: dto.fee.channel_bps };
  const taxed = { jurisdiction: dto.tax.jurisdiction, rateBps: dto.tax.rate_bps, mode: dto.tax.mode };
  if (dto.version !== 2) return { currency, components: dto.components.map(toComponent), fee: shares, tax: taxed };
  const { version, trial, parties, withholding } = dto;
  return {
    version,
    currency,
    components: dto.components.map(toComponentV2),
    trial,
    fee: shares,
    parties: parties.map(({ participant_id, ...party }) => ({ ...party, participantId: participant_id })),
    withholding: withholding && { jurisdiction: withholding.jurisdiction, rateBps: withholding.rate_bps },
    tax: taxed,
  };
}

function toComponent(component: z.output<typeof firstForm>['components'][number]): PriceComponent {
  return component.kind === 'flat' ? component : toUsagePrice(component);
}

function toComponentV2(component: z.output<typeof secondForm>['components'][number]): PriceComponentV2 {
  switch (component.kind) {
    case 'prepaid': {
      const { valid_periods, ...rest } = component;
      return { ...rest, validPeriods: valid_periods };
    }
    case 'package':
    case 'minimum':
    case 'flat':
      return component;
    default:
      return toUsagePrice(component);
  }
}

function toUsagePrice(component: z.output<typeof perUnit> | z.output<typeof tiered>) {
  if (component.kind === 'per_unit') {
    const { unit_price, ...rest } = component;
    return { ...rest, unitPrice: unit_price };
  }
  const tiers = component.tiers.map((tier) => ({ upTo: tier.up_to, unitPrice: tier.unit_price }));
  return { ...component, tiers };
}
