import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { problem, startScriptedExchange, type ScriptedExchange } from '../test/scripted-exchange.js';
import { getProduct, Hetao, HetaoProblem, HetaoUnreachable, isProblem, listProducts, requestAccess } from './index.js';
import { publishOffer, removeWebhookEndpoint, rollApiKey, submitProduct } from './index.js';
import { pauseBefore } from './retry.js';

let exchange: ScriptedExchange;
beforeAll(async () => {
  exchange = await startScriptedExchange();
});
afterAll(() => exchange.close());

const hetao = (more: object = {}) => new Hetao({ baseUrl: exchange.url, apiKey: 'hx_test_key', ...more });
const asked = { body: { offer_id: 'off_1', purpose: 'research', place_of_use: 'HK' } } as const;
/** Its answer shows a secret, so the exchange knows no key for it. */
const rolled = { path: { id: 'key_1' }, body: {} } as const;
const soon = '0';

describe('a call', () => {
  it('brings the key, the path, the query and the body, and gives back what was answered', async () => {
    exchange.answers({ status: 200, body: { id: 'prd_1' } });
    expect(await hetao().call(getProduct, { path: { id: 'a b' } })).toEqual({ id: 'prd_1' });
    expect(exchange.seen[0]).toMatchObject({ method: 'GET', url: '/v1/products/a%20b' });
    expect(exchange.seen[0]?.headers).toMatchObject({ authorization: 'Bearer hx_test_key' });
    expect(exchange.seen[0]?.headers).not.toHaveProperty('cookie');
  });

  it('has an Idempotency-Key of its own where the exchange knows them, the caller’s where he gives one, else none', async () => {
    exchange.answers({ status: 200, body: {} });
    await hetao().call(requestAccess, asked);
    await hetao().call(requestAccess, asked);
    await hetao().call(requestAccess, { ...asked, headers: { 'Idempotency-Key': 'mine' } });
    await hetao().call(rollApiKey, rolled);
    const [first, second, third, fourth] = exchange.seen.map(({ headers }) => headers['idempotency-key']);
    expect(first).toMatch(/^[0-9a-f-]{36}$/);
    expect(second).not.toBe(first);
    expect([third, fourth]).toEqual(['mine', undefined]);
  });

  it('of a page carries the session’s token with what changes something, and no key', async () => {
    exchange.answers({ status: 200, body: {} });
    const page = new Hetao({ baseUrl: exchange.url, csrfToken: () => 'csrf', language: 'zh-Hans' });
    await page.call(removeWebhookEndpoint, { path: { id: 'whe_1' } });
    await page.call(getProduct, { path: { id: 'prd_1' } });
    expect(exchange.seen[0]?.headers).toMatchObject({ 'x-csrf-token': 'csrf', 'accept-language': 'zh-Hans' });
    expect(exchange.seen[1]?.headers).not.toHaveProperty('x-csrf-token');
    expect(exchange.seen[0]?.headers).not.toHaveProperty('authorization');
  });
});

describe('a failure', () => {
  it('is a problem with its code, its mend and its trace', async () => {
    exchange.answers(problem(409, 'OFFER_EXPIRED'));
    const failure: unknown = await hetao()
      .call(requestAccess, asked)
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(HetaoProblem);
    expect(failure).toMatchObject({ code: 'OFFER_EXPIRED', status: 409, fix: 'Mend it.', traceId: 't' });
    expect([isProblem(failure, 'OFFER_EXPIRED'), isProblem(failure, 'OFFER_WITHDRAWN')]).toEqual([true, false]);
    expect(exchange.seen).toHaveLength(1);
  });

  it.each([
    ['a page of somebody else’s', { status: 404, headers: { 'content-type': 'text/html' }, body: '<html>' }],
    ['JSON that is no problem', { status: 400, body: { error: 'x' } }],
    ['a redirect to elsewhere', { status: 302, headers: { location: 'http://127.0.0.1:1/' } }],
    ['a connection that closes', 'drop'],
  ] as const)('without a problem says so: %s', async (_, answer) => {
    exchange.answers(answer);
    await expect(hetao({ retries: 0 }).call(getProduct, { path: { id: 'prd_1' } })).rejects.toThrow(HetaoUnreachable);
  });

  it('of an exchange that is not there names the reason', async () => {
    const gone = await startScriptedExchange();
    await gone.close();
    const nowhere = new Hetao({ baseUrl: gone.url, retries: 0 });
    await expect(nowhere.call(listProducts)).rejects.toThrow(/could not be reached: .*ECONNREFUSED/);
  });
});

describe('patience', () => {
  it('asks again with the same key after 429, 503 and a lost connection', async () => {
    exchange.answers(problem(429, 'RATE_LIMITED', soon), problem(503, 'SERVICE_AWAY', soon), 'drop', {
      status: 201,
      body: { id: 'req_1' },
    });
    expect(await hetao().call(requestAccess, asked)).toEqual({ id: 'req_1' });
    expect(new Set(exchange.seen.map(({ headers }) => headers['idempotency-key'])).size).toBe(1);
    expect(new Set(exchange.seen.map(({ body }) => body)).size).toBe(1);
    expect(exchange.seen).toHaveLength(4);
  });

  it('never repeats a command that might have had its effect and cannot be recognised', async () => {
    for (const answer of [problem(503, 'REQUEST_TIMED_OUT', soon), 'drop'] as const) {
      exchange.answers(answer);
      await expect(hetao().call(rollApiKey, rolled)).rejects.toThrow();
      expect(exchange.seen).toHaveLength(1);
    }
    exchange.answers(problem(429, 'RATE_LIMITED', soon), { status: 200, body: { id: 'key_2' } });
    await hetao().call(rollApiKey, rolled);
    expect(exchange.seen).toHaveLength(2);
  });

  it('waits for the first copy of a step that is still at work, and gives back any other conflict', async () => {
    const submit = () => hetao().call(submitProduct, { path: { id: 'prd_1' } });
    exchange.answers('drop', problem(409, 'IDEMPOTENCY_IN_PROGRESS', soon), { status: 200, body: { id: 'prd_1' } });
    expect(await submit()).toEqual({ id: 'prd_1' });
    expect(new Set(exchange.seen.map(({ headers }) => headers['idempotency-key'])).size).toBe(1);
    expect(exchange.seen).toHaveLength(3);
    exchange.answers(problem(409, 'PRODUCT_NOT_DRAFT'));
    await expect(submit()).rejects.toThrow(HetaoProblem);
    expect(exchange.seen).toHaveLength(1);
  });

  it('ends: after its retries, before a pause that is too long, and for what was refused for good', async () => {
    for (const [answer, retries, requests] of [
      [problem(503, 'SERVICE_AWAY', soon), 2, 3],
      [problem(429, 'RATE_LIMITED', '3600'), 4, 1],
      [problem(422, 'VALIDATION_FAILED'), 4, 1],
      [problem(500, 'INTERNAL'), 4, 1],
    ] as const) {
      exchange.answers(answer);
      await expect(hetao({ retries }).call(publishOffer, { body: {} as never })).rejects.toThrow(HetaoProblem);
      expect(exchange.seen).toHaveLength(requests);
    }
  });

  it('is cut short by the caller’s signal', async () => {
    exchange.answers(problem(503, 'SERVICE_AWAY', '20'));
    const given = new AbortController();
    const call = hetao().call(listProducts, { signal: given.signal });
    const reason = new DOMException('enough', 'AbortError');
    setTimeout(() => given.abort(reason), 30);
    await expect(call).rejects.toBe(reason);
  });

  it('waits as long as it was asked to, else longer each time, and never the same for everybody', () => {
    const away = (headers: Record<string, string> = {}) => new Response('', { status: 503, headers });
    expect(pauseBefore(1, away({ 'retry-after': '7' }), () => 0)).toBe(7_000);
    expect(pauseBefore(1, away(), () => 0)).toBe(100);
    expect(pauseBefore(4, away(), () => 0.999)).toBeCloseTo(2_400, -1);
    const at = new Date(Date.now() + 10_000).toUTCString();
    expect(pauseBefore(1, away({ 'retry-after': at }), () => 0)).toBeGreaterThan(8_000);
    expect(pauseBefore(1, away({ 'retry-after': 'soon' }), () => 0)).toBe(100);
  });
});

describe('a list', () => {
  const page = (ids: string[], next_cursor: string | null) => ({
    status: 200,
    body: { data: ids.map((id) => ({ id })), next_cursor, has_more: next_cursor !== null },
  });
  const ids = async (rows: AsyncIterable<{ readonly id: string }>, atMost = Infinity) => {
    const seen: string[] = [];
    for await (const { id } of rows) {
      seen.push(id);
      if (seen.length === atMost) break;
    }
    return seen;
  };

  it('is walked page after page, and no further than it is read', async () => {
    const script = [page(['a', 'b'], 'c1'), page([], 'c2'), page(['c'], null)];
    exchange.answers(...script);
    expect(await ids(hetao().each(listProducts, { query: { q: '物流', limit: 2 } }))).toEqual(['a', 'b', 'c']);
    expect(exchange.seen.map(({ url }) => new URL(url, 'http://x').searchParams.get('cursor'))).toEqual([
      null,
      'c1',
      'c2',
    ]);
    expect(exchange.seen.every(({ url }) => url.includes('limit=2') && url.includes(encodeURIComponent('物流')))).toBe(
      true,
    );
    exchange.answers(...script);
    expect(await ids(hetao().each(listProducts), 1)).toEqual(['a']);
    expect(exchange.seen).toHaveLength(1);
  });

  it('that leads back to itself ends with an error', async () => {
    exchange.answers(page(['a'], 'same'));
    await expect(ids(hetao().each(listProducts))).rejects.toThrow('leads back');
  });

  it('that breaks off says so after what was read', async () => {
    exchange.answers(page(['a'], 'c1'), problem(401, 'CALLER_UNKNOWN'));
    const rows = hetao().each(listProducts);
    expect((await rows.next()).value).toEqual({ id: 'a' });
    await expect(rows.next()).rejects.toMatchObject({ code: 'CALLER_UNKNOWN' });
  });
});
