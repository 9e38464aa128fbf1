import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { deterministicId } from '@hetao/kernel';
import { partyKeys, type MatchableLine, type OpenItem } from './matching.js';
import { reconcile, strictRules, type MatchingRules } from './passes.js';
import { subsetsWithSum } from './subset-sum.js';

const rules: MatchingRules = { version: 'test', bankFeeMinor: { CNY: 2_500n }, roundingMinor: { CNY: 2n } };
const numberOf = (n: number): string => `HX-2015-${String(n).padStart(6, '0')}`;
const item = (n: number, amountMinor: bigint, change: Partial<OpenItem> = {}): OpenItem => ({
  kind: 'invoice',
  id: deterministicId('inv', String(n)),
  name: numberOf(n),
  period: '2015-05',
  amountMinor,
  currency: 'CNY',
  open: true,
  ...change,
});
const line = (
  n: number,
  amountMinor: bigint,
  names: readonly number[],
  change: Partial<MatchableLine> = {},
): MatchableLine => ({
  lineId: `bsl_${n}`,
  side: 'credit',
  amountMinor,
  currency: 'CNY',
  reversal: false,
  endToEndId: null,
  remittance: names.map(numberOf).join(' '),
  ...change,
});
const run = (lines: readonly MatchableLine[], items: readonly OpenItem[], by = rules) =>
  reconcile({ lines, named: new Map(items.map((one) => [one.name, one])), pool: items, rules: by });
const shown = (lines: readonly MatchableLine[], items: readonly OpenItem[], by = rules) =>
  run(lines, items, by).groups.map((group) => [
    group.pass,
    group.lines.map(({ lineId }) => lineId),
    group.items.map(({ name }) => name),
    group.differenceMinor,
  ]);

describe('the passes', () => {
  it('take what is exact before what is within tolerance, in whatever order the bank sent it', () => {
    const items = [item(1, 10_000n)];
    expect(shown([line(1, 9_900n, [1]), line(2, 10_000n, [1])], items)).toEqual([
      ['exact', ['bsl_2'], [numberOf(1)], 0n],
    ]);
  });

  it('post what a bank kept as its fee, and what was rounded, and no more than the rules allow', () => {
    const items = [item(1, 10_000n)];
    expect(run([line(1, 7_500n, [1])], items).groups).toMatchObject([
      { pass: 'tolerance', differenceMinor: 2_500n, differenceKind: 'bank_fee' },
    ]);
    expect(run([line(1, 10_002n, [1])], items).groups).toMatchObject([
      { differenceMinor: -2n, differenceKind: 'rounding' },
    ]);
    expect(shown([line(1, 7_499n, [1])], items)).toEqual([]);
    expect(shown([line(1, 10_003n, [1])], items)).toEqual([]);
    expect(shown([line(1, 9_999n, [1])], items, strictRules)).toEqual([]);
  });

  it('divide one payment among the invoices it names, when it is the only way', () => {
    expect(shown([line(1, 600n, [1, 2, 3])], [item(1, 100n), item(2, 200n), item(3, 300n)])).toEqual([
      ['one_to_many', ['bsl_1'], [1, 2, 3].map(numberOf), 0n],
    ]);
    // 100 + 200 or 300: which of them is meant?
    const ambiguous = run([line(1, 300n, [1, 2, 3])], [item(1, 100n), item(2, 200n), item(3, 300n)]);
    expect(ambiguous.groups).toEqual([]);
    expect(ambiguous.exceptions.get('bsl_1')?.reason).toBe('AMBIGUOUS_REFERENCE');
  });

  it('add up instalments, over as many lines as it takes', () => {
    const items = [item(1, 1_000n)];
    expect(shown([line(1, 300n, [1]), line(2, 300n, [1]), line(3, 400n, [1])], items, strictRules)).toEqual([
      ['many_to_one', ['bsl_1', 'bsl_2', 'bsl_3'], [numberOf(1)], 0n],
    ]);
    expect(shown([line(1, 300n, [1]), line(2, 300n, [1])], items, strictRules)).toEqual([]);
  });

  it('match many with many where they hang together and only one choice adds up', () => {
    const items = [item(1, 1_000n), item(2, 700n), item(3, 450n)];
    const lines = [line(1, 1_200n, [1, 2]), line(2, 950n, [2, 3])];
    expect(shown(lines, items)).toEqual([['many_to_many', ['bsl_1', 'bsl_2'], [1, 2, 3].map(numberOf), 0n]]);
  });

  it('leave alone what names something paid, taken, of another currency or reversed', () => {
    const items = [item(1, 100n, { open: false }), item(2, 100n), item(3, 100n, { currency: 'HKD' })];
    expect(shown([line(1, 100n, [1]), line(2, 200n, [1, 2]), line(3, 100n, [3])], items)).toEqual([]);
    expect(shown([line(1, 100n, [2], { reversal: true })], items)).toEqual([]);
    const twice = run([line(1, 100n, [2]), line(2, 100n, [2])], items);
    expect(twice.groups).toHaveLength(1);
    expect(twice.exceptions.get('bsl_2')?.reason).toBe('ALREADY_PAID');
  });

  it('suggest, and never match, what no reference says', () => {
    const parties = partyKeys('6222 0001', 'Harbour Ltd');
    const items = [item(1, 100n, { parties }), item(2, 250n, { parties }), item(3, 999n)];
    const result = run([line(1, 350n, [], { parties: partyKeys('6222-0001', null) }), line(2, 999n, [])], items);
    expect(result.groups).toEqual([]);
    expect(
      result.suggestions.map(({ lineId, ground, score, itemIds }) => [lineId, ground, score, itemIds.length]),
    ).toEqual([
      ['bsl_1', 'PAYER_ONE_CHOICE', 90, 2],
      ['bsl_2', 'AMOUNT_ALONE', 60, 1],
    ]);
  });

  it('hold at the largest amounts', () => {
    const large = 10n ** 18n;
    expect(shown([line(1, large, [1])], [item(1, large)])).toHaveLength(1);
    expect(shown([line(1, large - 1n, [1, 2])], [item(1, large - 2n), item(2, 1n)])).toHaveLength(1);
  });

  it('for any input: each line and item once, amounts meet to the unit but for a difference the rules allow, and the order of items is nothing', () => {
    const world = fc.record({
      items: fc.array(fc.bigInt(1n, 40n), { minLength: 1, maxLength: 8 }),
      lines: fc.array(fc.tuple(fc.bigInt(0n, 80n), fc.array(fc.nat(9), { maxLength: 4 })), { maxLength: 12 }),
    });
    const small: MatchingRules = { version: 't', bankFeeMinor: { CNY: 3n }, roundingMinor: { CNY: 1n } };
    fc.assert(
      fc.property(world, ({ items: amounts, lines: sent }) => {
        const items = amounts.map((amount, n) => item(n, amount));
        const lines = sent.map(([amount, names], n) => line(n, amount, names));
        const result = run(lines, items, small);
        const used = result.groups.flatMap((group) => [
          ...group.lines.map(({ lineId }) => lineId),
          ...group.items.map(({ id }) => id),
        ]);
        expect(new Set(used).size).toBe(used.length);
        const matched = result.groups.flatMap((group) => group.lines.map(({ lineId }) => lineId));
        expect([...matched, ...result.exceptions.keys()].sort()).toEqual(lines.map(({ lineId }) => lineId).sort());
        for (const group of result.groups) {
          const paid = group.lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
          const due = group.items.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
          expect(due - paid).toBe(group.differenceMinor);
          if (group.pass !== 'tolerance') expect(group.differenceMinor).toBe(0n);
          else expect(group.differenceMinor >= -1n && group.differenceMinor <= 3n).toBe(true);
        }
        const turned = run(lines, [...items].reverse(), small);
        expect(turned.groups.map(({ lines: of }) => of)).toEqual(result.groups.map(({ lines: of }) => of));
      }),
      { numRuns: 300 },
    );
  });
});

describe('the search for subsets', () => {
  it('finds what trying all of them finds', () => {
    const bounds = { maxParts: 10, maxSize: 10, maxSteps: 10_000 };
    fc.assert(
      fc.property(fc.array(fc.bigInt(1n, 20n), { maxLength: 9 }), fc.bigInt(1n, 60n), (amounts, sum) => {
        const all = Array.from({ length: 2 ** amounts.length }, (_, mask) =>
          amounts.flatMap((_amount, index) => ((mask >> index) & 1 ? [index] : [])),
        ).filter((indexes) => indexes.reduce((total, index) => total + (amounts[index] ?? 0n), 0n) === sum);
        const { found, complete } = subsetsWithSum(amounts, sum, bounds);
        expect(complete).toBe(true);
        expect(found).toHaveLength(Math.min(all.length, 2));
        for (const indexes of found) expect(all).toContainEqual(indexes);
      }),
    );
  });

  it('gives up where it could take for ever, and says so', () => {
    const amounts = Array.from({ length: 24 }, (_, n) => 2n * BigInt(n) + 1_000_000n);
    expect(subsetsWithSum(amounts, 12_000_001n, { maxParts: 24, maxSize: 12, maxSteps: 1_000 }).complete).toBe(false);
    expect(subsetsWithSum(amounts, 1n, { maxParts: 5, maxSize: 5, maxSteps: 10 })).toEqual({
      found: [],
      complete: false,
    });
  });
});
