import { z } from 'zod';
import { jurisdictions } from '@hetao/kernel';
import { text } from '@hetao/runtime';
import type { UsagePolicy } from './policy.js';

/** A usage policy on the wire, in both directions. */
export const policyDto = z
  .strictObject({
    purposes: z.array(text(100)).min(1).max(50).describe('What the product may be used for; everything else is not'),
    places_of_use: z.array(z.enum(jurisdictions)).min(1).max(jurisdictions.length),
    onward_use: z.boolean().describe('May the buyer pass it on'),
    retention_days: z.int().min(1).max(36_500).nullable().describe('How long data may be kept; null where none is set'),
  })
  .meta({ id: 'UsagePolicy' });

/** Reads a policy from the wire. */
export function toPolicy(dto: z.output<typeof policyDto>): UsagePolicy {
  return {
    purposes: dto.purposes,
    placesOfUse: dto.places_of_use,
    onwardUse: dto.onward_use,
    retentionDays: dto.retention_days,
  };
}
