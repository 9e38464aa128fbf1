import { z } from 'zod';
import { idSchema } from '@hetao/runtime';
import { text } from '../shared/text.dto.js';
import type { Suspicion } from './declared-parts.js';
import { personCategories, type PersonCount } from './person-category.js';

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

const MAX_SKETCH_TEXT = 22_000;
export const sketchDto = z
  .strictObject({
    year,
    category: z.enum(personCategories),
    channel: text(100),
    sketch: z.string().min(1).max(MAX_SKETCH_TEXT).describe('HyperLogLog of 2^14 registers, as sketchToText writes it'),
  })
  .meta({ id: 'PersonSketch' });

const count = z.object({
  exact: z.int(),
  declared_elsewhere: z.int(),
  estimate: z
    .object({ persons: z.int(), error: z.number(), lower: z.int(), upper: z.int() })
    .nullable()
    .describe('Commitments and sketches together: an estimate, with three standard errors; null without sketches'),
  total: z.int().describe('Never too low; thresholds are judged on it'),
  total_is: z.enum(['exact', 'upper_bound']),
  possible_double_count: z.int().describe('By how much the total may be too high'),
});
const suspicion = z.object({
  rule: z.string(),
  category: z.enum(personCategories),
  threshold: z.int(),
  persons: z.int(),
  from: z.string(),
  until: z.string(),
  fields_in_common: z.array(z.string()),
  parts: z.array(
    z.object({
      declaration_id: z.string(),
      exporter_id: z.string(),
      recipient_id: z.string(),
      persons: z.int(),
      on: z.string(),
    }),
  ),
});
export const counterDto = z
  .object({ exporter_id: z.string(), year: z.int(), general: count, sensitive: count, splitting: z.array(suspicion) })
  .meta({ id: 'PersonCounter' });
export type CounterDto = z.output<typeof counterDto>;

export function toCountDto(known: PersonCount): z.output<typeof count> {
  const { exact, declared, estimate, total } = known;
  return {
    exact,
    declared_elsewhere: declared,
    estimate:
      estimate === null
        ? null
        : { persons: estimate.estimate, error: estimate.error, lower: estimate.lower, upper: estimate.upper },
    total,
    total_is: estimate === null && declared === 0 ? 'exact' : 'upper_bound',
    possible_double_count: known.possibleDoubleCount,
  };
}

export function toSuspicionDto({ fieldsInCommon, parts, ...found }: Suspicion): z.output<typeof suspicion> {
  return {
    ...found,
    fields_in_common: [...fieldsInCommon],
    parts: parts.map((part) => ({
      declaration_id: part.declarationId,
      exporter_id: part.exporterId,
      recipient_id: part.recipientId,
      persons: part.persons,
      on: part.on,
    })),
  };
}
