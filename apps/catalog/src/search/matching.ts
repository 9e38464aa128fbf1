import { Bitmap } from './bitmap.js';
import type { IndexColumns } from './index-columns.js';
import type { Clause } from './clause.js';
import type { Matches } from './search.js';

/** Which documents have a term. */
export type Postings = (term: string) => Bitmap;

/** Every term that answering these clauses looks up: as it stands, and in names. */
export function termsNeeded(clauses: readonly Clause[]): readonly string[] {
  const terms = new Set(clauses.flatMap(({ anyOf }) => anyOf.flat()));
  return [...terms].flatMap((term) => (isReading(term) ? [term] : [term, inName(term)]));
}

/** Whether some document has this clause. */
export function hasClause(clause: Clause, postings: Postings): boolean {
  return !having(clause, postings).isEmpty;
}

/** Whether this document has every clause. */
export function hasAll(clauses: readonly Clause[], ordinal: number, postings: Postings): boolean {
  const has = (term: string): boolean => postings(term).has(ordinal);
  return clauses.every(({ anyOf }) => anyOf.some((terms) => terms.every(has)));
}

/**
 * The documents that have every clause. One counts for more when it stands in a name, and what is on the market comes
 * before what has left it.
 */
export function matchesOf(columns: IndexColumns, clauses: readonly Clause[], postings: Postings): Matches {
  if (clauses.length === 0) return { found: undefined, rank: () => 0 };
  const found = Bitmap.intersection(clauses.map((clause) => having(clause, postings)));
  const named = clauses.map((clause) => having(namesOf(clause), postings));
  const listed = columns.withStatus('listed');
  const rank = (ordinal: number): number => {
    let points = listed.has(ordinal) ? 1 : 0;
    for (const documents of named) if (documents.has(ordinal)) points += 2;
    return points;
  };
  return { found, rank };
}

function having({ anyOf }: Clause, postings: Postings): Bitmap {
  const ways = anyOf.map((terms) =>
    terms.length === 1 ? postings(terms[0] ?? '') : Bitmap.intersection(terms.map(postings)),
  );
  return ways.length === 1 ? (ways[0] ?? new Bitmap()) : Bitmap.union(ways);
}

/** Readings are taken from names alone. */
function namesOf({ anyOf }: Clause): Clause {
  return { anyOf: anyOf.map((terms) => terms.map((term) => (isReading(term) ? term : inName(term)))) };
}

function isReading(term: string): boolean {
  return term.startsWith('y:');
}

function inName(term: string): string {
  return `^${term}`;
}
