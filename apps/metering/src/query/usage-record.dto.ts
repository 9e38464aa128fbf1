import { z } from 'zod';
import { cursorQuery } from '@hetao/runtime';
import { formatInstant } from '../window/instant.js';
import { rangeFields } from './usage-query.dto.js';
import type { UsageRecord } from './usage-record.queries.js';

const meter = z.string().min(1).max(64).optional().describe('Only events that say something of this meter');

export const recordsQuery = cursorQuery.extend({ ...rangeFields, meter });

export const exportQuery = z.object({ ...rangeFields, meter, format: z.enum(['csv', 'parquet', 'ndjson']) });

export const recordDto = z
  .object({
    specversion: z.literal('1.0'),
    id: z.string(),
    source: z.string(),
    type: z.literal('hetao.usage.recorded'),
    subject: z.string().describe('Id of the agreement'),
    time: z.string(),
    data: z.record(z.string(), z.unknown()),
    revision: z.int().describe('0 as it was received; more after corrections'),
  })
  .meta({ id: 'UsageRecord' });
export type RecordDto = z.output<typeof recordDto>;

/** The record as the CloudEvent it came as. */
export function toRecordDto(record: UsageRecord): RecordDto {
  return {
    specversion: '1.0',
    id: record.eventId,
    source: record.source,
    type: 'hetao.usage.recorded',
    subject: record.agreementId,
    time: formatInstant(record.timeMs),
    data: record.data,
    revision: record.revision,
  };
}
