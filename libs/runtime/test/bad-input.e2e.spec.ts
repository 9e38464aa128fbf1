import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@hetao/kernel';
import { buyer, merchant, startNotes, type Answer, type RunningNotes, type SentRequest } from './notes-client.js';

let notes: RunningNotes;
const logged: string[] = [];

beforeAll(async () => {
  const { createLogger } = await import('../src/index.js');
  const destination = { write: (line: string) => void logged.push(line) };
  notes = await startNotes({ logger: createLogger({ service: 'notes', level: 'info', destination }) });
});
afterAll(() => notes.stop());

const write = (request: SentRequest): Promise<Answer> =>
  notes.send('POST', '/v1/notes', {
    as: merchant,
    ...request,
    headers: { 'idempotency-key': newId('key'), ...request.headers },
  });

function expectProblem(answer: Answer, status: number, code: string): void {
  expect({ status: answer.status, code: answer.body.code }).toEqual({ status, code });
  expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  expect(answer.body).toMatchObject({
    status,
    type: `/problems/${code.toLowerCase().replaceAll('_', '-')}`,
    title: expect.any(String),
    detail: expect.any(String),
    fix: expect.any(String),
    instance: expect.stringMatching(/^\//),
    trace_id: expect.stringMatching(/^[0-9a-f]{32}$/),
  });
}

describe('Bad input gets a problem that says what, where and how to mend it', () => {
  it('names every fault of a body with a pointer', async () => {
    const answer = await write({
      json: { text: '', price: { amount: 12.5, currency: 'XXX' }, colour: 'red', tags: [1] },
    });
    expectProblem(answer, 422, 'VALIDATION_FAILED');
    expect(answer.body.errors.map((error) => [error.pointer, error.code])).toEqual([
      ['/text', 'TOO_SMALL'],
      ['/price/amount', 'INVALID_TYPE'],
      ['/price/currency', 'INVALID_VALUE'],
      ['/tags/0', 'INVALID_TYPE'],
      ['/colour', 'UNKNOWN_FIELD'],
    ]);
  });

  it('says that a field is missing', async () => {
    const answer = await write({ json: {} });
    expectProblem(answer, 422, 'VALIDATION_FAILED');
    expect(answer.body.errors).toEqual([
      { pointer: '/text', code: 'REQUIRED', detail: 'This is required and missing' },
    ]);
  });

  it.each([
    ['broken JSON', '{"text": "a",}'],
    ['a poisoned prototype', '{"text": "a", "__proto__": {"admin": true}}'],
    ['half a document', '{"text": '],
  ])('refuses %s', async (_name, text) => {
    expectProblem(await write({ text, headers: { 'content-type': 'application/json' } }), 400, 'JSON_MALFORMED');
  });

  it('treats an empty JSON body as none', async () => {
    const answer = await write({ text: '', headers: { 'content-type': 'application/json' } });
    expectProblem(answer, 422, 'VALIDATION_FAILED');
  });

  it('refuses a media type it does not read', async () => {
    const answer = await write({ text: 'text=a', headers: { 'content-type': 'application/x-www-form-urlencoded' } });
    expectProblem(answer, 415, 'MEDIA_TYPE_UNSUPPORTED');
    expectProblem(await write({ text: 'a', headers: { 'content-type': 'text/plain' } }), 415, 'MEDIA_TYPE_UNSUPPORTED');
  });

  it('refuses a body over the limit of its media type', async () => {
    expectProblem(await write({ json: { text: 'a'.repeat(300_000) } }), 413, 'BODY_TOO_LARGE');
    const xml = { text: `<a>${'b'.repeat(1_000)}</a>`, headers: { 'content-type': 'application/xml' } };
    const operator = { personas: ['operator'] as const };
    expectProblem(await notes.send('POST', '/v1/notes/import', { as: operator, ...xml }), 413, 'BODY_TOO_LARGE');
  });

  it('reads a media type the service registered', async () => {
    const answer = await notes.send('POST', '/v1/notes/import', {
      as: { personas: ['operator'] },
      text: '<a/>',
      headers: { 'content-type': 'application/xml; charset=utf-8' },
    });
    expect([answer.status, answer.body]).toEqual([200, { length: 4 }]);
  });

  it.each(['/v1/nothing', '/', '/v1/notes/a/b/c'])('answers 404 at %s', async (path) => {
    expectProblem(await notes.send('GET', path, { as: merchant }), 404, 'ROUTE_NOT_FOUND');
  });

  it('answers 404 for ids that cannot be, and for ids that are not', async () => {
    expectProblem(await notes.send('GET', '/v1/notes/1', { as: buyer }), 404, 'RESOURCE_NOT_FOUND');
    expectProblem(await notes.send('GET', `/v1/notes/${newId('prd')}`, { as: buyer }), 404, 'RESOURCE_NOT_FOUND');
    expectProblem(await notes.send('GET', `/v1/notes/${newId('nte')}`, { as: buyer }), 404, 'NOTE_NOT_FOUND');
  });

  it('refuses a query that does not fit', async () => {
    const answer = await notes.send('GET', '/v1/notes?limit=1000', { as: buyer });
    expectProblem(answer, 422, 'VALIDATION_FAILED');
    expect(answer.body.errors.map(({ pointer }) => pointer)).toEqual(['/limit']);
  });

  it('refuses paths that cannot be read', async () => {
    expectProblem(await notes.send('GET', '/v1/notes/%E0%A4%A', { as: buyer }), 400, 'REQUEST_MALFORMED');
    expectProblem(await notes.send('GET', `/v1/notes/${'a'.repeat(300)}`, { as: buyer }), 414, 'REQUEST_MALFORMED');
  });

  it('refuses headers beyond their limit and requests that are none', async () => {
    expect(await raw(`GET /livez HTTP/1.1\r\nHost: a\r\nX: ${'a'.repeat(20_000)}\r\n\r\n`)).toMatch(
      /^HTTP\/1\.1 431 [^]*application\/problem\+json[^]*"code":"REQUEST_MALFORMED"/,
    );
    expect(await raw('GARBAGE\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 [^]*"code":"REQUEST_MALFORMED"/);
  });

  it('tells an expected failure of a use case, and keeps nothing of it', async () => {
    const answer = await write({ json: { text: 'a forbidden word' } });
    expectProblem(answer, 409, 'NOTE_FORBIDDEN_WORD');
    expect(answer.body.errors).toEqual([{ pointer: '/text', code: 'NOTE_FORBIDDEN_WORD', detail: expect.any(String) }]);
    const { body } = await notes.send('GET', '/v1/notes?contains=forbidden', { as: buyer });
    expect(body.data).toEqual([]);
  });

  it('says nothing about its insides when it fails by itself, and logs what happened under the same trace id', async () => {
    const answer = await notes.send('GET', '/v1/notes/broken/secret');
    expectProblem(answer, 500, 'INTERNAL_ERROR');
    expect(JSON.stringify(answer.body)).not.toMatch(/hunter2|SELECT|\.ts|stack/);
    const line = logged.find((text) => text.includes(answer.body.trace_id) && text.includes('hunter2'));
    expect(line).toContain('"stack"');
  });

  it('carries the trace of the caller', async () => {
    const traceId = 'a'.repeat(32);
    const answer = await notes.send('GET', '/v1/nothing', {
      headers: { traceparent: `00-${traceId}-${'b'.repeat(16)}-01` },
    });
    expect(answer.body.trace_id).toBe(traceId);
  });

  it('requires a version for a change, and refuses a stale one', async () => {
    const { body: note, headers } = await write({ json: { text: 'first' } });
    expect(headers.get('etag')).toBe('"v1"');
    const put = (ifMatch?: string) =>
      notes.send('PUT', `/v1/notes/${note.id}`, {
        as: merchant,
        json: { text: `changed ${ifMatch}` },
        headers: ifMatch === undefined ? {} : { 'if-match': ifMatch },
      });
    expectProblem(await put(), 428, 'IF_MATCH_MISSING');
    expectProblem(await put('v1'), 400, 'IF_MATCH_MALFORMED');
    expectProblem(await put('W/"v1"'), 400, 'IF_MATCH_MALFORMED');
    expect((await put('"v1"')).body.version).toBe(2);
    const stale = await put('"v1"');
    expectProblem(stale, 412, 'VERSION_STALE');
    expect(stale.body.meta).toEqual({ expected: '"v1"', actual: '"v2"' });
  });
});

describe('Pages', () => {
  it('walk through all rows once, and refuse cursors of other lists', async () => {
    for (let index = 0; index < 5; index += 1) await write({ json: { text: `page ${index}` } });
    const first = await notes.send('GET', '/v1/notes?contains=page&limit=2', { as: buyer });
    expect(first.headers.get('link')).toMatch(/^<\/v1\/notes\?contains=page&limit=2&cursor=.+>; rel="next"$/);
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const query: string = cursor === null ? '' : `&cursor=${cursor}`;
      const { body } = await notes.send('GET', `/v1/notes?contains=page&limit=2${query}`, { as: buyer });
      seen.push(...body.data.map((note) => note.text));
      cursor = body.next_cursor;
      expect(body.has_more).toBe(cursor !== null);
    } while (cursor !== null);
    expect(seen).toEqual(['page 0', 'page 1', 'page 2', 'page 3', 'page 4']);

    const stolen = `/v1/notes?contains=other&cursor=${first.body.next_cursor}`;
    expectProblem(await notes.send('GET', stolen, { as: buyer }), 422, 'CURSOR_INVALID');
    expectProblem(await notes.send('GET', '/v1/notes?cursor=xx.yy', { as: buyer }), 422, 'CURSOR_INVALID');
  });
});

/** Sends bytes that no HTTP client would. */
function raw(text: string): Promise<string> {
  const { hostname, port } = new URL(notes.service.url);
  return new Promise((resolve, reject) => {
    let received = '';
    const socket = connect(Number(port), hostname, () => socket.write(text));
    socket.on('data', (chunk) => (received += chunk.toString()));
    socket.on('close', () => resolve(received));
    socket.on('error', reject);
  });
}
