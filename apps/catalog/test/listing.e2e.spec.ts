import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '@hetao/kernel';
import type { TestCaller } from '@hetao/testing';
import { startCatalog, type Answer, type RunningCatalog } from './running-catalog.js';
import { auditor, buyer, draft, merchantOf, operator, registration } from './sample-bodies.js';

let catalog: RunningCatalog;
let merchant: TestCaller;
let merchantId: string;

beforeAll(async () => {
  catalog = await startCatalog();
});
afterAll(() => catalog.stop());
beforeEach(async () => {
  merchantId = await approvedMerchant();
  merchant = merchantOf(merchantId);
});

async function approvedMerchant(): Promise<string> {
  const { body } = await catalog.send(operator, 'POST', '/v1/participants', { json: registration() });
  await catalog.send(operator, 'POST', `/v1/participants/${body.id}/approve`);
  return body.id;
}
const suspend = (id: string) =>
  catalog.send(operator, 'POST', `/v1/participants/${id}/suspend`, { json: { reason: 'audit' } });
const start = (change: object = {}): Promise<Answer> =>
  catalog.send(merchant, 'POST', '/v1/products', { json: draft(change) });
const step = (as: TestCaller, id: string, command: string, json?: object): Promise<Answer> =>
  catalog.send(as, 'POST', `/v1/products/${id}/${command}`, json === undefined ? {} : { json });
const get = (as: TestCaller, id: string): Promise<Answer> => catalog.send(as, 'GET', `/v1/products/${id}`);
const revise = (id: string, etag: string | null, json: object, as = merchant): Promise<Answer> =>
  catalog.send(as, 'PATCH', `/v1/products/${id}`, { json, headers: etag === null ? {} : { 'if-match': etag } });

/** What the services that trade hear of it. */
const heardOnTheMarket = async (id: string) =>
  (await catalog.published(id)).filter(({ type }) => /product-(described|listed|delisted)/.test(type));

async function listed(change: object = {}): Promise<string> {
  const { body } = await start(change);
  await step(merchant, body.id, 'submit');
  const approved = await step(operator, body.id, 'approve');
  expect(approved.body.status).toBe('listed');
  return body.id;
}

describe('from draft to listed and off the list again', () => {
  it('goes draft → submitted → returned → draft → submitted → listed → delisted', async () => {
    const started = await start();
    expect(started.status).toBe(201);
    const id = started.body.id;
    expect(started.body).toMatchObject({
      ...draft(),
      merchant_id: merchantId,
      status: 'draft',
      version: 1,
      revision: 1,
    });
    expect(started.headers.get('etag')).toBe('"v1"');

    expect((await step(merchant, id, 'submit')).body.status).toBe('submitted');
    const returned = await step(operator, id, 'return', { reason: 'Name the sources.' });
    expect(returned.body).toMatchObject({ status: 'returned', return_reason: 'Name the sources.' });
    const unchanged = await step(merchant, id, 'submit');
    expect([unchanged.status, unchanged.body.meta]).toEqual([409, { status: 'returned', accepted: ['revise'] }]);

    const revised = await revise(id, returned.headers.get('etag'), { kind: 'report' });
    expect(revised.body).toMatchObject({ status: 'draft', kind: 'report', version: 2, name: draft().name });
    await step(merchant, id, 'submit');
    catalog.clock.advance({ days: 1 });
    const approved = await step(operator, id, 'approve');
    expect(approved.body).toMatchObject({ status: 'listed', listed_at: catalog.clock.now().toISOString() });
    expect(approved.headers.get('etag')).toBe('"v6"');
    const delisted = await step(merchant, id, 'delist', { reason: 'superseded' });
    expect(delisted.body).toMatchObject({ status: 'delisted', delist_reason: 'superseded' });

    const { name } = draft();
    const listedAt = approved.body.listed_at;
    const types = (await catalog.published(id)).map(({ type }) => type.replace('hetao.catalog.product-', ''));
    expect(types).toEqual([
      ...['submitted.v1', 'returned.v1', 'submitted.v1', 'described.v1', 'listed.v1', 'delisted.v1'],
    ]);
    expect(await heardOnTheMarket(id)).toEqual([
      {
        type: 'hetao.catalog.product-described.v1',
        data: {
          ...{ productId: id, merchantId, name, kind: 'report', version: 2, describedAt: listedAt },
          // The merchant sits on the mainland and named no other place.
          ...{ storedIn: 'CN', subjectsIn: [], fields: [] },
        },
      },
      {
        type: 'hetao.catalog.product-listed.v1',
        data: { productId: id, merchantId, name, kind: 'report', version: 2, listedAt },
      },
      {
        type: 'hetao.catalog.product-delisted.v1',
        data: { productId: id, merchantId, reason: 'superseded', delistedAt: delisted.body.delisted_at },
      },
    ]);
    expect(Date.parse(String(delisted.body.delisted_at))).toBeGreaterThan(Date.parse(String(listedAt)));

    const history = await catalog.send(merchant, 'GET', `/v1/products/${id}/history`);
    expect(history.body.data.map((entry) => entry.command)).toEqual([
      'delist',
      'approve',
      'submit',
      'revise',
      'return',
      'submit',
      'draft',
    ]);
    expect(history.body.data[4]).toMatchObject({ reason: 'Name the sources.', by: { subject: 'usr_operator' } });
  });

  it('does nothing twice', async () => {
    const { body } = await start();
    const steps = [
      [merchant, 'submit', undefined],
      [operator, 'approve', undefined],
      [merchant, 'delist', { reason: 'done' }],
    ] as const;
    for (const [caller, command, json] of steps) {
      const first = await step(caller, body.id, command, json);
      const again = await step(caller, body.id, command, json && { reason: 'again' });
      expect([first.status, again.status]).toEqual([200, 200]);
      expect(again.body).toEqual(first.body);
      expect(again.headers.get('etag')).toBe(first.headers.get('etag'));
    }
    // Described and listed with one approval, and delisted.
    expect(await heardOnTheMarket(body.id)).toHaveLength(3);
  });
});

describe('four eyes', () => {
  it('lets nobody review the product of his own organisation, whatever his roles', async () => {
    const { body } = await start();
    await step(merchant, body.id, 'submit');
    const both: TestCaller = { personas: ['merchant', 'operator'], organisationId: merchantId, subject: 'usr_both' };
    for (const [command, json] of [['approve'], ['return', { reason: 'x' }]] as const) {
      const answer = await step(both, body.id, command, json);
      expect([answer.status, answer.body.code]).toEqual([403, 'PRODUCT_FOUR_EYES']);
    }
    const mover = { ...operator, subject: 'usr_merchant' };
    expect((await step(mover, body.id, 'approve')).body.code).toBe('PRODUCT_FOUR_EYES');
    expect((await get(operator, body.id)).body.status).toBe('submitted');
  });

  it('lets one of two decisions raced against each other stand, and tells the other', async () => {
    const { body } = await start();
    await step(merchant, body.id, 'submit');
    const answers = await Promise.all([
      step(operator, body.id, 'approve'),
      step({ ...operator, subject: 'usr_other' }, body.id, 'return', { reason: 'x' }),
    ]);
    const statuses = answers.map(({ status }) => status).sort((a, b) => a - b);
    expect(statuses).toEqual([200, 409]);
    const { body: after } = await get(operator, body.id);
    expect(await heardOnTheMarket(body.id)).toHaveLength(after.status === 'listed' ? 2 : 0);
  });
});

describe('the merchant behind a listing', () => {
  it('must be approved to submit, and still when the reviewer approves', async () => {
    const { body } = await start();
    const other = await start();
    await step(merchant, other.body.id, 'submit');
    await suspend(merchantId);
    const submitted = await step(merchant, body.id, 'submit');
    expect([submitted.status, submitted.body.code]).toEqual([409, 'PRODUCT_MERCHANT_NOT_APPROVED']);
    const approved = await step(operator, other.body.id, 'approve');
    expect([approved.status, approved.body.code]).toEqual([409, 'PRODUCT_MERCHANT_NOT_APPROVED']);
    expect((await step(operator, other.body.id, 'return', { reason: 'suspended' })).status).toBe(200);
  });

  it('is never both suspended first and listed after, however the two race', async () => {
    const { body } = await start();
    await step(merchant, body.id, 'submit');
    const [approved] = await Promise.all([step(operator, body.id, 'approve'), suspend(merchantId)]);
    expect([200, 409]).toContain(approved.status);
    const { rows } = await catalog.service.database.withClient((client) =>
      client.query<{ type: string }>('SELECT type FROM outbox WHERE key = ANY ($1) ORDER BY seq', [
        [body.id, merchantId],
      ]),
    );
    const types = rows.map(({ type }) => type);
    const [listedAt, suspendedAt] = ['product-listed', 'participant-suspended'].map((name) =>
      types.indexOf(`hetao.catalog.${name}.v1`),
    );
    expect(suspendedAt).toBeGreaterThan(-1);
    expect(listedAt).toBe(approved.status === 200 ? Number(suspendedAt) - 1 : -1);
  });
});

describe('editing at the same time', () => {
  it('refuses the second of two edits of one revision', async () => {
    const { body, headers } = await start();
    const etag = headers.get('etag');
    expect((await revise(body.id, etag, { kind: 'api' })).headers.get('etag')).toBe('"v2"');
    const stale = await revise(body.id, etag, { kind: 'tool' });
    expect([stale.status, stale.body.code, stale.body.meta]).toEqual([
      412,
      'VERSION_STALE',
      { expected: '"v1"', actual: '"v2"' },
    ]);
    expect((await get(merchant, body.id)).body.kind).toBe('api');
  });

  it('lets one of many raced edits through', async () => {
    const { body } = await start();
    const kinds = ['api', 'report', 'tool', 'model'];
    const answers = await Promise.all(kinds.map((kind) => revise(body.id, '"v1"', { kind })));
    expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 412, 412, 412]);
  });

  it('asks which revision is meant', async () => {
    const { body } = await start();
    expect((await revise(body.id, null, { kind: 'api' })).status).toBe(428);
    expect((await revise(body.id, 'W/"v1"', { kind: 'api' })).body.code).toBe('IF_MATCH_MALFORMED');
  });

  it('changes nothing that is under review or listed', async () => {
    const id = await listed();
    const answer = await revise(id, '"v3"', { kind: 'api' });
    expect([answer.status, answer.body.code]).toEqual([409, 'PRODUCT_TRANSITION_REFUSED']);
  });
});

describe('who sees and touches what', () => {
  it('keeps drafts between the merchant and the exchange', async () => {
    const { body } = await start();
    const rival = merchantOf(await approvedMerchant());
    for (const outsider of [buyer, rival]) {
      expect((await get(outsider, body.id)).status).toBe(404);
      const { body: page } = await catalog.send(outsider, 'GET', `/v1/products?merchant_id=${merchantId}`);
      expect(page.data).toEqual([]);
    }
    for (const insider of [merchant, operator, auditor]) expect((await get(insider, body.id)).status).toBe(200);
  });

  it('treats another merchant’s product as absent, listed or not', async () => {
    const id = await listed();
    const rival = merchantOf(await approvedMerchant());
    expect((await get(rival, id)).status).toBe(200);
    expect((await revise(id, '"v3"', { kind: 'api' }, rival)).body.code).toBe('PRODUCT_UNKNOWN');
    expect((await step(rival, id, 'delist', { reason: 'spite' })).body.code).toBe('PRODUCT_UNKNOWN');
    expect((await step(rival, id, 'submit')).body.code).toBe('PRODUCT_UNKNOWN');
    expect((await catalog.send(rival, 'GET', `/v1/products/${id}/history`)).status).toBe(404);
    expect((await step(operator, id, 'delist', { reason: 'court order' })).body.status).toBe('delisted');
  });

  it('gives each persona its own commands', async () => {
    const { body } = await start();
    expect((await step(buyer, body.id, 'submit')).status).toBe(403);
    expect((await step(merchant, body.id, 'approve')).status).toBe(403);
    expect((await step(auditor, body.id, 'return', { reason: 'x' })).status).toBe(403);
    expect((await catalog.send(operator, 'POST', '/v1/products', { json: draft() })).status).toBe(403);
  });
});

describe('finding products', () => {
  it('finds one product by words of any language, in any width and case, and takes wildcards literally', async () => {
    const mark = newId('key').slice(4);
    const id = await listed({
      name: { en: `TCM Formulas ${mark}`, 'zh-Hans': `经典名方${mark}`, 'zh-Hant': `經典名方${mark}` },
    });
    const find = async (q: string) => {
      const { body } = await catalog.send(buyer, 'GET', `/v1/products?q=${encodeURIComponent(q)}`);
      return body.data.map((product) => product.id);
    };
    expect(await find(`formulas ${mark}`)).toEqual([id]);
    expect(await find(`ＴＣＭ ${mark.toUpperCase()}`)).toEqual([id]);
    expect(await find(`名方${mark}`)).toEqual([id]);
    expect(await find(`經典名方${mark}`)).toEqual([id]);
    expect(await find(`${mark.slice(0, 4)}%`)).toEqual([]);
    expect(await find(`nothing ${mark}`)).toEqual([]);
  });

  it('turns pages without losing or repeating a product', async () => {
    const ids = [await listed(), await listed(), await listed()];
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const after = cursor === '' ? '' : `&cursor=${cursor}`;
      const { body }: Answer = await catalog.send(
        buyer,
        'GET',
        `/v1/products?merchant_id=${merchantId}&limit=2${after}`,
      );
      seen.push(...body.data.map((product) => product.id));
      cursor = body.next_cursor;
    }
    expect(seen).toEqual(ids.reverse());
  });

  it.each([
    ['limit=0', '/limit'],
    ['limit=101', '/limit'],
    ['status=secret', '/status'],
    ['merchant_id=prd_1', '/merchant_id'],
    [`q=${'x'.repeat(101)}`, '/q'],
  ])('refuses ?%s', async (query, pointer) => {
    const { status, body } = await catalog.send(buyer, 'GET', `/v1/products?${query}`);
    expect([status, body.errors[0]?.pointer]).toEqual([422, pointer]);
  });
});

describe('bad input', () => {
  it.each([
    ['an unknown kind', { kind: 'person' }, '/kind'],
    ['a language tag that is none', { languages: ['zh Hans'] }, '/languages/0'],
    [
      'a description that never ends',
      { description: { ...draft().description, en: 'x'.repeat(4001) } },
      '/description/en',
    ],
    ['a control character', { description: { ...draft().description, en: 'a\u0007b' } }, '/description/en'],
    ['a place the exchange does not know', { stored_in: 'XX' }, '/stored_in'],
    ['a merchant of one’s choice', { merchant_id: newId('org') }, '/merchant_id'],
  ])('refuses %s', async (_what, change, pointer) => {
    const { status, body } = await start(change);
    expect([status, body.errors.map((item) => item.pointer)]).toEqual([422, [pointer]]);
  });

  it('refuses a column that is sensitive and about nobody, and names it', async () => {
    const { status, body } = await start({
      fields: [{ name: 'tongue', meaning: 'Colour of the tongue', sensitive: true, health: true }],
    });
    expect([status, body.code, body.errors[0]?.pointer]).toEqual([
      422,
      'PRODUCT_FIELDS_CONTRADICT',
      '/fields/0/personal',
    ]);
  });

  it('refuses half a surrogate pair, which no database and no hash can hold', async () => {
    const { body } = await start();
    const name = { ...draft().name, en: 'A\ud800' };
    const revised = await revise(body.id, '"v1"', { name });
    expect([revised.status, revised.body.errors.map((item) => item.pointer)]).toEqual([422, ['/name/en']]);
    const started = await start({ name });
    expect([started.status, started.body.code]).toEqual([400, 'JSON_NOT_CANONICAL']);
  });

  it('refuses a revision of nothing, and a return without a reason', async () => {
    const { body } = await start();
    expect((await revise(body.id, '"v1"', {})).status).toBe(422);
    await step(merchant, body.id, 'submit');
    expect((await step(operator, body.id, 'return', {})).body.errors).toMatchObject([{ pointer: '/reason' }]);
    expect((await step(operator, body.id, 'return')).status).toBe(422);
  });

  it('answers 404 for products that do not exist', async () => {
    const id = newId('prd');
    expect((await get(operator, id)).status).toBe(404);
    expect((await step(operator, id, 'approve')).body.code).toBe('PRODUCT_UNKNOWN');
    expect((await revise(id, '"v1"', { kind: 'api' })).body.code).toBe('PRODUCT_UNKNOWN');
  });
});
