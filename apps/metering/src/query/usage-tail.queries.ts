import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { setTimeout as pause } from 'node:timers/promises';
import type { Database } from '@hetao/persistence';
import { DATABASE } from '@hetao/runtime';
import { type RecordDto, toRecordDto } from './usage-record.dto.js';
import type { RecordData } from './usage-record.queries.js';

/** Most tails of one process, and of one organisation in it. */
const MAX_TAILS = 60;
const MAX_TAILS_OF_ONE = 5;
const PAUSE_MS = 500;
/** A comment now and then keeps proxies from closing a silent stream. */
const BEAT_MS = 15_000;
const LIFE_MS = 600_000;
/** Most events shown of one look; the others are counted and said to be left out. */
const MAX_SHOWN = 200;
const MAX_READ = 20_000;
/** How many batches behind the newest a transaction may still be under way. */
const OVERLAP = 512;

interface Row {
  readonly batch_no: string;
  readonly source_no: number;
  readonly event_id: string;
  readonly source: string;
  readonly sender_id: string;
  readonly event_time: Date;
  readonly revision: number;
  readonly data: RecordData;
}

/** Usage as it comes in. Read from the tables, so every process of the service sees what any of them took. */
@Injectable()
export class UsageTails implements OnModuleDestroy {
  readonly #open = new Map<string, number>();
  readonly #stop = new AbortController();

  constructor(@Inject(DATABASE) private readonly database: Database) {}

  onModuleDestroy(): void {
    this.#stop.abort();
  }

  /** Whether one more tail of the organisation may be opened. */
  hasRoom(organisationId: string): boolean {
    const all = [...this.#open.values()].reduce((sum, one) => sum + one, 0);
    return all < MAX_TAILS && (this.#open.get(organisationId) ?? 0) < MAX_TAILS_OF_ONE;
  }

  /** Server-sent events: `usage` with a record, `left-out` with a number, `end`. It is read as fast as it is taken. */
  async *follow(agreementId: string, organisationId: string): AsyncGenerator<string> {
    this.#count(organisationId, 1);
    try {
      yield* this.#events(agreementId);
    } finally {
      this.#count(organisationId, -1);
    }
  }

  async *#events(agreementId: string): AsyncGenerator<string> {
    const endsAt = performance.now() + LIFE_MS;
    let beatAt = 0;
    let low = Math.max((await this.#newestBatch()) - OVERLAP, 0);
    let seen = new Map((await this.#read(agreementId, low)).map((row) => [keyOf(row), row]));
    while (performance.now() < endsAt && !this.#stop.signal.aborted) {
      if (performance.now() >= beatAt) {
        beatAt = performance.now() + BEAT_MS;
        yield ': here\n\n';
      }
      const rows = await this.#read(agreementId, low);
      const fresh = rows.filter((row) => !seen.has(keyOf(row)));
      yield* shown(fresh, agreementId);
      const newest = Math.max(low, ...rows.slice(-1).map((row) => Number(row.batch_no)));
      low = Math.max(low, newest - OVERLAP);
      seen = new Map(rows.filter((row) => Number(row.batch_no) > low).map((row) => [keyOf(row), row]));
      await pause(PAUSE_MS, undefined, { signal: this.#stop.signal }).catch(() => undefined);
    }
    yield 'event: end\ndata: {}\n\n';
  }

  async #newestBatch(): Promise<number> {
    const { rows } = await this.database.withClient((client) =>
      client.query<{ newest: number }>('SELECT coalesce(max(batch_no), 0)::float8 AS newest FROM ingestion_batches'),
    );
    return rows[0]?.newest ?? 0;
  }

  async #read(agreementId: string, low: number): Promise<readonly Row[]> {
    const { rows } = await this.database.withClient((client) =>
      client.query<Row>(
        `SELECT batch_no, source_no, event_id, source, sender_id, event_time, revision, data FROM usage_live
          WHERE agreement_id = $1 AND batch_no > $2 ORDER BY batch_no LIMIT $3`,
        [agreementId, low, MAX_READ],
      ),
    );
    return rows;
  }

  #count(organisationId: string, by: number): void {
    const next = (this.#open.get(organisationId) ?? 0) + by;
    if (next > 0) this.#open.set(organisationId, next);
    else this.#open.delete(organisationId);
  }
}

function* shown(fresh: readonly Row[], agreementId: string): Generator<string> {
  for (const row of fresh.slice(0, MAX_SHOWN))
    yield `event: usage\ndata: ${JSON.stringify(dtoOf(row, agreementId))}\n\n`;
  if (fresh.length > MAX_SHOWN) yield `event: left-out\ndata: {"events":${fresh.length - MAX_SHOWN}}\n\n`;
}

function dtoOf(row: Row, agreementId: string): RecordDto {
  return toRecordDto({
    timeMs: row.event_time.getTime(),
    sourceNo: row.source_no,
    senderId: row.sender_id,
    source: row.source,
    eventId: row.event_id,
    agreementId,
    revision: row.revision,
    data: row.data,
  });
}

function keyOf({ source_no, event_id, revision }: Row): string {
  return `${source_no} ${revision} ${event_id}`;
}
