import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { routesOf } from '@hetao/runtime';
import { participantTransitions } from '../src/participant/participant.js';
import { productTransitions } from '../src/product/product.js';
import { startCatalog, type RunningCatalog } from './running-catalog.js';

let catalog: RunningCatalog;
beforeAll(async () => {
  catalog = await startCatalog();
});
afterAll(() => catalog.stop());

describe('the schema', () => {
  it.each([
    ['participants', participantTransitions.states],
    ['products', productTransitions.states],
  ])('of %s allows exactly the states of the rules', async (table, states) => {
    const { rows } = await catalog.service.database.withClient((client) =>
      client.query<{ definition: string }>(
        `SELECT pg_get_constraintdef(oid) AS definition FROM pg_constraint
         WHERE conrelid = $1::regclass AND conname = $1 || '_status_check'`,
        [table],
      ),
    );
    const allowed = [...(rows[0]?.definition ?? '').matchAll(/'([a-z_]+)'::text/g)].map((match) => match[1]);
    expect(allowed.sort()).toEqual([...states].sort());
  });
});

describe('the routes', () => {
  it('open nothing to the public but health, metrics, the description of the API, certificates and the market for machines', () => {
    const open = routesOf(catalog.service.app).filter(({ policy }) => policy?.access === 'public');
    const paths = open.map(({ path }) => path).filter((path) => path.startsWith('/v1'));
    expect([...new Set(paths)].sort()).toEqual([
      '/v1/catalog/dcat',
      '/v1/catalog/schema-org',
      '/v1/certificates/:number',
      '/v1/products/:id/croissant',
      '/v1/products/:id/dcat',
      '/v1/products/:id/schema-org',
    ]);
  });

  it('are described in the OpenAPI document', async () => {
    const response = await fetch(`${catalog.service.url}/openapi.json`);
    const text = await response.text();
    const document = JSON.parse(text) as { paths: Record<string, object> };
    const served = routesOf(catalog.service.app).map(({ path }) => path.replace(/:(\w+)/g, '{$1}'));
    const described = Object.keys(document.paths).filter((path) => path.startsWith('/v1'));
    // The desk of dead letters, which every service has, is described by the gateway that asks them all.
    const own = served.filter((path) => path.startsWith('/v1') && !path.startsWith('/v1/dead-letters'));
    expect(described.sort()).toEqual([...new Set(own)].sort());
    expect(described.length).toBeGreaterThan(30);
    // The converter writes zod's insides where a schema was passed the wrong way.
    expect(text).not.toContain('"def":');
  });
});
