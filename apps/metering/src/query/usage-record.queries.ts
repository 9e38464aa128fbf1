import { Injectable } from '@nestjs/common';
import type { Queryable } from '@hetao/clearance';
import { firstBatchNo, receiptDay } from '../storage/batch-no.js';
import { formatInstant } from '../window/instant.js';

/** A usage event as it counts now. */
export interface UsageRecord {
  readonly timeMs: number;
  readonly sourceNo: number;
  readonly senderId: string;
  readonly source: string;
  readonly eventId: string;
  readonly agreementId: string;
  /** How often it was corrected. */
  readonly revision: number;
  readonly data: RecordData;
}

export interface RecordData {
  readonly meters: Readonly<Record<string, string | number>>;
  readonly [member: string]: unknown;
}

export interface RecordRange {
  readonly agreementId: string;
  readonly fromMs: number;
  readonly untilMs: number;
  /** Only events that say something of this meter. */
  readonly meter?: string | undefined;
}

/** Place of a record in the order of (time, source, id). */
export type RecordKey = readonly [timeMs: number, sourceNo: number, eventId: string];

interface Row {
  readonly event_time: Date;
  readonly source_no: number;
  readonly sender_id: string;
  readonly source: string;
  readonly event_id: string;
  readonly agreement_id: string;
  readonly revision: number;
  readonly data: RecordData;
}

/** The raw events behind the sums. */
@Injectable()
export class UsageRecordQueries {
  /** Records of the range in the order of their key, after one of them. */
  async page(
    client: Queryable,
    { agreementId, fromMs, untilMs, meter }: RecordRange,
    after: RecordKey | undefined,
    limit: number,
  ): Promise<readonly UsageRecord[]> {
    const [timeMs, sourceNo, eventId] = after ?? [fromMs, -1, ''];
    const { rows } = await client.query<Row>(
      `SELECT event_time, source_no, sender_id, source, event_id, agreement_id, revision, data FROM usage_live
        WHERE agreement_id = $1 AND batch_no >= $2 AND event_time >= $3 AND event_time < $4
          AND (event_time, source_no, event_id) > ($3, $5, $6)
          AND ($7::text IS NULL OR data #> ARRAY['meters', $7] IS NOT NULL)
        ORDER BY event_time, source_no, event_id LIMIT $8`,
      [
        ...[agreementId, firstBatchNo(Math.max(receiptDay(fromMs) - 1, 0))],
        ...[formatInstant(timeMs), formatInstant(untilMs), sourceNo, eventId, meter ?? null, limit],
      ],
    );
    return rows.map((row) => ({
      timeMs: row.event_time.getTime(),
      sourceNo: row.source_no,
      senderId: row.sender_id,
      source: row.source,
      eventId: row.event_id,
      agreementId: row.agreement_id,
      revision: row.revision,
      data: row.data,
    }));
  }
}

/** Where a record stands in the order. */
export function keyOf({ timeMs, sourceNo, eventId }: UsageRecord): RecordKey {
  return [timeMs, sourceNo, eventId];
}
