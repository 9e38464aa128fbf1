import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { szdexCrossBorder2026111 as builtIn, type RuleSet } from '@hetao/rules';
import { routesOf } from '@hetao/runtime';
import { eventually } from '@hetao/testing';
import { declarationTransitions } from '../src/declaration/declaration.js';
import { startCustoms, textOf, type Answer, type RunningCustoms } from './running-customs.js';
import { exporter, officer, second, tcmDeclaration, tcmFacts } from './sample-declaration.js';

let customs: RunningCustoms;
beforeAll(async () => {
  customs = await startCustoms();
});
afterAll(() => customs.stop());
const query = (facts: object): Promise<Answer> => customs.send(null, 'POST', '/v1/customs/policy-queries', { facts });

describe('the policy query', () => {
  it('answers anybody, in three languages, and says that it is not legal advice', async () => {
    const { status, body } = await query(tcmFacts);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      pathway: { id: 'SC_OR_CERT', text: { 'zh-Hant': '標準合同或認證' } },
      rule: { id: 'M-8-2', certainty: 'settled' },
      notice: { en: expect.stringContaining('not legal advice'), 'zh-Hans': expect.stringContaining('不构成法律意见') },
      next_questions: [],
    });
    expect(textOf(body['facts_sha256'])).toMatch(/^[0-9a-f]{64}$/);
  });
  it('asks on while anything still matters, and for nothing more once it is blocked', async () => {
    const empty = await query({});
    expect(empty.body).toMatchObject({
      pathway: { id: 'NEEDS_INFO' },
      next_questions: { 0: { key: 'tx.origin', options: { 0: { value: 'CN', text: { 'zh-Hant': '中國內地' } } } } },
    });
    const blocked = await query({ 'd.core_or_secret': true });
    expect(blocked.body).toMatchObject({ pathway: { id: 'BLOCKED' }, next_questions: [] });
  });
  it('refuses unknown facts, unknown values and contradictions, with the place', async () => {
    for (const [facts, code] of [
      [{ 'd.unheard_of': true }, 'FACT_UNKNOWN'],
      [{ 'tx.origin': 'FR' }, 'FACT_VALUE_INVALID'],
      [{ 'd.pi': 'none', 'd.sensitive': true }, 'FACTS_CONTRADICTORY'],
    ] as const) {
      const { status, body } = await query(facts);
      expect([status, body['code'], body['errors']?.['0']?.['code']]).toEqual([422, 'FACTS_INVALID', code]);
    }
  });
});

/** The next version: one person more or less no longer matters, since sensitive data of 5,000 need assessment. */
const nextVersion = (version: string): RuleSet =>
  JSON.parse(
    JSON.stringify({ ...builtIn, version, effectiveFrom: '2026-12-01' }).replaceAll(
      /\["ytd\.sensitive","(lt|gte)",10000\]/g,
      '["ytd.sensitive","$1",5000]',
    ),
  ) as RuleSet;

describe('a new version of the rules', () => {
  const path = '/v1/customs/rule-sets';
  const propose = (content: RuleSet): Promise<Answer> => customs.send(officer, 'POST', path, content);

  it('is tried out, reported on, signed by two people, and decides from its day; then it is never edited', async () => {
    const merchant = exporter();
    const declaration = await customs.send(merchant, 'POST', '/v1/customs/declarations', tcmDeclaration());
    const { body, status } = await propose(nextVersion('2026.12.0'));
    expect([status, body['status']]).toEqual([201, 'proposed']);
    const id = textOf(body['id']);
    const dry = await customs.send(officer, 'POST', `${path}/${id}/dry-run`, { facts: tcmFacts });
    expect(dry.body).toMatchObject({ pathway: { id: 'SECURITY_ASSESSMENT' }, rule_set: { version: '2026.12.0' } });
    const report = await customs.send(officer, 'GET', `${path}/${id}/changes`);
    expect(report.body).toMatchObject({
      compared: 1,
      more: false,
      changes: {
        0: {
          declaration_id: declaration.body['id'],
          before: { pathway: 'SC_OR_CERT' },
          after: { pathway: 'SECURITY_ASSESSMENT', rule: 'M-7-4' },
        },
      },
    });

    const sign = (as: typeof officer, hash: unknown) =>
      customs.send(as, 'POST', `${path}/${id}/sign`, { content_sha256: hash });
    expect((await sign(officer, 'ab'.repeat(32))).body['code']).toBe('RULE_SET_HASH_DIFFERS');
    const hash = body['content_sha256'];
    await sign(officer, hash);
    expect((await sign(officer, hash)).body).toMatchObject({
      status: 'proposed',
      signatures: [{ subject: 'usr_officer' }],
    });
    expect((await sign(second, hash)).body['status']).toBe('published');
    await eventually(async () => {
      expect((await customs.send(officer, 'GET', `${path}/${id}/report`)).body).toMatchObject({
        ...{ finished: true, compared: 1, changed: 1 },
        moves: [{ before: 'SC_OR_CERT', after: 'SECURITY_ASSESSMENT', declarations: 1 }],
      });
    });
    const own = await customs.send(merchant, 'GET', `${path}/${id}/report`);
    expect(own.body).toMatchObject({ compared: null, data: { 0: { declaration_id: declaration.body['id'] } } });
    expect((await customs.send(exporter(), 'GET', `${path}/${id}/report`)).body).toMatchObject({ data: [], moves: [] });

    expect((await query(tcmFacts)).body['rule_set']).toMatchObject({ version: '2026.11.1' });
    customs.clock.set('2026-11-30T16:00:00Z'); // midnight of 1 December on the mainland
    expect((await query(tcmFacts)).body).toMatchObject({
      rule_set: { version: '2026.12.0' },
      pathway: { id: 'SECURITY_ASSESSMENT' },
    });
    const edit = customs.service.database.withClient((client) =>
      client.query("UPDATE rule_sets SET content = '{}' WHERE id = $1", [id]),
    );
    await expect(edit).rejects.toThrow('a version is never edited');
    expect((await propose(nextVersion('2026.12.0'))).body['code']).toBe('RULE_SET_VERSION_TAKEN');
    expect((await propose({ ...nextVersion('2026.12.0'), version: '2026.11.1' })).body['code']).toBe(
      'RULE_SET_VERSION_TAKEN',
    );
  });

  it('is refused while anything is wrong with it', async () => {
    const good = nextVersion('2026.12.9');
    const [first] = good.rules;
    const broken = { ...good, rules: [first, { ...first, id: 'AGAIN' }, ...good.rules.slice(1)] } as RuleSet;
    const { status, body } = await propose(broken);
    expect([status, body['code'], body['errors']?.['0']?.['code']]).toEqual([
      422,
      'RULE_SET_INVALID',
      'RULE_UNREACHABLE',
    ]);
    expect((await propose({ ...good, rules: [] })).body['code']).toBe('VALIDATION_FAILED');
  });
});

describe('a version whose day is over before the second signature', () => {
  it('is not published: what was found under the law of then stays found', async () => {
    customs.clock.set('2026-11-30T16:00:00Z');
    const { body } = await customs.send(officer, 'POST', '/v1/customs/rule-sets', nextVersion('2026.12.8'));
    customs.clock.set('2026-12-02T00:00:00Z');
    const sign = (as: typeof officer) =>
      customs.send(as, 'POST', `/v1/customs/rule-sets/${textOf(body['id'])}/sign`, {
        content_sha256: body['content_sha256'],
      });
    await sign(officer);
    const late = await sign(second);
    expect([late.status, late.body['code']]).toEqual([409, 'RULE_SET_RETROACTIVE']);
    const { rows } = await customs.service.database.withClient((client) =>
      client.query('SELECT status FROM rule_sets WHERE id = $1', [body['id']]),
    );
    expect(rows).toEqual([{ status: 'proposed' }]);
  });
});

describe('the service', () => {
  it('opens to the public exactly what needs no name', () => {
    const open = routesOf(customs.service.app).filter(
      ({ path, policy }) => path.startsWith('/v1') && policy?.access === 'public',
    );
    expect(
      [...new Set(open.map(({ method, path }) => `${String(method)} ${path}`))]
        .filter((route) => !route.startsWith('HEAD'))
        .sort(),
    ).toEqual([
      'GET /v1/customs/calendar-feeds/:token',
      'GET /v1/customs/calendars',
      'GET /v1/customs/consultation-templates',
      'GET /v1/customs/policy-queries/:id',
      'GET /v1/customs/policy-queries/:id/:file',
      'GET /v1/customs/precedents',
      'GET /v1/customs/products/:id/export-readiness',
      'GET /v1/customs/release-keys',
      'GET /v1/customs/rule-sets',
      'GET /v1/customs/rule-sets/active',
      'POST /v1/customs/policy-queries',
      'POST /v1/customs/release-checks',
    ]);
  });
  it('allows in its table exactly the states of the rules', async () => {
    const { rows } = await customs.service.database.withClient((client) =>
      client.query<{ definition: string }>(
        `SELECT pg_get_constraintdef(oid) AS definition FROM pg_constraint WHERE conname = 'declarations_status_check'`,
      ),
    );
    const allowed = [...(rows[0]?.definition ?? '').matchAll(/'([a-z_]+)'::text/g)].map((match) => match[1]);
    expect(allowed.sort()).toEqual([...declarationTransitions.states].sort());
  });
  it('describes itself', async () => {
    const { status, text } = await customs.send(null, 'GET', '/openapi.json');
    expect(status).toBe(200);
    expect(text).not.toContain('"def":');
  });
});
