import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { jurisdictions } from '@hetao/kernel';
import { Bitmap } from './bitmap.js';
import { facetNames, facetValues, labelsOf, maskOf, type FacetFacts, type FacetName } from './facets.js';
import { IndexColumns, type IndexRow } from './index-columns.js';
import { placeIn, search, sorts, type Asker, type Narrowing, type Place, type Sort } from './search.js';

const anyValues = (name: FacetName) => fc.subarray([...facetValues[name]] as string[], { maxLength: 2 });
const anyFacts: fc.Arbitrary<FacetFacts> = fc.record(
  Object.fromEntries(facetNames.map((name) => [name, anyValues(name)])) as Record<FacetName, fc.Arbitrary<string[]>>,
);
const anyDocument = fc.record({
  facts: anyFacts,
  merchantId: fc.constantFrom('org_a', 'org_b'),
  status: fc.constantFrom('draft', 'listed', 'delisted'),
  standing: fc.nat(3),
  entryPrice: fc.option(fc.nat(3).map(String)),
  listedAt: fc.option(fc.nat(3).map((day) => new Date(day * 86_400_000))),
  openTo: fc.subarray(['CN', 'HK']),
  found: fc.boolean(),
  points: fc.nat(2),
});
type Document = ReturnType<typeof rowOf> & { facts: FacetFacts; found: boolean; points: number };

function rowOf(
  { facts, ...document }: { facts: FacetFacts } & Omit<IndexRow, 'ordinal' | 'productId' | 'isPublic' | 'facets'>,
  at: number,
): IndexRow {
  return {
    ...document,
    ordinal: at + 1,
    productId: `prd_${at + 1}`,
    isPublic: document.status !== 'draft',
    facets: labelsOf(facts).join(' '),
  };
}

/** What the answer must be, said without masks, bits and heaps. */
function plainly(documents: readonly Document[], ask: Ask) {
  const { narrowing, asker, chosen } = ask;
  const mayUse = ({ openTo, ordinal }: Document) => openTo.includes('HK') || ordinal === ENTITLED;
  const shown = documents.filter(
    (document) =>
      (!ask.words || document.found) &&
      (asker.seesEverything || document.isPublic || document.merchantId === asker.organisationId) &&
      (narrowing.status === undefined || document.status === narrowing.status) &&
      (narrowing.merchantId === undefined || document.merchantId === narrowing.merchantId),
  );
  const fits = (document: Document, name: FacetName) =>
    (chosen[name] ?? []).length === 0 || document.facts[name].some((value) => chosen[name]?.includes(value));
  const hits = shown.filter((document) => facetNames.every((name) => fits(document, name)));
  const counted = (name: FacetName, value: string) =>
    shown.filter(
      (document) =>
        (!narrowing.availableOnly || mayUse(document)) &&
        facetNames.every((other) => other === name || fits(document, other)) &&
        document.facts[name].includes(value),
    ).length;
  return {
    ordinals: hits.filter((document) => !narrowing.availableOnly || mayUse(document)).map(({ ordinal }) => ordinal),
    available: hits.filter(mayUse).length,
    counts: Object.fromEntries(
      facetNames.map((name) => [name, facetValues[name].map((value) => counted(name, value))]),
    ),
  };
}

const ENTITLED = 2;
interface Ask {
  readonly narrowing: Narrowing;
  readonly asker: Asker;
  readonly chosen: Partial<Record<FacetName, readonly string[]>>;
  readonly words: boolean;
  readonly sort: Sort;
}
const anyAsk: fc.Arbitrary<Ask> = fc
  .record({
    chosen: fc.record(
      { kind: anyValues('kind'), delivery: anyValues('delivery'), price: anyValues('price') },
      { requiredKeys: [] },
    ),
    status: fc.constantFrom(undefined, 'listed'),
    merchantId: fc.constantFrom(undefined, 'org_a'),
    availableOnly: fc.boolean(),
    seesEverything: fc.boolean(),
    words: fc.boolean(),
    sort: fc.constantFrom(...sorts),
  })
  .map(({ chosen, status, merchantId, availableOnly, seesEverything, words, sort }) => {
    const masks = Object.entries(chosen).map(
      ([name, values]) => [name as FacetName, maskOf(name as FacetName, values)] as const,
    );
    const entitled = new Bitmap();
    entitled.put(ENTITLED, true);
    return {
      narrowing: { facets: new Map(masks), status, merchantId, availableOnly },
      asker: { seesEverything, organisationId: 'org_b', place: 'HK', entitled },
      chosen,
      words,
      sort,
    };
  });

describe('a search', () => {
  it('finds, counts and pages what a plain reading of the rows gives', () => {
    fc.assert(
      fc.property(
        fc.array(anyDocument, { maxLength: 25 }),
        anyAsk,
        fc.integer({ min: 1, max: 4 }),
        (drawn, ask, limit) => {
          const documents: Document[] = drawn.map((document, at) => ({ ...document, ...rowOf(document, at) }));
          const columns = new IndexColumns();
          const found = new Bitmap();
          for (const document of documents) {
            columns.put(document);
            found.put(document.ordinal, document.found);
          }
          const matches = {
            found: ask.words ? found : undefined,
            rank: (ordinal: number) => documents[ordinal - 1]?.points ?? 0,
          };
          const expected = plainly(documents, ask);
          const places: Place[] = [];
          for (let after: Place | undefined; ; after = places.at(-1)) {
            const page = search(columns, matches, { ...ask, after, limit });
            expect(page).toMatchObject({
              total: expected.ordinals.length,
              available: expected.available,
              counts: expected.counts,
            });
            places.push(...page.hits.map(({ place }) => place));
            if (page.hits.length < limit) break;
          }
          expect(places.map(([, , ordinal]) => ordinal).sort((a, b) => a - b)).toEqual(expected.ordinals);
          expect(places).toEqual([...places].sort((a, b) => b[0] - a[0] || b[1] - a[1] || b[2] - a[2]));
        },
      ),
      { numRuns: 400 },
    );
  });

  it('reads the place of a cursor', () => {
    expect(placeIn(['5', 2, 7])).toEqual([5, 2, 7]);
    expect(placeIn(undefined)).toBeUndefined();
  });
});

describe('facets', () => {
  it('have at most 32 values, one bit each', () => {
    for (const name of facetNames) expect(facetValues[name].length).toBeLessThanOrEqual(32);
    expect(facetValues.jurisdiction).toEqual(jurisdictions);
  });
});

describe('a bitmap', () => {
  it('is a set of numbers', () => {
    const members = fc.uniqueArray(fc.nat(500), { maxLength: 60 });
    const bitmapOf = (numbers: readonly number[]) =>
      Bitmap.of(Buffer.concat(numbers.map((n) => Buffer.from(Uint32Array.of(n).buffer).swap32())));
    const listOf = (bitmap: Bitmap) => {
      const list: number[] = [];
      bitmap.forEach((member) => list.push(member));
      return list;
    };
    fc.assert(
      fc.property(members, members, (one, other) => {
        const [a, b] = [bitmapOf(one), bitmapOf(other)];
        const sorted = (numbers: number[]) => numbers.sort((x, y) => x - y);
        expect(listOf(a)).toEqual(sorted([...one]));
        expect(a.count).toBe(one.length);
        expect(listOf(Bitmap.intersection([a, b]))).toEqual(sorted(one.filter((member) => other.includes(member))));
        expect(listOf(Bitmap.union([a, b]))).toEqual(sorted([...new Set([...one, ...other])]));
        expect(a.countWith(b)).toBe(one.filter((member) => other.includes(member)).length);
        const down: number[] = [];
        a.forEachDown((member) => down.push(member) < 10);
        expect(down).toEqual(
          sorted([...one])
            .reverse()
            .slice(0, 10),
        );
        for (const member of one) a.put(member, false);
        expect(a.isEmpty).toBe(true);
      }),
    );
  });
});
