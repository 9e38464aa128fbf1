import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@hetao/kernel';
import { startCatalog, type RunningCatalog } from './running-catalog.js';
import { draft, merchantOf, operator, registration } from './sample-bodies.js';

let catalog: RunningCatalog;
let merchantId: string;
const ids: Record<string, string> = {};

beforeAll(async () => {
  catalog = await startCatalog();
  const { body } = await catalog.send(operator, 'POST', '/v1/participants', { json: registration() });
  merchantId = body.id;
  await catalog.send(operator, 'POST', `/v1/participants/${merchantId}/approve`);
  const fields = [
    { name: 'herb', meaning: 'Name of the herb', type: 'text' },
    { name: 'dose_g', meaning: 'Dose', type: 'decimal', unit: 'g' },
  ];
  ids['dataset'] = await list({ fields, subjects_in: ['CN', 'HK'] });
  ids['api'] = await list({ kind: 'api', name: { en: 'Weather', 'zh-Hans': '天气', 'zh-Hant': '天氣' } });
  ids['draft'] = (await catalog.send(merchantOf(merchantId), 'POST', '/v1/products', { json: draft() })).body.id;
  await fillCard(ids['dataset']);
});
afterAll(() => catalog.stop());

async function list(change: object): Promise<string> {
  const { body } = await catalog.send(merchantOf(merchantId), 'POST', '/v1/products', { json: draft(change) });
  await catalog.send(merchantOf(merchantId), 'POST', `/v1/products/${body.id}/submit`);
  expect((await catalog.send(operator, 'POST', `/v1/products/${body.id}/approve`)).body.status).toBe('listed');
  return body.id;
}

/** A card as the review of a listing would let it through; the way there is the listing's own spec. */
async function fillCard(id: string): Promise<void> {
  const card = {
    ...{ summary: null, textStatus: null, industry: 'Q84', keywords: ['herbs', '本草'], delivery: ['file'] },
    coverage: { from: '2019-01-01', to: null, granularity: 'day', areas: ['CN-GD', 'HK'], accessibleFrom: ['HK'] },
    refresh: { every: 'P1M' },
    sample: {
      origin: 'synthetic',
      madeBy: 'Drawn by a generator.',
      columns: ['herb', 'dose_g'],
      rows: [
        ['Ginseng', '3.5'],
        ['Astragalus', null],
      ],
    },
    ...{ quality: [], documents: [], registrationCertificate: null, legal: null, compute: null, noticeDays: 30 },
    provenance: { source: 'collected', statement: 'From six clinics.', upstream: [], steps: [] },
    licence: { title: 'Research licence', may: [], mayNot: [], must: [], odrl: null },
  };
  await catalog.service.database.withClient((client) =>
    client.query('UPDATE products SET card = $2 WHERE id = $1', [id, JSON.stringify(card)]),
  );
}

/** As a stranger reads it, through a door that says under which name the exchange is known. */
async function read(path: string) {
  const headers = { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'exchange.example' };
  const response = await fetch(`${catalog.service.url}${path}`, { headers });
  return {
    status: response.status,
    type: response.headers.get('content-type'),
    body: (await response.json()) as Record<string, unknown>,
  };
}

describe('a product for machines', () => {
  it('in DCAT-AP, with all that is mandatory and what else is known', async () => {
    const { status, type, body } = await read(`/v1/products/${ids['dataset']}/dcat`);
    expect([status, type]).toEqual([200, 'application/ld+json; charset=utf-8']);
    const address = `https://exchange.example/v1/products/${ids['dataset']}`;
    expect(body).toMatchObject({
      '@context': { dcat: 'http://www.w3.org/ns/dcat#' },
      '@id': address,
      '@type': 'dcat:Dataset',
      'dct:title': [
        { '@language': 'en', '@value': 'TCM Classical Formulas' },
        { '@language': 'zh-Hans', '@value': '中医药经典名方数据集' },
        { '@language': 'zh-Hant', '@value': '中醫藥經典名方數據集' },
      ],
      'dct:publisher': { '@type': 'foaf:Agent' },
      'dcat:theme': { '@id': expect.stringMatching(/data-theme\/HEAL$/) },
      'dct:accrualPeriodicity': { '@id': expect.stringMatching(/frequency\/MONTHLY$/) },
      'dct:spatial': [
        { '@id': expect.stringMatching(/country\/CHN$/) },
        { '@id': expect.stringMatching(/country\/HKG$/) },
      ],
      'dct:temporal': { 'dcat:startDate': { '@value': '2019-01-01' } },
      'dcat:distribution': { 'dcat:accessURL': { '@id': address }, 'dct:license': { 'dct:title': 'Research licence' } },
    });
    expect(JSON.stringify(body)).not.toContain('null');
  });

  it('that is asked over the network is a service with an endpoint', async () => {
    const { body } = await read(`/v1/products/${ids['api']}/dcat`);
    expect(body).toMatchObject({
      '@type': 'dcat:DataService',
      'dcat:endpointURL': { '@id': expect.stringContaining(ids['api'] ?? '') },
    });
    expect((await read(`/v1/products/${ids['api']}/schema-org`)).body).toMatchObject({
      '@type': 'WebAPI',
      name: 'Weather',
    });
  });

  it('as a schema.org Dataset, with its columns as what was measured', async () => {
    const { body } = await read(`/v1/products/${ids['dataset']}/schema-org`);
    expect(body).toMatchObject({
      '@context': 'https://schema.org',
      '@type': 'Dataset',
      name: 'TCM Classical Formulas',
      temporalCoverage: '2019-01-01/..',
      spatialCoverage: ['CN', 'HK', 'CN-GD'],
      license: { name: 'Research licence' },
      variableMeasured: [{ name: 'herb' }, { name: 'dose_g', unitText: 'g' }],
    });
  });

  it('as Croissant, the rows of its sample with it', async () => {
    const { body } = await read(`/v1/products/${ids['dataset']}/croissant`);
    expect(body).toMatchObject({
      conformsTo: 'http://mlcommons.org/croissant/1.0',
      isLiveDataset: true,
      recordSet: [
        {
          '@id': 'sample',
          field: [{ '@id': 'sample/1', name: 'herb', description: 'Name of the herb' }, { '@id': 'sample/2' }],
          data: [
            { 'sample/1': 'Ginseng', 'sample/2': '3.5' },
            { 'sample/1': 'Astragalus', 'sample/2': null },
          ],
        },
      ],
    });
  });

  it('is told only while it is listed, and Croissant only of datasets', async () => {
    for (const form of ['dcat', 'schema-org', 'croissant']) {
      expect((await read(`/v1/products/${ids['draft']}/${form}`)).body).toMatchObject({
        status: 404,
        code: 'DISCOVERY_NOT_LISTED',
      });
      expect((await read(`/v1/products/${newId('prd')}/${form}`)).status).toBe(404);
    }
    expect((await read(`/v1/products/${ids['api']}/croissant`)).body).toMatchObject({
      status: 409,
      code: 'DISCOVERY_NO_DATASET',
    });
  });
});

describe('the whole catalog for machines', () => {
  it.each([
    [
      'dcat',
      'dcat:Catalog',
      (body: Record<string, unknown>) => [body['dcat:dataset'] ?? [], body['dcat:service'] ?? []].flat(),
    ],
    ['schema-org', 'DataCatalog', (body: Record<string, unknown>) => [body['dataset']].flat()],
  ])('in %s comes page by page, each product once', async (form, type, thingsIn) => {
    const seen: string[] = [];
    let path: string | undefined = `/v1/catalog/${form}?limit=1`;
    for (let pages = 0; path !== undefined && pages < 5; pages += 1) {
      const { status, body } = await read(path);
      expect([status, body['@type']]).toEqual([200, type]);
      seen.push(
        ...thingsIn(body).map(
          (thing) =>
            String((thing as Record<string, unknown>)['@id'])
              .split('/')
              .at(-1) ?? '',
        ),
      );
      path = /"@id":"https:\/\/exchange\.example([^"]*cursor[^"]*)"[^}]*}?}?$/.exec(nextOf(body))?.[1];
    }
    expect(seen).toEqual([ids['dataset'], ids['api']]);
  });
});

/** The pointer to the next page, as text; empty on the last one. */
function nextOf(body: Record<string, unknown>): string {
  const view = body['hydra:view'] as Record<string, unknown> | undefined;
  const next = view === undefined ? body['hasPart'] : view['hydra:next'];
  return next === undefined ? '' : JSON.stringify({ next });
}
