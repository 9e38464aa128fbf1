import { createHmac, randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually, freePort } from '@hetao/testing';
import {
  problem,
  startScriptedExchange,
  type Answer,
  type ScriptedExchange,
} from '../../libs/client/test/scripted-exchange.js';
import { main } from './main.js';
import type { Surroundings } from './terminal.js';

let exchange: ScriptedExchange;
let folder: string;
beforeAll(async () => {
  exchange = await startScriptedExchange();
  folder = mkdtempSync(join(tmpdir(), 'hetao-'));
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await exchange.close();
});

const KEY = 'hx_test_0123456789012345678901234567890123';

async function hetao(args: readonly string[], around: Partial<Surroundings> = {}) {
  let said = '';
  let complained = '';
  const code = await main(args, {
    env: { HETAO_CONFIG: folder, HETAO_URL: exchange.url, HETAO_API_KEY: KEY },
    columns: undefined,
    write: (text) => (said += text),
    complain: (text) => (complained += text),
    input: () => Promise.resolve(''),
    signal: new AbortController().signal,
    ...around,
  });
  return { code, said, complained };
}

const product = (id: string, en: string) => ({
  id,
  name: { en, 'zh-Hans': '潮汐', 'zh-Hant': '潮汐' },
  kind: 'api',
  stored_in: 'HK',
  status: 'listed',
});
const page = (...data: object[]) => ({ status: 200, body: { data, next_cursor: null, has_more: false } });

describe('what is said', () => {
  it('is a table for a person, and JSON for whatever reads a pipe or asks for it', async () => {
    exchange.answers(page(product('prd_1', '潮汐 tides'), product('prd_22', 'Ferries')));
    const person = await hetao(['product', 'search', 'tides'], { columns: 80 });
    expect(person.said.split('\n')).toEqual([
      'ID      KIND  PLACE  STATUS  NAME',
      'prd_1   api   HK     listed  潮汐 tides',
      'prd_22  api   HK     listed  Ferries',
      '',
    ]);
    const piped = JSON.parse((await hetao(['product', 'search'])).said) as { id: string }[];
    expect(piped.map(({ id }) => id)).toEqual(['prd_1', 'prd_22']);
    expect(JSON.parse((await hetao(['--json', 'product', 'search'], { columns: 80 })).said)).toHaveLength(2);
  });

  it('is cut where the terminal ends, and shows nothing that a terminal would obey', async () => {
    exchange.answers(page(product('prd_1', `\u001b[31m${'潮'.repeat(60)}`)));
    const { said } = await hetao(['product', 'search'], { columns: 40 });
    expect(said).not.toContain('\u001b');
    expect(said.split('\n')[1]).toMatch(/潮…$/);
  });

  it('has colours only where a person looks and does not forbid them', async () => {
    exchange.answers({
      status: 200,
      headers: { date: new Date().toUTCString() },
      body: { display_name: 'M', organisation_id: 'org_1', scopes: [] },
    });
    const env = { HETAO_CONFIG: folder, HETAO_URL: exchange.url, HETAO_API_KEY: KEY };
    expect((await hetao(['doctor'], { columns: 80, env })).said).toContain('\u001b[32m✓');
    expect((await hetao(['doctor'], { columns: 80, env: { ...env, NO_COLOR: '1' } })).said).not.toContain('\u001b');
  });
});

describe('the exit code', () => {
  it.each([
    ['called wrongly', ['nonsense'], undefined, 2],
    ['an option that is none', ['product', 'search', '--fast'], undefined, 2],
    ['a number that is none', ['product', 'search', '--limit', 'many'], undefined, 2],
    ['a file that is not there', ['listing', 'validate', '/nowhere.yaml'], undefined, 2],
    ['a body the exchange cannot read', ['product', 'show', 'x'], problem(422, 'VALIDATION_FAILED'), 2],
    ['a key nobody knows', ['product', 'show', 'x'], problem(401, 'CALLER_UNKNOWN'), 3],
    ['a scope that is missing', ['product', 'show', 'x'], problem(403, 'SCOPE_MISSING'), 3],
    ['nothing of that name', ['product', 'show', 'x'], problem(404, 'PRODUCT_NOT_FOUND'), 4],
    ['another state', ['access', 'agree', 'x'], problem(409, 'ACCESS_REQUEST_CLOSED'), 5],
    ['a rule that says no', ['product', 'show', 'x'], problem(403, 'RELEASE_NOT_IN_FORCE'), 6],
    ['too many requests', ['product', 'show', 'x'], problem(429, 'RATE_LIMITED', '3600'), 7],
    ['a fault of the exchange', ['product', 'show', 'x'], problem(500, 'INTERNAL'), 1],
  ] as const)('of %s', async (_, args, answer, code) => {
    if (answer !== undefined) exchange.answers(answer);
    const ended = await hetao(args);
    expect([ended.code, ended.said]).toEqual([code, '']);
    expect(ended.complained).not.toBe('');
    if (answer !== undefined)
      expect(JSON.parse(ended.complained)).toMatchObject({ status: (answer as { status: number }).status });
  });

  it('tells a person what to do, and by which trace it can be found', async () => {
    exchange.answers(problem(409, 'ACCESS_REQUEST_CLOSED'));
    const { complained } = await hetao(['access', 'agree', 'x'], { columns: 80 });
    expect(complained).toBe('ACCESS_REQUEST_CLOSED: It is so. Mend it.\ntrace t\n');
  });

  it('is 0 for help', async () => {
    const { code, said } = await hetao(['usage', 'send', '--help']);
    expect([code, said]).toEqual([0, expect.stringContaining('--meter')]);
  });
});

describe('a key', () => {
  const me = { status: 200, body: { display_name: 'Merchant', organisation_id: 'org_1', scopes: [] } };

  it('is kept for its owner alone, by profile, and goes to no other exchange', async () => {
    exchange.answers(me);
    const env = { HETAO_CONFIG: join(folder, 'kept') };
    const input = () => Promise.resolve(`${KEY}\n`);
    expect((await hetao(['--url', exchange.url, '--profile', 'work', 'login', '--key'], { env, input })).code).toBe(0);
    const file = join(folder, 'kept', 'profiles.json');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    await hetao(['product', 'show', 'x'], { env });
    await hetao(['--profile', 'work', 'product', 'show', 'x'], { env });
    expect(exchange.seen.map(({ headers }) => headers.authorization)).toEqual(Array(3).fill(`Bearer ${KEY}`));
    const other = await startScriptedExchange();
    await hetao(['--url', other.url, 'product', 'show', 'x'], { env });
    expect(other.seen[0]?.headers).not.toHaveProperty('authorization');
    await other.close();
    expect((await hetao(['--profile', 'home', 'product', 'show', 'x'], { env })).code).toBe(2);
    expect((await hetao(['--profile', 'work', 'logout'], { env })).code).toBe(0);
    expect(readFileSync(file, 'utf8')).not.toContain(KEY);
  });

  it('is rolled by the exchange, and goes on beside its successor for as long as is said', async () => {
    exchange.answers({ status: 201, body: { id: 'key_2', name: 'ci', key: 'hx_test_new' } });
    const { said, complained } = await hetao(['keys', 'roll', 'key_1', '--overlap', '2'], { columns: 80 });
    expect(exchange.seen).toMatchObject([
      { method: 'POST', url: '/v1/api-keys/key_1/roll', body: '{"overlap_hours":2}' },
    ]);
    expect([said, complained]).toEqual([expect.stringContaining('hx_test_new'), 'key_1 works for another 2 hours.\n']);
    expect((await hetao(['keys', 'roll', 'key_1', '--overlap', 'long'])).code).toBe(2);
  });

  it('that the exchange refuses, or that is none, is not kept', async () => {
    const env = { HETAO_CONFIG: join(folder, 'refused'), HETAO_URL: exchange.url };
    exchange.answers(problem(401, 'CALLER_UNKNOWN'));
    const named = ['--url', exchange.url, 'login', '--key'];
    expect((await hetao(named, { env, input: () => Promise.resolve(KEY) })).code).toBe(3);
    expect((await hetao(named, { env, input: () => Promise.resolve('two words') })).code).toBe(2);
    expect(existsSync(join(folder, 'refused', 'profiles.json'))).toBe(false);
  });

  it('file that is damaged is named, with what mends it', async () => {
    const env = { HETAO_CONFIG: join(folder, 'kept') };
    writeFileSync(join(folder, 'kept', 'profiles.json'), '{"profiles":');
    const { code, complained } = await hetao(['product', 'search'], { env });
    expect([code, complained]).toEqual([2, expect.stringContaining('hetao login')]);
  });
});

describe('a code that somebody types in a browser', () => {
  const asked = {
    status: 200,
    body: {
      ...{ device_code: 'secret', user_code: 'BCDF-GHJK', expires_in: 600, interval: 2 },
      verification_uri: 'https://exchange.example/device',
    },
  };
  const says = (error: string) => ({ status: 400, body: { error } });
  const token = { status: 200, body: { access_token: 'for-a-while', scope: 'catalog:read usage:write' } };
  const made = { status: 201, body: { id: 'key_1', key: KEY } };
  const me = { status: 200, body: { display_name: 'Merchant', organisation_id: 'org_1', scopes: [] } };

  async function login(name: string, ...args: readonly string[]) {
    const env = { HETAO_CONFIG: join(folder, name), HETAO_URL: exchange.url };
    const pauses: number[] = [];
    const pause = (ms: number) => Promise.resolve(pauses.push(ms));
    const ended = await hetao(['login', ...args], { env, pause });
    return { ...ended, pauses, file: join(folder, name, 'profiles.json') };
  }

  it('becomes a key of its own, asked for as slowly as the exchange wants it', async () => {
    const busy = problem(429, 'RATE_LIMITED', '60');
    exchange.answers(asked, says('authorization_pending'), says('slow_down'), 'drop', busy, token, made, me);
    const { code, complained, pauses, file } = await login('code', '--scope', 'catalog:read', '--scope', 'usage:write');
    expect([code, complained]).toEqual([0, 'Open https://exchange.example/device and type BCDF-GHJK\n']);
    expect(pauses).toEqual([2_000, 2_000, 7_000, 14_000, 60_000]);
    expect(exchange.seen[0]).toMatchObject({
      url: '/oidc/device/auth',
      body: 'client_id=hetao-cli&scope=catalog%3Aread+usage%3Awrite',
      headers: { 'user-agent': expect.stringMatching(/^hetao on /) },
    });
    const [makes, greets] = exchange.seen.slice(-2);
    expect(makes?.headers.authorization).toBe('Bearer for-a-while');
    expect(JSON.parse(makes?.body ?? '')).toMatchObject({ scopes: ['catalog:read', 'usage:write'] });
    expect(greets?.headers.authorization).toBe(`Bearer ${KEY}`);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file, 'utf8')).toContain(KEY);
    expect(readFileSync(file, 'utf8')).not.toContain('for-a-while');
  });

  it.each<[string, readonly Answer[], number, string]>([
    ['is turned away', [asked, says('access_denied')], 3, 'turned away'],
    ['is over', [asked, says('expired_token')], 3, 'hetao login'],
    [
      'nobody types',
      [{ ...asked, body: { ...asked.body, expires_in: 5 } }, says('authorization_pending')],
      3,
      'in time',
    ],
    ['is for a scope that is none', [says('invalid_scope')], 2, 'invalid_scope'],
    ['is for an exchange with another issuer', [{ status: 404 }], 2, '--key'],
    ['would write on the terminal', [{ ...asked, body: { ...asked.body, user_code: '\u001b[2J' } }], 1, 'no sense'],
    ['leads to no page', [{ ...asked, body: { ...asked.body, verification_uri: 'javascript:0' } }], 1, 'no sense'],
  ])('and %s ends without a key', async (name, script, code, words) => {
    exchange.answers(...script);
    const ended = await login(name);
    expect([ended.code, ended.complained]).toEqual([code, expect.stringContaining(words)]);
    expect(existsSync(ended.file)).toBe(false);
  });
});

describe('a file', () => {
  it('of a listing is written once, and never over another', async () => {
    const path = join(folder, 'listing.yaml');
    expect((await hetao(['listing', 'init', path])).code).toBe(0);
    expect(readFileSync(path, 'utf8')).toContain('format: hetao-listing/1');
    expect((await hetao(['listing', 'init', path])).code).toBe(2);
  });

  it('of a listing goes out as it is; its faults come back with 1', async () => {
    exchange.answers({
      status: 200,
      body: { valid: false, product: null, faults: [{ pointer: '/listing', code: 'X', detail: 'No name (line 3).' }] },
    });
    const { code, said } = await hetao(['listing', 'validate', join(folder, 'listing.yaml')], { columns: 80 });
    expect([code, said]).toEqual([1, expect.stringContaining('line 3')]);
    expect(exchange.seen[0]?.body).toBe(readFileSync(join(folder, 'listing.yaml'), 'utf8'));
    expect(exchange.seen[0]?.headers['content-type']).toBe('application/yaml');
  });

  it.each(['a: [', 'just words', '- 1', 'a: &x 1\nb: *x'])(
    'of facts that is no object is refused before anything is sent: %s',
    async (text) => {
      const path = join(folder, 'facts.yaml');
      writeFileSync(path, text);
      exchange.answers({ status: 200 });
      expect([(await hetao(['declare', 'check', '--facts', path])).code, exchange.seen.length]).toEqual([2, 0]);
    },
  );

  it('of events goes out in batches, and says how far it is and what was refused', async () => {
    const path = join(folder, 'events.ndjson');
    writeFileSync(path, Array.from({ length: 501 }, (_, id) => `{"id":"${id}"}\n`).join(''));
    const refusal = { index: 0, id: '500', status: 'rejected', code: 'AGREEMENT_UNKNOWN', detail: 'Who?', fix: 'Ask.' };
    const report = (accepted: number, items: object[]) => ({
      status: 202,
      body: { accepted, duplicates: 0, pending: 0, items },
    });
    exchange.answers(report(500, []), report(0, [refusal]));
    const { code, said, complained } = await hetao(['usage', 'send', '--file', path], { columns: 80 });
    expect([code, exchange.seen.length]).toEqual([2, 2]);
    expect(said).toMatch(/accepted +500/);
    expect(complained).toMatch(/█ 501 of 501\n500: AGREEMENT_UNKNOWN Who\? Ask\.\n$/);
  });
});

describe('data across a border', () => {
  it('that no way is open for ends with 6, and names the rule', async () => {
    const finding = {
      pathway: { id: 'BLOCKED', text: { en: 'No way' } },
      rule: { id: 'STOP-05', text: { en: 'Genes are not sold' } },
      rule_set: { id: 'cn', version: '1' },
      possible_pathways: [],
    };
    exchange.answers({ status: 200, body: finding });
    writeFileSync(join(folder, 'facts.yaml'), 'd.hgr: info\n');
    const { code, said } = await hetao(['declare', 'check', '--facts', join(folder, 'facts.yaml')], { columns: 80 });
    expect([code, said]).toEqual([6, expect.stringContaining('STOP-05')]);
    expect(JSON.parse(exchange.seen[0]?.body ?? '')).toEqual({ facts: { 'd.hgr': 'info' }, keep: false });
  });
});

describe('an invoice', () => {
  const money = (amount: string) => ({ amount, currency: 'CNY' });
  const invoice = (charged: string) => ({
    ...{
      id: 'inv_1',
      agreement_id: 'agr_1',
      period: '2015-05',
      net: money(charged),
      tax: money('0.36'),
      gross: money('6.36'),
    },
    lines: [
      { line_no: 1, component_id: 'calls', kind: 'charge', meter: 'calls', quantity: '3', amount: money(charged) },
    ],
  });
  const plan = {
    currency: 'CNY',
    components: [{ kind: 'per_unit', id: 'calls', meter: 'calls', unit_price: '2', per: '1' }],
    fee: { exchange_bps: 250, channel_bps: 0 },
    tax: { jurisdiction: 'CN', rate_bps: 600, mode: 'exclusive' },
  };
  const answers = (charged: string) =>
    exchange.answers({ status: 200, body: invoice(charged) }, ({ url }) => ({
      status: 200,
      body: url.startsWith('/v1/agreements') ? { plan } : { totals: [{ meter: 'calls', quantity: '3', events: 3 }] },
    }));

  it('is computed again here, and agrees or does not', async () => {
    answers('6.00');
    expect((await hetao(['invoice', 'recompute', 'inv_1'], { columns: 80 })).code).toBe(0);
    answers('6.01');
    const { code, said } = await hetao(['invoice', 'recompute', 'inv_1'], { columns: 80 });
    expect([code, said]).toEqual([1, expect.stringContaining('calls: invoiced 6.01, recomputed 6.00')]);
  });
});

describe('what is told by itself', () => {
  it('is shown as it is counted, until it ends', async () => {
    const { createServer } = await import('node:http');
    const server = createServer((_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(': hello\n\nevent: usage\ndata: {"time":"2026-01-01T00:00:00Z","event_id":"e1",');
      response.end('"meters":{"calls":"1"}}\n\nevent: left-out\ndata: {"events":2}\n\nevent: end\ndata: {}\n\n');
    });
    const port = await freePort();
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    const { code, said, complained } = await hetao(['--url', `http://127.0.0.1:${port}`, 'usage', 'tail', 'agr_1'], {
      columns: 80,
    });
    expect([code, said, complained]).toEqual([
      0,
      '2026-01-01T00:00:00Z  calls 1  e1\n',
      expect.stringContaining('{"events":2}'),
    ]);
    server.close();
  });

  it('by webhook is believed by its signature, shown, and handed on', async () => {
    exchange.answers({ status: 202 });
    const secret = randomBytes(32);
    const port = await freePort();
    const ended = new AbortController();
    let said = '';
    let complained = '';
    const options = [
      '--secret',
      `whsec_${secret.toString('base64')}`,
      '--port',
      String(port),
      '--forward-to',
      exchange.url,
    ];
    const listening = hetao(['webhook', 'listen', ...options], {
      columns: 80,
      signal: ended.signal,
      write: (text) => (said += text),
      complain: (text) => (complained += text),
    });
    const timestamp = String(Math.floor(Date.now() / 1000));
    const body = '{"type":"hetao.contracts.agreement-concluded.v1"}';
    const signature = createHmac('sha256', secret).update(`msg_1.${timestamp}.${body}`).digest('base64');
    const send = (content: string) =>
      fetch(`http://127.0.0.1:${port}`, {
        method: 'POST',
        body: content,
        headers: { 'webhook-id': 'msg_1', 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` },
      });
    await eventually(async () => expect((await send(body)).status).toBe(202));
    expect((await send(`${body} `)).status).toBe(400);
    ended.abort();
    expect((await listening).code).toBe(0);
    expect(said).toBe('msg_1  hetao.contracts.agreement-concluded.v1  202\n');
    expect(complained).toMatch(/refused: No signature/);
    expect(exchange.seen.map((request) => request.body)).toEqual([body]);
  });
});

describe('verifiers', () => {
  it('answer as they do by themselves, with their own codes', async () => {
    expect((await hetao(['receipt', 'verify'])).code).toBe(2);
    expect((await hetao(['agreement', 'verify', '/nowhere.json'])).code).toBe(2);
    expect((await hetao(['usage', 'verify', 'x', 'y'])).said).toContain('--key is missing');
    expect((await hetao(['ledger', 'verify'])).said).toContain('verify FILE');
  });
});
