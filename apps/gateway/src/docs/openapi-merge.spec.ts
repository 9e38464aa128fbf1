import { describe, expect, it } from '@jest/globals';
import { mergeDocuments, type Frame, type JsonObject } from './openapi-merge.js';

const frame: Frame = {
  head: { openapi: '3.1.0', info: { title: 'Exchange', version: '1' } },
  tags: { catalog: 'Products' },
  security: [{ apiKey: [] }],
  components: {
    securitySchemes: { apiKey: { type: 'http', scheme: 'bearer' } },
    schemas: { Problem: { type: 'object' } },
    responses: { Problem: { description: 'A problem', content: {} } },
  },
  responses: { '401': { description: 'Who are you?' } },
  always: { default: { $ref: '#/components/responses/Problem' } },
};
const money = { type: 'object', properties: { amount: { type: 'string' } } };

function service(paths: JsonObject, schemas: JsonObject = {}): JsonObject {
  return { openapi: '3.1.0', paths, components: { schemas, securitySchemes: { internal: { type: 'apiKey' } } } };
}

function read(reference: string) {
  return {
    responses: { '200': { description: 'ok', content: { 'application/json': { schema: { $ref: reference } } } } },
  };
}

const catalog = service(
  {
    '/v1/products/{id}': {
      get: {
        operationId: 'getProduct',
        security: [{ internal: [] }],
        parameters: [
          { in: 'header', name: 'X-Hetao-Caller' },
          { in: 'path', name: 'id' },
        ],
        ...read('#/components/schemas/Product'),
      },
    },
    '/v1/agreements': { get: { operationId: 'notMine', ...read('#/components/schemas/Product') } },
    '/v1/products': {
      get: {
        operationId: 'listProducts',
        responses: { '401': { description: 'Mine' }, default: { description: 'Mine' } },
      },
    },
    '/livez': { get: { operationId: 'livez', responses: {} } },
  },
  {
    Product: { type: 'object', properties: { price: { $ref: '#/components/schemas/Money' } } },
    Money: money,
    Page: money,
  },
);
const settlement = service(
  { '/v1/invoices': { get: { operationId: 'getProduct', ...read('#/components/schemas/Page') } } },
  { Page: { type: 'array', items: { $ref: '#/components/schemas/Money' } }, Money: money },
);

describe('mergeDocuments', () => {
  const merged = mergeDocuments(frame, [
    { service: 'catalog', document: catalog },
    { service: 'settlement', document: settlement },
  ]) as { paths: Record<string, Record<string, JsonObject>>; components: Record<string, JsonObject>; tags: unknown };

  it('keeps only what the route table sends to that service', () => {
    expect(Object.keys(merged.paths)).toEqual(['/v1/invoices', '/v1/products', '/v1/products/{id}']);
  });

  it('speaks of the door: no internal header, no internal security, its own tags, words and answers', () => {
    expect(merged.paths['/v1/products/{id}']?.['get']).toMatchObject({
      operationId: 'getProduct',
      summary: 'Get product',
      tags: ['catalog'],
      parameters: [{ in: 'path', name: 'id' }],
      responses: { '401': {}, default: { $ref: '#/components/responses/Problem' }, '200': {} },
    });
    expect(merged.paths['/v1/products/{id}']?.['get']).not.toHaveProperty('security');
    expect(merged.components['securitySchemes']).toEqual(frame.components['securitySchemes']);
    expect(merged.tags).toEqual([
      { name: 'catalog', description: 'Products' },
      { name: 'settlement', description: 'Routes of settlement.' },
    ]);
  });

  it('keeps what a service says of its answers, but for those that are the same everywhere', () => {
    expect(merged.paths['/v1/products']?.['get']?.['responses']).toEqual({
      '401': { description: 'Mine' },
      default: { $ref: '#/components/responses/Problem' },
    });
  });

  it('shares equal components and renames different ones with every reference to them', () => {
    const schemas = merged.components['schemas'] ?? {};
    expect(Object.keys(schemas)).toEqual(['Money', 'Problem', 'Product', 'SettlementPage']);
    expect(schemas['SettlementPage']).toEqual({ type: 'array', items: { $ref: '#/components/schemas/Money' } });
    expect(JSON.stringify(merged.paths['/v1/invoices'])).toContain('"#/components/schemas/SettlementPage"');
  });

  it('renames a component whose words are equal but whose references are not', () => {
    const page = { type: 'array', items: { $ref: '#/components/schemas/Money' } };
    const one = service(
      { '/v1/products': { get: { operationId: 'a', ...read('#/components/schemas/P') } } },
      { P: page, Money: money },
    );
    const two = service(
      { '/v1/invoices': { get: { operationId: 'b', ...read('#/components/schemas/P') } } },
      { P: page, Money: { type: 'string' } },
    );
    const { components } = mergeDocuments(frame, [
      { service: 'catalog', document: one },
      { service: 'settlement', document: two },
    ]) as { components: Record<string, JsonObject> };
    expect(components['schemas']).toMatchObject({
      P: { items: { $ref: '#/components/schemas/Money' } },
      SettlementP: { items: { $ref: '#/components/schemas/SettlementMoney' } },
      SettlementMoney: { type: 'string' },
    });
  });

  it('gives each operation an id of its own', () => {
    expect(merged.paths['/v1/invoices']?.['get']?.['operationId']).toBe('settlement_getProduct');
  });

  it('reads past documents that are not what they should be', () => {
    const odd = { paths: { '/v1/products': 'x', '/v1/offers': null }, components: [] } as JsonObject;
    expect(mergeDocuments(frame, [{ service: 'catalog', document: odd }])['paths']).toEqual({});
  });

  it('says of an address that is open to everybody that it asks for no name', () => {
    const usage = service({
      '/v1/usage/statement-keys': { get: { operationId: 'listStatementKeys', responses: {} } },
      '/v1/usage/windows': { get: { operationId: 'listWindows', responses: {} } },
    });
    const { paths } = mergeDocuments(frame, [{ service: 'metering', document: usage }]) as { paths: JsonObject };
    expect(paths['/v1/usage/statement-keys']).toMatchObject({ get: { security: [] } });
    expect(paths['/v1/usage/windows']).not.toHaveProperty('get.security');
  });
});
