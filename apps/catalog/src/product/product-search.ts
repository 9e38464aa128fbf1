import type { ProductContent } from './product.js';

/** Two texts a reader would call the same are the same here: width and ligatures (NFKC), case, runs of space. */
export function normalised(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/\s+/gu, ' ').trim();
}

/** Everything a product can be found by, in all languages. */
export function searchTextOf({ name, description, kind }: ProductContent): string {
  return normalised([...Object.values(name), ...Object.values(description), kind].join('\n'));
}

/**
 * The LIKE patterns of a search: every word must occur somewhere. What LIKE takes for wildcards is taken literally.
 * At most `maxWords` words are looked at.
 */
export function searchPatterns(query: string, maxWords = 8): readonly string[] {
  const words = normalised(query).split(' ').filter(Boolean).slice(0, maxWords);
  return words.map((word) => `%${word.replace(/[\\%_]/g, '\\$&')}%`);
}
