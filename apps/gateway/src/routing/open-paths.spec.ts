import { describe, expect, it } from '@jest/globals';
import { hasServiceToken, isOpen } from './open-paths.js';

describe('what needs no name', () => {
  it.each([
    ['POST', '/v1/customs/policy-queries'],
    ['GET', '/v1/customs/policy-queries/pqy_1/finding'],
    ['GET', '/v1/customs/rule-sets/cn/2026.11.0'],
    ['GET', '/v1/customs/products/prd_1/export-readiness'],
    ['HEAD', '/v1/attestation-log/checkpoint'],
    ['GET', '/v1/attestation-log/tile/0/000'],
    ['GET', '/v1/attestation-meaning'],
    ['GET', '/v1/products/prd_1/croissant'],
    ['GET', '/v1/catalog/dcat'],
  ])('%s %s', (method, path) => {
    expect(isOpen(method, path)).toBe(true);
  });

  it.each([
    ['POST', '/v1/customs/rule-sets'],
    ['DELETE', '/v1/customs/policy-queries/pqy_1'],
    ['GET', '/v1/customs/declarations'],
    ['GET', '/v1/customs/policy-queries-of-others'],
    ['GET', '/v1/customs/products/prd_1/export-readiness/edit'],
    ['POST', '/v1/attestation-log/entries'],
    ['GET', '/v1/attestation-meaningless'],
    ['GET', '/v1/products'],
    ['GET', '/v1/products/prd_1/history'],
    ['POST', '/v1/products/prd_1/dcat'],
    ['GET', '/v1/catalog'],
  ])('is not %s %s', (method, path) => {
    expect(isOpen(method, path)).toBe(false);
  });
});

describe('a token that a service judges itself', () => {
  it('is passed on where it belongs, and nowhere else', () => {
    expect(hasServiceToken('POST', '/v1/usage/ingest', 'Bearer hxi_abc.def')).toBe(true);
    expect(hasServiceToken('POST', '/v1/usage/ingest', 'Bearer hx_live_abc')).toBe(false);
    expect(hasServiceToken('POST', '/v1/usage/ingest', undefined)).toBe(false);
    expect(hasServiceToken('GET', '/v1/usage/ingest', 'Bearer hxi_abc')).toBe(false);
    expect(hasServiceToken('POST', '/v1/usage/events', 'Bearer hxi_abc')).toBe(false);
  });
});
