import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fastify, { type FastifyInstance } from 'fastify';
import type { GatewayConfig } from '../src/gateway.config.js';
import { gatewaySettings } from '../src/gateway.config.js';
import { mountServices } from '../src/routing/service.proxy.js';
import type { Route } from '../src/routing/route-table.js';
import { testCallerKeys } from '@hetao/testing';
import { startUpstream, type Upstream } from './upstream.js';

/** The proxy alone, with a table whose patience a test can wait for. */
const table: readonly Route[] = [
  { prefix: '/v1/ledger', service: 'settlement', scope: 'settlement', timeoutMs: 100, bodyLimitBytes: 1024 },
];
const merchant = {
  identity: {
    subject: 'acc_1',
    organisationId: 'org_1',
    personas: ['merchant' as const],
    scopes: [],
    via: 'session' as const,
    displayName: 'M',
  },
  accountId: 'acc_1',
  email: 'm@demo.example',
  limitKey: 'acc_1',
  roles: ['owner'] as const,
  address: '127.0.0.1',
};

let upstream: Upstream;
let proxy: FastifyInstance;
beforeAll(async () => {
  upstream = await startUpstream((app) => {
    app.get('/v1/ledger/silent', (_request, reply) => {
      reply.hijack();
    });
  });
  const { privateKey } = await testCallerKeys();
  const config: GatewayConfig = gatewaySettings.parse({
    CATALOG_URL: upstream.url,
    CONTRACTS_URL: upstream.url,
    METERING_URL: upstream.url,
    SETTLEMENT_URL: upstream.url,
    CALLER_PRIVATE_KEY: JSON.stringify(privateKey),
  });
  proxy = fastify();
  await mountServices(
    proxy,
    { config, door: { addressOf: () => '127.0.0.1' }, register: { of: () => merchant } },
    table,
  );
  await proxy.listen({ port: 0, host: '127.0.0.1' });
});
afterAll(async () => {
  await proxy.close();
  await upstream.stop();
});

describe('A service that stays silent', () => {
  it('is given up after its time: 504, and the caller is told that the request may have taken effect', async () => {
    const { port } = proxy.server.address() as { port: number };
    const answer = await fetch(`http://127.0.0.1:${port}/v1/ledger/silent`);
    expect(answer.status).toBe(504);
    expect(answer.headers.get('retry-after')).toBe('2');
    expect(await answer.json()).toMatchObject({
      code: 'SERVICE_TIMED_OUT',
      status: 504,
      meta: { service: 'settlement' },
    });
  });
});
