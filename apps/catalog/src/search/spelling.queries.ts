import { Inject, Injectable } from '@nestjs/common';
import type { Database } from '@hetao/persistence';
import { DATABASE } from '@hetao/runtime';
import type { Atom } from './language/atoms.js';
import { concepts } from './language/concepts.js';
import type { Meant } from './language/question.js';
import { deletionsOf, slipsBetween, toleranceOf } from './language/spelling.js';

/** Fewer letters begin too many words. */
const SHORTEST_BEGINNING = 3;
/** Words that one word may have meant. */
const MAX_MEANT = 4;
const MAX_NEIGHBOURS = 400;

/** What somebody may have meant by words that no document has: words that begin so, or else words a slip or two away. */
@Injectable()
export class SpellingQueries {
  readonly #database: Database;

  constructor(@Inject(DATABASE) database: Database) {
    this.#database = database;
  }

  async meantBy(words: readonly Atom[]): Promise<Meant> {
    const asked = words.filter((word) => word.length >= SHORTEST_BEGINNING && /^\p{L}+$/u.test(word));
    const meant = await Promise.all(asked.map(async (word) => [word, await this.#meant(word)] as const));
    return new Map(meant.filter(([, others]) => others.length > 0));
  }

  async #meant(word: Atom): Promise<readonly Atom[]> {
    const begun = [...concepts.words].filter((name) => name.startsWith(word)).sort(byLength);
    const longer = await this.#words(`word LIKE $1 || '%' ORDER BY length(word), word LIMIT ${MAX_MEANT}`, word);
    const beginnings = [...new Set([...begun, ...longer])];
    return (beginnings.length > 0 ? beginnings : await this.#neighbours(word)).slice(0, MAX_MEANT);
  }

  async #neighbours(word: Atom): Promise<readonly Atom[]> {
    const tolerance = toleranceOf(word);
    if (tolerance === 0) return [];
    const stored = await this.#words(`spellings && $1 ORDER BY word LIMIT ${MAX_NEIGHBOURS}`, deletionsOf(word));
    const candidates = [...new Set([...concepts.words, ...concepts.readings, ...stored])]
      .filter((other) => Math.abs(other.length - word.length) <= tolerance)
      .map((other) => ({ other, slips: slipsBetween(word, other) }))
      .filter(({ slips }) => slips <= tolerance);
    // Names the exchange knows come first: they were put in front, and the sort is stable.
    const fewest = Math.min(...candidates.map(({ slips }) => slips));
    return candidates.filter(({ slips }) => slips === fewest).map(({ other }) => other);
  }

  async #words(condition: string, value: unknown): Promise<readonly Atom[]> {
    const { rows } = await this.#database.withClient((client) =>
      client.query<{ word: string }>(`SELECT word FROM search_words WHERE ${condition}`, [value]),
    );
    return rows.map(({ word }) => word);
  }
}

function byLength(one: string, other: string): number {
  return one.length - other.length || (one < other ? -1 : 1);
}
