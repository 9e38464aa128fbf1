import { z } from 'zod';
import { cursorQuery } from '@hetao/runtime';
import {
  aggregations,
  filterOperators,
  maxDimensions,
  maxFilters,
  maxFilterValues,
  type MeterDefinition,
  type MeterVersion,
  meterUnits,
} from './meter.js';

const pointer = z.string().min(2).max(600).describe('JSON pointer (RFC 6901) into the data of an event');

const definitionFields = {
  meter: z.string().min(1).max(64).describe('The name by which price plans and quotas call it'),
  aggregation: z.enum(aggregations),
  unit: z.enum(meterUnits).describe('What one of it is'),
  value: z
    .discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('quantity'), meter: z.string().min(1).max(64) }),
      z.strictObject({ kind: z.literal('member'), pointer }),
    ])
    .describe('Where the value of an event comes from: data.meters, or another member of data'),
  dimensions: z
    .record(z.string().max(64), pointer)
    .refine((value) => Object.keys(value).length <= maxDimensions, `at most ${maxDimensions}`)
    .default({}),
  filters: z
    .array(
      z.strictObject({
        pointer,
        operator: z.enum(filterOperators),
        values: z.array(z.string().max(200)).min(1).max(maxFilterValues),
      }),
    )
    .max(maxFilters)
    .default([]),
  late: z
    .strictObject({ mode: z.enum(['refuse', 'adjust']), max_days: z.int().min(0).max(400) })
    .default({ mode: 'refuse', max_days: 0 })
    .describe('Usage that is reported after its month was closed'),
};

export const newMeter = z.strictObject(definitionFields).meta({ id: 'NewMeter' });

export const meterDto = z
  .object({
    ...definitionFields,
    owner_id: z.string().nullable().describe("Whose agreements it is for; null for the exchange's own"),
    version: z.int(),
    published_at: z.string(),
  })
  .meta({ id: 'Meter' });
export type MeterDto = z.output<typeof meterDto>;

export const metersQuery = cursorQuery.extend({
  agreement_id: z.string().min(1).max(64).optional().describe('Only the definitions that bind this agreement'),
});

export function toDefinition({ late, ...body }: z.output<typeof newMeter>): MeterDefinition {
  return { ...body, late: { mode: late.mode, maxDays: late.max_days } };
}

export function toMeterDto(meter: MeterVersion): MeterDto {
  return {
    meter: meter.meter,
    aggregation: meter.aggregation,
    unit: meter.unit,
    value: meter.value,
    dimensions: { ...meter.dimensions },
    filters: meter.filters.map((filter) => ({ ...filter, values: [...filter.values] })),
    late: { mode: meter.late.mode, max_days: meter.late.maxDays },
    owner_id: meter.ownerId,
    version: meter.version,
    published_at: meter.publishedAt.toISOString(),
  };
}
