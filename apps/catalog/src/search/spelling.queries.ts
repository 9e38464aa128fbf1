import { Inject, Injectable } from '@nestjs/common';
import type { Database } from '@hetao/persistence';
import { DATABASE } from '@hetao/runtime';
import type { Atom } from './language/atoms.js';
import { concepts } from './language/concepts.js';
import type { Meant } from './language/question.js';
import { deletionsOf, slipsBetween, toleranceOf } from './language/spelling.js';
import { isLearned } from './language/terms.js';

/** Fewer letters begin too many words. */
const SHORTEST_BEGINNING = 3;
/** Words that one word may have meant. */
const MAX_MEANT = 4;
const MAX_NEIGHBOURS = 400;

/** Words that are remembered to be known. They stay so: words are only ever added. */
const MAX_KNOWN = 20_000;

/** Words of documents: those that begin as the one asked about, and those that may be one or two slips away. */
interface Neighbourhood {
  readonly asked: Atom;
  readonly longer: readonly Atom[];
  readonly near: readonly Atom[];
}

/** What somebody may have meant by words that no document has: words that begin so, or else words a slip or two away. */
@Injectable()
export class SpellingQueries {
  readonly #database: Database;
  readonly #known = new Set<Atom>();

  constructor(@Inject(DATABASE) database: Database) {
    this.#database = database;
  }

  /** Which of these words no document has ever had. Of what is not learned as a word, such as numbers, nothing is said. */
  async unknownAmong(words: readonly Atom[]): Promise<ReadonlySet<Atom>> {
    const asked = words.filter((word) => isLearned(word) && !this.#known.has(word));
    if (asked.length === 0) return new Set();
    const { rows } = await this.#database.withClient((client) =>
      client.query<{ word: string }>('SELECT word FROM search_words WHERE word = ANY ($1)', [asked]),
    );
    if (this.#known.size > MAX_KNOWN) this.#known.clear();
    for (const { word } of rows) this.#known.add(word);
    return new Set(asked.filter((word) => !this.#known.has(word)));
  }

  async meantBy(words: readonly Atom[]): Promise<Meant> {
    const asked = words.filter((word) => word.length >= SHORTEST_BEGINNING && /^\p{L}+$/u.test(word));
    if (asked.length === 0) return new Map();
    const meant = (await this.#around(asked)).map((around) => [around.asked, meantIn(around)] as const);
    return new Map(meant.filter(([, others]) => others.length > 0));
  }

  /**
   * In one question for all words. Those that begin alike are a range of the index by bytes, up to the last character
   * there is; those near are the rows of an index of deletions, found before anything is sorted.
   */
  async #around(words: readonly Atom[]): Promise<readonly Neighbourhood[]> {
    const asked = words.map((word) => ({ word, spellings: toleranceOf(word) === 0 ? [] : deletionsOf(word) }));
    const { rows } = await this.#database.withClient((client) =>
      client.query<Neighbourhood>(
        `SELECT asked.word AS asked,
           ARRAY(SELECT w.word FROM search_words w WHERE w.word ~>=~ asked.word AND w.word ~<~ (asked.word || $2)
             ORDER BY length(w.word), w.word LIMIT ${MAX_MEANT}) AS longer,
           ARRAY(WITH near AS MATERIALIZED (SELECT w.word FROM search_words w WHERE w.spellings && asked.spellings)
             SELECT near.word FROM near ORDER BY near.word LIMIT ${MAX_NEIGHBOURS}) AS near
         FROM jsonb_to_recordset($1::jsonb) AS asked (word text, spellings text[])`,
        [JSON.stringify(asked), '\u{10FFFF}'],
      ),
    );
    return rows;
  }
}

function meantIn({ asked, longer, near }: Neighbourhood): readonly Atom[] {
  const begun = [...concepts.words].filter((name) => name.startsWith(asked)).sort(byLength);
  const beginnings = [...new Set([...begun, ...longer])];
  return (beginnings.length > 0 ? beginnings : nearest(asked, near)).slice(0, MAX_MEANT);
}

function nearest(word: Atom, near: readonly Atom[]): readonly Atom[] {
  const tolerance = toleranceOf(word);
  if (tolerance === 0) return [];
  const candidates = [...new Set([...concepts.words, ...concepts.readings, ...near])]
    .filter((other) => Math.abs(other.length - word.length) <= tolerance)
    .map((other) => ({ other, slips: slipsBetween(word, other) }))
    .filter(({ slips }) => slips <= tolerance);
  // Names the exchange knows come first: they were put in front, and the sort is stable.
  const fewest = Math.min(...candidates.map(({ slips }) => slips));
  return candidates.filter(({ slips }) => slips === fewest).map(({ other }) => other);
}

function byLength(one: string, other: string): number {
  return one.length - other.length || (one < other ? -1 : 1);
}
