import { describe, expect, it } from '@jest/globals';
import { canonicalJson, currencies, jurisdictions, type LocalizedText } from '@hetao/kernel';
import { calendarAt } from './calendar.js';
import type { DealState } from './seed-types.js';
import { offerBody } from './offer-body.js';
import { HEARTBEAT_PRODUCT } from './heartbeat.js';
import { demoWorld, STORY_PRODUCT } from './world.js';

const world = demoWorld();
const repeated = (values: readonly string[]) => values.filter((value, at) => values.indexOf(value) !== at);
const withRole = (role: string) => world.organisations.filter((one) => one.registration.roles.includes(role));
const byKey = <T extends { readonly key: string }>(rows: readonly T[]) => new Map(rows.map((row) => [row.key, row]));

describe('the demo world', () => {
  it('is the same every time', () => {
    expect(JSON.stringify(demoWorld())).toBe(JSON.stringify(world));
  });

  it('has 35 approved merchants over all jurisdictions and the exchange itself; buyers, channel partners, an auditor', () => {
    const approved = withRole('merchant').filter((one) => one.standing === 'approved');
    expect(approved).toHaveLength(35 + 1);
    expect(new Set(approved.map((one) => one.registration.jurisdiction))).toEqual(new Set(jurisdictions));
    expect(withRole('buyer').length).toBeGreaterThanOrEqual(8);
    expect(withRole('channel')).toHaveLength(3);
    expect(withRole('auditor')).toHaveLength(1);
    expect(new Set(world.organisations.map((one) => one.standing))).toEqual(
      new Set(['registered', 'approved', 'suspended']),
    );
  });

  it('lets every approved merchant and buyer sign in, and shows one of each on the sign-in page', () => {
    const trading = world.organisations.filter(
      (one) => one.standing === 'approved' && /merchant|buyer/.test(String(one.registration.roles)),
    );
    expect(trading.every((one) => one.member?.email === `${one.member?.persona}@${one.slug}.hetao.demo`)).toBe(true);
    const cards = world.organisations.flatMap((one) => (one.member?.onCard ? one.member.email : []));
    expect(cards).toEqual(['merchant@lingnan.hetao.demo', 'buyer@university.hetao.demo']);
  });

  it('calls nothing by a name that something else has', () => {
    expect(repeated(world.organisations.map((one) => one.slug))).toEqual([]);
    for (const language of ['en', 'zh-Hans', 'zh-Hant'] as const) {
      expect(repeated(world.organisations.map((one) => one.registration.name[language]))).toEqual([]);
      expect(repeated(world.products.map((one) => one.draft.name[language]))).toEqual([]);
    }
    expect(repeated(world.offers.map((one) => one.key))).toEqual([]);
    expect(repeated(world.deals.map((one) => one.key))).toEqual([]);
    expect(repeated(world.offers.map((one) => canonicalJson([one.product, one.plan])))).toEqual([]);
  });

  it('says everything in three languages, each in its own script', () => {
    const texts: LocalizedText[] = [
      ...world.organisations.map((one) => one.registration.name),
      ...world.products.flatMap(({ draft }) => [draft.name, draft.description]),
    ];
    for (const text of texts) {
      expect(text.en).toMatch(/^[\p{Script=Latin}\p{N}\p{P}\p{S} ]{3,}$/u);
      expect(text['zh-Hans']).toMatch(/\p{Script=Han}/u);
      expect(text['zh-Hant']).toMatch(/\p{Script=Han}/u);
    }
  });

  // Each pair is written differently in the two scripts; one in the wrong text is a slip of the pen.
  it.each([
    ['zh-Hans', /[數據產質與價險際該實進這應為們]|資料|網絡|軟件/u],
    ['zh-Hant', /[数据产质与价险际该实进这应为们]|资料|网络|软件/u],
  ] as const)('has no word of the other script in %s', (language, foreign) => {
    const texts = [
      ...world.organisations.map((one) => one.registration.name),
      ...world.products.flatMap(({ draft }) => [draft.name, draft.description]),
    ];
    expect(texts.map((text) => text[language]).filter((text) => foreign.test(text))).toEqual([]);
  });

  it('shows a TCM dataset first, and labels everything about health as synthetic', () => {
    const [first] = world.products;
    expect(first?.key).toBe(STORY_PRODUCT);
    const patients = world.products.filter(({ draft }) =>
      /patient|people followed|claims|chest|notes/i.test(draft.description.en),
    );
    expect(patients.length).toBeGreaterThanOrEqual(4);
    for (const { draft } of patients) {
      expect(`${draft.name.en} ${draft.description.en}`).toMatch(/synthetic.*SYNTHETIC DATA/s);
      expect(`${draft.name['zh-Hans']}${draft.description['zh-Hans']}`).toMatch(/合成数据.*合成数据/s);
      expect(`${draft.name['zh-Hant']}${draft.description['zh-Hant']}`).toMatch(/合成數據.*合成數據/s);
    }
  });

  it('has products in every state and of every kind', () => {
    const states = new Set(world.products.map((one) => one.listing.state));
    expect(states).toEqual(new Set(['draft', 'submitted', 'returned', 'listed', 'delisted']));
    const kinds = new Set(world.products.map((one) => one.draft.kind));
    expect(kinds).toEqual(new Set(['dataset', 'api', 'report', 'tool', 'model', 'compute']));
    expect(world.products.length).toBeGreaterThanOrEqual(50);
  });
});

describe('the offers of the demo world', () => {
  const listed = new Set(world.products.flatMap((one) => (one.listing.state === 'listed' ? one.key : [])));

  it('are for listed products, and name channel partners that exist', () => {
    expect(world.offers.filter((one) => !listed.has(one.product))).toEqual([]);
    const partners = new Set(withRole('channel').map((one) => one.slug));
    const named = world.offers.flatMap((one) => one.seed.channel?.partner ?? []);
    expect(new Set(named)).toEqual(partners);
  });

  it('use every kind of price, quotas, and every currency', () => {
    const kinds = world.offers.flatMap(({ plan }) =>
      plan.components.map((price) => (price.kind === 'tiered' ? price.mode : price.kind)),
    );
    expect(new Set(kinds)).toEqual(new Set(['flat', 'per_unit', 'graduated', 'volume']));
    expect(new Set(world.offers.map(({ plan }) => plan.currency))).toEqual(new Set(currencies));
    expect(world.offers.some(({ seed }) => seed.quota !== undefined)).toBe(true);
    expect(world.offers.some(({ seed }) => seed.withdrawn)).toBe(true);
  });

  it('hold for terms that begin before they end and are not over when they are made', () => {
    for (const now of [
      '2026-11-22T10:00:00Z',
      '2026-12-31T15:59:59Z',
      '2027-01-01T00:00:00Z',
      '2028-02-29T20:00:00Z',
    ]) {
      const nowMs = Date.parse(now);
      for (const offer of world.offers) {
        const body = offerBody(
          offer,
          { productId: 'prd', channelPartnerId: null },
          { calendar: calendarAt(nowMs), nowMs },
        );
        expect(Date.parse(body.valid_until)).toBeGreaterThan(nowMs);
        expect(Date.parse(body.term.until)).toBeGreaterThan(Math.max(nowMs, Date.parse(body.term.from)));
      }
    }
  });
});

describe('the deals of the demo world', () => {
  const offers = byKey(world.offers);

  it('are in every state', () => {
    const states: Record<DealState, true> = {
      requested: true,
      request_declined: true,
      request_withdrawn: true,
      request_expired: true,
      unsigned: true,
      signed_by_merchant: true,
      signed_by_buyer: true,
      lapsed: true,
      concluded: true,
      in_force: true,
      expired: true,
      ended_by_buyer: true,
      ended_by_merchant: true,
      terminated: true,
    };
    expect(new Set(world.deals.map((one) => one.state))).toEqual(new Set(Object.keys(states)));
  });

  it('ask for what their offer allows, from a buyer who exists', () => {
    const buyers = new Set(withRole('buyer').map((one) => one.slug));
    for (const deal of world.deals) {
      const seed = offers.get(deal.offer)?.seed;
      expect([deal.key, seed?.purposes.includes(deal.purpose), seed?.places.includes(deal.place)]).toEqual([
        deal.key,
        true,
        true,
      ]);
      expect(buyers.has(deal.buyer)).toBe(true);
    }
  });

  it('that give access are used, save the heartbeat, whose calls are real; with meters their plan prices or that are always counted', () => {
    const giving = world.deals.filter((one) => /^(in_force|ended|terminated|expired)/.test(one.state));
    expect(giving.length).toBeGreaterThanOrEqual(20);
    for (const deal of giving) {
      const priced = offers.get(deal.offer)?.plan.components.flatMap((price) => ('meter' in price ? price.meter : []));
      const further = Object.keys(deal.usage?.perCall ?? {});
      expect([deal.key, deal.usage !== undefined]).toEqual([deal.key, deal.product !== HEARTBEAT_PRODUCT]);
      expect(further.filter((meter) => !priced?.includes(meter))).toEqual([]);
    }
  });

  it('say why they were declined, ended or terminated', () => {
    const explained = world.deals.filter((one) => /declined|ended|terminated|lapsed/.test(one.state));
    expect(explained.filter((one) => !one.reason)).toEqual([]);
  });

  it('leave one payment short, some invoices open, and pay the others', () => {
    const owed = world.deals.filter((one) => one.usage !== undefined && one.state !== 'expired');
    expect(owed.filter((one) => one.payment === 'underpaid')).toHaveLength(1);
    expect(owed.filter((one) => one.payment === undefined).length).toBeGreaterThanOrEqual(3);
    expect(owed.filter((one) => one.payment === 'paid').length).toBeGreaterThanOrEqual(12);
    const paidIn = owed.flatMap((one) => (one.payment === 'paid' ? (offers.get(one.offer)?.plan.currency ?? []) : []));
    expect(new Set(paidIn)).toEqual(new Set(currencies));
  });
});
