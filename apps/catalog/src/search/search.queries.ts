import { Inject, Injectable } from '@nestjs/common';
import { seesEveryTenant, type Clock, type Reader } from '@hetao/kernel';
import type { Database } from '@hetao/persistence';
import { CLOCK, DATABASE } from '@hetao/runtime';
import { Bitmap } from './bitmap.js';
import type { IndexColumns } from './index-columns.js';
import { IndexMirror, type IndexView } from './index.mirror.js';
import type { Clause } from './clause.js';
import { clausesOf, plainWords, type Meant } from './language/question.js';
import { hasAll, hasClause, matchesOf, termsNeeded } from './matching.js';
import { narrow, search, type Asker, type Narrowing, type Place, type SearchResult, type Sort } from './search.js';
import { SpellingQueries } from './spelling.queries.js';

/** What is searched for. */
export interface SearchAsk {
  readonly question: string;
  readonly narrowing: Narrowing;
  readonly sort: Sort;
  readonly after: Place | undefined;
  readonly limit: number;
}

/** A word nobody wrote, and what was looked for in its stead. */
export interface Correction {
  readonly typed: string;
  readonly readAs: string;
}

/** A search somebody keeps, and whose it is. */
export interface Sought extends Pick<SearchAsk, 'question' | 'narrowing'> {
  readonly reader: Reader;
}

export interface Found extends Omit<SearchResult, 'hits'> {
  readonly hits: readonly { readonly productId: string; readonly place: Place }[];
  readonly corrections: readonly Correction[];
}

/** Finds products by words in three scripts, counts their facets, and puts them in order. */
@Injectable()
export class SearchQueries {
  readonly #database: Database;
  readonly #mirror: IndexMirror;
  readonly #spelling: SpellingQueries;
  readonly #clock: Clock;

  constructor(
    @Inject(DATABASE) database: Database,
    mirror: IndexMirror,
    spelling: SpellingQueries,
    @Inject(CLOCK) clock: Clock,
  ) {
    this.#database = database;
    this.#mirror = mirror;
    this.#spelling = spelling;
    this.#clock = clock;
  }

  async find(ask: SearchAsk, reader: Reader): Promise<Found> {
    const [rights, understood] = await Promise.all([
      this.#rightsOf([reader.organisationId]),
      this.#understand(ask.question),
    ]);
    const { view, clauses, corrections } = understood;
    const { columns, postings } = view;
    const { hits, ...result } = search(columns, matchesOf(columns, clauses, postings), {
      ...ask,
      asker: askerOf(reader, rights, columns),
    });
    const found = hits.map(({ ordinal, place }) => ({ productId: columns.productIds[ordinal] ?? '', place }));
    return { ...result, hits: found, corrections };
  }

  /**
   * Which of these searches find this product, every clause of it: for those who want to be told. Slips of the keyboard
   * are not mended, since what a slip means changes with what is on the market.
   */
  async whichFind<T extends Sought>(productId: string, asked: readonly T[]): Promise<readonly T[]> {
    const clauses = asked.map(({ question }) => clausesOf(question));
    const readers = [...new Set(asked.map(({ reader }) => reader.organisationId))];
    const [rights, { columns, postings }] = await Promise.all([
      this.#rightsOf(readers),
      this.#mirror.view(clauses.flatMap(termsNeeded)),
    ]);
    const ordinal = columns.ordinalOf(productId);
    if (ordinal === undefined) return [];
    const only = new Bitmap();
    only.put(ordinal, true);
    return asked.filter(({ narrowing, reader }, index) => {
      if (!hasAll(clauses[index] ?? [], ordinal, postings)) return false;
      const asker = askerOf(reader, rights, columns);
      return !narrow(columns, only, { narrowing, asker }).hits.isEmpty;
    });
  }

  /**
   * What the question means, after slips of the keyboard are mended; and the index with the terms it needs. Where some
   * clause has no document, words that are nowhere are read as others.
   */
  async #understand(question: string): Promise<Understood> {
    const mended = await this.#mendedAhead(question);
    if (mended !== undefined) return mended;
    const clauses = clausesOf(question);
    const view = await this.#mirror.view(termsNeeded(clauses));
    const asked = { view, clauses, corrections: [] };
    return hasAllOf(asked) ? asked : ((await this.#mended(question, view)) ?? asked);
  }

  /**
   * Mends a word no document ever had before the rest of the question is looked up: beside a slip, words stand alone that
   * belong together otherwise, and what each finds is read from the disk for nothing. Undefined where that is not all.
   */
  async #mendedAhead(question: string): Promise<Understood | undefined> {
    const unknown = await this.#spelling.unknownAmong(plainWords(question));
    if (unknown.size === 0) return undefined;
    const doubtful = clausesOf(question).filter(({ anyOf }) =>
      anyOf.flat().some((term) => unknown.has(term.replace(/^y:/, ''))),
    );
    const alone = [...unknown].map((word) => ({ anyOf: [[word], [`y:${word}`]] }));
    const view = await this.#mirror.view(termsNeeded([...alone, ...doubtful]));
    if (hasAllOf({ view, clauses: doubtful })) return undefined;
    const mended = await this.#mended(question, view, unknown);
    return mended !== undefined && hasAllOf(mended) ? mended : undefined;
  }

  /** The question with others in the place of strange words among these; undefined where none comes near. */
  async #mended(question: string, view: IndexView, among?: ReadonlySet<string>): Promise<Understood | undefined> {
    const words = plainWords(question).filter((word) => among?.has(word) ?? true);
    const meant = await this.#spelling.meantBy(words.filter((word) => isStrange(word, view)));
    if (meant.size === 0) return undefined;
    const clauses = clausesOf(question, meant);
    return { view: await this.#mirror.view(termsNeeded(clauses)), clauses, corrections: correctionsOf(meant) };
  }

  /** What these organisations may use, by organisation. */
  async #rightsOf(organisationIds: readonly string[]): Promise<ReadonlyMap<string, Rights>> {
    const { rows } = await this.#database.withClient((client) =>
      client.query<Rights & { organisationId: string }>(
        `SELECT asked.id AS "organisationId", p.jurisdiction,
           ARRAY(SELECT product_id FROM search_entitlements
             WHERE buyer_id = asked.id AND NOT revoked AND NOT rests AND valid_from <= $2 AND valid_until > $2) AS entitled
         FROM unnest($1::text[]) AS asked (id) LEFT JOIN participants p ON p.id = asked.id`,
        [organisationIds, this.#clock.now()],
      ),
    );
    return new Map(rows.map((row) => [row.organisationId, row]));
  }
}

interface Understood {
  readonly view: IndexView;
  readonly clauses: readonly Clause[];
  readonly corrections: readonly Correction[];
}

interface Rights {
  readonly jurisdiction: string | null;
  readonly entitled: readonly string[];
}

function askerOf(reader: Reader, rights: ReadonlyMap<string, Rights>, columns: IndexColumns): Asker {
  const { jurisdiction = null, entitled = [] } = rights.get(reader.organisationId) ?? {};
  const mine = new Bitmap();
  for (const id of entitled) {
    const ordinal = columns.ordinalOf(id);
    if (ordinal !== undefined) mine.put(ordinal, true);
  }
  return {
    seesEverything: seesEveryTenant(reader),
    organisationId: reader.organisationId,
    place: jurisdiction,
    entitled: mine,
  };
}

/** Whether every clause has some document. */
function hasAllOf({ view, clauses }: Pick<Understood, 'view' | 'clauses'>): boolean {
  return clauses.every((clause) => hasClause(clause, view.postings));
}

/** Neither a word of any document nor the reading of a name. */
function isStrange(word: string, { postings }: IndexView): boolean {
  return postings(word).isEmpty && postings(`y:${word}`).isEmpty;
}

function correctionsOf(meant: Meant): readonly Correction[] {
  return [...meant].map(([typed, [readAs = typed]]) => ({ typed, readAs }));
}
