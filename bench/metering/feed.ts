import { type UsageRow, UsageStream } from './events.js';

/** What a batch is made of. */
export interface Mix {
  /** So many of a hundred events were sent in an earlier request. */
  readonly duplicates?: number;
  /** So many of a hundred happened earlier. */
  readonly late?: number;
}

/** A request that is ready to be sent. */
export interface FeedBatch {
  readonly merchant: number;
  readonly body: Uint8Array;
  /** How many of its events were never sent before. */
  readonly fresh: number;
  readonly repeated: number;
}

/** Events of a batch. */
export const BATCH = 1_000;
/** Old batches that may be sent again. */
const REMEMBERED = 60;
/** First instant of the usage. */
export const START_MS = Date.parse('2026-02-25T00:00:00Z');

/** Makes the requests of some merchants, one after the other; keeps a bounded memory of what it sent. */
export class UsageFeed {
  readonly #streams: readonly UsageStream[];
  readonly #past: { readonly merchant: number; readonly rows: readonly UsageRow[] }[] = [];

  constructor(agreementIds: readonly string[]) {
    this.#streams = agreementIds.map((agreementId) => new UsageStream(agreementId, START_MS));
  }

  /** A batch of one merchant; of `size` 1 the event itself, in structured form. */
  batch(merchant: number, size: number, { duplicates = 0, late = 0 }: Mix): FeedBatch {
    const stream = this.#streams[merchant] as UsageStream;
    const again = this.#again(merchant, Math.round((size * duplicates) / 100));
    const rows = stream.next(size - again.length, late);
    this.#past.push({ merchant, rows });
    if (this.#past.length > REMEMBERED) this.#past.shift();
    const body = size === 1 ? Buffer.from(stream.event(rows[0] as UsageRow)) : stream.body([...rows, ...again]);
    return { merchant, body, fresh: rows.length, repeated: again.length };
  }

  #again(merchant: number, count: number): readonly UsageRow[] {
    return this.#past.find((one) => one.merchant === merchant && one.rows.length >= count)?.rows.slice(0, count) ?? [];
  }
}
