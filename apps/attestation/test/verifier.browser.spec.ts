import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { createHash, randomFillSync } from 'node:crypto';
import { mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { createReadStream } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { commit, digestStream, type DigestEngine, type PrivateKeyJwk } from '@hetao/proofs';
import {
  describeWithBrowser,
  emptyDatabase,
  eventually,
  freePort,
  testCallerKeys,
  type EmptyDatabase,
} from '@hetao/testing';
import { fileFrom, HOLDER, issuer, ISSUER, send, trustedKey } from './running-attestation.js';

const MIB = 1 << 20;
const LARGE = 256 * MIB;
/** Portable hashes take some seconds on an idle machine, and many on a busy one. */
const SLOW_MS = 120_000;
const engine: DigestEngine = { sha256: () => createHash('sha256'), sm3: () => createHash('sm3') };

describeWithBrowser('The verifier in a browser', (launch) => {
  let browser: Browser;
  let service: ChildProcess;
  let database: EmptyDatabase;
  let folder: string;
  let url: string;
  let key: PrivateKeyJwk;
  const at = (name: string): string => join(folder, name);

  // A process of its own, from the built files: what a browser is given is what was built.
  beforeAll(async () => {
    await promisify(execFile)(process.execPath, ['tools/build.mjs']);
    folder = await mkdtemp(join(tmpdir(), 'hetao-verifier-'));
    database = await emptyDatabase();
    const [port, keys] = [await freePort(), await testCallerKeys()];
    url = `http://127.0.0.1:${port}`;
    service = spawn(process.execPath, ['apps/attestation/dist/main.js'], {
      stdio: 'ignore',
      env: {
        PATH: process.env['PATH'],
        HOST: '127.0.0.1',
        PORT: String(port),
        LOG_LEVEL: 'fatal',
        TRANSPORT: 'embedded',
        DATABASE_URL: database.url,
        CALLER_PUBLIC_KEY: JSON.stringify(keys.publicKeys),
      },
    });
    await eventually(async () => expect((await fetch(`${url}/readyz`)).status).toBe(200), { withinMs: SLOW_MS });
    key = await trustedKey({ send: (as, method, path, json) => send(`${url}${path}`, method, as, json) });
    browser = await launch();
  }, SLOW_MS);
  afterAll(async () => {
    await browser.close();
    const ended = new Promise((resolve) => service.once('exit', resolve));
    service.kill('SIGTERM');
    await ended;
    await database.drop();
    await rm(folder, { recursive: true });
  });

  /** The page, and every request it made after it was there. */
  async function verifier(language = 'en') {
    const context = await browser.newContext();
    context.setDefaultTimeout(SLOW_MS);
    const page = await context.newPage();
    const faults: string[] = [];
    page.on(
      'console',
      (message) => void (['error', 'warning'].includes(message.type()) && faults.push(message.text())),
    );
    page.on('pageerror', (error) => faults.push(String(error)));
    await page.goto(`${url}/v1/attestation-log/verifier?lang=${language}`, { waitUntil: 'networkidle' });
    const requests: string[] = [];
    page.on('request', (request) => requests.push(`${request.method()} ${request.url()}`));
    return { context, page, faults, requests };
  }

  async function hashed(page: Page, file: string, handed = ''): Promise<Record<string, string>> {
    await page.setInputFiles('#file', file);
    await page.fill('#handed', handed);
    await page.click('#form button');
    await page.waitForFunction(() => document.getElementById('result')?.textContent !== '');
    return page.evaluate(() =>
      Object.fromEntries(
        [...document.querySelectorAll('dd, #result')].map(({ id, textContent }) => [id, textContent ?? '']),
      ),
    );
  }

  it(
    'hashes a file of hundreds of megabytes as it streams by, offline, like the server would, and sends nothing',
    async () => {
      const file = await open(at('large'), 'w');
      for (const position of [0, LARGE / 2, LARGE - MIB])
        await file.write(randomFillSync(Buffer.alloc(MIB)), 0, MIB, position);
      await file.close();
      const expected = await digestStream(createReadStream(at('large'), { highWaterMark: MIB }), { engine });
      const { context, page, faults, requests } = await verifier();
      await context.setOffline(true);
      const memory = await context.newCDPSession(page);
      let highest = 0;
      const watching = setInterval(() => {
        void memory.send('Runtime.getHeapUsage').then(
          (usage) => (highest = Math.max(highest, usage.usedSize + (usage.backingStorageSize ?? 0))),
          () => undefined,
        );
      }, 100);
      const { bytes, sha256, sm3, commitment, ...shown } = await hashed(page, at('large'));
      clearInterval(watching);
      expect({ bytes: Number(bytes), sha256, sm3 }).toEqual(expected);
      expect(commitment).toBe(commit(expected, shown['used-salt'] ?? '').commitment);
      expect(highest).toBeGreaterThan(0);
      expect(highest).toBeLessThan(LARGE / 2);
      expect([requests, faults]).toEqual([[], []]);
      await context.close();
    },
    SLOW_MS,
  );

  it('checks a receipt offline, and sees the one changed byte', async () => {
    const text = '體檢報告 2026';
    const made = await fileFrom(key, text);
    const { body } = await send(`${url}/v1/attestations`, 'POST', issuer, made.registration);
    const receipt = (await send(`${url}/v1/attestations/${body.id}/receipt`, 'GET', issuer)).body;
    const handed = JSON.stringify({ salt: made.salt, receipt });
    await writeFile(at('report'), text);
    await writeFile(at('changed'), `${text} `);
    const { context, page, faults, requests } = await verifier('zh-Hant');
    await context.setOffline(true);
    await page.fill('#issuer-key', key.x);
    const good = await hashed(page, at('report'), handed);
    expect(good).toMatchObject({
      commitment: made.commitment,
      result: expect.stringContaining('matched_valid: 檔案與登記一致'),
    });
    expect((await hashed(page, at('changed'), handed))['result']).toContain('mismatch: 檔案與登記不一致');
    const forged = handed.replace('"leaf_index":', '"leaf_index":1');
    expect((await hashed(page, at('report'), forged))['result']).toContain('proof_invalid');
    expect((await hashed(page, at('report'), 'no json'))['result']).toContain('無法完成');
    await page.fill('#issuer-key', 'x');
    expect((await hashed(page, at('report'), handed))['result']).toContain('issuer_untrusted');
    expect(await page.locator('#proves-not li').allTextContents()).toEqual([
      '不證明內容真實。',
      '不證明持有人的身份。',
      '不證明數據的收集合法。',
    ]);
    expect([requests, faults]).toEqual([[], []]);
    await context.close();
  });

  it('signs a registration where key and file are, which the exchange then accepts from whoever posts it', async () => {
    await writeFile(at('new'), 'a new report');
    const { context, page, faults, requests } = await verifier();
    await context.setOffline(true);
    const fields = { issuer: ISSUER, holder: HOLDER, schema: 'report/v1', from: '2026-01-01', to: '2030-01-01' };
    for (const [id, text] of Object.entries(fields)) await page.fill(`#${id}`, text);
    await page.fill('#key', JSON.stringify(key));
    await page.click('#signing button');
    expect(await page.textContent('#body')).toContain('hash a file first');
    const { commitment } = await hashed(page, at('new'));
    await page.click('#signing button');
    await page.waitForFunction(() => document.getElementById('body')?.textContent?.startsWith('{'));
    const signed: unknown = JSON.parse((await page.textContent('#body')) ?? '');
    expect([requests, faults]).toEqual([[], []]);
    expect(JSON.stringify(signed)).not.toContain(key.d);
    const { status, body } = await send(`${url}/v1/attestations`, 'POST', issuer, signed);
    expect([status, body.commitment, body.state]).toEqual([201, commitment, 'registered']);
    await context.close();
  });

  it('is forbidden by its own policy to send anything anywhere', async () => {
    const { context, page } = await verifier('zh-Hans');
    const refused = await page.evaluate(() =>
      Promise.allSettled([fetch('/livez'), fetch('/v1/attestations', { method: 'POST', body: 'bytes' })]).then((all) =>
        all.map(({ status }) => status),
      ),
    );
    expect(refused).toEqual(['rejected', 'rejected']);
    await context.close();
  });
});
