import { finished } from 'node:stream/promises';
import { Inject, Injectable } from '@nestjs/common';
import { from as copyFrom } from 'pg-copy-streams';
import type { Database } from '@hetao/persistence';
import { DATABASE } from '@hetao/runtime';
import type { ArchivedEvent } from './archive.file.js';
import { firstBatchNo, partitionName } from './batch-no.js';

/** A day of raw usage as a file. */
export interface Archive {
  readonly day: number;
  readonly file: string;
  readonly events: number;
  readonly bytes: number;
  readonly sha256: Buffer;
  readonly archivedAt: Date;
  readonly droppedAt: Date | null;
}

/** An archive as it is stored. */
export interface ArchiveRow {
  readonly day: number;
  readonly file: string;
  readonly events: string;
  readonly bytes: string;
  readonly sha256: Buffer;
  readonly archived_at: Date;
  readonly dropped_at: Date | null;
}

const FETCH_AT_ONCE = 10_000;

/** Archives, and the raw events that go into them and come out again. */
@Injectable()
export class ArchiveRepository {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  async find(day: number): Promise<Archive | undefined> {
    const rows = await this.#rows<ArchiveRow>('SELECT * FROM usage_archives WHERE day = $1', [day]);
    return rows.map(toArchive)[0];
  }

  async add(archive: Omit<Archive, 'droppedAt'>): Promise<void> {
    await this.#rows(
      `INSERT INTO usage_archives (day, file, events, bytes, sha256, archived_at) VALUES ($1, $2, $3, $4, $5, $6)`,
      [archive.day, archive.file, archive.events, archive.bytes, archive.sha256, archive.archivedAt],
    );
  }

  async markDropped(day: number, at: Date | null): Promise<void> {
    await this.#rows('UPDATE usage_archives SET dropped_at = $2 WHERE day = $1', [day, at]);
  }

  /** How many events the requests of a day say were accepted. */
  async accepted(day: number): Promise<number> {
    const [row] = await this.#rows<{ n: string }>(
      'SELECT coalesce(sum(accepted), 0) AS n FROM ingestion_batches WHERE batch_no >= $1 AND batch_no < $2',
      [firstBatchNo(day), firstBatchNo(day + 1)],
    );
    return Number(row?.n);
  }

  /** The raw events of a day in the order of their batches, some thousands at a time. */
  async *events(day: number): AsyncIterable<readonly ArchivedEvent[]> {
    // Pages by position in a batch, not by a cursor: a day may take longer than a transaction should.
    for (let after: [string, string, number] = ['-1', '', 0]; ;) {
      const page = await this.#rows<EventRow>(NEXT_EVENTS(partitionName(day)), [...after, FETCH_AT_ONCE]);
      if (page.length > 0) yield page.map(toEvent);
      const last = page.at(-1);
      if (!last || page.length < FETCH_AT_ONCE) return;
      after = [last.batch_no, last.event_id, last.source_no];
    }
  }

  /** Puts archived events back into their partition, which must exist. Sources and agreements are still numbered. */
  async restore(day: number, pages: AsyncIterable<readonly ArchivedEvent[]>): Promise<void> {
    const [sources, agreements] = await Promise.all([this.#sources(), this.#agreements()]);
    await this.database.withClient(async (client) => {
      await client.query('BEGIN');
      for await (const page of pages) {
        const columns = 'batch_no, event_time, source_no, agreement_no, event_id, data';
        const stream = client.query(copyFrom(`COPY ${partitionName(day)} (${columns}) FROM STDIN`));
        stream.end(page.map((event) => restoredLine(event, sources, agreements)).join(''));
        await finished(stream);
      }
      await client.query('UPDATE usage_archives SET dropped_at = NULL WHERE day = $1', [day]);
      await client.query('COMMIT');
    });
  }

  async #sources(): Promise<ReadonlyMap<string, number>> {
    const rows = await this.#rows<{ name: string; no: number }>(
      "SELECT sender_id || E'\\n' || source AS name, source_no AS no FROM usage_sources",
      [],
    );
    return new Map(rows.map(({ name, no }) => [name, no]));
  }

  async #agreements(): Promise<ReadonlyMap<string, number>> {
    const rows = await this.#rows<{ id: string; no: number }>(
      'SELECT agreement_id AS id, agreement_no AS no FROM usage_agreements',
      [],
    );
    return new Map(rows.map(({ id, no }) => [id, no]));
  }

  async #rows<R>(sql: string, params: unknown[]): Promise<R[]> {
    return this.database.withClient(async (client) => (await client.query<R & object>(sql, params)).rows);
  }
}

interface EventRow {
  readonly batch_no: string;
  readonly event_time: Date;
  readonly source_no: number;
  readonly sender_id: string;
  readonly source: string;
  readonly agreement_id: string;
  readonly event_id: string;
  readonly data: string;
}

/** The sort is per batch: the block ranges of the partition find the batches that follow. */
const NEXT_EVENTS = (partition: string): string => `
  SELECT e.batch_no, e.event_time, e.source_no, s.sender_id, s.source, a.agreement_id, e.event_id, e.data::text AS data
    FROM ${partition} e JOIN usage_sources s USING (source_no) JOIN usage_agreements a USING (agreement_no)
   WHERE e.batch_no >= $1::bigint AND (e.batch_no, e.event_id, e.source_no) > ($1::bigint, $2, $3)
   ORDER BY e.batch_no, e.event_id, e.source_no LIMIT $4`;

function toEvent(row: EventRow): ArchivedEvent {
  return {
    batchNo: BigInt(row.batch_no),
    eventTime: row.event_time,
    senderId: row.sender_id,
    source: row.source,
    agreementId: row.agreement_id,
    eventId: row.event_id,
    data: row.data,
  };
}

function restoredLine(
  event: ArchivedEvent,
  sources: ReadonlyMap<string, number>,
  agreements: ReadonlyMap<string, number>,
): string {
  const source = sources.get(`${event.senderId}\n${event.source}`) ?? 0;
  const agreement = agreements.get(event.agreementId) ?? 0;
  const { batchNo, eventTime, eventId, data } = event;
  const line = `${batchNo}\t${eventTime.toISOString()}\t${source}\t${agreement}\t${eventId}\t${data}\n`;
  return line.includes('\\') ? line.replaceAll('\\', '\\\\') : line;
}

/** Reads a stored archive. */
export function toArchive(row: ArchiveRow): Archive {
  const { day, file, sha256, archived_at: archivedAt, dropped_at: droppedAt } = row;
  return { day, file, sha256, archivedAt, droppedAt, events: Number(row.events), bytes: Number(row.bytes) };
}
