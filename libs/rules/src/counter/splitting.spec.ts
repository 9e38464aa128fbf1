import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { findSplitting, volumeThresholds, type DeclaredPart, type SplittingRule } from './splitting.js';
import { splittingRules } from './splitting-rules.js';

const part = (declarationId: string, persons: number, change: Partial<DeclaredPart> = {}): DeclaredPart => ({
  ...{ declarationId, persons, exporterId: 'org_a', recipientId: 'org_r', purpose: 'academic', productId: null },
  ...{ fields: ['age', 'pattern'], on: '2026-03-02' },
  ...change,
});
const found = (parts: readonly DeclaredPart[], groups: Readonly<Record<string, string>> = {}) =>
  findSplitting(parts, splittingRules, volumeThresholds.sensitive, (id) => groups[id] ?? null).map(({ rule }) => rule);

describe('splitting', () => {
  it('is suspected where parts below a threshold reach it together, with the parts as evidence', () => {
    const parts = [part('a', 6_000), part('b', 4_000, { purpose: 'trade', on: '2026-05-01' })];
    expect(findSplitting(parts, splittingRules, [10_000])).toEqual([
      {
        ...{ rule: 'SPLIT-RECIPIENT', threshold: 10_000, persons: 10_000, from: '2026-03-02', until: '2026-05-01' },
        ...{ fieldsInCommon: ['age', 'pattern'], parts },
      },
    ]);
  });
  it('is not suspected below, nor for the part that reaches the threshold by itself', () => {
    expect(found([part('a', 6_000), part('b', 3_999)])).toEqual([]);
    expect(found([part('a', 10_000), part('b', 9_000)])).toEqual([]);
    expect(found([part('a', 9_999)])).toEqual([]);
  });
  it('is seen for one purpose over several recipients only where the fields are the same', () => {
    const elsewhere = { recipientId: 'org_s', on: '2026-09-01' };
    expect(found([part('a', 6_000), part('b', 6_000, elsewhere)])).toEqual(['SPLIT-PURPOSE']);
    expect(found([part('a', 6_000), part('b', 6_000, { ...elsewhere, fields: ['age', 'price'] })])).toEqual([]);
  });
  it('is seen just under the threshold within 90 days, whatever the data', () => {
    const other = { recipientId: 'org_s', purpose: 'trade', fields: ['x'] };
    expect(found([part('a', 9_900), part('b', 8_000, { ...other, on: '2026-05-31' })])).toEqual(['SPLIT-JUST-UNDER']);
    expect(found([part('a', 9_900), part('b', 8_000, { ...other, on: '2026-06-01' })])).toEqual([]);
    expect(found([part('a', 9_900), part('b', 7_999, other)])).toEqual([]);
  });
  it('is seen over related exporters, and over strangers never', () => {
    const parts = [part('a', 6_000), part('b', 6_000, { exporterId: 'org_b' })];
    expect(found(parts)).toEqual([]);
    expect(found(parts, { org_a: 'g', org_b: 'g' })).toEqual(['SPLIT-RELATED', 'SPLIT-RELATED-FIELDS']);
    expect(found(parts, { org_a: 'g', org_b: 'h' })).toEqual([]);
  });
  it('is not seen where one product goes to several: they are the same people, and counted when they are delivered', () => {
    const product = { productId: 'prd_1' };
    const [one, other] = [part('a', 8_000, product), part('b', 8_000, { ...product, recipientId: 'org_s' })];
    expect(found([one, other])).toEqual([]);
    expect(found([one, other, part('c', 2_000, { productId: 'prd_2' })])).toEqual(['SPLIT-RECIPIENT', 'SPLIT-PURPOSE']);
  });
  it('names the highest threshold that is reached', () => {
    const parts = Array.from({ length: 12 }, (_, at) => part(`p${at}`, 90_000));
    const [first] = findSplitting(parts, splittingRules, volumeThresholds.general);
    expect(first).toMatchObject({ threshold: 1_000_000, persons: 1_080_000 });
  });

  const rule = splittingRules[0] as SplittingRule;
  const arbitrary = fc.record({
    persons: fc.nat(12_000),
    day: fc.integer({ min: 1, max: 28 }),
    month: fc.integer({ min: 1, max: 12 }),
    recipientId: fc.constantFrom('org_r', 'org_s'),
  });
  it('finds exactly what a search over all spans of days finds', () => {
    fc.assert(
      fc.property(fc.array(arbitrary, { maxLength: 12 }), fc.integer({ min: 0, max: 120 }), (drawn, withinDays) => {
        const pad = (value: number): string => String(value).padStart(2, '0');
        const parts = drawn.map(({ day, month, ...rest }, at) =>
          part(`p${at}`, rest.persons, { recipientId: rest.recipientId, on: `2026-${pad(month)}-${pad(day)}` }),
        );
        const days = (date: string): number => Date.parse(date) / 86_400_000;
        const reached = ['org_r', 'org_s'].filter((recipient) => {
          const own = parts.filter(
            ({ recipientId, persons }) => recipientId === recipient && persons > 0 && persons < 10_000,
          );
          return own.some(({ on: first }) => {
            const span = own.filter(({ on }) => days(on) >= days(first) && days(on) - days(first) <= withinDays);
            return span.length >= 2 && span.reduce((sum, { persons }) => sum + persons, 0) >= 10_000;
          });
        });
        const seen = findSplitting(parts, [{ ...rule, withinDays }], [10_000]).map(
          ({ parts: [one] }) => one?.recipientId,
        );
        expect(seen.sort()).toEqual(reached);
      }),
    );
  });
});
