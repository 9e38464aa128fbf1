import { z } from 'zod';
import { basisPoints, currency, id, jurisdiction, meter, quantity } from './fields.js';
import { named } from './named.js';

const MAX_COMPONENTS = 50;
const MAX_TIERS = 50;
const MAX_PARTIES = 20;
const MAX_PERIODS = 120;

const componentId = z
  .string()
  .max(64)
  .regex(/^[a-z0-9][a-z0-9_-]*$/);
const periods = z.int().min(1).max(MAX_PERIODS);

const flat = z.object({ kind: z.literal('flat'), id: componentId, amount: quantity, prorate: z.boolean() });

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
  tiers: z.array(z.object({ upTo: quantity.nullable(), unitPrice: quantity })).max(MAX_TIERS),
});

const pack = z.object({
  kind: z.literal('package'),
  id: componentId,
  meter,
  size: quantity,
  price: quantity,
  included: quantity,
});

const minimum = z.object({ kind: z.literal('minimum'), id: componentId, amount: quantity, prorate: z.boolean() });

const prepaid = z.object({
  kind: z.literal('prepaid'),
  id: componentId,
  price: quantity,
  credit: quantity,
  grant: z.enum(['once', 'each_period']),
  validPeriods: periods,
});

/** The form of a price plan's second version. Whether it makes sense is for `@hetao/rating` to say. */
export const pricePlanV2Schema = named(
  'PricePlanV2',
  'A price plan with packages, a minimum, prepaid credit, part periods by the day, a trial, more parties to the ' +
    'revenue than exchange and channel, and withholding. What both versions know means the same in both.',
  z.object({
    version: z.literal(2),
    currency,
    components: z
      .array(z.discriminatedUnion('kind', [flat, perUnit, tiered, pack, minimum, prepaid]))
      .max(MAX_COMPONENTS),
    trial: z.object({ periods }).nullable(),
    fee: z.object({ exchangeBps: basisPoints, channelBps: basisPoints }),
    parties: z
      .array(z.object({ role: z.enum(['source', 'body']), participantId: id, bps: basisPoints }))
      .max(MAX_PARTIES),
    withholding: z.object({ jurisdiction, rateBps: basisPoints }).nullable(),
    tax: z.object({ jurisdiction, rateBps: basisPoints, mode: z.literal('exclusive') }),
  }),
);

/** The second price plan as it travels; structurally the `PricePlanV2` that `@hetao/rating` rates. */
export type PricePlanV2Data = z.infer<typeof pricePlanV2Schema>;
