import { z } from 'zod';
import { jurisdiction } from './fields.js';
import { named } from './named.js';

export const purposes = named('Purposes', 'The purposes a use may have.', z.array(z.string().min(1).max(200)).max(50));

export const usagePolicySchema = named(
  'UsagePolicy',
  'What the buyer may do, where, and how many days the data may be kept; null for no limit.',
  z.object({
    purposes,
    placesOfUse: z.array(jurisdiction).max(50),
    onwardUse: z.boolean(),
    retentionDays: z.int().nonnegative().nullable(),
  }),
);

/** The usage policy as it travels. */
export type UsagePolicyData = z.infer<typeof usagePolicySchema>;
