import { z } from 'zod';
import { named } from './named.js';
import { pricePlanV2Schema } from './price-plan-v2.js';
import { pricePlanSchema } from './price-plan.js';

/** A price plan of either form. The second form first: the first would read it and leave its version out. */
export const anyPricePlanSchema = named(
  'AnyPricePlan',
  'A price plan of either form; the second one carries `version: 2`.',
  z.union([pricePlanV2Schema, pricePlanSchema]),
);
