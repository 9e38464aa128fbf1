import { z } from 'zod';
import { granularities } from '../window/calendar.js';
import { earliestMs } from '../window/usage-window.dto.js';
import { parseInstant } from '../window/instant.js';

/** A time in a query, as milliseconds since 1970. */
export const queryInstant = z
  .string()
  .max(40)
  .transform((text, context): number => {
    const ms = parseInstant(text);
    if (ms !== undefined && ms >= earliestMs) return ms;
    context.addIssue('must be an RFC 3339 time with its offset, such as 2015-05-17T00:00:00Z');
    return z.NEVER;
  });

/** An agreement and a half-open interval of time. */
export const rangeFields = {
  agreement_id: z.string().min(1).max(64),
  from: queryInstant,
  to: queryInstant.describe('First instant that is no longer asked for'),
};

/** `{"status":["200","206"]}`: the values that a dimension, or a JSON pointer into data, may have. */
const filterField = z
  .string()
  .max(2000)
  .transform((text, context): Readonly<Record<string, readonly string[]>> => {
    const parsed = z
      .record(z.string().max(600), z.array(z.string().max(200)).min(1).max(50))
      .refine((value) => Object.keys(value).length <= 8)
      .safeParse(jsonOf(text));
    if (parsed.success) return parsed.data;
    context.addIssue('must be JSON such as {"region":["cn","hk"]}, with at most 8 names of at most 50 values');
    return z.NEVER;
  });

export const meterQuery = z.object({
  ...rangeFields,
  meter: z.string().min(1).max(64),
  version: z.coerce.number().int().min(1).optional().describe('Version of the definition; the binding one by default'),
  granularity: z.enum(granularities),
  time_zone: z.string().min(1).max(64).optional().describe("Whose clock cuts the windows; the exchange's by default"),
  group_by: z
    .string()
    .max(1000)
    .optional()
    .describe('Names of dimensions, or JSON pointers into data, with commas between them; at most 4'),
  filter: filterField.optional().describe('JSON: which values dimensions or JSON pointers may have'),
});
export type MeterQuery = z.output<typeof meterQuery>;

const pointDto = z.object({
  window_start: z.string(),
  window_end: z.string(),
  group: z.record(z.string(), z.string().nullable()),
  value: z.string().describe('Exact decimal; averages are rounded half even to twelve digits'),
  events: z.int(),
});

export const meterSeriesDto = z
  .object({
    agreement_id: z.string(),
    meter: z.string(),
    version: z.int().nullable().describe('Version of the definition; null for a plain sum nobody defined'),
    aggregation: z.string(),
    unit: z.string(),
    granularity: z.enum(granularities),
    time_zone: z.string(),
    data: z.array(pointDto).describe('By window, then group; windows without usage are absent'),
  })
  .meta({ id: 'MeterSeries' });
export type MeterSeriesDto = z.output<typeof meterSeriesDto>;

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
