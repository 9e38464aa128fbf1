import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EntitlementGrantedV1, EntitlementRevokedV1, OfferPublishedV2, OfferWithdrawnV1 } from '@hetao/events';
import { newId } from '@hetao/kernel';
import type { Tx } from '@hetao/persistence';
import { eventually, type TestCaller } from '@hetao/testing';
import { startCatalog, type RunningCatalog } from './running-catalog.js';
import { auditor, buyer, draft, merchantOf, operator, registration } from './sample-bodies.js';

let catalog: RunningCatalog;
let merchant: TestCaller;
let hongKong: TestCaller;

interface SearchBody {
  readonly data: readonly { id: string }[];
  readonly next_cursor: string | null;
  readonly total: number;
  readonly available: number;
  readonly corrections: readonly { typed: string; read_as: string }[];
  readonly facets?: Readonly<Record<string, readonly { value: string; count: number }[]>>;
  readonly code: string;
  readonly errors: readonly { pointer: string }[];
}

beforeAll(async () => {
  catalog = await startCatalog();
  merchant = merchantOf(await approved({}));
  hongKong = {
    ...buyer,
    organisationId: await approved({ jurisdiction: 'HK', roles: ['buyer'], home_currency: 'HKD' }),
  };
});
afterAll(() => catalog.stop());

async function approved(change: object): Promise<string> {
  const { body } = await catalog.send(operator, 'POST', '/v1/participants', { json: registration(change) });
  await catalog.send(operator, 'POST', `/v1/participants/${body.id}/approve`);
  return body.id;
}

async function drafted(word: string, change: object = {}): Promise<string> {
  const name = { en: `Herbs ${word}`, 'zh-Hans': `本草${word}`, 'zh-Hant': `本草${word}` };
  return (await catalog.send(merchant, 'POST', '/v1/products', { json: draft({ name, ...change }) })).body.id;
}

async function listed(word: string, change: object = {}): Promise<string> {
  const id = await drafted(word, change);
  await catalog.send(merchant, 'POST', `/v1/products/${id}/submit`);
  expect((await catalog.send(operator, 'POST', `/v1/products/${id}/approve`)).body.status).toBe('listed');
  return id;
}

async function search(as: TestCaller, query: string): Promise<SearchBody> {
  const { body } = await catalog.send(as, 'GET', `/v1/products?${query}`);
  return body as unknown as SearchBody;
}
const idsIn = ({ data }: SearchBody) => data.map(({ id }) => id);
const counts = (body: SearchBody, facet: string) =>
  Object.fromEntries((body.facets?.[facet] ?? []).map(({ value, count }) => [value, count]));

describe('facets', () => {
  const personal = { name: 'id', meaning: 'Number', personal: true };
  let ids: string[];
  beforeAll(async () => {
    ids = [
      await listed('alpha'),
      await listed('alpha', { kind: 'api', stored_in: 'HK' }),
      await listed('alpha', {
        kind: 'api',
        subjects_in: ['CN', 'MO'],
        fields: [personal, { ...personal, name: 'icd', sensitive: true, health: true }],
      }),
    ];
  });

  it('count what was found, and what else choosing a value would give', async () => {
    const all = await search(buyer, 'q=alpha&facets=all');
    expect([all.total, counts(all, 'kind'), counts(all, 'stored_in')]).toEqual([
      3,
      { dataset: 1, api: 2 },
      { CN: 2, HK: 1 },
    ]);
    expect(counts(all, 'sensitivity')).toEqual({ none: 2, sensitive: 1 });
    expect(counts(all, 'coverage')).toEqual({ CN: 1, MO: 1 });
    expect([counts(all, 'price'), counts(all, 'jurisdiction'), counts(all, 'certificate')]).toEqual([
      { none: 3 },
      { CN: 3 },
      { listing: 3 },
    ]);
    const chosen = await search(buyer, 'q=alpha&facets=kind,stored_in&kind=api');
    expect([chosen.total, counts(chosen, 'kind'), counts(chosen, 'stored_in')]).toEqual([
      2,
      { dataset: 1, api: 2 },
      { CN: 1, HK: 1 },
    ]);
    expect(Object.keys(chosen.facets ?? {})).toEqual(['kind', 'stored_in']);
  });

  it('narrow, several values of one as either, several of them as both', async () => {
    expect(idsIn(await search(buyer, 'q=alpha&kind=api,dataset&stored_in=HK'))).toEqual([ids[1]]);
    expect(idsIn(await search(buyer, 'q=alpha&coverage=MO'))).toEqual([ids[2]]);
    expect((await search(buyer, 'q=alpha&kind=model')).total).toBe(0);
  });

  it('that do not exist are refused with what does', async () => {
    const { status, body } = await catalog.send(buyer, 'GET', '/v1/products?industry=Z');
    expect([status, body.errors.map(({ pointer }) => pointer)]).toEqual([422, ['/industry']]);
    expect((await catalog.send(buyer, 'GET', '/v1/products?facets=colour')).status).toBe(422);
  });
});

describe('what is shown to whom', () => {
  it('is the draft to its merchant and the exchange, and to nobody else', async () => {
    const id = await drafted('secretum');
    for (const as of [merchant, operator, auditor]) expect(idsIn(await search(as, 'q=secretum'))).toEqual([id]);
    for (const as of [buyer, merchantOf('org_other')]) expect(idsIn(await search(as, 'q=secretum'))).toEqual([]);
    expect(idsIn(await search(merchant, 'status=listed&q=secretum'))).toEqual([]);
  });

  it('changes with the change itself, not later', async () => {
    const id = await listed('ephemeris');
    expect(idsIn(await search(buyer, 'q=ephemeris&status=listed'))).toEqual([id]);
    await catalog.send(merchant, 'POST', `/v1/products/${id}/delist`, { json: { reason: 'done' } });
    expect(idsIn(await search(buyer, 'q=ephemeris&status=listed'))).toEqual([]);
    expect(idsIn(await search(buyer, 'q=ephemeris&status=delisted'))).toEqual([id]);
  });

  it('is found at once, however many change and ask at the same time', async () => {
    const words = Array.from({ length: 12 }, (_, at) => `raced${'abcdefghijkl'[at]}`);
    const found = await Promise.all(
      words.map(async (word) => {
        const id = await drafted(word);
        return idsIn(await search(merchant, `q=${word}`))[0] === id;
      }),
    );
    expect(found).toEqual(words.map(() => true));
  });
});

describe('pages', () => {
  it('give every product once, in one order, by whatever sort', async () => {
    const ids = [];
    for (let at = 0; at < 5; at += 1) ids.push(await listed('paginated'));
    for (const sort of ['relevance', 'newest', 'listed', 'price', '-price', 'standing']) {
      const seen: string[] = [];
      for (let cursor = ''; ;) {
        const page = await search(buyer, `q=paginated&sort=${sort}&limit=2${cursor}`);
        seen.push(...idsIn(page));
        if (page.next_cursor === null) break;
        cursor = `&cursor=${page.next_cursor}`;
      }
      expect([...seen].sort()).toEqual([...ids].sort());
    }
  });

  it('go on only with the question they began with', async () => {
    const { next_cursor: cursor } = await search(buyer, 'q=paginated&limit=2');
    expect((await search(buyer, `q=alpha&limit=2&cursor=${cursor}`)).code).toBe('CURSOR_INVALID');
  });
});

describe('slips of the keyboard', () => {
  it('are mended and told', async () => {
    const id = await listed('parsimonious');
    const mended = await search(buyer, 'q=parsimonoius');
    expect(idsIn(mended)).toEqual([id]);
    expect(mended.corrections).toEqual([{ typed: 'parsimonoius', read_as: 'parsimonious' }]);
  });

  it.each(['%25', '_', '%5C', '%00', '%F0%9F%92%8A', "'%3B--", '（）', '　'])('%s breaks nothing', async (q) => {
    const { status } = await catalog.send(buyer, 'GET', `/v1/products?q=${q}`);
    expect([200, 422]).toContain(status);
  });
});

describe('what is on offer', () => {
  const offer = (productId: string, change: { readonly buyerId?: string } = {}) => ({
    offerId: newId('off'),
    productId,
    merchantId: merchant.organisationId ?? '',
    plan: {
      currency: 'HKD' as const,
      components: [{ kind: 'flat' as const, id: 'fee', amount: '500' }],
      fee: { exchangeBps: 0, channelBps: 0 },
      tax: { jurisdiction: 'HK' as const, rateBps: 0, mode: 'exclusive' as const },
    },
    policy: { purposes: ['research'], placesOfUse: ['HK' as const], onwardUse: false, retentionDays: null },
    validUntil: '2026-06-01T00:00:00.000Z',
    publishedAt: '2026-03-01T00:00:00.000Z',
    ...{
      productVersion: 1,
      buyerId: null,
      channelPartnerId: null,
      timeZone: 'Asia/Hong_Kong',
      quota: null,
      renewal: null,
    },
    ...{ termFrom: '2026-03-01T00:00:00.000Z', termUntil: '2027-03-01T00:00:00.000Z', noticeDays: 30 },
    ...change,
  });
  const publish = (state: (tx: Tx) => void) => catalog.service.uow.run((tx) => Promise.resolve(state(tx)));

  it('gives a price band, and is available where its policy lets it be used, until it ends or is withdrawn', async () => {
    const id = await listed('offered');
    expect((await search(hongKong, 'q=offered')).available).toBe(0);
    await publish((tx) => tx.append(OfferPublishedV2, offer(id, { buyerId: 'org_one' })));
    const first = offer(id);
    await publish((tx) => tx.append(OfferPublishedV2, first));
    await eventually(async () =>
      expect(counts(await search(hongKong, 'q=offered&facets=price'), 'price')).toEqual({ under_1000: 1 }),
    );
    expect(idsIn(await search(hongKong, 'q=offered&available=true'))).toEqual([id]);
    expect(idsIn(await search(merchant, 'q=offered&available=true'))).toEqual([]);
    const withdrawn = {
      offerId: first.offerId,
      productId: id,
      merchantId: first.merchantId,
      withdrawnAt: '2026-03-02T00:00:00.000Z',
    };
    await publish((tx) => tx.append(OfferWithdrawnV1, withdrawn));
    await eventually(async () => expect((await search(hongKong, 'q=offered')).available).toBe(0));
  });

  it('is available to who has a right to it, as long as he has', async () => {
    const id = await listed('entitled');
    const entitlement = {
      ...{
        entitlementId: newId('ent'),
        agreementId: newId('agr'),
        productId: id,
        merchantId: merchant.organisationId ?? '',
      },
      ...{ buyerId: hongKong.organisationId ?? '', meters: [], quota: null, purposes: ['research'] },
      ...{
        validFrom: '2026-01-01T00:00:00.000Z',
        validUntil: '2026-12-01T00:00:00.000Z',
        grantedAt: '2026-01-01T00:00:00.000Z',
      },
    };
    await publish((tx) => tx.append(EntitlementGrantedV1, entitlement));
    await eventually(async () => expect((await search(hongKong, 'q=entitled')).available).toBe(1));
    expect((await search(merchant, 'q=entitled')).available).toBe(0);
    const revoked = {
      entitlementId: entitlement.entitlementId,
      agreementId: entitlement.agreementId,
      reason: 'ended',
      revokedAt: '2026-03-01T00:00:00.000Z',
    };
    await publish((tx) => tx.append(EntitlementRevokedV1, revoked));
    await eventually(async () => expect((await search(hongKong, 'q=entitled')).available).toBe(0));
  });
});

describe('a saved search', () => {
  const save = (as: TestCaller, json: object) => catalog.send(as, 'POST', '/v1/saved-searches', { json });

  it('tells its owner of what comes on the market, once a version, in any script', async () => {
    const { status, body } = await save(buyer, { name: 'Herbs', criteria: { q: '草藥 novissima', kind: 'api' } });
    expect(status).toBe(201);
    await listed('novissima 草药');
    const id = await listed('novissima 草药', { kind: 'api' });
    const alerts = () => catalog.send(buyer, 'GET', `/v1/saved-searches/${body.id}/alerts`);
    await eventually(async () =>
      expect((await alerts()).body.data).toMatchObject([{ product_id: id, product_version: 1 }]),
    );
    expect(await catalog.published(body.id)).toMatchObject([
      {
        type: 'hetao.catalog.saved-search-matched.v1',
        data: { productId: id, organisationId: buyer.organisationId, keptBy: buyer.subject },
      },
    ]);
    const { body: mine } = await catalog.send(buyer, 'GET', '/v1/saved-searches');
    expect(mine.data).toMatchObject([{ name: 'Herbs', criteria: { q: '草藥 novissima', kind: 'api' }, alerts: 1 }]);
  });

  it("is nobody else's, and gone when it is forgotten", async () => {
    const { body } = await save(buyer, { name: 'Mine', criteria: { q: 'herbs' } });
    for (const path of [`/v1/saved-searches/${body.id}/alerts`]) {
      expect((await catalog.send(hongKong, 'GET', path)).status).toBe(404);
    }
    const remove = (as: TestCaller) =>
      catalog.send(as, 'DELETE', `/v1/saved-searches/${body.id}`).then(
        ({ status }) => status,
        () => 204,
      );
    expect([await remove(hongKong), await remove(buyer), await remove(buyer)]).toEqual([404, 204, 404]);
  });

  it.each([
    [{ name: 'Nothing', criteria: {} }],
    [{ name: '', criteria: { q: 'herbs' } }],
    [{ name: 'Odd', criteria: { colour: 'red' } }],
  ])('of %j is refused', async (json) => expect((await save(buyer, json)).status).toBe(422));

  it('is one of at most fifty a person', async () => {
    const collector: TestCaller = { ...buyer, subject: 'usr_collector' };
    const answers = await Promise.all(
      Array.from({ length: 52 }, (_, at) => save(collector, { name: `n${at}`, criteria: { q: 'x' } })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([...Array.from({ length: 50 }, () => 201), 409, 409]);
  });
});

describe('similar products', () => {
  it('are those that share the rarer names, and listed', async () => {
    const id = await listed('ginseng roots of Jilin');
    const like = await listed('ginseng leaves of Jilin');
    const farther = await listed('ginseng candy');
    await drafted('ginseng roots of Jilin again');
    const { body } = await catalog.send(buyer, 'GET', `/v1/products/${id}/similar?limit=2`);
    expect(body.data.map((product) => product.id)).toEqual([like, farther]);
    expect((await catalog.send(buyer, 'GET', `/v1/products/${newId('prd')}/similar`)).status).toBe(404);
  });
});
