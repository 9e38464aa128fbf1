import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { field } from '../../test/sample-product.js';
import { differences } from './content-diff.js';
import { schemaChanges } from './schema-diff.js';

describe('what changes from one version to the next', () => {
  it.each([
    ['a column more', [], [field({ name: 'a' })], [{ column: 'a', change: 'added', breaking: false }]],
    ['a column less', [field({ name: 'a' })], [], [{ column: 'a', change: 'removed', breaking: true }]],
    ['another type', [field()], [field({ type: 'text' })], [{ change: 'type', before: 'date', breaking: true }]],
    ['a type at last', [field({ type: null })], [field()], [{ change: 'type', before: null, breaking: false }]],
    ['another unit', [field({ unit: 'g' })], [field({ unit: 'kg' })], [{ change: 'unit', breaking: true }]],
    [
      'gaps allowed',
      [field({ nullable: false })],
      [field({ nullable: true })],
      [{ change: 'nullable', breaking: true }],
    ],
    [
      'gaps closed',
      [field({ nullable: true })],
      [field({ nullable: false })],
      [{ change: 'nullable', breaking: false }],
    ],
    ['a tag', [field()], [field({ personal: true })], [{ change: 'tags', after: 'personal', breaking: false }]],
  ] as const)('%s', (_what, before, after, changes) => {
    expect(schemaChanges(before, after)).toMatchObject(changes);
  });

  it('is nothing for the same columns in another order', () => {
    const columns = [field({ name: 'a' }), field({ name: 'b' })];
    expect(schemaChanges(columns, [...columns].reverse())).toEqual([]);
  });
});

describe('what changes from one hand-in to the next', () => {
  it('names the smallest place, with its name escaped', () => {
    const before = { a: { 'b/c': 1, '~': 2 }, list: [1, 2] };
    expect(differences(before, { a: { 'b/c': 3, '~': 2 }, list: [1] })).toEqual([
      { pointer: '/a/b~1c', before: 1, after: 3 },
      { pointer: '/list/1', before: 2, after: null },
    ]);
  });

  it('is nothing between a document and itself', () => {
    fc.assert(fc.property(fc.jsonValue(), (json) => expect(differences(json as never, json as never)).toEqual([])));
  });
});
