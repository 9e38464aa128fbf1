import { request } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CALLER_HEADER } from '@hetao/runtime';
import { callerToken, eventually, sendTwice } from '@hetao/testing';
import { batch, merchant, operator, startWorld, usage, type World } from './metering-world.js';

let world: World;
beforeAll(async () => {
  world = await startWorld('2015-06-15T00:00:00Z', { METERING_QUEUE_EVENTS: '1000' });
});
afterAll(() => world.stop());

type Item = { index: number; id: string | null; status: string; code?: string; detail?: string; pointer?: string };
const codes = ({ body }: { body: Readonly<Record<string, unknown>> }) =>
  (body['items'] as Item[]).map((item) => item.code ?? item.status);
const lines = (events: readonly unknown[]) => events.map((event) => `${JSON.stringify(event)}\n`).join('');
const post = async (path: string, headers: Record<string, string>, content: string | Uint8Array<ArrayBuffer>) => {
  const answer = await fetch(`${world.service.url}${path}`, { method: 'POST', headers, body: content });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown>, headers: answer.headers };
};
const asMerchant = async (headers: Record<string, string>) => ({
  ...headers,
  [CALLER_HEADER]: await callerToken(merchant),
});

describe('an event in binary mode', () => {
  const attributes = (agreementId: string, id: string, changes: Record<string, string> = {}) => ({
    'content-type': 'application/json',
    'ce-specversion': '1.0',
    'ce-id': id,
    'ce-source': '/binary',
    'ce-type': 'hetao.usage.recorded',
    'ce-subject': agreementId,
    'ce-time': '2015-05-17T10:05:03Z',
    ...changes,
  });
  const data = '{"meters":{"calls":"1"}}';

  it('is the same event as in structured mode', async () => {
    const { agreementId } = await world.grant();
    const headers = await asMerchant(attributes(agreementId, 'caf%C3%A9%20%22one%22'));
    expect(codes(await post('/v1/usage/events', headers, data))).toEqual(['accepted']);
    const structured = usage(agreementId, 'café "one"', { source: '/binary' });
    expect(codes(await world.call(merchant, 'POST', '/v1/usage/events', batch([structured])))).toEqual(['duplicate']);
    const other = await asMerchant(
      attributes(agreementId, 'caf%C3%A9%20%22one%22', { 'ce-time': '2015-05-18T00:00:00Z' }),
    );
    expect(codes(await post('/v1/usage/events', other, data))).toEqual(['USAGE_EVENT_CONFLICT']);
  });

  it.each([
    ['a missing attribute', { 'ce-subject': '' }, data, 202, 'USAGE_EVENT_ATTRIBUTE_INVALID'],
    ['another version', { 'ce-specversion': '0.3' }, data, 202, 'USAGE_EVENT_ATTRIBUTE_INVALID'],
    ['a name that is none', { 'ce-bad_name': 'x' }, data, 202, 'USAGE_EVENT_ATTRIBUTE_INVALID'],
    ['octets that are no UTF-8', { 'ce-id': '%ff' }, data, 400, 'USAGE_HEADER_INVALID'],
    ['half an escape', { 'ce-id': 'x%2' }, data, 400, 'USAGE_HEADER_INVALID'],
    ['data that breaks out of its place', {}, '{"meters":{}},"id":"mine"', 400, 'USAGE_BODY_MALFORMED'],
    ['an array as data', {}, '[1]', 400, 'USAGE_BODY_SHAPE'],
    ['no data', {}, '', 400, 'USAGE_BODY_MALFORMED'],
    ['data with a repeated name', {}, '{"meters":{"calls":"1","calls":"2"}}', 202, 'USAGE_EVENT_DUPLICATE_KEY'],
    ['1e308 calls', {}, '{"meters":{"calls":1e308}}', 202, 'USAGE_QUANTITY_INVALID'],
  ])('with %s is refused', async (...[, changes, content, status, code]) => {
    const { agreementId } = await world.grant();
    const headers = await asMerchant(attributes(agreementId, 'bad', changes));
    const answer = await post('/v1/usage/events', headers, content);
    expect(answer.status).toBe(status);
    expect(status === 400 ? [answer.body['code']] : codes(answer)).toEqual([code]);
  });
});

describe('lines of JSON', () => {
  it('are counted line by line, and a broken one is refused alone', async () => {
    const { agreementId } = await world.grant();
    const content = [
      lines([usage(agreementId, 'l1')]),
      '\r\n   \n',
      '{"id": NaN}\n',
      '[1]\n',
      `${JSON.stringify(usage(agreementId, 'l2'))} {}\n`,
      JSON.stringify(usage(agreementId, 'l3')),
    ].join('');
    const answer = await world.call(merchant, 'POST', '/v1/usage/events', { type: 'application/x-ndjson', content });
    expect(codes(answer)).toEqual([
      'accepted',
      'USAGE_EVENT_MALFORMED',
      'USAGE_EVENT_MALFORMED',
      'USAGE_EVENT_MALFORMED',
      'accepted',
    ]);
    const tooMany = '{}\n'.repeat(5_001);
    const refused = await world.call(merchant, 'POST', '/v1/usage/events', {
      type: 'application/x-ndjson',
      content: tooMany,
    });
    expect(refused).toMatchObject({ status: 413, body: { code: 'USAGE_BATCH_TOO_LARGE' } });
  });
});

describe('an ingest token', () => {
  const mint = async (body: object, caller = merchant) =>
    world.call(caller, 'POST', '/v1/usage/ingest-tokens', { type: 'application/json', content: JSON.stringify(body) });
  const ingest = (token: string, event: unknown) =>
    post(
      '/v1/usage/ingest',
      { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      JSON.stringify(event),
    );

  it('reports usage of its merchant, of the agreements it names, until it expires', async () => {
    const [one, other] = [await world.grant(), await world.grant()];
    const minted = await mint({ agreement_ids: [one.agreementId], expires_in: 60 });
    expect(minted).toMatchObject({
      status: 201,
      body: {
        organisation_id: 'org_merchant',
        agreement_ids: [one.agreementId],
        expires_at: '2015-06-15T00:01:00.000Z',
      },
    });
    const token = minted.body['token'] as string;
    expect(token).toMatch(/^hxi_/);
    expect(codes(await ingest(token, usage(one.agreementId, 't1')))).toEqual(['accepted']);
    expect(codes(await ingest(token, usage(other.agreementId, 't1')))).toEqual(['USAGE_AGREEMENT_UNKNOWN']);
    const foreign = await world.grant({ merchantId: 'org_other' });
    const wide = (await mint({})).body['token'] as string;
    expect(codes(await ingest(wide, usage(other.agreementId, 't2')))).toEqual(['accepted']);
    expect(codes(await ingest(wide, usage(foreign.agreementId, 't2')))).toEqual(['USAGE_AGREEMENT_UNKNOWN']);
    // Ids are the merchant's, whichever way they come.
    expect(
      codes(await world.call(merchant, 'POST', '/v1/usage/events', batch([usage(one.agreementId, 't1')]))),
    ).toEqual(['duplicate']);
    world.clock.advance({ seconds: 60 });
    expect(await ingest(token, usage(one.agreementId, 't3'))).toMatchObject({ status: 401 });
  });

  it('that was changed, or is none, opens nothing', async () => {
    const { agreementId } = await world.grant();
    const token = (await mint({})).body['token'] as string;
    const [head = '', grant = '', mac = ''] = token.split('.');
    const forged = Buffer.from(JSON.stringify(['org_other', 9e15])).toString('base64url');
    for (const bad of [
      `${head}.${forged}.${mac}`,
      `${head}.${grant}.`,
      `hxi_key_none.${grant}.${mac}`,
      'hxi_',
      'x',
      token.slice(0, -2),
    ]) {
      expect(await ingest(bad, usage(agreementId, 'x'))).toMatchObject({
        status: 401,
        body: { code: 'CALLER_MISSING' },
      });
    }
    const none = await post('/v1/usage/ingest', { 'content-type': 'application/json' }, '{}');
    expect(none.status).toBe(401);
    expect(await mint({}, operator)).toMatchObject({ status: 403 });
    expect(await mint({ expires_in: 100_000 })).toMatchObject({ status: 422 });
  });
});

describe('an upload', () => {
  const begin = async () => {
    const content = '{"name":"history.ndjson"}';
    const answer = await world.call(merchant, 'POST', '/v1/usage/uploads', { type: 'application/json', content });
    return (answer.body as { id: string }).id;
  };
  const send = async (id: string, offset: number, content: string, { last = false, caller = merchant } = {}) => {
    const answer = await fetch(`${world.service.url}/v1/usage/uploads/${id}`, {
      method: 'PATCH',
      headers: {
        [CALLER_HEADER]: await callerToken(caller),
        'content-type': 'application/x-ndjson',
        'upload-offset': String(offset),
        'upload-complete': last ? '?1' : '?0',
      },
      body: content,
    });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  };
  const get = async (path: string) => (await world.call(merchant, 'GET', path)).body;

  it('goes on at the first line that was not counted, and lists the lines it refused', async () => {
    const { agreementId } = await world.grant();
    const id = await begin();
    const events = Array.from({ length: 4_500 }, (_, at) =>
      at % 1_000 === 7 ? usage('agr_nobody', `u${at}`) : usage(agreementId, `u${at}`),
    );
    const file = lines(events);
    const half = Math.floor(file.length / 2);
    const first = await send(id, 0, file.slice(0, half));
    expect(first.status).toBe(200);
    const next = first.body['next_offset'] as number;
    // The line that was cut in two is left for the next part.
    expect(next).toBe(file.lastIndexOf('\n', half - 1) + 1);
    expect(await send(id, next - 1, file.slice(next - 1))).toMatchObject({
      status: 409,
      body: { code: 'UPLOAD_OFFSET_WRONG', meta: { next_offset: next } },
    });
    const done = await send(id, next, file.slice(next).trimEnd(), { last: true });
    expect(done.body).toMatchObject({
      state: 'completed',
      lines: 4_500,
      received: 4_500,
      accepted: 4_495,
      rejected: 5,
      next_offset: file.length - 1,
    });
    expect(await send(id, file.length - 1, '')).toMatchObject({ status: 409, body: { code: 'UPLOAD_COMPLETED' } });
    const report = await fetch(`${world.service.url}/v1/usage/uploads/${id}/faults`, { headers: await asMerchant({}) });
    const faults = (await report.text())
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Item & { line: number });
    expect(report.headers.get('content-type')).toBe('application/x-ndjson');
    expect(faults.map((fault) => [fault.line, fault.id, fault.code])).toEqual(
      [7, 1007, 2007, 3007, 4007].map((at) => [at + 1, `u${at}`, 'USAGE_AGREEMENT_UNKNOWN']),
    );
    const list = (await get('/v1/usage/uploads?limit=1')) as { data: { id: string }[] };
    expect(list.data.map((one) => one.id)).toEqual([id]);
  });

  it('that breaks off keeps what was counted', async () => {
    const { agreementId } = await world.grant();
    const id = await begin();
    const file = lines(Array.from({ length: 2_500 }, (_, at) => usage(agreementId, `b${at}`)));
    const headers = {
      ...(await asMerchant({ 'content-type': 'application/x-ndjson', 'upload-offset': '0' })),
      'content-length': String(file.length * 2),
    };
    const broken = request(`${world.service.url}/v1/usage/uploads/${id}`, { method: 'PATCH', headers });
    broken.on('error', () => undefined);
    broken.write(file);
    await eventually(async () => {
      expect(await get(`/v1/usage/uploads/${id}`)).toMatchObject({ accepted: 2_000, state: 'open' });
    });
    broken.destroy();
    const { next_offset: next } = (await get(`/v1/usage/uploads/${id}`)) as { next_offset: number };
    const rest = await send(id, next, file.slice(next), { last: true });
    expect(rest.body).toMatchObject({ state: 'completed', accepted: 2_500, duplicates: 0, received: 2_500 });
  });

  it('is begun once, however often its beginning is sent under one key', async () => {
    const [first, again] = await sendTwice(`${world.service.url}/v1/usage/uploads`, merchant, { name: 'lost.ndjson' });
    expect(first).toMatchObject({ status: 201, replayed: 'false', body: { state: 'open', next_offset: 0 } });
    expect(again).toEqual({ ...first, replayed: 'true' });
  });

  it('refuses what is no part of it', async () => {
    const id = await begin();
    expect(await send(id, 0, '{}', { caller: { ...merchant, organisationId: 'org_other' } })).toMatchObject({
      status: 404,
      body: { code: 'UPLOAD_NOT_FOUND' },
    });
    expect(await send(id, -1, '{}')).toMatchObject({ status: 400, body: { code: 'UPLOAD_HEADER_INVALID' } });
    const long = await send(id, 0, `${'x'.repeat(600_000)}\n{}\n`, { last: true });
    expect(long.body).toMatchObject({ lines: 2, rejected: 2, state: 'completed' });
  });
});

describe('a sender', () => {
  it('of a hundred megabytes is told at once that it is too much', async () => {
    const headers = await asMerchant({
      'content-type': 'application/cloudevents-batch+json',
      'content-length': String(100 * 1024 * 1024),
    });
    const status = await new Promise((resolve, reject) => {
      const sending = request(`${world.service.url}/v1/usage/events`, { method: 'POST', headers }, (answer) => {
        answer.resume();
        sending.destroy();
        resolve(answer.statusCode);
      });
      sending.on('error', reject);
      sending.flushHeaders();
    });
    expect(status).toBe(413);
  });

  it('that trickles holds up nobody else', async () => {
    const { agreementId } = await world.grant();
    const { port } = new URL(world.service.url);
    const slow = connect(Number(port), '127.0.0.1');
    slow.write(
      `POST /v1/usage/events HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 900\r\n\r\n[`,
    );
    const answer = await world.call(merchant, 'POST', '/v1/usage/events', batch([usage(agreementId, 's1')]));
    expect(codes(answer)).toEqual(['accepted']);
    slow.destroy();
  });
});

describe('a database that falls behind', () => {
  it('makes senders wait instead of filling the memory, and loses nothing', async () => {
    const { agreementId } = await world.grant();
    await world.call(merchant, 'POST', '/v1/usage/events', batch([usage(agreementId, 'first')]));
    const bodies = Array.from({ length: 14 }, (_, part) =>
      lines(Array.from({ length: 250 }, (_unused, at) => usage(agreementId, `w${part}-${at}`))),
    );
    const send = (content: string) =>
      world.call(merchant, 'POST', '/v1/usage/events', { type: 'application/x-ndjson', content });
    await world.service.database.withClient(async (client) => {
      await client.query('BEGIN');
      await client.query('LOCK TABLE usage_keys IN EXCLUSIVE MODE');
      // Some are being counted and wait for the lock, the others wait for them, and then there is no more room.
      const answers = bodies.map(send);
      await eventually(async () => {
        const refused = await send(lines([usage(agreementId, 'last')]));
        expect(refused).toMatchObject({ status: 429, body: { code: 'USAGE_BACKLOG_FULL' } });
        expect(refused.headers.get('retry-after')).toBe('1');
      });
      await client.query('ROLLBACK');
      const results = (await Promise.all(answers)).map((answer) => answer.body['accepted'] ?? answer.status);
      expect(results.filter((result) => result !== 250 && result !== 429)).toEqual([]);
      expect(results.filter((result) => result === 250).length).toBeGreaterThanOrEqual(4);
    });
  });
});
