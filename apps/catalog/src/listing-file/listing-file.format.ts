import { isMap, isScalar, LineCounter, parseDocument, stringify, type Document } from 'yaml';
import { z } from 'zod';
import { err, ok, type ErrorItem, type Result } from '@hetao/kernel';
import { idSchema } from '@hetao/runtime';
import { productDraftDto, toContentDto } from '../product/product.dto.js';
import type { Product } from '../product/product.js';
import { listingFileErrors, type ListingFileError } from './listing-file.errors.js';

export const LISTING_FORMAT = 'hetao-listing/1';
const MAX_ERRORS = 50;

const listingFile = z
  .strictObject({
    format: z.literal(LISTING_FORMAT),
    product: idSchema('prd').optional().describe('The product the file was taken from; without it, a new one'),
    revision: z.int().min(1).optional().describe('The revision it was taken from'),
    listing: productDraftDto,
  })
  .refine(({ product, revision }) => (product === undefined) === (revision === undefined), {
    path: ['revision'],
    error: 'goes together with product',
  });

/** A listing as a file says it: the same object the API takes. */
export type ListingFile = z.output<typeof listingFile>;

/** Writes a product as `listing.yaml`: everything its merchant says, in the order of the API. */
export function writeListing(product: Product): string {
  const listing = toContentDto(product);
  const file = { format: LISTING_FORMAT, product: product.id, revision: product.revision, listing };
  return stringify(file, { lineWidth: 120, aliasDuplicateObjects: false });
}

/** Reads a `listing.yaml`; every fault is named with its pointer and its line. Aliases are refused: they can multiply. */
export function readListing(source: string): Result<ListingFile, ListingFileError> {
  const deep = tooDeepAt(source);
  if (deep !== undefined) {
    return refused([item('', `More than ${MAX_DEPTH} things lie in each other; a listing needs ten.`, deep)]);
  }
  const lines = new LineCounter();
  const document = parseDocument(source, { lineCounter: lines, uniqueKeys: true, strict: true, version: '1.2' });
  const broken = document.errors.map(({ message, pos }) =>
    item('', `${message.split('\n')[0]}`, lines.linePos(pos[0])),
  );
  if (broken.length > 0) return refused(broken);
  const value = plainValue(document);
  if (!value.ok) return value;
  const parsed = listingFile.safeParse(value.value);
  if (parsed.success) return ok(parsed.data);
  return refused(
    parsed.error.issues.map(({ path, message }) => {
      const keys = path.map((key) => (typeof key === 'symbol' ? String(key) : key));
      const pointer = keys.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
      return item(pointer, message, lines.linePos(offsetOf(document, keys)));
    }),
  );
}

/** The parser's time grows with the square of the depth: a file of a few kilobytes could hold it for seconds. */
const MAX_DEPTH = 60;

/**
 * Where more is opened than a listing can hold: brackets that are not closed yet (also those in texts, of which nobody
 * leaves so many open), keys and dashes behind each other, steps of indentation.
 */
function tooDeepAt(source: string): { line: number; col: number } | undefined {
  let open = 0;
  for (const [index, line] of source.split('\n').entries()) {
    const indent = line.length - line.trimStart().length;
    // A key behind a key, a dash behind a dash: each opens something, and so does each step to the right.
    const opened = line.match(/[-?:][ \t]/g)?.length ?? 0;
    if (indent > 4 * MAX_DEPTH || opened > MAX_DEPTH) return { line: index + 1, col: 1 };
    for (let at = 0; at < line.length; at += 1) {
      const char = line.charAt(at);
      if (char === '[' || char === '{') open += 1;
      else if (char === ']' || char === '}') open = Math.max(0, open - 1);
      if (open > MAX_DEPTH) return { line: index + 1, col: at + 1 };
    }
  }
  return undefined;
}

function plainValue(document: Document): Result<unknown, ListingFileError> {
  if (!isMap(document.contents)) return refused([item('', 'A listing file is a mapping.', { line: 1, col: 1 })]);
  try {
    return ok(document.toJS({ maxAliasCount: 0 }) as unknown);
  } catch (error) {
    const why = error instanceof Error ? error.message : 'It cannot be resolved.';
    return refused([item('', `Aliases are not allowed. ${why}`, { line: 1, col: 1 })]);
  }
}

/** Where the nearest part of the path that is there begins. */
function offsetOf(document: Document, path: readonly (string | number)[]): number {
  for (let depth = path.length; depth > 0; depth -= 1) {
    const node: unknown = document.getIn(path.slice(0, depth), true);
    if (isScalar(node) && node.range) return node.range[0];
    if (isNode(node)) return node.range[0];
  }
  return 0;
}

function isNode(node: unknown): node is { readonly range: readonly [number, number, number] } {
  return typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range);
}

function item(pointer: string, detail: string, { line, col }: { line: number; col: number }): ErrorItem {
  return { pointer, code: 'LISTING_FILE', detail: `line ${line}, column ${col}: ${detail}` };
}

function refused(items: readonly ErrorItem[]): Result<never, ListingFileError> {
  const named = items.slice(0, MAX_ERRORS);
  const detail = `${items.length} fault(s); the first at ${named[0]?.detail ?? 'its beginning'}`;
  return err(listingFileErrors.LISTING_FILE_INVALID(detail, { items: named }));
}
