import { Injectable } from '@nestjs/common';
import type { Tx } from '@hetao/persistence';
import { firstBatchNo, receiptDay } from '../storage/batch-no.js';
import { formatInstant } from '../window/instant.js';
import type { Change, CorrectionItem, EventState } from './correction.js';

interface Row {
  readonly at: string;
  readonly source_no: number;
  readonly sender_id: string;
  readonly source: string;
  readonly event_id: string;
  readonly batch_no: string;
  readonly agreement_no: number;
  readonly revision: number;
  readonly event_time: Date;
  readonly data: string;
  readonly is_void: boolean;
}

const STATE = `s.source_no, s.sender_id, s.source, e.event_id, e.batch_no, e.agreement_no,
  coalesce(v.revision, 0) AS revision, coalesce(v.event_time, e.event_time) AS event_time,
  coalesce(v.data, e.data)::text AS data, coalesce(v.is_void, false) AS is_void`;

/** Events as they stand, and what they are corrected to. */
@Injectable()
export class EventStateRepository {
  /** For each item the events it may mean: one, when it names one event of the agreement's billed side. */
  async find(
    tx: Tx,
    agreementId: string,
    items: readonly CorrectionItem[],
  ): Promise<readonly (readonly EventState[])[]> {
    const rows = await tx.query<Row>(
      `SELECT i.at, ${STATE}
         FROM unnest($2::text[], $3::text[], $4::text[], $5::timestamptz[], $6::bigint[])
              WITH ORDINALITY AS i (source, event_id, sender_id, event_time, low, at)
         JOIN usage_agreements a ON a.agreement_id = $1
         JOIN usage_sources s ON s.source = i.source AND s.side = a.record_side
                             AND s.sender_id = coalesce(i.sender_id, s.sender_id)
         LEFT JOIN usage_keys k ON k.source_no = s.source_no AND k.event_id = i.event_id
         JOIN LATERAL (
           SELECT e.* FROM usage_events e
            WHERE e.batch_no = k.batch_no AND e.source_no = k.source_no AND e.event_id = k.event_id
           UNION ALL
           SELECT e.* FROM usage_events e
            WHERE k.batch_no IS NULL AND e.event_time = i.event_time AND e.batch_no >= i.low
              AND e.source_no = s.source_no AND e.event_id = i.event_id
         ) e ON e.agreement_no = a.agreement_no
         LEFT JOIN usage_revisions v ON v.source_no = e.source_no AND v.event_id = e.event_id AND v.is_current
        ORDER BY i.at, s.sender_id`,
      [
        agreementId,
        items.map((item) => item.source),
        items.map((item) => item.eventId),
        items.map((item) => item.senderId),
        items.map((item) => (item.eventTimeMs === null ? null : formatInstant(item.eventTimeMs))),
        items.map((item) => firstBatchNo(Math.max(receiptDay(item.eventTimeMs ?? 0) - 1, 0))),
      ],
    );
    const states = items.map((): EventState[] => []);
    for (const row of rows) states[Number(row.at) - 1]?.push(fromRow(row));
    return states;
  }

  /** Keeps what the events are corrected to as their next revision, which counts from now on. */
  async revise(tx: Tx, correctionId: string, changes: readonly Change[]): Promise<void> {
    const sorted = [...changes].sort((a, b) =>
      a.before.sourceNo === b.before.sourceNo
        ? a.before.eventId < b.before.eventId
          ? -1
          : 1
        : a.before.sourceNo - b.before.sourceNo,
    );
    const keys = [sorted.map(({ before }) => before.sourceNo), sorted.map(({ before }) => before.eventId)];
    await tx.execute(
      `UPDATE usage_revisions v SET is_current = false FROM unnest($1::int[], $2::text[]) AS k (source_no, event_id)
        WHERE v.source_no = k.source_no AND v.event_id = k.event_id AND v.is_current`,
      keys,
    );
    await tx.execute(
      `INSERT INTO usage_revisions (source_no, event_id, revision, batch_no, agreement_no, event_time, data, is_void,
                                    correction_id, is_current)
       SELECT r.*, $9, true
         FROM unnest($1::int[], $2::text[], $3::int[], $4::bigint[], $5::int[], $6::timestamptz[], $7::json[],
                     $8::boolean[]) AS r`,
      [
        ...keys,
        sorted.map(({ before }) => before.revision + 1),
        sorted.map(({ before }) => before.batchNo),
        sorted.map(({ before }) => before.agreementNo),
        sorted.map(({ before, item }) => formatInstant(item.timeMs ?? before.timeMs)),
        sorted.map(({ before, item }) => item.data ?? before.data),
        sorted.map(({ item }) => item.action === 'void'),
        correctionId,
      ],
    );
  }
}

function fromRow(row: Row): EventState {
  return {
    sourceNo: row.source_no,
    senderId: row.sender_id,
    source: row.source,
    eventId: row.event_id,
    batchNo: row.batch_no,
    agreementNo: row.agreement_no,
    revision: row.revision,
    timeMs: row.event_time.getTime(),
    data: row.data,
    isVoid: row.is_void,
  };
}
