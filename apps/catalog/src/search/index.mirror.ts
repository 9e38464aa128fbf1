import { Inject, Injectable } from '@nestjs/common';
import type { Database } from '@hetao/persistence';
import { DATABASE } from '@hetao/runtime';
import { Bitmap } from './bitmap.js';
import { IndexColumns, type IndexRow } from './index-columns.js';

/** Memory that the documents of terms may take; the least lately used go first. */
const POSTINGS_BYTES = 64 * 1024 * 1024;
/** From this many changed documents on, reading terms again is cheaper than amending them. */
const MANY_CHANGES = 200;

const COLUMNS = `ordinal, product_id AS "productId", merchant_id AS "merchantId", status, is_public AS "isPublic",
  array_to_string(facets, ' ') AS facets, standing, entry_price AS "entryPrice", listed_at AS "listedAt",
  open_to AS "openTo", changed_in AS "changedIn"`;

interface ChangedRow extends IndexRow {
  readonly changedIn: string;
}

/** A look at the changes: one row a document, or a single one without a document when nothing has changed. */
type Look = { readonly seenBefore: string } & (ChangedRow | { readonly ordinal: null });

/** The index as it was at one moment, not before it was asked for. Read it before the next `await`. */
export interface IndexView {
  readonly columns: IndexColumns;
  readonly postings: (term: string) => Bitmap;
}

/** One look at the database, shared by the questions that came before it began. */
interface Turn {
  readonly terms: Set<string>;
  readonly done: Promise<ReadonlyMap<string, Bitmap>>;
}

const nothing = new Bitmap();

/**
 * A copy of the index in memory that is brought up to date at every question. PostgreSQL keeps the index and finds the
 * documents of a term; what is kept here is what a hundred thousand rows a question would be read for: the columns
 * that are counted and sorted, and the documents of terms asked for lately.
 */
@Injectable()
export class IndexMirror {
  readonly #database: Database;
  readonly #columns = new IndexColumns();
  /** In the order of their last use. */
  readonly #postings = new Map<string, Bitmap>();
  /** Every transaction before this one has been seen. */
  #seenBefore = '0';
  /** Rows of transactions since, by ordinal, and in which transaction they were read last. */
  #applied = new Map<number, string>();
  #turns: Promise<unknown> = Promise.resolve();
  #waiting: Turn | undefined;

  constructor(@Inject(DATABASE) database: Database) {
    this.#database = database;
  }

  /** The index as of now, with these terms at hand. Questions that come while one is answered share the next turn. */
  async view(terms: readonly string[]): Promise<IndexView> {
    const turn = (this.#waiting ??= this.#nextTurn());
    for (const term of terms) turn.terms.add(term);
    const postings = await turn.done;
    return { columns: this.#columns, postings: (term) => postings.get(term) ?? nothing };
  }

  #nextTurn(): Turn {
    const terms = new Set<string>();
    const done = this.#turns.then(() => {
      this.#waiting = undefined;
      return this.#catchUp([...terms]);
    });
    this.#turns = done.catch(() => undefined);
    return { terms, done };
  }

  async #catchUp(terms: readonly string[]): Promise<ReadonlyMap<string, Bitmap>> {
    this.#forget();
    const { rows, seenBefore } = await this.#changes();
    const news = rows.filter(({ ordinal, changedIn }) => this.#applied.get(ordinal) !== changedIn);
    if (news.length > MANY_CHANGES) this.#postings.clear();
    const amended = this.#postings.size === 0 ? [] : await this.#termsOf(news.map(({ ordinal }) => ordinal));
    for (const { ordinal, terms: now } of amended) {
      const has = new Set(now);
      for (const [term, documents] of this.#postings) documents.put(ordinal, has.has(term));
    }
    for (const row of news) this.#columns.put(row);
    this.#applied = new Map(rows.map(({ ordinal, changedIn }) => [ordinal, changedIn]));
    this.#seenBefore = seenBefore;
    await this.#load(terms.filter((term) => !this.#touch(term)));
    return new Map(terms.map((term) => [term, this.#postings.get(term) ?? nothing]));
  }

  /**
   * What has changed since. A transaction that was still open at the last look has a number not below the lowest open one
   * of then, so that looking from there on misses none, in whatever order they commit.
   */
  async #changes(): Promise<{ readonly rows: readonly ChangedRow[]; readonly seenBefore: string }> {
    return this.#database.withClient(async (client) => {
      const { rows } = await client.query<Look>(
        `SELECT s.seen_before AS "seenBefore", d.* FROM (SELECT pg_snapshot_xmin(pg_current_snapshot()) AS seen_before) s
         LEFT JOIN (SELECT ${COLUMNS} FROM search_documents WHERE changed_in >= $1::xid8) d ON true`,
        [this.#seenBefore],
      );
      const seenBefore = rows[0]?.seenBefore ?? this.#seenBefore;
      return { rows: rows.filter((row) => row.ordinal !== null), seenBefore };
    });
  }

  async #termsOf(ordinals: readonly number[]): Promise<{ readonly ordinal: number; readonly terms: string[] }[]> {
    if (ordinals.length === 0) return [];
    const sql = 'SELECT ordinal, terms FROM search_documents WHERE ordinal = ANY ($1)';
    const { rows } = await this.#database.withClient((client) =>
      client.query<{ ordinal: number; terms: string[] }>(sql, [ordinals]),
    );
    return rows;
  }

  async #load(terms: readonly string[]): Promise<void> {
    if (terms.length === 0) return;
    const { rows } = await this.#database.withClient((client) =>
      client.query<{ term: string; members: Buffer | null }>(
        `SELECT term, (SELECT string_agg(int4send(ordinal), ''::bytea) FROM search_documents WHERE terms @> ARRAY[term])
           AS members FROM unnest($1::text[]) AS term`,
        [terms],
      ),
    );
    for (const { term, members } of rows)
      this.#postings.set(term, members === null ? new Bitmap() : Bitmap.of(members));
  }

  /** Marks a term as used; false when it is not at hand. */
  #touch(term: string): boolean {
    const documents = this.#postings.get(term);
    if (documents === undefined) return false;
    this.#postings.delete(term);
    this.#postings.set(term, documents);
    return true;
  }

  #forget(): void {
    let bytes = 0;
    for (const documents of this.#postings.values()) bytes += documents.sizeInBytes + 64;
    for (const [term, documents] of this.#postings) {
      if (bytes <= POSTINGS_BYTES) return;
      this.#postings.delete(term);
      bytes -= documents.sizeInBytes + 64;
    }
  }
}
