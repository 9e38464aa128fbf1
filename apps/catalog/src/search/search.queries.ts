import { Inject, Injectable } from '@nestjs/common';
import { seesEveryTenant, type Clock, type Reader } from '@hetao/kernel';
import type { Database } from '@hetao/persistence';
import { CLOCK, DATABASE } from '@hetao/runtime';
import { Bitmap } from './bitmap.js';
import { placesMask, type IndexColumns } from './index-columns.js';
import { IndexMirror, type IndexView } from './index.mirror.js';
import { clausesOf, plainWords, type Clause, type Meant } from './language/question.js';
import { hasClause, matchesOf, termsNeeded } from './matching.js';
import { search, type Asker, type Narrowing, type Place, type SearchResult, type Sort } from './search.js';
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
    const rights = await this.#rightsOf(reader);
    const { view, clauses, corrections } = await this.#understand(ask.question);
    const { columns, postings } = view;
    const { hits, ...result } = search(columns, matchesOf(columns, clauses, postings), {
      ...ask,
      asker: askerOf(reader, rights, columns),
    });
    const found = hits.map(({ ordinal, place }) => ({ productId: columns.productIds[ordinal] ?? '', place }));
    return { ...result, hits: found, corrections };
  }

  /** What the question means, after slips of the keyboard are mended; and the index with the terms it needs. */
  async #understand(question: string): Promise<Understood> {
    const clauses = clausesOf(question);
    const view = await this.#mirror.view(termsNeeded(clauses));
    if (clauses.every((clause) => hasClause(clause, view.postings))) return { view, clauses, corrections: [] };
    const strange = plainWords(question).filter((word) => isStrange(word, view));
    const meant = await this.#spelling.meantBy(strange);
    if (meant.size === 0) return { view, clauses, corrections: [] };
    const mended = clausesOf(question, meant);
    return { view: await this.#mirror.view(termsNeeded(mended)), clauses: mended, corrections: correctionsOf(meant) };
  }

  async #rightsOf({ organisationId }: Reader): Promise<Rights> {
    const { rows } = await this.#database.withClient((client) =>
      client.query<Rights>(
        `SELECT (SELECT jurisdiction FROM participants WHERE id = $1) AS jurisdiction,
           ARRAY(SELECT product_id FROM search_entitlements
             WHERE buyer_id = $1 AND NOT revoked AND valid_from <= $2 AND valid_until > $2) AS entitled`,
        [organisationId, this.#clock.now()],
      ),
    );
    return rows[0] ?? { jurisdiction: null, entitled: [] };
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

function askerOf(reader: Reader, { jurisdiction, entitled }: Rights, columns: IndexColumns): Asker {
  const mine = new Bitmap();
  for (const id of entitled) {
    const ordinal = columns.ordinalOf(id);
    if (ordinal !== undefined) mine.put(ordinal, true);
  }
  return {
    seesEverything: seesEveryTenant(reader),
    organisationId: reader.organisationId,
    place: jurisdiction === null ? 0 : placesMask([jurisdiction]),
    entitled: mine,
  };
}

/** Neither a word of any document nor the reading of a name. */
function isStrange(word: string, { postings }: IndexView): boolean {
  return postings(word).isEmpty && postings(`y:${word}`).isEmpty;
}

function correctionsOf(meant: Meant): readonly Correction[] {
  return [...meant].map(([typed, [readAs = typed]]) => ({ typed, readAs }));
}
