import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { OpenAPIObject } from '@nestjs/swagger';
import { newId } from '@hetao/kernel';
import { eventually } from '@hetao/testing';
import { createLogger } from '../src/index.js';
import { buyer, merchant, startNotes, type RunningNotes } from './notes-client.js';

const lines: string[] = [];
type OperationObject = NonNullable<OpenAPIObject['paths'][string]['get']>;

let notes: RunningNotes;

beforeAll(async () => {
  const destination = { write: (line: string) => void lines.push(line) };
  notes = await startNotes({ logger: createLogger({ service: 'notes', level: 'info', destination }) });
  await notes.send('POST', '/v1/notes', {
    as: merchant,
    json: { text: 'confidential text' },
    headers: { 'idempotency-key': newId('key') },
  });
  await notes.send('GET', `/v1/notes/${newId('nte')}?token=in-the-query`, { as: buyer });
});
afterAll(() => notes.stop());

/** The value of one sample of the Prometheus text, whatever order its labels have. */
function metric(text: string, name: string, labels: Record<string, string> = {}): number | undefined {
  const wanted = Object.entries({ service: 'notes', ...labels }).map(([label, value]) => `${label}="${value}"`);
  const line = text
    .split('\n')
    .find((sample) => sample.startsWith(`${name}{`) && wanted.every((label) => sample.includes(label)));
  return line === undefined ? undefined : Number(line.split('} ')[1]);
}

describe('Probes', () => {
  it('tell alive from ready', async () => {
    expect((await notes.send('GET', '/livez')).body).toEqual({ status: 'alive' });
    const ready = await notes.send('GET', '/readyz');
    expect(ready.status).toBe(200);
    expect(ready.headers.get('cache-control')).toBe('no-store');
    expect(Object.entries(ready.body.checks).map(([name, check]) => [name, check.ok])).toEqual([
      ['phase', true],
      ['database', true],
      ['migrations', true],
      ['consumers', true],
      ['relay', true],
    ]);
  });
});

describe('Metrics', () => {
  it('count requests by route template, events by type, and what waits', async () => {
    await eventually(async () => {
      const { text, headers } = await notes.send('GET', '/metrics');
      expect(headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
      const requests = 'hetao_http_request_duration_seconds_count';
      expect(metric(text, requests, { method: 'POST', route: '/v1/notes', status: '201' })).toBe(1);
      expect(metric(text, requests, { method: 'GET', route: '/v1/notes/:id', status: '404' })).toBe(1);
      const handled = { event: 'hetao.notes.note-written.v1', outcome: 'handled' };
      expect(metric(text, 'hetao_events_handled_total', handled)).toBe(1);
      expect(metric(text, 'hetao_dead_letters')).toBe(0);
      expect(metric(text, 'hetao_outbox_backlog')).toBe(0);
      expect(metric(text, 'hetao_outbox_oldest_seconds')).toBe(0);
      expect(metric(text, 'hetao_consumer_ready')).toBe(1);
      expect(text).toMatch(/nodejs_eventloop_lag_seconds \d/);
      expect(text).not.toMatch(/nte_0/);
    });
  });
});

describe('Logs', () => {
  it('say who asked for what, without bodies, queries and tokens', () => {
    const logged = lines.map((line) => JSON.parse(line) as { msg: string }).filter((line) => line.msg === 'request');
    expect(logged[0]).toMatchObject({
      level: 'info',
      service: 'notes',
      method: 'POST',
      route: '/v1/notes',
      status: 201,
      organisation: 'org_lingnan',
      caller: 'usr_test',
      trace_id: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
    expect(lines.join('')).not.toMatch(/confidential|in-the-query|eyJ/);
  });

  it('replace secrets and drop what drivers hang on errors', () => {
    const written: string[] = [];
    const logger = createLogger({
      service: 'x',
      level: 'info',
      destination: { write: (line) => void written.push(line) },
    });
    logger.info(
      {
        headers: { authorization: 'Bearer abc', 'x-hetao-caller': 'eyJx' },
        password: 'hunter2',
        DATABASE_URL: 'postgres://u:p@h',
      },
      'a',
    );
    const error = Object.assign(new Error('outer', { cause: new Error('inner') }), {
      parameters: ['personal data'],
      code: '23505',
    });
    logger.error({ err: error }, 'b');
    const text = written.join('');
    expect(text).not.toMatch(/abc|eyJx|hunter2|u:p@h|personal data/);
    expect(JSON.parse(written[1] ?? '{}').err).toMatchObject({
      message: 'outer',
      code: '23505',
      cause: { message: 'inner' },
    });
  });
});

describe('The OpenAPI document', () => {
  const document = async (): Promise<OpenAPIObject> =>
    JSON.parse((await notes.send('GET', '/openapi.json')).text) as OpenAPIObject;

  it('is 3.1, has every operation with its policy, problems and schemas from zod', async () => {
    const { openapi, paths, components } = await document();
    expect(openapi).toBe('3.1.0');
    const operations = Object.values(paths).flatMap((methods) => Object.values(methods) as OperationObject[]);
    expect(operations.map(({ operationId }) => operationId).sort()).toEqual([
      'breakNotes',
      'crashNotes',
      'getNote',
      'greetNotes',
      'importNotes',
      'listNotes',
      'rewriteNote',
      'sealNote',
      'writeNote',
    ]);
    const problem = { content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } };
    for (const { responses } of operations) expect(responses['default']).toMatchObject(problem);
    const json = (name: string) => ({
      content: { 'application/json': { schema: { $ref: `#/components/schemas/${name}` } } },
    });
    expect(paths['/v1/notes']?.post).toMatchObject({
      'x-allow': ['merchant'],
      security: [{ bearer: [] }],
      parameters: [{ name: 'Idempotency-Key', in: 'header', required: true }],
      requestBody: json('NewNote'),
      responses: { 201: json('Note') },
    });
    expect(components?.schemas?.['NewNote']).toMatchObject({ additionalProperties: false, required: ['text'] });
    expect(components?.schemas?.['Note']).toMatchObject({
      properties: { organisation_id: { type: ['string', 'null'] } },
    });
    const names = paths['/v1/notes']?.get?.parameters?.map((parameter) => ('name' in parameter ? parameter.name : ''));
    expect(names?.sort()).toEqual(['contains', 'cursor', 'limit']);
    expect(paths['/v1/notes/open/greeting']?.get?.security).toBeUndefined();
  });

  it('resolves every reference and holds no insides of zod', async () => {
    const { components, ...rest } = await document();
    const text = JSON.stringify({ components, ...rest });
    const references = [...text.matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map(([, name]) => name);
    expect(references.length).toBeGreaterThan(5);
    for (const name of references) expect(Object.keys(components?.schemas ?? {})).toContain(name);
    expect(text).not.toMatch(/"def":|"~standard"|\$defs/);
  });
});
