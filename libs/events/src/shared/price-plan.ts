import { z } from 'zod';
import { currency, jurisdiction, meter, quantity } from './fields.js';

const MAX_COMPONENTS = 50;
const MAX_TIERS = 50;

const componentId = z
  .string()
  .max(64)
  .regex(/^[a-z0-9][a-z0-9_-]*$/);
/** Hundredths of a percent. */
const basisPoints = z.int().min(0).max(10_000);

const flat = z.object({
  kind: z.literal('flat'),
  id: componentId,
  amount: quantity.describe('major units per period'),
});

const perUnit = z.object({
  kind: z.literal('per_unit'),
  id: componentId,
  meter,
  unitPrice: quantity.describe('major units per `per`'),
  per: quantity.describe('how many units the price is for: 1 call, 1000000 bytes'),
});

const tiered = z.object({
  kind: z.literal('tiered'),
  id: componentId,
  meter,
  mode: z.enum(['graduated', 'volume']),
  per: quantity.describe('how many units a price is for'),
  tiers: z
    .array(
      z.object({
        upTo: quantity.nullable().describe('last unit of the tier; null for the last tier, which has no end'),
        unitPrice: quantity.describe('major units per `per`'),
      }),
    )
    .max(MAX_TIERS),
});

/**
 * What a use costs: components added up, the exchange's and channel's fee in basis points of net, and the tax on top.
 * Whether a plan makes sense (tiers in order, prices set) is for `@hetao/rating` to say; this is its form.
 */
export const pricePlanSchema = z.object({
  currency,
  components: z.array(z.discriminatedUnion('kind', [flat, perUnit, tiered])).max(MAX_COMPONENTS),
  fee: z.object({ exchangeBps: basisPoints, channelBps: basisPoints }),
  tax: z.object({ jurisdiction, rateBps: basisPoints, mode: z.literal('exclusive') }),
});

/** The price plan as it travels; structurally the plan `@hetao/rating` rates. */
export type PricePlanData = z.infer<typeof pricePlanSchema>;
