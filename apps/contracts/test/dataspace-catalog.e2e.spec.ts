import { gunzipSync } from 'node:zlib';
import { request as call } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@hetao/kernel';
import { versionFile } from '../src/dataspace/wire/schemas.js';
import { validateSent } from '../src/dataspace/wire/validate-sent.js';
import { DSP_CONTEXT, type WireMessage } from '../src/dataspace/wire/context.js';
import { startPair, type Exchange, type WireAnswer } from './dataspace-pair.js';
import { scriptedPeer, seedOffer, type ScriptedPeer } from './dataspace-peers.js';

const COUNT = 25;
let pair: Awaited<ReturnType<typeof startPair>>;
let alba: Exchange;
let peer: ScriptedPeer;
const ids = Array.from({ length: COUNT }, () => newId('prd')).sort();

beforeAll(async () => {
  pair = await startPair();
  alba = pair.alba;
  peer = await scriptedPeer(alba);
  for (const [index, productId] of ids.entries()) {
    await seedOffer(alba, { id: newId('off'), productId, title: `Herbal formulas ${index}` });
  }
});
afterAll(async () => {
  await peer.stop();
  await pair.stop();
});

const ask = (filter?: object, path = '/catalog/request'): Promise<WireAnswer> =>
  peer.says('POST', path, { '@type': 'CatalogRequestMessage', ...(filter === undefined ? {} : { filter }) });
const datasets = ({ body }: WireAnswer): string[] =>
  ((body['dataset'] ?? []) as { '@id': string }[]).map((dataset) => dataset['@id'].replace('urn:hetao:product:', ''));
const criterion = (operandLeft: string, operator: string, operandRight: unknown) => ({
  '@type': 'Criterion',
  operandLeft,
  operator,
  operandRight,
});
const query = (spec: object) => [{ '@type': 'QuerySpec', ...spec }];
const EDC = 'https://w3id.org/edc/v0.0.1/ns/';

describe('the version file', () => {
  it('is open to everybody and exactly what the schema has', async () => {
    const answer = await fetch(`${alba.base.replace('/2025-1', '')}/.well-known/dspace-version`);
    const file = (await answer.json()) as { protocolVersions: { path: string }[] };
    expect(answer.status).toBe(200);
    expect(() => versionFile.parse(file)).not.toThrow();
    expect(file.protocolVersions).toMatchObject([
      { version: '2025-1', path: '/2025-1', binding: 'HTTPS', identifierType: 'did:web' },
    ]);
  });
});

describe('the catalog', () => {
  it('shows every dataset with its offers and formats, as the schema has it', async () => {
    const answer = await ask();
    expect(answer.status).toBe(200);
    validateSent(answer.body as unknown as WireMessage);
    expect(answer.body).toMatchObject({ participantId: alba.participantId, service: [{ endpointURL: alba.base }] });
    expect(datasets(answer)).toEqual(ids);
    expect((answer.body['dataset'] as object[])[0]).toMatchObject({
      'dct:title': 'Herbal formulas 0',
      hasPolicy: [
        {
          permission: [
            {
              action: 'use',
              constraint: [
                { leftOperand: 'odrl:purpose', operator: 'eq', rightOperand: 'research' },
                { leftOperand: 'odrl:spatial', operator: 'eq', rightOperand: 'HK' },
              ],
            },
          ],
        },
      ],
      distribution: [{ format: 'HttpData-PULL' }, { format: 'HttpData-PUSH' }],
    });
  });

  it('goes on in pages, forth and back, by the links it gives', async () => {
    const limit = query({ offset: 0, limit: 10 });
    const pages = [await ask(limit)];
    for (let next = linkTo(pages[0], 'next'); next !== undefined; next = linkTo(pages.at(-1), 'next')) {
      pages.push(await ask(limit, next));
    }
    expect(pages.map(datasets)).toEqual([ids.slice(0, 10), ids.slice(10, 20), ids.slice(20)]);
    expect(linkTo(pages[0], 'previous')).toBeUndefined();
    const back = await ask(limit, linkTo(pages[2], 'previous'));
    expect(datasets(back)).toEqual(ids.slice(10, 20));
    expect(datasets(await ask(limit, linkTo(back, 'previous')))).toEqual(ids.slice(0, 10));
    const descending = query({ offset: 5, limit: 3, sortOrder: 'DESC' });
    expect(datasets(await ask(descending))).toEqual([...ids].reverse().slice(5, 8));
    expect((await ask(limit, '/catalog/request?continuationToken=!!')).status).toBe(400);
  });

  it('takes the filter every EDC sends, and ignores criteria nobody here knows', async () => {
    const [first = '', second = ''] = ids;
    const by = async (...filterExpression: object[]) =>
      datasets(await ask(query({ offset: 0, limit: 2_147_483_647, filterExpression })));
    expect(await by(criterion(`${EDC}id`, '=', `urn:hetao:product:${first}`))).toEqual([first]);
    expect(await by(criterion('id', 'in', [first, second]))).toEqual([first, second]);
    expect(await by(criterion('dct:title', 'like', 'Herbal formulas 2%'))).toHaveLength(6);
    expect(await by(criterion('http://purl.org/dc/terms/title', 'ilike', '%FORMULAS 24'))).toEqual([ids[24]]);
    expect(await by(criterion('title', '=', 'Herbal formulas 1'), criterion(`${EDC}kind`, '=', 'x'))).toEqual([ids[1]]);
    const one = { '@type': 'QuerySpec', filterExpression: criterion('id', '=', { '@value': first }) };
    expect(datasets(await ask(one))).toEqual([first]);
  });

  it.each([
    ['another language', [{ sparql: 'SELECT *' }]],
    ['two queries', [{ '@type': 'QuerySpec' }, { '@type': 'QuerySpec' }]],
    ['a text', ['id=1']],
    ['an operator nobody knows', query({ filterExpression: [criterion('id', 'startsWith', 'prd')] })],
    ['no operand', query({ filterExpression: [{ operator: '=' }] })],
    ['a list where one is compared', query({ filterExpression: [criterion('id', '=', ['a', 'b'])] })],
    ['SQL as a value', query({ filterExpression: [criterion('id', '=', 7)] })],
  ])('refuses as a filter %s', async (_what, filter) => {
    const { status, body } = await ask(filter);
    expect([status, body.code]).toEqual([400, 'FILTER_NOT_SUPPORTED']);
    validateSent(body as unknown as WireMessage);
  });

  it('never runs what a value says', async () => {
    const evil = query({ filterExpression: [criterion('title', '=', `x' OR '1'='1`)] });
    const { status, body } = await ask(evil);
    expect([status, body['dataset']]).toEqual([200, undefined]);
  });

  it('is packed for who can unpack it', async () => {
    const { body, headers } = await call(`${alba.base}/catalog/request`, {
      method: 'POST',
      body: JSON.stringify({ '@context': [DSP_CONTEXT], '@type': 'CatalogRequestMessage' }),
      headers: {
        'content-type': 'application/ld+json; charset=utf-8',
        'accept-encoding': 'gzip',
        ...{ authorization: peer.authorization },
      },
    });
    expect(headers['content-encoding']).toBe('gzip');
    const text = gunzipSync(Buffer.from(await body.arrayBuffer())).toString('utf8');
    expect((JSON.parse(text) as { dataset: object[] }).dataset).toHaveLength(COUNT);
  });

  it('shows a private offer to its buyer alone, and nothing withdrawn, expired, delisted, suspended or one’s own', async () => {
    const [mine, others, gone, late, own] = Array.from({ length: 5 }, () => newId('prd')) as [
      string,
      string,
      string,
      string,
      string,
    ];
    await seedOffer(alba, { id: newId('off'), productId: mine, title: 'Hidden', buyerId: alba.theirs });
    await seedOffer(alba, { id: newId('off'), productId: others, title: 'Hidden', buyerId: newId('org') });
    await seedOffer(alba, { id: newId('off'), productId: gone, title: 'Hidden', status: 'withdrawn' });
    await seedOffer(alba, { id: newId('off'), productId: late, title: 'Hidden', validUntil: '2026-01-01T00:00:00Z' });
    await seedOffer(alba, { id: newId('off'), productId: own, title: 'Hidden', merchantId: alba.theirs });
    const hidden = query({ filterExpression: [criterion('title', '=', 'Hidden')] });
    expect(datasets(await ask(hidden))).toEqual([mine]);
    await alba.sql('UPDATE directory_products SET listed = false WHERE id = $1', [mine]);
    expect(datasets(await ask(hidden))).toEqual([]);
    for (const id of [mine, others, gone, late, own, 'urn:anything']) {
      const { status, body } = await peer.says(
        'GET',
        `/catalog/datasets/${encodeURIComponent(`urn:hetao:product:${id}`)}`,
      );
      expect([status, body.code]).toEqual([404, 'UNKNOWN_DATASET']);
      validateSent(body as unknown as WireMessage);
    }
    await alba.sql(`UPDATE directory_parties SET standing = 'suspended' WHERE id = $1`, [alba.ours]);
    expect((await ask()).body['dataset']).toBeUndefined();
    await alba.sql(`UPDATE directory_parties SET standing = 'approved' WHERE id = $1`, [alba.ours]);
  });

  it('gives one dataset by its id', async () => {
    const iri = `urn:hetao:product:${ids[3] ?? ''}`;
    const { status, body } = await peer.says('GET', `/catalog/datasets/${encodeURIComponent(iri)}`);
    expect([status, body['@id']]).toEqual([200, iri]);
    validateSent(body as unknown as WireMessage);
  });
});

describe('the catalog of a peer', () => {
  const reader = { personas: ['buyer'], organisationId: 'org_reader' } as const;
  const page = (query: string) =>
    pair.bruma.send(reader, 'GET', `/v1/dataspace/peers/${pair.bruma.peerId}/catalog${query}`);

  it('is read by our people, page by page, as the peer sends it', async () => {
    const first = await page('?limit=20');
    expect([first.status, first.body['participant_id']]).toEqual([200, alba.participantId]);
    expect(first.body['datasets']).toHaveLength(20);
    const second = await page(`?limit=20&next=${encodeURIComponent(String(first.body['next']))}`);
    expect([(second.body['datasets'] as object[]).length, second.body['next']]).toEqual([COUNT - 20, null]);
    expect((await page('?title=formulas%2024')).body['datasets']).toHaveLength(1);
    const [only] = (await page(`?dataset=urn:hetao:product:${ids[7] ?? ''}`)).body['datasets'] as object[];
    expect(only).toMatchObject({ '@id': `urn:hetao:product:${ids[7] ?? ''}` });
  });

  it('is not asked for anywhere else, of nobody else', async () => {
    expect((await page('?next=http%3A%2F%2F127.0.0.1%3A1%2Fcatalog')).body.code).toBe('PEER_ADDRESS_INVALID');
    const stranger = `/v1/dataspace/peers/${newId('per')}/catalog`;
    expect(await pair.bruma.send(reader, 'GET', stranger)).toMatchObject({
      status: 404,
      body: { code: 'PEER_UNKNOWN' },
    });
  });
});

describe('who may ask', () => {
  it.each([
    ['nobody', undefined],
    ['a stranger', 'Bearer eyJhbGciOiJub25lIn0.eyJpc3MiOiJkaWQ6d2ViOmJydW1hLmV4YW1wbGUifQ.'],
    ['who says he is somebody', '{"region":"any","audience":"x","clientId":"did:web:bruma.example"}'],
    ['a wrong header', 'theirs_00000000000000000000000000'],
  ])('is not %s', async (_who, authorization) => {
    const message = { '@context': [DSP_CONTEXT], '@type': 'CatalogRequestMessage' };
    const { status, body } = await alba.speak('POST', '/catalog/request', message, authorization);
    expect([status, body.code]).toEqual([401, 'UNAUTHENTICATED']);
    validateSent(body as unknown as WireMessage);
  });
});

/** The path below the base that a link leads to. */
function linkTo(answer: WireAnswer | undefined, rel: string): string | undefined {
  const link = answer?.headers.get('link') ?? '';
  return new RegExp(`<([^>]+)>; rel="${rel}"`).exec(link)?.[1]?.replace(alba.base, '');
}
