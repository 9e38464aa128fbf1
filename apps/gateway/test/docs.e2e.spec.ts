import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { allEvents } from '@hetao/events';
import { eventually, freePort } from '@hetao/testing';
import { startGateway, type TestGateway } from './gateway.js';
import { startUpstream, type Upstream } from './upstream.js';

const schema = { type: 'object', properties: { id: { type: 'string' } } };
const serviceDocument = {
  openapi: '3.1.0',
  info: { title: 'x', version: '1' },
  paths: {
    '/v1/products': {
      get: {
        operationId: 'listProducts',
        security: [{ bearer: [] }],
        responses: {
          '200': {
            description: '',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Product' } } },
          },
        },
      },
    },
    '/v1/invoices': {
      get: {
        operationId: 'listInvoices',
        responses: { '200': { description: 'Page' }, default: { description: 'Own words' } },
      },
    },
    '/metrics': { get: { operationId: 'metrics', responses: { '200': { description: 'x' } } } },
  },
  components: {
    schemas: { Product: schema, Unused: schema },
    securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } },
  },
};

let catalog: Upstream | undefined;
let catalogPort: number;
let gateway: TestGateway;
let upstream: Upstream;
beforeAll(async () => {
  catalogPort = await freePort();
  upstream = await startUpstream((app) => {
    app.get('/openapi.json', async () => serviceDocument);
  });
  gateway = await startGateway({ upstream, env: { CATALOG_URL: `http://127.0.0.1:${catalogPort}` } });
});
afterAll(async () => {
  await gateway.stop();
  await upstream.stop();
  await catalog?.stop();
});

async function document() {
  const answer = await fetch(`${gateway.url}/openapi.json`);
  expect(answer.status).toBe(200);
  return { etag: answer.headers.get('etag') ?? '', json: await answer.json() };
}

describe('The public document', () => {
  it('says which service it could not reach yet, and has it as soon as it is up', async () => {
    const { json } = await document();
    expect(json['x-missing-services']).toEqual(['catalog']);
    expect(Object.keys(json.paths)).not.toContain('/v1/products');
    expect(Object.keys(json.paths)).toEqual(
      expect.arrayContaining([
        ...['/v1/invoices', '/v1/me', '/v1/members', '/v1/api-keys'],
        '/v1/deliveries/{agreement_id}/{path}',
      ]),
    );
    catalog = await startUpstream((app) => {
      app.get('/openapi.json', async () => serviceDocument);
    }, catalogPort);
    await eventually(async () => {
      const { json: complete } = await document();
      expect(Object.keys(complete.paths)).toContain('/v1/products');
      expect(complete).not.toHaveProperty('x-missing-services');
    });
  });

  it('is OpenAPI 3.1 of the door: its address, its two ways in, its problems; nothing internal', async () => {
    const { json } = await document();
    expect(json.openapi).toBe('3.1.0');
    expect(json.servers).toEqual([{ url: gateway.url, description: 'This exchange' }]);
    expect(Object.keys(json.components.securitySchemes)).toEqual(['apiKey', 'session']);
    expect(json.paths['/v1/products'].get).toMatchObject({ summary: 'List products', tags: ['catalog'] });
    expect(json.paths['/v1/products'].get).not.toHaveProperty('security');
    expect(Object.keys(json.paths['/v1/me'].get.responses)).toEqual(
      expect.arrayContaining(['200', '401', '429', '503']),
    );
    expect(Object.keys(json.paths).every((path) => path.startsWith('/v1/'))).toBe(true);
    expect(json.components.schemas).not.toHaveProperty('Unused');
    expect(JSON.stringify(json)).not.toMatch(/"def":|x-hetao|"id":"(Me|Member|ApiKey)"/);
  });

  it('is not sent twice to who has it', async () => {
    const { etag } = await document();
    const again = await fetch(`${gateway.url}/openapi.json`, { headers: { 'if-none-match': etag } });
    expect(again.status).toBe(304);
  });

  it('passes the linter without a word', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'hetao-openapi-'));
    try {
      const file = join(folder, 'openapi.json');
      writeFileSync(file, JSON.stringify((await document()).json));
      const config = join(import.meta.dirname, '..', 'redocly.yaml');
      const lint = spawnSync('npx', ['redocly', 'lint', '--format=json', `--config=${config}`, file], {
        encoding: 'utf8',
        env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
      });
      const { problems } = JSON.parse(lint.stdout) as {
        problems: { ruleId: string; message: string; location: unknown }[];
      };
      expect(problems.map(({ ruleId, message }) => `${ruleId}: ${message}`)).toEqual([]);
      expect(lint.status).toBe(0);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('The pages of the documentation', () => {
  it('come whole from this machine under a strict policy', async () => {
    const page = await fetch(`${gateway.url}/docs`);
    expect(page.status).toBe(200);
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/unsafe|http/);
    const text = await page.text();
    const links = [...text.matchAll(/(?:src|href)="([^"]+)"/g)].map((match) => match[1] ?? '');
    expect(links.filter((link) => !link.startsWith('/') && !link.startsWith('#'))).toEqual([]);
    for (const asset of links.filter((link) => link.startsWith('/assets/'))) {
      const file = await fetch(gateway.url + asset);
      expect([asset, file.status]).toEqual([asset, 200]);
      expect(file.headers.get('x-content-type-options')).toBe('nosniff');
    }
    expect(text).not.toMatch(/<script>|<style|\son[a-z]+=|\sstyle=/);
  });

  it('begin with three lines that can be pasted', async () => {
    const text = await (await fetch(`${gateway.url}/docs`)).text();
    expect(text).toContain(`export HETAO_URL=${gateway.url} HETAO_API_KEY=`);
    expect(text).toContain('npx hetao product search');
  });

  it('tell every event with its fields, without a script', async () => {
    const page = await fetch(`${gateway.url}/docs/events`);
    expect(page.status).toBe(200);
    const text = await page.text();
    for (const { type, topic } of allEvents) {
      expect(text).toContain(`<code>${type}</code>`);
      expect(text).toContain(`<code>${topic.name}</code>`);
    }
    expect(text).toContain('agreementId');
    expect(text).not.toMatch(/<script>|<style|\son[a-z]+=|\sstyle=/);
  });

  it.each(['/assets/..%2fpackage.json', '/assets/package.json', '/assets/index.html', '/assets/'])(
    'give nothing at %s',
    async (path) => {
      const answer = await fetch(gateway.url + path);
      expect([400, 404]).toContain(answer.status);
    },
  );

  it('explain every code a problem can carry', async () => {
    const refused = await (await gateway.call('/v1/me')).json();
    const page = await fetch(gateway.url + refused.type);
    expect(page.status).toBe(200);
    const text = await page.text();
    expect(text).toContain('CALLER_UNKNOWN');
    expect(text).toContain(refused.title);
    expect((await fetch(`${gateway.url}/problems/some-other-code`)).status).toBe(200);
    expect((await fetch(`${gateway.url}/problems/%3Cscript%3E`)).status).toBe(404);
  });

  it.each([
    ['en', 'API reference'],
    ['zh-Hans', 'API 文档'],
    ['zh-Hant', 'API 文件'],
  ])('speak %s', async (language, title) => {
    const page = await (await fetch(`${gateway.url}/docs?lang=${language}`)).text();
    expect(page).toContain(`<html lang="${language}">`);
    expect(page).toContain(title);
  });
});
