import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { FastifyInstance } from 'fastify';
import { parseList } from 'structured-headers';
import { eventually, freePort } from '@hetao/testing';
import { startGateway, type TestGateway } from './gateway.js';
import { startUpstream, type Upstream } from './upstream.js';

/** What a slow, broken or streaming service does. */
const open = new Set<{ write(text: string): void; end(): void }>();
let retries = 0;
const hungUp = { reads: 0, writes: 0 };
let farewells = 0;

function difficultRoutes(app: FastifyInstance): void {
  app.get('/v1/ledger/hangup', (request, reply) => {
    reply.hijack();
    request.raw.socket.destroy();
  });
  app.get('/v1/ledger/replaced', async (request, reply) => {
    hungUp.reads += 1;
    if (hungUp.reads > 1) return { by: 'the successor' };
    reply.hijack();
    request.raw.socket.destroy();
    return undefined;
  });
  app.post('/v1/ledger/replaced', (request, reply) => {
    hungUp.writes += 1;
    reply.hijack();
    request.raw.socket.destroy();
  });
  app.get('/v1/ledger/leaving', async (_request, reply) => {
    farewells += 1;
    if (farewells > 1) return { by: 'the successor' };
    return reply.status(503).header('connection', 'close').send({ code: 'SERVICE_STOPPING' });
  });
  app.get('/v1/ledger/busy', async (_request, reply) => {
    retries += 1;
    await reply.status(503).header('retry-after', '7').type('application/problem+json').send({ code: 'BUSY' });
  });
  app.get('/v1/ledger/moved', async (_request, reply) => {
    const { port } = app.server.address() as { port: number };
    await reply.redirect(`http://127.0.0.1:${port}/v1/ledger/accounts`, 303);
  });
  app.get('/v1/ledger/stream', (_request, reply) => {
    reply.hijack();
    reply.raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
    reply.raw.write('data: first\n\n');
    const stream = { write: (text: string) => void reply.raw.write(text), end: () => void reply.raw.end() };
    open.add(stream);
    reply.raw.on('close', () => open.delete(stream));
  });
}

let upstream: Upstream;
let gateway: TestGateway;
beforeAll(async () => {
  upstream = await startUpstream(difficultRoutes);
  const nobody = `http://127.0.0.1:${await freePort()}`;
  gateway = await startGateway({ upstream, env: { CATALOG_URL: nobody } });
});
afterAll(async () => {
  await gateway.stop();
  await upstream.stop();
});

describe('A service that is away', () => {
  it('answers 503 with Retry-After, and says that nothing was done', async () => {
    const answer = await gateway.call('/v1/products', { as: 'merchant', method: 'POST', body: '{}' });
    expect(answer.status).toBe(503);
    expect(answer.headers.get('retry-after')).toBe('2');
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(await answer.json()).toMatchObject({ code: 'SERVICE_UNAVAILABLE', meta: { service: 'catalog' } });
  });

  it('answers 502 when it hangs up, since the request may have taken effect', async () => {
    const answer = await gateway.call('/v1/ledger/hangup', { as: 'operator' });
    expect(answer.status).toBe(502);
    expect(answer.headers.get('retry-after')).toBe('2');
    expect(await answer.json()).toMatchObject({ code: 'SERVICE_ANSWER_LOST', meta: { service: 'settlement' } });
  });

  it('is asked once more for what was only read, and never again for what may have taken effect', async () => {
    const read = await gateway.call('/v1/ledger/replaced', { as: 'operator' });
    expect([read.status, await read.json()]).toEqual([200, { by: 'the successor' }]);
    const written = await gateway.call('/v1/ledger/replaced', { as: 'operator', method: 'POST', body: '{}' });
    expect(written.status).toBe(502);
    expect(hungUp).toEqual({ reads: 2, writes: 1 });
    const left = await gateway.call('/v1/ledger/leaving', { as: 'operator' });
    expect([left.status, await left.json()]).toEqual([200, { by: 'the successor' }]);
  });

  it('shows nothing of its insides: no address, no stack', async () => {
    const answer = await gateway.call('/v1/products', { as: 'merchant' });
    expect(await answer.text()).not.toMatch(/ECONNREFUSED|127\.0\.0\.1|node_modules/);
  });

  it('comes through when it says by itself that it is busy, and is not asked again by us', async () => {
    const answer = await gateway.call('/v1/ledger/busy', { as: 'operator' });
    expect(answer.status).toBe(503);
    expect(answer.headers.get('retry-after')).toBe('7');
    expect(await answer.json()).toEqual({ code: 'BUSY' });
    expect(retries).toBe(1);
  });

  it('cannot lead a caller past the door', async () => {
    const answer = await gateway.call('/v1/ledger/moved', { as: 'operator', redirect: 'manual' });
    expect(answer.headers.get('location')).toBe('/v1/ledger/accounts');
  });

  it('leaves open whether an organisation exists, so nobody is added to it meanwhile', async () => {
    const answer = await gateway.call('/v1/members', {
      as: 'operator',
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        organisation_id: 'org_somebody',
        email: 'x@demo.example',
        personas: ['buyer'],
        password: 'eight grey herons over the bay',
      }),
    });
    expect(answer.status).toBe(503);
    expect(await answer.json()).toMatchObject({ code: 'ORGANISATION_NOT_CHECKED' });
  });

  it('leaves the others and the door itself at work', async () => {
    expect((await gateway.call('/v1/agreements', { as: 'merchant' })).status).toBe(200);
    expect((await fetch(`${gateway.url}/readyz`)).status).toBe(200);
  });
});

describe('A stream', () => {
  it('comes through piece by piece, and ends at the service when the caller leaves', async () => {
    const leave = new AbortController();
    const answer = await gateway.call('/v1/ledger/stream', { as: 'auditor', signal: leave.signal });
    expect(answer.headers.get('content-type')).toBe('text/event-stream');
    const reader = (answer.body ?? new ReadableStream<Uint8Array>()).getReader();
    const read = async () => new TextDecoder().decode((await reader.read()).value);
    expect(await read()).toBe('data: first\n\n');
    const [stream] = [...open];
    stream?.write('data: second\n\n');
    expect(await read()).toBe('data: second\n\n');
    leave.abort();
    await eventually(() => expect(open.size).toBe(0));
  });
});

describe('Limits', () => {
  let limited: TestGateway;
  beforeAll(async () => {
    const env = { RATE_LIMIT_KEY: '3', RATE_LIMIT_ORGANISATION: '5', RATE_LIMIT_ADDRESS: '4' };
    limited = await startGateway({ upstream, env });
  });
  afterAll(() => limited.stop());

  it('are told with every answer, and stop a key without stopping another', async () => {
    const first = await limited.call('/v1/agreements', { as: 'merchant' });
    expect(first.headers.get('ratelimit-policy')).toBe('"key";q=3;w=60, "organisation";q=5;w=60');
    const [[policy, state] = []] = parseList(first.headers.get('ratelimit') ?? '') as [string, Map<string, number>][];
    expect(policy).toBe('key');
    expect(state?.get('r')).toBe(2);
    expect(state?.get('t')).toBeGreaterThan(0);
    await limited.call('/v1/agreements', { as: 'merchant' });
    await limited.call('/v1/agreements', { as: 'merchant' });
    const stopped = await limited.call('/v1/agreements', { as: 'merchant' });
    expect(stopped.status).toBe(429);
    expect(Number(stopped.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await stopped.json()).toMatchObject({ code: 'RATE_LIMITED', meta: { policy: 'key' } });
    expect((await limited.call('/v1/agreements', { as: 'buyer' })).status).toBe(200);
  });

  it('count an organisation over all of its keys', async () => {
    // Operator and auditor are of one organisation: three and two requests are its five.
    for (const as of ['operator', 'operator', 'operator', 'auditor', 'auditor'] as const) {
      expect((await limited.call('/v1/agreements', { as })).status).toBe(200);
    }
    const stopped = await limited.call('/v1/agreements', { as: 'auditor' });
    expect(stopped.status).toBe(429);
    expect(await stopped.json()).toMatchObject({ meta: { policy: 'organisation' } });
  });

  it('slow down those without a name by address', async () => {
    const statuses = [];
    for (let count = 0; count < 6; count += 1) statuses.push((await limited.call('/v1/agreements')).status);
    expect(statuses).toEqual([401, 401, 401, 401, 429, 429]);
  });

  it('count the files of pages apart: forty of them make one page, and many people share an address', async () => {
    const statuses = new Set<number>();
    for (let count = 0; count < 6; count += 1) statuses.add((await limited.call('/assets/site.css')).status);
    expect([...statuses]).toEqual([200]);
    const { headers } = await limited.call('/assets/site.css');
    expect(headers.get('ratelimit-policy')).toBe('"files";q=30000;w=60');
  });

  it('leave the probes alone', async () => {
    expect((await fetch(`${limited.url}/livez`)).status).toBe(200);
  });
});

describe('Another exchange', () => {
  it('speaks to ours under its own name: its credentials pass, and nobody vouches for it', async () => {
    upstream.seen.length = 0;
    const answer = await gateway.call('/dsp/2025-1/negotiations/request?x=1', {
      method: 'POST',
      headers: { authorization: 'Bearer of.the.peer', 'content-type': 'application/json', 'x-hetao-caller': 'forged' },
      body: '{"@type":"ContractRequestMessage"}',
    });
    expect(answer.status).toBe(404);
    const [seen] = upstream.seen;
    expect(seen).toMatchObject({
      url: '/dsp/2025-1/negotiations/request?x=1',
      headers: { authorization: 'Bearer of.the.peer' },
      body: '{"@type":"ContractRequestMessage"}',
    });
    expect(seen?.headers).not.toHaveProperty('x-hetao-caller');
  });

  it('reaches nothing else that way', async () => {
    for (const path of [
      '/dspx',
      '/dsp',
      '/dsp/conformance/negotiations',
      '/dsp/../v1/products',
      '/dsp/%2e%2e/v1/products',
    ]) {
      upstream.seen.length = 0;
      const answer = await gateway.call(path, { headers: { authorization: 'Bearer of.the.peer' } });
      expect([404, 400, 401]).toContain(answer.status);
      expect(upstream.seen).toEqual([]);
    }
  });
});
