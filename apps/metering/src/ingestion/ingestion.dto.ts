import type { ApiBodyOptions } from '@nestjs/swagger';
import { z } from 'zod';
import type { IngestionItem, IngestionReport } from './ingest-usage.use-cases.js';

type SchemaObject = Extract<ApiBodyOptions, { schema: unknown }>['schema'];

const count = z.int().nonnegative();

export const ingestionItemDto = z
  .object({
    index: count.describe('Place of the event in the request, from 0'),
    id: z.string().nullable().describe('Id of the event; null where it could not be read'),
    status: z
      .enum(['accepted', 'duplicate', 'conflict', 'rejected', 'received'])
      .describe('received: durable, and counted in a moment; ask for the batch'),
    code: z.string().optional().describe('Why it was not counted'),
    detail: z.string().optional(),
    fix: z.string().optional().describe('How to mend it'),
    pointer: z.string().optional().describe('JSON Pointer (RFC 6901) into the event'),
  })
  .meta({ id: 'UsageEventOutcome' });

/** received = accepted + duplicates + conflicts + rejected + pending, always. */
export const ingestionReportDto = z
  .object({
    batch_id: z.string(),
    received: count,
    accepted: count.describe('Counted, and durable'),
    duplicates: count.describe('Counted before, with the same payload'),
    conflicts: count.describe('Counted before, with another payload'),
    rejected: count,
    pending: count.describe('Durable, and not counted yet: GET /v1/usage/batches/{batch_id} tells later'),
    items: z.array(ingestionItemDto).describe('One an event, in the order of the request'),
  })
  .meta({ id: 'UsageIngestionReport' });

export type IngestionReportDto = z.infer<typeof ingestionReportDto>;

export function toReportDto({ batchId, counts, pending, items }: IngestionReport): IngestionReportDto {
  return { batch_id: batchId, ...counts, pending, items: items.map(toItem) };
}

function toItem({ id, outcome }: IngestionItem, index: number): IngestionReportDto['items'][number] {
  if (!('error' in outcome)) return { index, id, status: outcome.status };
  const { code, detail, fix, pointer } = outcome.error;
  return { index, id, status: outcome.status, code, detail, fix, ...(pointer === undefined ? {} : { pointer }) };
}

const usageEventDto = z.object({
  specversion: z.literal('1.0'),
  id: z.string().min(1).max(200).describe('Unique within the source; the same id again is a duplicate'),
  source: z.string().min(1).max(200).describe('URI reference of the system that measured'),
  type: z.literal('hetao.usage.recorded'),
  subject: z.string().min(1).max(200).describe('Id of the agreement'),
  time: z.iso.datetime({ offset: true }).describe('When the usage happened'),
  datacontenttype: z.string().optional(),
  data: z.looseObject({
    meters: z
      .record(z.string(), z.union([z.string(), z.int()]))
      .describe('Quantity of each meter: a decimal string, or a whole number up to 2^53 - 1'),
  }),
});

/** One event as clients write it, for the OpenAPI document; the service itself reads the raw bytes. */
export const usageEventSchema = z.toJSONSchema(usageEventDto, { io: 'input' }) as SchemaObject;
