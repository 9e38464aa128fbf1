import { describe, expect, it } from '@jest/globals';
import type { DeliveryCall } from '@hetao/client';
import { byEndpoint, isTooFew } from './sales.rules.js';

const call = (method: string, path: string, more: Partial<DeliveryCall> = {}) =>
  ({ method, path, bytes_out: '10', code: null, upstream_status: 200, ...more }) as DeliveryCall;

it.each([
  ['persons', '9', true],
  ['persons', '10', false],
  ['persons', '0', false],
  ['calls', '3', false],
])('%s: %s is too few to tell: %s', (meter, quantity, few) => {
  expect(isTooFew(meter, quantity)).toBe(few);
});

describe('calls by endpoint', () => {
  it('count ids as one endpoint, errors apart, the busiest first', () => {
    const calls = [
      call('POST', '/search', { upstream_status: 503 }),
      call('GET', '/herbs/17'),
      call('GET', '/herbs/18?page=2', { code: 'QUOTA_USED' }),
    ];
    expect(byEndpoint(calls)).toEqual([
      { endpoint: 'GET /herbs/…', calls: 2, failed: 1, bytes: 20 },
      { endpoint: 'POST /search', calls: 1, failed: 1, bytes: 10 },
    ]);
  });
});
