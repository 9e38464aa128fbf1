import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { unwrap } from '@hetao/kernel';
import { checkTarget, maxTargetLength } from './request-target.js';

describe('checkTarget', () => {
  it.each([
    ['/v1/products', '/v1/products', ''],
    ['/v1/products?q=%E4%B8%AD%E9%86%AB&limit=3', '/v1/products', '?q=%E4%B8%AD%E9%86%AB&limit=3'],
    ['/', '/', ''],
    ['/v1/products/prd_01jd:submit', '/v1/products/prd_01jd:submit', ''],
    ['/v1/x...y/', '/v1/x...y/', ''],
    ['/v1/products?return_to=/a/../b', '/v1/products', '?return_to=/a/../b'],
  ])('takes %s', (raw, path, query) => {
    expect(unwrap(checkTarget(raw))).toEqual({ path, query });
  });

  it.each([
    ['/v1/../admin', 'dot segment'],
    ['/v1/./products', 'dot segment'],
    ['/v1/..', 'dot segment'],
    ['/v1/%2e%2e/admin', 'encoded'],
    ['/v1/.%2E/admin', 'encoded'],
    ['/v1/products%2Fsecret', 'encoded'],
    ['/v1/products%5c..%5cx', 'encoded'],
    ['/v1/%252e%252e/admin', 'encoded'],
    ['/v1/products%00.png', 'encoded'],
    ['/v1/..;/admin', 'must be percent-encoded'],
    ['/v1/products\\..\\x', 'must be percent-encoded'],
    ['/v1//products', 'empty segment'],
    ['//evil.example/v1', 'empty segment'],
    ['http://evil.example/v1/products', 'start with a slash'],
    ['*', 'start with a slash'],
    ['/v1/pro ducts', 'must be percent-encoded'],
    ['/v1/products%zz', 'must be percent-encoded'],
    ['/v1/中藥', 'must be percent-encoded'],
    ['/v1/%aa', 'no UTF-8'],
    ['/v1/%c0%af..', 'no UTF-8'],
    ['/v1/products?a=\u0000', 'query'],
    ['/v1/products#x', 'must be percent-encoded'],
    [`/${'a'.repeat(maxTargetLength)}`, 'characters'],
  ])('refuses %s', (raw, reason) => {
    const result = checkTarget(raw);
    expect(result.ok).toBe(false);
    if (!result.ok) {
      expect(result.error.code).toBe('REQUEST_TARGET_INVALID');
      expect(result.error.detail).toContain(reason);
    }
  });

  it('lets nothing through that a URL parser would read as another path', () => {
    const piece = fc.constantFrom('/', '.', '..', '%2e', '%2F', '%5c', '\\', ';', 'v1', 'a', '%41', '//', '%', ' ');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const raw = `/${pieces.join('')}`;
        const result = checkTarget(raw);
        if (!result.ok) return;
        expect(new URL(raw, 'http://door.example').pathname).toBe(result.value.path);
        const decodedOnce = decodeURIComponent(result.value.path);
        expect(decodedOnce.split('/').length).toBe(result.value.path.split('/').length);
        expect(decodedOnce.split('/')).not.toContain('..');
      }),
      { numRuns: 500 },
    );
  });
});
