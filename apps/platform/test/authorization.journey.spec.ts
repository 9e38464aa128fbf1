import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { accessTable, admits } from '@hetao/gateway';
import type { TestCaller } from '@hetao/testing';
import { namesIn, realPaths, type Names } from './support/access-names.js';
import { ask, faultsOf, isGranted, knock, said, stopsOf, vouchFor, type Stop } from './support/access-walk.js';
import { attempt, faultsOfTenancy, seenWithoutWhere, tenantTables } from './support/database-walls.js';
import { gatherCast, licenseTo, tcmProduct } from './support/clearing-story.js';
import { services, startHostedExchange, type HostedExchange } from './support/hosted-exchange.js';
import { repositoryRoot } from './support/trade-run.js';
import { unkeyedCommands } from './support/unkeyed-commands.js';

const WITHIN_MS = 120_000;
/** Refusals that speak of who asks, not of what is asked. */
const OF_THE_CALLER = new Set(['CALLER_MISSING', 'PERSONA_NOT_ALLOWED', 'SCOPE_MISSING']);

/** Attestation serves its verifier from the modules that Node resolves, which a test runner does not do. */
const NOT_UNDER_TEST = /^\/v1\/attestation-log\/verifier/;

const stranger = { organisationId: 'org_00000000000000000000000000', subject: 'usr_stranger' } as const;
const people: Readonly<Record<string, TestCaller>> = {
  merchant: { personas: ['merchant'], ...stranger },
  buyer: { personas: ['buyer'], ...stranger },
  operator: { personas: ['operator'], organisationId: 'org_exchange' },
  auditor: { personas: ['auditor'], organisationId: 'org_exchange' },
  'a process of ours': { personas: [], organisationId: 'org_exchange', via: 'system' },
};

let exchange: HostedExchange;
/** Every row, and those that lead to a service behind the door. */
let stops: readonly Stop[];
let inside: readonly Stop[];
beforeAll(async () => {
  exchange = await startHostedExchange();
  stops = stopsOf(exchange);
  inside = stops.filter(({ origin }) => origin !== undefined);
}, WITHIN_MS);
afterAll(() => exchange?.close(), WITHIN_MS);

describe('The access table', () => {
  it('has a row for every route of every service, and none for what does not exist', () => {
    const served = exchange.routes
      .filter(({ path }) => path.startsWith('/v1/'))
      .filter(({ service, policy }) => service !== 'gateway' || policy?.access !== 'own-check')
      .map(({ method, path }) => `${method} ${path}`);
    const rows = accessTable.rows.map(({ method, path }) => `${method} ${path}`);
    expect(served.filter((route) => !rows.includes(route))).toEqual([]);
    expect(rows.filter((row) => !served.includes(row))).toEqual(['* /v1/deliveries/:agreementId/*']);
  });

  it('says what the guard of each service says', () => {
    const wrong = exchange.routes.flatMap(({ method, path, policy }) => {
      const row = accessTable.rows.find((one) => one.method === method && one.path === path);
      if (row === undefined || policy?.access === 'own-check') return [];
      const guard = policy?.access === 'callers' ? [...policy.allow].sort().join() : 'public';
      const table = typeof row.who === 'string' ? 'public' : [...row.who].sort().join();
      return guard === table ? [] : [`${method} ${path}: the guard admits ${guard}, the table ${table}`];
    });
    expect(wrong).toEqual([]);
  });
});

describe('Every POST route', () => {
  it('honours an Idempotency-Key, or has a reason why it needs none', () => {
    // What a raw route of the door passes on is the word of whoever is behind it: our services, a merchant, OIDC.
    const unkeyed = exchange.routes
      .filter(({ method, honoursKey, handler }) => method === 'POST' && !honoursKey && handler !== 'raw')
      .map(({ method, path }) => `${method} ${path}`);
    expect([...new Set(unkeyed)].sort()).toEqual(Object.keys(unkeyedCommands).sort());
  });
});

describe('Every route of every service', () => {
  it(
    'asks the nameless for a name, at the door and behind it, unless it is public',
    async () => {
      const faults = await faultsOf(stops, async (stop) => {
        const answers = [await knock(exchange.url, stop), ...(stop.origin ? [await ask(stop, {})] : [])];
        const wrong = answers.find(({ status }) => (status === 401) === (stop.row.who === 'public'));
        return wrong && said(stop, wrong);
      });
      expect(faults).toEqual([]);
    },
    WITHIN_MS,
  );

  it.each(Object.keys(people))(
    'admits %s where its row says so, and nowhere else',
    async (name) => {
      const { via = 'session', ...caller } = people[name] as TestCaller;
      const vouched = await vouchFor({ via, ...caller });
      const judged = inside.filter(({ row }) => row.who !== 'token' && !NOT_UNDER_TEST.test(row.path));
      const faults = await faultsOf(judged, async (stop) => {
        const answer = await ask(stop, vouched);
        const isRefused = answer.code !== undefined && OF_THE_CALLER.has(answer.code);
        const isRight = answer.status < 500 && admits(stop.row, { personas: caller.personas, via }) !== isRefused;
        return isRight ? undefined : said(stop, answer);
      });
      expect(faults).toEqual([]);
    },
    WITHIN_MS,
  );

  it.each(['operator@hetao.demo', 'auditor@hetao.demo', 'customs@hetao.demo'])(
    'is as closed at the door to %s',
    async (email) => {
      const account = demoAccount(email);
      const closed = stops.filter(({ row }) => !admits(row, { personas: account.personas, via: 'api_key' }));
      const faults = await faultsOf(closed, async (stop) => {
        const answer = await knock(exchange.url, stop, account.api_key);
        return answer.code === 'PERSONA_NOT_ALLOWED' ? undefined : said(stop, answer);
      });
      expect(faults).toEqual([]);
    },
    WITHIN_MS,
  );

  it(
    'refuses a key that has no scope for it',
    async () => {
      const personas = ['merchant', 'buyer', 'operator', 'auditor'] as const;
      const key = await vouchFor({ personas, ...stranger, via: 'api_key', scopes: ['x:read'] });
      const named = inside.filter(
        ({ row }) => typeof row.who !== 'string' && admits(row, { personas, via: 'api_key' }),
      );
      const faults = await faultsOf(named, async (stop) => {
        const answer = await ask(stop, key);
        return answer.code === 'SCOPE_MISSING' ? undefined : said(stop, answer);
      });
      expect(faults).toEqual([]);
    },
    WITHIN_MS,
  );
});

describe('What belongs to others', () => {
  const personas = ['merchant', 'buyer'] as const;
  const isTenants = ({ row }: Stop) => row.whose === 'own' || row.whose === 'parties' || row.whose === 'self';
  let names: Names;

  beforeAll(async () => {
    const cast = await gatherCast(exchange.url);
    await licenseTo(cast, tcmProduct, 'academic');
    names = await namesIn(
      inside,
      await vouchFor({ personas: ['operator', 'auditor'], organisationId: 'org_exchange' }),
    );
  }, WITHIN_MS);

  it.each<[string, TestCaller]>([
    ['another organisation', { personas, ...stranger }],
    ['nobody’s member', { personas, organisationId: '' }],
  ])(
    'is not there for %s: neither to read nor to change',
    async (_name, caller) => {
      const vouched = await vouchFor(caller);
      const real = inside.filter(isTenants).flatMap((stop) => realPaths(stop, names).map((path) => ({ stop, path })));
      expect(real.length).toBeGreaterThan(60);
      const faults = await faultsOf(real, async ({ stop, path }) => {
        const answer = await ask(stop, vouched, path);
        const isRight = stop.method === 'GET' ? [403, 404].includes(answer.status) : !isGranted(answer);
        return isRight ? undefined : said(stop, answer);
      });
      expect(faults).toEqual([]);
    },
    WITHIN_MS,
  );

  it(
    'is in no list of another organisation',
    async () => {
      const vouched = await vouchFor({ personas, ...stranger });
      const lists = inside.filter((stop) => isTenants(stop) && stop.method === 'GET' && !stop.row.path.includes(':'));
      const secrets = lists.flatMap(({ row }) => names.get(row.path) ?? []);
      expect(secrets.length).toBeGreaterThan(3);
      const faults = await faultsOf(lists, async (stop) => {
        const answer = await ask(stop, vouched);
        const seen = secrets.filter((secret) => answer.text.includes(secret));
        return seen.length === 0 ? undefined : `${said(stop, answer)} shows ${seen.join()}`;
      });
      expect(faults).toEqual([]);
    },
    WITHIN_MS,
  );
});

describe('The account of a service in the database', () => {
  const DENIED = '42501';

  it('reads no other service’s schema, and its own as far as rows go', async () => {
    const names = [...exchange.hosted.services.keys()];
    const faults: string[] = [];
    for (const name of names) {
      const url = exchange.login(name);
      const answers = await Promise.all(
        names.map(async (other) => [other, await attempt(url, `SELECT FROM ${other}.outbox LIMIT 0`)] as const),
      );
      for (const [other, answer] of answers)
        if (answer !== (other === name ? '0 rows' : DENIED)) faults.push(`${name} reads ${other}: ${answer}`);
      for (const sql of [`DROP TABLE ${name}.inbox`, `CREATE TABLE ${name}.mine ()`, 'CREATE SCHEMA mine'])
        if ((await attempt(url, sql)) === '0 rows') faults.push(`${name} may ${sql}`);
    }
    expect(names).toHaveLength(8);
    expect(faults).toEqual([]);
  });

  it('meets a policy on every table with a tenant’s column, or a reason why there is none', async () => {
    const tables = await tenantTables(exchange.databaseUrl);
    const faults = services.flatMap(({ schema, tenancy }) => faultsOfTenancy(tables, schema, tenancy));
    expect(tables.filter(({ bound }) => bound).length).toBeGreaterThanOrEqual(11);
    expect(faults).toEqual([]);
  });

  it('gets without any WHERE the rows of the organisation it works for, and none for one nobody knows', async () => {
    const seen = await seenWithoutWhere(exchange.hosted.services, services, 'org_nobody');
    expect(seen.filter(({ all }) => all > 0).map(({ table }) => table)).toEqual(
      expect.arrayContaining(['gateway.accounts', 'gateway.api_keys']),
    );
    expect(seen.filter(({ others }) => others > 0)).toEqual([]);
    expect(seen.filter(({ strangers }) => strangers > 0)).toEqual([]);
  });
});

function demoAccount(email: string): { readonly personas: readonly string[]; readonly api_key: string } {
  const accounts = JSON.parse(readFileSync(join(repositoryRoot, 'tools/demo/demo-accounts.json'), 'utf8')) as {
    readonly email: string;
    readonly personas: readonly string[];
    readonly api_key: string;
  }[];
  const found = accounts.find((account) => account.email === email);
  if (found === undefined) throw new Error(`${email} is no account of the demonstration.`);
  return found;
}
