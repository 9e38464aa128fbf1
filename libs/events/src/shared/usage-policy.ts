import { z } from 'zod';
import { jurisdiction } from './fields.js';

const purpose = z.string().min(1).max(200);

/** The purposes a use may have. */
export const purposes = z.array(purpose).max(50);

/** What the buyer may do, where, and for how long the data may be kept. */
export const usagePolicySchema = z.object({
  purposes,
  placesOfUse: z.array(jurisdiction).max(50),
  onwardUse: z.boolean(),
  retentionDays: z.int().nonnegative().nullable(),
});

/** The usage policy as it travels. */
export type UsagePolicyData = z.infer<typeof usagePolicySchema>;
