import { z } from 'zod';
import { jurisdictions } from '@hetao/kernel';
import { text } from '@hetao/runtime';
import type { PolicyJson, UsagePolicy } from './policy.js';

const constraint = z
  .record(z.string(), z.unknown())
  .describe('{leftOperand, operator, rightOperand}, or one of and, or, xone, andSequence with a list of constraints');
const duty = z.looseObject({
  action: z.string().min(1).max(1_000).describe('Such as odrl:delete, odrl:attribute'),
  constraint: z.array(constraint).max(500).optional().describe('Until when: odrl:dateTime or odrl:elapsedTime, lteq'),
});
const rule = z.looseObject({
  action: z.string().min(1).max(1_000).describe('use, odrl:distribute, odrl:derive, …'),
  constraint: z.array(constraint).max(500).optional().describe('All of them must hold'),
  duty: z.array(duty).max(50).optional(),
});

/** A policy in ODRL on the wire, in both directions; whether it can be offered is for `@hetao/rules` to say. */
export const odrlDto: z.ZodType<PolicyJson> = z
  .looseObject({
    profile: z.union([z.string(), z.array(z.string())]).optional(),
    permission: z.array(rule).max(50).optional(),
    prohibition: z.array(rule).max(50).optional(),
    obligation: z.array(duty).max(50).optional(),
  })
  .describe('The rules of an ODRL policy as the Dataspace Protocol 2025-1 writes them')
  .meta({ id: 'OdrlPolicy' });

/** A usage policy on the wire, in both directions. */
export const policyDto = z
  .strictObject({
    purposes: z.array(text(100)).min(1).max(50).describe('What the product may be used for; everything else is not'),
    places_of_use: z.array(z.enum(jurisdictions)).min(1).max(jurisdictions.length),
    onward_use: z.boolean().describe('May the buyer pass it on'),
    retention_days: z.int().min(1).max(36_500).nullable().describe('How long data may be kept; null where none is set'),
    odrl: odrlDto
      .optional()
      .describe('The policy in full, where it says more than the four others, which are what it comes to in short'),
  })
  .meta({ id: 'UsagePolicy' });
type PolicyDto = z.output<typeof policyDto>;

/** Reads a policy from the wire. */
export function toPolicy(dto: PolicyDto): UsagePolicy {
  const policy = {
    purposes: dto.purposes,
    placesOfUse: dto.places_of_use,
    onwardUse: dto.onward_use,
    retentionDays: dto.retention_days,
  };
  return dto.odrl === undefined ? policy : { ...policy, odrl: dto.odrl };
}
