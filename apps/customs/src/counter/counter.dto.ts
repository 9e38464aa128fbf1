import { z } from 'zod';
import { idSchema } from '@hetao/runtime';
import { text } from '../shared/text.dto.js';
import { personCategories, type PersonCategory, type PersonCount } from './person-category.js';

const MAX_COMMITMENTS = 2_000;
const commitment = z.string().regex(/^[0-9a-f]{64}$/, 'must be a commitment of 64 lower-case hexadecimal digits');
/** Persons as salted commitments; the exchange never learns who they are. */
export const commitmentsDto = z.array(commitment).max(MAX_COMMITMENTS).default([]);
const year = z.coerce.number().int().min(2020).max(2100);

export const declaredDto = z
  .strictObject({
    year,
    category: z.enum(personCategories),
    channel: text(100),
    persons: z.int().min(0).max(2_000_000_000),
  })
  .meta({ id: 'PersonsDeclaredElsewhere' });
export const personsDto = z
  .strictObject({ year, general: commitmentsDto, sensitive: commitmentsDto })
  .meta({ id: 'PersonsCounted' });
export const counterQuery = z.object({ year: year.optional(), exporter_id: idSchema('org').optional() });

const count = z.object({
  exact: z.int(),
  declared_elsewhere: z.int(),
  total: z.int(),
  possible_double_count: z.int().describe('By how much the total may be too high; it is never too low'),
});
const suspicion = z.object({
  category: z.enum(personCategories),
  reason: z.enum(['same_recipient', 'same_purpose']),
  value: z.string(),
  threshold: z.int(),
  persons: z.int(),
  declaration_ids: z.array(z.string()),
});
export const counterDto = z
  .object({ exporter_id: z.string(), year: z.int(), general: count, sensitive: count, splitting: z.array(suspicion) })
  .meta({ id: 'PersonCounter' });
export type CounterDto = z.output<typeof counterDto>;

export function toCountDto({ exact, declared, total, possibleDoubleCount }: PersonCount): z.output<typeof count> {
  return { exact, declared_elsewhere: declared, total, possible_double_count: possibleDoubleCount };
}
export type Totals = Record<PersonCategory, PersonCount>;
