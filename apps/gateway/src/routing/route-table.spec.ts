import { describe, expect, it } from '@jest/globals';
import { routeFor, routes, scopeNeeded } from './route-table.js';

describe('the route table', () => {
  it('has every prefix once, and bounds on every row', () => {
    expect(new Set(routes.map((route) => route.prefix)).size).toBe(routes.length);
    for (const route of routes) {
      expect(route.prefix).toMatch(/^\/v1\/[a-z-]+(\/[a-z-]+)?$/);
      expect(route.timeoutMs).toBeGreaterThan(0);
      expect(route.timeoutMs).toBeLessThanOrEqual(60_000);
      expect(route.bodyLimitBytes).toBeLessThanOrEqual(64 * 1024 * 1024);
    }
  });

  it.each([
    ['/v1/products', 'catalog'],
    ['/v1/products/prd_1/approve', 'catalog'],
    ['/v1/usage/events', 'metering'],
    ['/v1/settlement/periods/2015-05/close', 'settlement'],
    ['/v1/me', 'gateway'],
  ])('sends %s to %s', (path, service) => {
    expect(routeFor(path)?.service).toBe(service);
  });

  it.each(['/v1', '/v1/', '/v1/productsx', '/v1/internal', '/v2/products', '/livez', '/metrics'])(
    'knows nothing under %s',
    (path) => {
      expect(routeFor(path)).toBeUndefined();
    },
  );

  it('asks for a write scope where something changes', () => {
    const usage = routeFor('/v1/usage/events');
    if (usage === undefined) throw new Error('the usage row is missing');
    expect(scopeNeeded(usage, 'POST')).toBe('usage:write');
    expect(scopeNeeded(usage, 'GET')).toBe('usage:read');
    expect(scopeNeeded(usage, 'DELETE')).toBe('usage:write');
  });
});
