import { z } from 'zod';
import { basisPoints, currency, jurisdiction, meter, quantity } from './fields.js';
import { named } from './named.js';

const MAX_COMPONENTS = 50;
const MAX_TIERS = 50;

const componentId = z
  .string()
  .max(64)
  .regex(/^[a-z0-9][a-z0-9_-]*$/);

const flat = z.object({
  kind: z.literal('flat'),
  id: componentId,
  amount: quantity,
});

const perUnit = z.object({
  kind: z.literal('per_unit'),
  id: componentId,
  meter,
  unitPrice: quantity,
  per: quantity,
});

const tiered = z.object({
  kind: z.literal('tiered'),
  id: componentId,
  meter,
  mode: z.enum(['graduated', 'volume']),
  per: quantity,
  tiers: z
    .array(
      z.object({
        upTo: quantity.nullable(),
        unitPrice: quantity,
      }),
    )
    .max(MAX_TIERS),
});

/** The form of a price plan. Whether it makes sense (tiers in order, prices set) is for `@hetao/rating` to say. */
export const pricePlanSchema = named(
  'PricePlan',
  'What a use costs: components added up, prices in major units for every `per` units of a meter; `upTo` is the last ' +
    "unit of a tier, null for the last tier. The exchange's and channel's fee are parts of net; tax comes on top.",
  z.object({
    currency,
    components: z.array(z.discriminatedUnion('kind', [flat, perUnit, tiered])).max(MAX_COMPONENTS),
    fee: z.object({ exchangeBps: basisPoints, channelBps: basisPoints }),
    tax: z.object({ jurisdiction, rateBps: basisPoints, mode: z.literal('exclusive') }),
  }),
);

/** The price plan as it travels; structurally the plan `@hetao/rating` rates. */
export type PricePlanData = z.infer<typeof pricePlanSchema>;
