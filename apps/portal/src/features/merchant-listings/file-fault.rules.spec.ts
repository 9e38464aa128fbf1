import { describe, expect, it } from '@jest/globals';
import { parseDocument } from 'yaml';
import { z } from 'zod';
import { faults } from '../../locales/zh-Hans/problems/faults.js';
import { readFileFault } from './file-fault.rules.js';

const at = (own: string) => readFileFault(`line 12, column 3: ${own}`);

/** What the catalog's reader of YAML says first of a text (apps/catalog/src/listing-file). */
function wordOf(text: string): string | undefined {
  const [error] = parseDocument(text, { uniqueKeys: true, strict: true, version: '1.2' }).errors;
  return at(error?.message.split('\n')[0] ?? '')?.said?.word;
}

/** What a schema says first of a value, by its kind. */
const kindOf = (schema: z.ZodType, value: unknown) => at(schema.safeParse(value).error?.issues[0]?.message ?? '')?.kind;

describe('a fault of a listing.yaml', () => {
  it('is told with its line and column', () => {
    expect(at('must have 4 cells')).toEqual({
      line: '12',
      column: '3',
      own: 'must have 4 cells',
      said: { word: 'cells', values: { cells: '4' } },
      kind: undefined,
    });
  });

  it.each([
    ['a: 1\na: 2', 'sameKeyTwice'],
    ['a: b: c', 'nestedMapping'],
    ['a:\n\t- 1', 'tab'],
    ['a:\n  b: 1\n c: 2', 'sameColumn'],
    ['a: "b', 'quoteOpen'],
    ["a: 'b", 'quoteOpen'],
    ['a: [1, 2', 'bracketOpen'],
    ['{ a: 1', 'bracketOpen'],
    ['a\nb: 1', 'keyInOneLine'],
    ['a: 1\nb', 'valueMissing'],
    ['a: @b', 'plainStart'],
  ])('of YAML itself is told in words: %j', (text, word) => {
    expect(wordOf(text)).toBe(word);
  });

  it('of the schema is the kind that forms tell as well', () => {
    const kinds = [
      kindOf(z.string(), undefined),
      kindOf(z.string(), 1),
      kindOf(z.literal('a'), 'b'),
      kindOf(z.enum(['a', 'b']), 'c'),
      kindOf(z.string().max(3), 'long'),
      kindOf(z.array(z.string()).min(1), []),
      kindOf(z.iso.date(), 'today'),
      kindOf(z.iso.duration(), 'daily'),
    ];
    expect(kinds).toEqual([
      ...['REQUIRED', 'INVALID_TYPE', 'INVALID_VALUE', 'INVALID_VALUE', 'TOO_BIG', 'TOO_SMALL'],
      ...['INVALID_FORMAT', 'INVALID_FORMAT'],
    ]);
    expect(kinds.filter((kind) => kind === undefined || !(kind in faults))).toEqual([]);
    expect(at(z.strictObject({}).safeParse({ a: 1, b: 2 }).error?.issues[0]?.message ?? '')?.said).toEqual({
      word: 'unknownKeys',
      values: { keys: '"a", "b"' },
    });
  });

  it('that nobody here knows keeps its own words', () => {
    expect(at('is too new')).toMatchObject({ own: 'is too new', said: undefined, kind: undefined });
    expect(readFileFault('The file is lost.')).toBeUndefined();
  });
});
