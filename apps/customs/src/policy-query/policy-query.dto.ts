import { z } from 'zod';

/** Facts by key, as the rule set names them; null or absent: not known. Keys and values are checked by the rule set. */
export const factsDto = z
  .record(z.string().max(64), z.union([z.string().max(64), z.number(), z.boolean(), z.null()]))
  .refine((facts) => Object.keys(facts).length <= 100, 'must not have more than 100 facts')
  .meta({ id: 'CustomsFacts' });

export const policyQueryDto = z
  .strictObject({
    facts: factsDto.default({}),
    keep: z.boolean().default(false).describe('Keep the facts, so that the finding can be opened again by its id'),
  })
  .meta({ id: 'PolicyQuery' });
export type PolicyQueryDto = z.output<typeof policyQueryDto>;

export const dryRunDto = z.strictObject({ facts: factsDto.default({}) }).meta({ id: 'RuleSetDryRun' });
export type DryRunDto = z.output<typeof dryRunDto>;
