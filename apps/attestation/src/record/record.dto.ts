import { cursorQuery, pageOf } from '@hetao/runtime';
import { z } from 'zod';
import type { LoggedRecord } from './record.queries.js';

export const recordDto = z
  .object({
    id: z.string().describe('Id of the event, consent or verification: the same wherever it is shown'),
    record: z.string(),
    subject: z.string(),
    salt: z
      .string()
      .nullable()
      .describe('For parties: with the document’s canonical JSON it gives the commitment in the log'),
    recorded_at: z.iso.datetime(),
    leaf_hash: z.string(),
    leaf_index: z.int().nullable().describe('None before its checkpoint'),
  })
  .meta({ id: 'LoggedRecord' });
export type RecordDto = z.output<typeof recordDto>;

/** Records are named after what they are about, so their ids have many prefixes. */
export const recordId = z.string().regex(/^[a-z]{2,8}_[0-9a-z]{26}$/, 'must be a typed id');
export const recordQuery = cursorQuery.extend({ subject: z.string().max(100).optional() });

export const recordPageDto = pageOf(recordDto).meta({ id: 'LoggedRecordPage' });

/** Renders a record. */
export function toRecordDto({ recordedAt, leafHash, leafIndex, ...record }: LoggedRecord): RecordDto {
  return { ...record, recorded_at: recordedAt.toISOString(), leaf_hash: leafHash, leaf_index: leafIndex };
}
