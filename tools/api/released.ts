import { breakingChanges } from './breaking.js';
import type { ApiDocument } from './operations.js';

/** Words for people, and what two ways of writing the same may differ in: nothing of it is promised. */
const WORDS: ReadonlySet<string> = new Set(['description', 'summary', 'example', 'title', 'pattern', 'format']);

/** What a release promises, as text: the document without its words. */
export function promiseOf(document: ApiDocument): string {
  const { paths, components } = document;
  const kept = JSON.stringify({ paths, components: { schemas: components.schemas } }, (key, value: unknown) =>
    // A member that happens to be called so is described by an object.
    WORDS.has(key) && typeof value === 'string' ? undefined : value,
  );
  return `${kept}\n`;
}

/** What the document breaks of the promise; everything is allowed where nothing was released yet. */
export function brokenPromises(released: string | undefined, document: ApiDocument): string[] {
  return released === undefined ? [] : breakingChanges(JSON.parse(released) as ApiDocument, document);
}
