import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { freePort } from '@hetao/testing';
import { main } from './main.js';

const KEY = 'hx_test_0123456789012345678901234567890123';
const SECRET = 'a-secret-nobody-may-see';
let server: Server;
let base: string;
let folder: string;
const seen: (string | undefined)[] = [];
beforeAll(async () => {
  const port = await freePort();
  base = `http://127.0.0.1:${port}`;
  folder = mkdtempSync(join(tmpdir(), 'hetao-'));
  server = createServer((request, answer) => {
    seen.push(request.headers.authorization);
    const bodies: Readonly<Record<string, string>> = {
      '/livez': '{"status":"alive"}',
      '/openapi.json': '{"info":{"version":"1.2"}}',
    };
    answer.statusCode = request.url === '/readyz' ? 503 : 200;
    answer.end(bodies[request.url ?? ''] ?? 'hetao_dead_letters 3\n');
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await new Promise((resolve) => server.close(resolve));
});

async function bundle(args: readonly string[]) {
  const out = join(folder, 'bundle.json');
  const code = await main(['support-bundle', '--out', out, ...args], {
    env: { HETAO_CONFIG: folder, HETAO_URL: base, HETAO_API_KEY: KEY, SESSION_SECRET: SECRET, HOME: '/root' },
    columns: undefined,
    write: () => undefined,
    complain: () => undefined,
    input: () => Promise.resolve(''),
    signal: new AbortController().signal,
  });
  return { code, out };
}

describe('hetao support-bundle', () => {
  it('has health and metrics of each service, also of one that is away, and the names of settings', async () => {
    const away = `http://127.0.0.1:${await freePort()}`;
    const { code, out } = await bundle(['--service', base, '--service', away]);
    expect(code).toBe(0);
    expect(statSync(out).mode & 0o077).toBe(0);
    const written = JSON.parse(readFileSync(out, 'utf8')) as Record<string, unknown>;
    expect(written['services']).toMatchObject([
      {
        url: base,
        '/livez': { status: 200 },
        '/readyz': { status: 503 },
        '/metrics': { body: 'hetao_dead_letters 3\n' },
      },
      { url: away, '/livez': { status: null } },
    ]);
    expect(written['exchange']).toEqual({ url: base, openapi: '1.2' });
    expect(written['settings_present']).toEqual(['HETAO_API_KEY', 'HETAO_CONFIG', 'HETAO_URL', 'SESSION_SECRET']);
  });

  it('holds no secret, and sends no key to anybody', async () => {
    const { out } = await bundle(['--service', base]);
    const text = readFileSync(out, 'utf8');
    expect(text).not.toContain(KEY);
    expect(text).not.toContain(SECRET);
    expect(seen.filter((authorization) => authorization !== undefined)).toEqual([]);
  });

  it('refuses an address with a password in it', async () => {
    expect((await bundle(['--service', 'http://user:secret@metering:8080'])).code).toBe(2);
  });
});
