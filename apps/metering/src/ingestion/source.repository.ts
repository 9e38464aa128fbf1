import { Injectable } from '@nestjs/common';
import type { Tx } from '@hetao/persistence';

/** Most numbers of sources that are kept in memory; the rest is asked for again. */
const MOST_REMEMBERED = 20_000;

/** A sender's name for a system that measures. */
export interface Source {
  readonly senderId: string;
  readonly source: string;
}

/** Sources and their numbers. A number never changes, so those that are committed are remembered. */
@Injectable()
export class SourceRepository {
  readonly #known = new Map<string, number>();

  /** Numbers by {@link sourceName} of those that are known. */
  async find(tx: Tx, sources: readonly Source[]): Promise<ReadonlyMap<string, number>> {
    const found = new Map<string, number>();
    const missing: Source[] = [];
    for (const source of sources) {
      const no = this.#known.get(sourceName(source));
      if (no === undefined) missing.push(source);
      else found.set(sourceName(source), no);
    }
    if (missing.length === 0) return found;
    for (const [name, no] of await this.#read(tx, missing)) found.set(name, no);
    tx.onCommitted(() => this.#remember(found));
    return found;
  }

  /**
   * Numbers new sources, at most `limit` of a sender. Another batch may be numbering the same ones: it is waited for,
   * and its numbers are used.
   */
  async add(tx: Tx, sources: readonly Source[], limit: number): Promise<ReadonlyMap<string, number>> {
    await tx.execute(
      `INSERT INTO usage_sources (sender_id, source)
       SELECT sender_id, source FROM (
         SELECT n.*, row_number() OVER (PARTITION BY sender_id ORDER BY place) AS rank
           FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS n (sender_id, source, place)
       ) AS n
        WHERE rank + (SELECT count(*) FROM usage_sources s WHERE s.sender_id = n.sender_id) <= $3
        ORDER BY sender_id, source
       ON CONFLICT DO NOTHING`,
      [sources.map((one) => one.senderId), sources.map((one) => one.source), limit],
    );
    return this.#read(tx, sources);
  }

  async #read(tx: Tx, sources: readonly Source[]): Promise<ReadonlyMap<string, number>> {
    const rows = await tx.query<Source & { source_no: number }>(
      `SELECT s.sender_id AS "senderId", s.source, s.source_no
         FROM unnest($1::text[], $2::text[]) AS n (sender_id, source) JOIN usage_sources s USING (sender_id, source)`,
      [sources.map((one) => one.senderId), sources.map((one) => one.source)],
    );
    return new Map(rows.map((row) => [sourceName(row), row.source_no]));
  }

  #remember(numbers: ReadonlyMap<string, number>): void {
    if (this.#known.size + numbers.size > MOST_REMEMBERED) this.#known.clear();
    for (const [name, no] of numbers) this.#known.set(name, no);
  }
}

/** Neither part holds a control character, so no two sources share a name. */
export function sourceName({ senderId, source }: Source): string {
  return `${senderId}\n${source}`;
}
