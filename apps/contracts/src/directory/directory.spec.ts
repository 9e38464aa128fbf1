import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  impedimentOf,
  learnParty,
  learnProduct,
  requireListed,
  requireParty,
  type DirectoryParty,
  type DirectoryProduct,
  type PartyFact,
  type ProductFact,
} from './directory.js';

const name = { en: 'A', 'zh-Hans': '甲', 'zh-Hant': '甲' };
const day = (number: number) => new Date(Date.UTC(2026, 0, number));
const profile = (roles: string[]) => ({ name, jurisdiction: 'HK' as const, roles });

const story: PartyFact[] = [
  { id: 'org_1', standing: 'registered', at: day(1), profile: profile(['buyer']) },
  { id: 'org_1', standing: 'approved', at: day(2), profile: profile(['buyer']) },
  { id: 'org_1', standing: 'suspended', at: day(3), profile: null },
  { id: 'org_1', standing: 'approved', at: day(4), profile: profile(['buyer', 'merchant']) },
];
const productStory: ProductFact[] = [
  { id: 'prd_1', merchantId: 'org_1', at: day(1), listing: { name, kind: 'api', version: 3 } },
  { id: 'prd_1', merchantId: 'org_1', at: day(2), listing: null },
];

const learnAll = (facts: PartyFact[]) =>
  facts.reduce<DirectoryParty | undefined>((known, fact) => learnParty(known, fact), undefined);
const learnAllProducts = (facts: ProductFact[]) =>
  facts.reduce<DirectoryProduct | undefined>((known, fact) => learnProduct(known, fact), undefined);

/** The story in any order, each fact one to three times. */
const mixed = <T>(facts: T[]) =>
  fc
    .tuple(...facts.map((fact) => fc.integer({ min: 1, max: 3 }).map((times) => Array<T>(times).fill(fact))))
    .map((copies) => copies.flat())
    .chain((all) => fc.shuffledSubarray(all, { minLength: all.length }));

describe('facts about organisations', () => {
  it('end the same in every order, however often they come', () => {
    fc.assert(fc.property(mixed(story), (facts) => expect(learnAll(facts)).toEqual(learnAll(story))));
  });

  it('end with the latest standing and profile', () => {
    expect(learnAll(story)).toMatchObject({ standing: 'approved', profile: { roles: ['buyer', 'merchant'] } });
    expect(learnAll(story.slice(0, 3))).toMatchObject({ standing: 'suspended', profile: { roles: ['buyer'] } });
  });

  it('let the stricter of two facts of one instant hold, whichever came first', () => {
    const approved: PartyFact = { id: 'org_1', standing: 'approved', at: day(5), profile: profile(['buyer']) };
    const suspended: PartyFact = { id: 'org_1', standing: 'suspended', at: day(5), profile: null };
    for (const facts of [
      [approved, suspended],
      [suspended, approved],
    ]) {
      expect(learnAll(facts)).toMatchObject({ standing: 'suspended', profile: { roles: ['buyer'] } });
    }
  });
});

describe('facts about products', () => {
  it('end the same in every order, however often they come', () => {
    fc.assert(
      fc.property(mixed(productStory), (facts) =>
        expect(learnAllProducts(facts)).toEqual(learnAllProducts(productStory)),
      ),
    );
    expect(learnAllProducts(productStory)).toMatchObject({ listed: false, listing: { version: 3 } });
  });

  it('let the delisting hold when both have one instant', () => {
    const listed: ProductFact = {
      id: 'prd_1',
      merchantId: 'org_1',
      at: day(2),
      listing: { name, kind: 'api', version: 3 },
    };
    const delisted: ProductFact = { id: 'prd_1', merchantId: 'org_1', at: day(2), listing: null };
    for (const facts of [
      [listed, delisted],
      [delisted, listed],
    ]) {
      expect(learnAllProducts(facts)).toMatchObject({ listed: false, listing: { version: 3 } });
    }
  });
});

describe('asking the directory', () => {
  const approved = learnAll(story.slice(0, 2));

  it('answers an approved party with its name and jurisdiction', () => {
    expect(requireParty(approved, 'org_1', 'buyer')).toEqual({
      ok: true,
      value: { id: 'org_1', name, jurisdiction: 'HK' },
    });
  });

  it.each([
    ['an unknown one', undefined, 'buyer', 'PARTY_NOT_KNOWN_YET'],
    ['one known only by its suspension', learnAll(story.slice(2, 3)), 'buyer', 'PARTY_NOT_KNOWN_YET'],
    ['a registered one', learnAll(story.slice(0, 1)), 'buyer', 'PARTY_NOT_APPROVED'],
    ['a suspended one', learnAll(story.slice(0, 3)), 'buyer', 'PARTY_NOT_APPROVED'],
    ['one without the role', approved, 'merchant', 'PARTY_NOT_APPROVED'],
  ] as const)('refuses %s', (_what, known, role, code) => {
    expect(requireParty(known, 'org_1', role)).toMatchObject({ ok: false, error: { code } });
  });

  it('names what stands against what already binds: a suspension, and nothing that is merely missing', () => {
    expect(impedimentOf(learnAll(story.slice(0, 3)))).toBe('organisation org_1 is suspended');
    for (const facts of [[], story.slice(0, 1), story.slice(0, 2), story]) {
      expect(impedimentOf(learnAll(facts))).toBeNull();
    }
  });

  it('says that waiting may help while an approval may be on its way', () => {
    const retryable = (facts: PartyFact[]) => requireParty(learnAll(facts), 'org_1', 'buyer');
    expect(retryable(story.slice(0, 1))).toMatchObject({
      error: { meta: { standing: 'registered', retryable: true } },
    });
    expect(retryable(story.slice(0, 3))).toMatchObject({
      error: { meta: { standing: 'suspended', retryable: false } },
    });
  });

  it('answers a listed product, and says which refusals waiting may mend', () => {
    expect(requireListed(learnAllProducts(productStory.slice(0, 1)), 'prd_1')).toEqual({
      ok: true,
      value: { id: 'prd_1', merchantId: 'org_1', name, kind: 'api', version: 3 },
    });
    expect(requireListed(undefined, 'prd_1')).toMatchObject({
      error: { code: 'PRODUCT_NOT_KNOWN_YET', kind: 'conflict', meta: { retryable: true } },
    });
    expect(requireListed(learnAllProducts(productStory), 'prd_1')).toMatchObject({
      error: { code: 'PRODUCT_NOT_ON_SALE' },
    });
  });
});
