import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sendTwice, type TestCaller } from '@hetao/testing';
import { parse, stringify } from 'yaml';
import { KeepUp } from '../src/upkeep/keep-up.use-cases.js';
import { column, desk, fullCard, fullDraft, onboard, passReview } from './eight-jurisdictions.js';
import { startCatalog, type Answer, type RunningCatalog } from './running-catalog.js';
import { buyer, registration } from './sample-bodies.js';

const name = { en: 'Ports', 'zh-Hans': '港口', 'zh-Hant': '港口' };
let catalog: RunningCatalog;
let member: TestCaller;
let merchantId: string;
beforeAll(async () => {
  catalog = await startCatalog();
  const merchant = { home: 'SG' as const, currency: 'SGD', name: { ...name, en: 'Straits Shipping Data' } };
  ({ id: merchantId, member } = await onboard(catalog, merchant));
});
afterAll(() => catalog.stop());

const post = (as: TestCaller, path: string, json?: object): Promise<Answer> =>
  catalog.send(as, 'POST', `/v1/products${path}`, json === undefined ? {} : { json });
const patch = (id: string, etag: string | null, json: object): Promise<Answer> =>
  catalog.send(member, 'PATCH', `/v1/products/${id}`, { json, headers: { 'if-match': etag ?? '' } });
const get = (as: TestCaller, path: string): Promise<Answer> => catalog.send(as, 'GET', `/v1/products${path}`);
async function drafted(change: object = {}): Promise<Answer> {
  return post(member, '', fullDraft(name, 'dataset', change));
}
async function listed(change: object = {}): Promise<string> {
  const { body } = await drafted(change);
  expect((await post(member, `/${body.id}/submit`)).body.status).toMatch(/_check$/);
  expect((await passReview(catalog, body.id)).body.status).toBe('listed');
  return body.id;
}
const keepUp = () => catalog.service.app.get(KeepUp).execute();

describe('a step whose answer was lost on the way', () => {
  it('is answered again under its key as it was, and was taken once', async () => {
    const { id } = (await drafted()).body;
    const product = `${catalog.service.url}/v1/products/${id}`;
    const [submitted, submittedAgain] = await sendTwice(`${product}/submit`, member);
    expect(submitted).toMatchObject({ status: 200, replayed: 'false' });
    expect(submittedAgain).toEqual({ ...submitted, replayed: 'true' });
    const [written, writtenAgain] = await sendTwice(`${product}/comments`, desk('reviewer'), {
      pointer: '/name',
      text: 'Which?',
    });
    expect(written).toMatchObject({ status: 201, replayed: 'false' });
    expect(writtenAgain).toEqual({ ...written, replayed: 'true' });
    expect((await get(desk('reviewer'), `/${id}/comments`)).body.data).toHaveLength(1);
  });
});

describe('the next version of a listed product', () => {
  it('is drafted beside it, reviewed, announced with its changes, and comes when its notice is over', async () => {
    const id = await listed();
    const next = await post(member, `/${id}/versions`);
    expect(next.body).toMatchObject({ status: 'draft', version_of: id });
    const twice = await post(member, `/${id}/versions`);
    expect([twice.status, twice.body.code]).toEqual([409, 'PRODUCT_VERSION_UNDERWAY']);
    const nextId = next.body.id;
    const fields = [column('month', { type: 'text' }), column('vessels', { type: 'integer' })];
    await patch(nextId, next.headers.get('etag'), { fields });
    await post(member, `/${nextId}/submit`);
    const scheduled = await passReview(catalog, nextId);
    expect(scheduled.body.status).toBe('scheduled');

    expect((await get(buyer, `/${nextId}`)).status).toBe(404);
    const announced = await get(buyer, `/${id}/versions`);
    expect(announced.body.data[0]).toMatchObject({
      version: 2,
      breaking: true,
      changes: [
        { column: 'count', change: 'removed', breaking: true },
        { column: 'month', change: 'type', before: 'date', after: 'text', breaking: true },
        { column: 'vessels', change: 'added', breaking: false },
      ],
    });
    await keepUp();
    expect((await get(buyer, `/${id}`)).body.version).toBe(1);
    catalog.clock.advance({ days: 31 });
    await keepUp();
    const product = await get(buyer, `/${id}`);
    expect(product.body).toMatchObject({
      status: 'listed',
      version: 2,
      fields: [{ type: 'text' }, { name: 'vessels' }],
    });
    expect((await get(member, `/${nextId}`)).body.status).toBe('merged');
    // Whoever bought the version before reads what it said, still.
    const [first, second] = [await get(buyer, `/${id}/versions/1`), await get(buyer, `/${id}/versions/2`)];
    const columnsOf = ({ body }: typeof first) =>
      (body as unknown as { content: { card: object; fields: { name: string }[] } }).content.fields.map(
        ({ name }) => name,
      );
    expect([columnsOf(first), columnsOf(second)]).toEqual([
      ['month', 'count'],
      ['month', 'vessels'],
    ]);
    expect(second.body).toMatchObject({ version: 2, content: { name: product.body.name, card: product.body.card } });
    expect((await get(buyer, `/${id}/versions/3`)).body.code).toBe('PRODUCT_VERSION_UNKNOWN');
    expect((await get(buyer, `/${nextId}/versions/1`)).body.code).toBe('PRODUCT_UNKNOWN');
    const events = (await catalog.published(id)).map(({ type }) => type.replace('hetao.catalog.product-', ''));
    expect(events.slice(-3)).toEqual(['version-announced.v1', 'described.v1', 'listed.v1']);
  });
});

describe('a registration of data property rights', () => {
  it('of a registrar of the exchange passes the check of source and right', async () => {
    const registrar = await onboard(
      catalog,
      { home: 'CN', currency: 'CNY', name: { en: 'Southern Registrar', 'zh-Hans': '南方登记', 'zh-Hant': '南方登記' } },
      ['registrar'],
    );
    const registration_certificate = {
      ...{ number: 'R-1', registrar_id: registrar.id, holder_id: merchantId, rights: ['hold', 'operate'] },
      ...{ registered_on: '2026-01-01', valid_until: '2030-12-31' },
    };
    const provenance = { ...fullCard().provenance, upstream: [], steps: [] };
    const { body } = await drafted({ card: fullCard({ registration_certificate, provenance }) });
    const handedIn = await post(member, `/${body.id}/submit`);
    expect(handedIn.body).toMatchObject({ status: 'quality_check', passed: [{ step: 'source_check' }] });

    const own = { ...registration_certificate, registrar_id: merchantId };
    const refused = await drafted({ card: fullCard({ registration_certificate: own }) });
    expect(refused.body.errors[0]).toMatchObject({ code: 'REGISTRAR_OWN_DATA' });
    const unknown = { ...registration_certificate, registrar_id: member.organisationId, holder_id: registrar.id };
    const strange = await drafted({ card: fullCard({ registration_certificate: unknown, provenance }) });
    const held = await post(member, `/${strange.body.id}/submit`);
    expect(held.body.errors.map(({ code }) => code)).toContain('REGISTRAR_UNKNOWN');
  });
});

describe('a listing as a file', () => {
  const yaml = (as: TestCaller, path: string, text: string) =>
    catalog.send(as, 'POST', `/v1/products/listing-files${path}`, {
      text,
      headers: { 'content-type': 'application/yaml' },
    });
  const download = async (id: string): Promise<string> => {
    const { text } = await catalog.sendForText(member, `/v1/products/${id}/listing.yaml`);
    return text;
  };

  it('goes out, comes back unchanged, and changed as a revision; an old copy is stale', async () => {
    const { body } = await drafted();
    const file = await download(body.id);
    expect(file).toMatch(/^format: hetao-listing\/1\nproduct: prd_/);
    expect((await yaml(member, '', file)).body).toMatchObject({ outcome: 'unchanged' });

    const changed = file.replace('Records **with** their sources.', 'Every port call.');
    expect((await yaml(member, '/validate', changed)).body).toMatchObject({ valid: true, product: body.id });
    const revised = await yaml(member, '', changed);
    expect(revised.body).toMatchObject({ outcome: 'revised', product: { description: { en: 'Every port call.' } } });
    const stale = await yaml(member, '', changed.replace('Every port call.', 'Some.'));
    expect([stale.status, stale.body.code]).toEqual([412, 'VERSION_STALE']);

    const copy = parse(await download(body.id)) as Record<string, unknown>;
    const fresh = { format: copy['format'], listing: copy['listing'] };
    const again = await yaml(member, '', stringify(fresh));
    const made = again.body as unknown as { outcome: string; product: Record<string, unknown> };
    expect(made.outcome).toBe('drafted');
    expect(parse(await download(String(made.product['id'])))).toMatchObject({ listing: copy['listing'] as object });
  });

  it.each([
    ['a tab where YAML has none', 'format: hetao-listing/1\n\tlisting: {}', 'line 2'],
    ['a key twice', 'format: a\nformat: b', 'line 2'],
    ['an unknown key', 'format: hetao-listing/1\nlisting:\n  colour: red', '/listing'],
    ['aliases that multiply', 'a: &a [1]\nb: [*a, *a]\nformat: hetao-listing/1', 'line 1'],
    ['a list', '- 1', 'mapping'],
  ])('says the line of %s', async (_what, text, says) => {
    const checked = await yaml(member, '/validate', text);
    expect([checked.status, (checked.body as unknown as { valid: boolean }).valid]).toEqual([200, false]);
    expect(JSON.stringify(checked.body)).toContain(says);
    const refused = await yaml(member, '', text);
    expect([refused.status, refused.body.code]).toEqual([422, 'LISTING_FILE_INVALID']);
  });

  it('is its merchant’s and the exchange’s alone', async () => {
    const { body } = await drafted();
    expect(
      (await get({ ...member, organisationId: buyer.organisationId ?? '' }, `/${body.id}/listing.yaml`)).status,
    ).toBe(404);
  });
});

describe('bad input', () => {
  it.each([
    ['HTML in Markdown', { description: { ...name, en: 'a\n\n<script>alert(1)</script>' } }, '/description/en'],
    ['HTML inside a line', { description: { ...name, en: 'a <img src=x> b' } }, '/description/en'],
    ['a link that is a program', { description: { ...name, en: '[a](javascript:alert(1))' } }, '/description/en'],
    [
      'a sample of other width',
      { card: { sample: { origin: 'synthetic', made_by: 'x', columns: ['a'], rows: [['1', '2']] } } },
      '/card/sample/rows/0',
    ],
    [
      'live rows as a sample',
      { card: { sample: { origin: 'live', made_by: 'x', columns: ['a'], rows: [] } } },
      '/card/sample/origin',
    ],
    [
      'a seventh dimension',
      { card: { quality: [{ ...fullCard().quality[0], dimension: 'beauty' }] } },
      '/card/quality/0/dimension',
    ],
    ['a type no column has', { fields: [column('a', { type: 'varchar' })] }, '/fields/0/type'],
  ])('refuses %s at its place', async (_what, change, pointer) => {
    const { status, body } = await drafted(change);
    expect([status, body.errors.map((fault) => fault.pointer)]).toEqual([422, [pointer]]);
  });

  it('keeps Markdown as it was written, code with tags included', async () => {
    const en = 'Use `<tag>` and **bold**, see https://example.org or [docs](https://example.org/a).';
    const { status, body } = await drafted({ description: { ...name, en } });
    expect([status, body.description.en]).toEqual([201, en]);
  });

  it('refuses a graph of processing that begins nowhere', async () => {
    const steps = [{ id: 'clean', description: 'x', from: ['nowhere'] }];
    const { body } = await drafted({ card: fullCard({ provenance: { ...fullCard().provenance, steps } }) });
    expect(body.errors[0]).toMatchObject({ code: 'NODE_UNKNOWN', pointer: '/card/provenance/steps/0/from/0' });
  });

  it('refuses names of mixed scripts, for products and participants', async () => {
    const forged = { ...name, en: 'Pоrts' };
    expect((await drafted({ name: forged })).body.code).toBe('PRODUCT_NAME_MIXES_SCRIPTS');
    const answer = await catalog.send(desk('first'), 'POST', '/v1/participants', {
      json: registration({ name: forged }),
    });
    expect([answer.status, answer.body.code]).toEqual([422, 'PARTICIPANT_NAME_MISLEADS']);
  });

  it('refuses a participant who looks like another and is written otherwise', async () => {
    const look = { en: 'Оазис', 'zh-Hans': '绿洲甲', 'zh-Hant': '綠洲甲' };
    await catalog.send(desk('first'), 'POST', '/v1/participants', {
      json: registration({ name: { ...look, en: 'Coco' } }),
    });
    const whole = registration({ name: { ...look, en: 'Сосо', 'zh-Hans': '别的', 'zh-Hant': '別的' } });
    const answer = await catalog.send(desk('first'), 'POST', '/v1/participants', { json: whole });
    expect(answer.body.detail).toContain('It looks like "Coco"');
  });

  it('lets no reviewer of the merchant’s own decide, nor who looked before, nor two edits of one revision', async () => {
    const { body, headers } = await drafted();
    const both = await Promise.all(
      ['en', 'vi', 'pt'].map((tag) => patch(body.id, headers.get('etag'), { languages: [tag] })),
    );
    expect(both.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 412, 412]);
    await post(member, `/${body.id}/submit`);
    const own = { ...desk('own'), organisationId: merchantId };
    expect((await post(own, `/${body.id}/pass`, { step: 'source_check' })).body.code).toBe('PRODUCT_FOUR_EYES');
    expect((await post(own, `/${body.id}/comments`, { pointer: '', text: 'x' })).body.code).toBe('PRODUCT_FOUR_EYES');
    for (const step of ['source_check', 'quality_check', 'legal_review']) {
      await post(desk('first'), `/${body.id}/pass`, { step });
    }
    expect((await post(desk('first'), `/${body.id}/approve`)).body.code).toBe('PRODUCT_FOUR_EYES');
  });
});

// Last, because it moves the clock past what the others stand on.
describe('a listing that stands on something that ends', () => {
  it('is taken off by the operator and put back, and both are heard', async () => {
    const card = fullCard({ provenance: { ...fullCard().provenance, upstream: [], steps: [] } });
    const id = await listed({ card });
    expect((await post(desk('first'), `/${id}/suspend`, { reason: 'court order' })).body.status).toBe('suspended');
    expect((await post(member, `/${id}/resume`)).status).toBe(403);
    expect((await post(desk('first'), `/${id}/resume`)).body.status).toBe('listed');
    const events = (await catalog.published(id)).map(({ type }) => type.replace('hetao.catalog.product-', ''));
    expect(events.slice(-3)).toEqual(['resumed.v1', 'described.v1', 'listed.v1']);
  });

  it('is suspended the day after, by itself, and resumed only when it holds again', async () => {
    const id = await listed();
    catalog.clock.advance({ days: 365 });
    await keepUp();
    const suspended = await get(buyer, `/${id}`);
    expect(suspended.body.status).toBe('suspended');
    expect(JSON.stringify(suspended.body)).toContain('The right to Clinic records ended on 2026-12-31.');
    const events = (await catalog.published(id)).map(({ type }) => type.replace('hetao.catalog.product-', ''));
    expect(events.slice(-2)).toEqual(['suspended.v1', 'delisted.v1']);
    const resumed = await post(desk('second'), `/${id}/resume`);
    expect(resumed.body.errors[0]).toMatchObject({ code: 'UPSTREAM_RIGHT_EXPIRED' });
  });
});
