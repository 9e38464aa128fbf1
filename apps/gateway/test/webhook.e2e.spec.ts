import { createHmac } from 'node:crypto';
import { createServer, type AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { AgreementEndedV1, AgreementSuspendedV1, PeriodClosedV1 } from '@hetao/events';
import { newId } from '@hetao/kernel';
import { eventually, manualClock, type ManualClock } from '@hetao/testing';
import { startGateway, type demoKeys, type TestGateway } from './gateway.js';
import { startUpstream, type Seen, type Upstream } from './upstream.js';

const merchantId = 'par_lingnan';
const buyerId = 'par_hkhealth';
const suspended = 'hetao.contracts.agreement-suspended.v1';
const ended = 'hetao.contracts.agreement-ended.v1';

let clock: ManualClock;
let gateway: TestGateway;
let receiver: Upstream;
/** What the receiver answers at a path, in turn; the last answer stays. */
const script = new Map<string, { status: number; headers?: Record<string, string>; body?: string }[]>();

beforeAll(async () => {
  clock = manualClock(new Date().toISOString());
  receiver = await startUpstream((app) => {
    app.post('/hooks/*', async (request, reply) => {
      const answers = script.get(request.url) ?? [{ status: 204 }];
      const answer = (answers.length > 1 ? answers.shift() : answers[0]) ?? { status: 204 };
      await reply
        .status(answer.status)
        .headers(answer.headers ?? {})
        .send(answer.body);
    });
    app.post('/flood', (_request, reply) => {
      reply.hijack();
      reply.raw.writeHead(500);
      const chunk = Buffer.alloc(64 * 1_024, 'x');
      const send = () => {
        while (!reply.raw.destroyed && reply.raw.write(chunk));
      };
      reply.raw.on('drain', send);
      send();
    });
    app.post('/hang', (_request, reply) => void reply.hijack());
  });
  gateway = await startGateway({ clock, env: { DELIVERY_PRIVATE_UPSTREAMS: '1' } });
});
afterAll(async () => {
  await gateway.stop();
  await receiver.stop();
});
beforeEach(() => {
  receiver.seen.length = 0;
});

type Persona = keyof typeof demoKeys;
interface Endpoint {
  readonly id: string;
  readonly secret: string;
  readonly status: string;
  readonly disabled_reason: string | null;
}
interface Delivery {
  readonly id: string;
  readonly type: string;
  readonly state: string;
  readonly attempts: number;
  readonly last_status: number | null;
  readonly last_fault: string | null;
  readonly next_at: string | null;
}

async function api<T>(as: Persona, method: string, path: string, body?: object): Promise<{ status: number; json: T }> {
  const answer = await gateway.call(path, {
    as,
    method,
    headers: { 'idempotency-key': newId('idk'), ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, json: (text === '' ? null : JSON.parse(text)) as T };
}

async function listen(as: Persona, path: string, draft: object = {}): Promise<Endpoint> {
  const url = path.startsWith('http') ? path : `${receiver.url}${path}`;
  const { status, json } = await api<Endpoint>(as, 'POST', '/v1/webhook-endpoints', { url, ...draft });
  expect(status).toBe(201);
  return json;
}
const forget = (as: Persona, { id }: Endpoint) => api(as, 'DELETE', `/v1/webhook-endpoints/${id}`);
const deliveries = async (as: Persona, { id }: Endpoint) =>
  (await api<{ data: Delivery[] }>(as, 'GET', `/v1/webhook-deliveries?endpoint_id=${id}`)).json.data;
const at = (path: string): Seen[] => receiver.seen.filter(({ url }) => url === path);

async function suspend(agreementId = newId('agr')): Promise<string> {
  await gateway.elsewhere.publish(AgreementSuspendedV1, {
    ...{ agreementId, productId: newId('prd'), merchantId, buyerId, holder: 'operator', reason: 'A question is open.' },
    suspendedAt: clock.now().toISOString(),
  });
  await gateway.elsewhere.arrived();
  return agreementId;
}

describe('an organisation that asked to be told', () => {
  it('is told, signed, of what concerns it; others are not', async () => {
    const mine = await listen('merchant', '/hooks/told', { types: [suspended, ended] });
    const theirs = await listen('buyer', '/hooks/buyer', { types: [ended] });
    const agreementId = await suspend();
    await gateway.elsewhere.publish(AgreementEndedV1, {
      ...{ agreementId, reason: 'terminated', endedAt: clock.now().toISOString() },
    });
    await gateway.elsewhere.publish(PeriodClosedV1, {
      period: '2026-10',
      totals: [],
      closedAt: clock.now().toISOString(),
    });
    await gateway.elsewhere.arrived();
    await eventually(() => expect([at('/hooks/told').length, at('/hooks/buyer').length]).toEqual([2, 1]));
    const [first] = at('/hooks/told');
    if (first === undefined) throw new Error('The first message was seen above.');
    const { headers, body } = first;
    const content = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`;
    const key = Buffer.from(mine.secret.slice('whsec_'.length), 'base64');
    expect(headers['webhook-signature']).toBe(`v1,${createHmac('sha256', key).update(content).digest('base64')}`);
    expect(JSON.parse(body)).toMatchObject({
      type: suspended,
      data: { agreement_id: agreementId, merchant_id: merchantId, buyer_id: buyerId, reason: 'A question is open.' },
    });
    // The second event names no party; the exchange remembers whose agreement it is.
    expect(JSON.parse(at('/hooks/buyer')[0]?.body ?? '')).toMatchObject({
      type: ended,
      data: { reason: 'terminated' },
    });
    // The receiver has it before we have written down that he has.
    await eventually(async () =>
      expect((await deliveries('merchant', mine)).map(({ state }) => state)).toEqual(['delivered', 'delivered']),
    );
    expect(await deliveries('buyer', mine)).toEqual([]);
    await forget('merchant', mine);
    await forget('buyer', theirs);
  });

  it('finds in the audit who changed its endpoints, and never their secrets', async () => {
    const mine = await listen('merchant', '/hooks/noted', { types: [ended] });
    const path = `/v1/webhook-endpoints/${mine.id}`;
    const moved = { url: `${receiver.url}/hooks/moved`, types: [suspended] };
    expect((await api('merchant', 'PUT', path, moved)).status).toBe(200);
    expect((await api('merchant', 'POST', `${path}/disable`)).status).toBe(200);
    const rolled = await api<Endpoint>('merchant', 'POST', `${path}/roll-secret`);
    expect((await api('buyer', 'DELETE', path)).status).toBe(404);
    await forget('merchant', mine);
    const { json } = await api<{ data: { action: string; object: string; detail: object }[] }>(
      'merchant',
      'GET',
      '/v1/audit-entries',
    );
    const noted = json.data.filter(({ object }) => object === mine.id).reverse();
    expect(noted.map(({ action }) => action)).toEqual([
      ...['webhook_endpoint.added', 'webhook_endpoint.changed', 'webhook_endpoint.changed'],
      ...['webhook_secret.rolled', 'webhook_endpoint.removed'],
    ]);
    expect(noted.map(({ detail }) => detail).slice(1, 3)).toEqual([
      { ...moved, listens: 'yes' },
      { ...moved, listens: 'no' },
    ]);
    const told = JSON.stringify(json);
    expect([mine.secret, rolled.json.secret].some((secret) => told.includes(secret))).toBe(false);
  });

  it('is tried again by the plan until it takes the message, once', async () => {
    script.set('/hooks/later', [
      { status: 500, body: 'no room' },
      { status: 302, headers: { location: '/hooks/trap' } },
      { status: 200 },
    ]);
    const endpoint = await listen('merchant', '/hooks/later');
    await suspend();
    await eventually(async () =>
      expect((await deliveries('merchant', endpoint))[0]).toMatchObject({
        attempts: 1,
        last_status: 500,
        state: 'waiting',
      }),
    );
    clock.advance({ seconds: 6 });
    await eventually(async () =>
      expect((await deliveries('merchant', endpoint))[0]).toMatchObject({ attempts: 2, last_status: 302 }),
    );
    clock.advance({ minutes: 6 });
    await eventually(async () =>
      expect((await deliveries('merchant', endpoint))[0]).toMatchObject({ attempts: 3, state: 'delivered' }),
    );
    const ids = new Set(at('/hooks/later').map(({ headers }) => headers['webhook-id']));
    expect([ids.size, at('/hooks/trap').length]).toEqual([1, 0]);
    const [{ id } = { id: '' }] = await deliveries('merchant', endpoint);
    const detail = await api<{ tries: { status: number; answer: string }[] }>(
      'merchant',
      'GET',
      `/v1/webhook-deliveries/${id}`,
    );
    expect(detail.json.tries.map(({ status }) => status)).toEqual([500, 302, 200]);
    expect(detail.json.tries[0]?.answer).toBe('no room');
    await forget('merchant', endpoint);
  });

  it('that says it is gone is not called again, its other endpoints hear of it, and it can come back', async () => {
    script.set('/hooks/gone', [{ status: 410 }, { status: 200 }]);
    const watcher = await listen('merchant', '/hooks/watcher', { types: ['hetao.gateway.webhook-disabled.v1'] });
    const gone = await listen('merchant', '/hooks/gone', { types: [suspended] });
    const from = clock.now().toISOString();
    await suspend();
    await eventually(() => expect(at('/hooks/watcher')).toHaveLength(1));
    expect(JSON.parse(at('/hooks/watcher')[0]?.body ?? '')).toMatchObject({
      data: { endpoint_id: gone.id, reason: 'gone' },
    });
    await suspend();
    const test = await api<{ code: string }>('merchant', 'POST', `/v1/webhook-endpoints/${gone.id}/tests`);
    expect([test.status, test.json.code]).toEqual([409, 'WEBHOOK_ENDPOINT_DISABLED']);
    const enabled = await api<Endpoint>('merchant', 'POST', `/v1/webhook-endpoints/${gone.id}/enable`);
    expect(enabled.json).toMatchObject({ status: 'enabled', disabled_reason: null });
    clock.advance({ seconds: 1 });
    const replay = { from, until: clock.now().toISOString() };
    const replayed = await api<{ replayed: number }>(
      'merchant',
      'POST',
      `/v1/webhook-endpoints/${gone.id}/replays`,
      replay,
    );
    expect([replayed.status, replayed.json.replayed]).toEqual([202, 2]);
    await eventually(() => expect(at('/hooks/gone')).toHaveLength(3));
    await forget('merchant', gone);
    await forget('merchant', watcher);
  });

  it('that answers nonsense, or more than anybody reads, is tried again, and what it said is kept in its bounds', async () => {
    const nonsense = createServer((socket) => void socket.end('no HTTP at all\r\n\r\n'));
    await new Promise<void>((done) => void nonsense.listen(0, '127.0.0.1', done));
    const { port } = nonsense.address() as AddressInfo;
    const [mad, flood] = [
      await listen('merchant', `http://127.0.0.1:${port}/`),
      await listen('merchant', `${receiver.url}/flood`),
    ];
    await suspend();
    await eventually(async () => {
      const [[one], [other]] = [await deliveries('merchant', mad), await deliveries('merchant', flood)];
      expect(one).toMatchObject({ state: 'waiting', attempts: 1, last_status: null });
      expect(one?.last_fault).toMatch(/./);
      expect(other).toMatchObject({ state: 'waiting', attempts: 1, last_status: 500 });
    });
    const [flooded] = await deliveries('merchant', flood);
    const path = `/v1/webhook-deliveries/${flooded?.id}`;
    const { json } = await api<{ tries: { answer: string | null }[] }>('merchant', 'GET', path);
    expect(json.tries.map(({ answer }) => answer?.length)).toEqual([1_024]);
    for (const endpoint of [mad, flood]) await forget('merchant', endpoint);
    nonsense.close();
  });

  it('that asked for time is given it, and others do not wait meanwhile', async () => {
    script.set('/hooks/busy', [{ status: 429, headers: { 'retry-after': '120' } }, { status: 200 }]);
    const busy = await listen('merchant', '/hooks/busy');
    await suspend();
    await eventually(async () => expect((await deliveries('merchant', busy))[0]?.last_status).toBe(429));
    await suspend();
    const hanging = await listen('merchant', `${receiver.url}/hang`);
    const quick = await listen('merchant', '/hooks/quick');
    for (let count = 0; count < 6; count += 1) await suspend();
    await eventually(() => expect(at('/hooks/quick')).toHaveLength(6));
    expect(at('/hooks/busy')).toHaveLength(1);
    clock.advance({ seconds: 121 });
    await eventually(() => expect(at('/hooks/busy')).toHaveLength(9));
    for (const endpoint of [busy, hanging, quick]) await forget('merchant', endpoint);
  });

  it('changes its secret without a gap, tries the way, and sends one message again', async () => {
    const endpoint = await listen('merchant', '/hooks/roll', { types: [ended], signature: 'ed25519' });
    const rolled = await api<Endpoint>('merchant', 'POST', `/v1/webhook-endpoints/${endpoint.id}/roll-secret`);
    expect(rolled.json.secret).toMatch(/^whsk_/);
    expect(rolled.json.secret).not.toBe(endpoint.secret);
    const sent = await api<{ delivery_id: string }>('merchant', 'POST', `/v1/webhook-endpoints/${endpoint.id}/tests`);
    await eventually(() => expect(at('/hooks/roll')).toHaveLength(1));
    const signatures = String(at('/hooks/roll')[0]?.headers['webhook-signature']).split(' ');
    expect(signatures.map((text) => text.split(',')[0])).toEqual(['v1a', 'v1a']);
    clock.advance({ days: 2 });
    const again = await api('merchant', 'POST', `/v1/webhook-deliveries/${sent.json.delivery_id}/replay`);
    expect(again.status).toBe(202);
    await eventually(() => expect(at('/hooks/roll')).toHaveLength(2));
    expect(String(at('/hooks/roll')[1]?.headers['webhook-signature']).split(' ')).toHaveLength(1);
    expect((await api('buyer', 'POST', `/v1/webhook-deliveries/${sent.json.delivery_id}/replay`)).status).toBe(404);
    await forget('merchant', endpoint);
  });
});

describe('an endpoint', () => {
  it.each([
    [{ url: 'ftp://a.example/' }, 422, 'WEBHOOK_ADDRESS_INVALID'],
    [{ url: 'https://user:pass@a.example/' }, 422, 'WEBHOOK_ADDRESS_INVALID'],
    [{ url: 'https://a.example/', types: ['hetao.settlement.secret.v1'] }, 422, 'VALIDATION_FAILED'],
    [{ url: 'https://a.example/', colour: 'red' }, 422, 'VALIDATION_FAILED'],
  ])('%j is refused', async (draft, status, code) => {
    const answer = await api<{ code: string }>('merchant', 'POST', '/v1/webhook-endpoints', draft);
    expect([answer.status, answer.json.code]).toEqual([status, code]);
  });

  it('is its owner’s alone, and never shows its secret again', async () => {
    const endpoint = await listen('merchant', '/hooks/mine');
    for (const [method, path] of [
      ['PUT', ''],
      ['DELETE', ''],
      ['POST', '/roll-secret'],
      ['POST', '/tests'],
      ['POST', '/disable'],
    ] as const) {
      const body = method === 'PUT' ? { url: 'https://a.example/' } : undefined;
      const answer = await api<{ code: string }>('buyer', method, `/v1/webhook-endpoints/${endpoint.id}${path}`, body);
      expect([answer.status, answer.json.code]).toEqual([404, 'WEBHOOK_ENDPOINT_UNKNOWN']);
    }
    const { json } = await api<object>('merchant', 'GET', '/v1/webhook-endpoints');
    expect(JSON.stringify(json)).not.toMatch(/whsec_|secret_sealed/);
    expect((await api('auditor', 'GET', '/v1/webhook-endpoints')).status).toBe(403);
    await forget('merchant', endpoint);
  });

  it('in our own network is never connected to, though its name is public', async () => {
    const strict = await startGateway();
    try {
      const call = (method: string, path: string, body?: object) =>
        strict.call(path, {
          as: 'merchant',
          method,
          headers: { 'idempotency-key': newId('idk'), ...(body && { 'content-type': 'application/json' }) },
          ...(body && { body: JSON.stringify(body) }),
        });
      // Passes the check of the text, and leads to this machine.
      const { port } = new URL(receiver.url);
      const made = await call('POST', '/v1/webhook-endpoints', { url: `https://localhost:${port}/hooks/inside` });
      const { id } = (await made.json()) as Endpoint;
      await call('POST', `/v1/webhook-endpoints/${id}/tests`);
      await eventually(async () => {
        const { data } = (await (await call('GET', '/v1/webhook-deliveries')).json()) as { data: Delivery[] };
        expect(data[0]).toMatchObject({ attempts: 1, last_fault: 'localhost does not lead to the public internet' });
      });
    } finally {
      await strict.stop();
    }
  });
});
