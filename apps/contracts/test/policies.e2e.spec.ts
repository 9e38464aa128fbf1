import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { odrlOf, plainTerms } from '@hetao/rules';
import type { TestCaller } from '@hetao/testing';
import { auditor, offerBody, openMarket, type Market } from './market.js';
import { startContracts, type Answer, type RunningContracts } from './running-contracts.js';

let contracts: RunningContracts;
let market: Market;
beforeAll(async () => {
  contracts = await startContracts();
  market = await openMarket(contracts);
});
afterAll(() => contracts.stop());

const term = { from: '2026-03-01T00:00:00Z', until: '2027-03-01T00:00:00Z' };
const simple = { purposes: ['research'], places_of_use: ['HK'], onward_use: false, retention_days: 30 };
const odrl = odrlOf({
  ...plainTerms,
  purposes: ['research'],
  placesOfUse: ['HK'],
  retentionDays: 30,
  maxUses: 100,
  attribution: true,
});
const post = (path: string, json: object, as: TestCaller = market.merchant): Promise<Answer> =>
  contracts.send(as, 'POST', path, { json });
const items = ({ body }: Answer) => body.errors.map(({ code, pointer }) => `${code} ${pointer}`);

describe('checking a policy', () => {
  it('gives it in every form: four words, ODRL, and plain language', async () => {
    const words = await post('/v1/policies/check', { policy: simple, term });
    const full = await post('/v1/policies/check', { policy: { odrl }, term });
    expect([words.status, full.status]).toEqual([200, 200]);
    expect(words.body).toMatchObject({ policy: simple, odrl: { permission: [{ action: 'use' }] } });
    expect(full.body).toMatchObject({ policy: { ...simple, odrl }, odrl });
    const { clauses } = full.body as unknown as { clauses: { text: Record<string, string> }[] };
    expect(clauses.at(-1)?.text).toEqual({
      en: 'The buyer must name the source of the data.',
      'zh-Hans': '买方须注明数据来源。',
      'zh-Hant': '買方須註明數據來源。',
    });
  });

  it('names every place to mend', async () => {
    const constraint = [
      { leftOperand: 'cx-policy:Membership', operator: 'eq', rightOperand: 'active' },
      { leftOperand: 'odrl:count', operator: 'lteq', rightOperand: 'many' },
    ];
    const answer = await post('/v1/policies/check', {
      policy: { odrl: { permission: [{ action: 'use', constraint }] } },
      term,
    });
    expect([answer.status, answer.body.code]).toEqual([422, 'USAGE_POLICY_INVALID']);
    expect(items(answer)).toEqual([
      'TERM_UNKNOWN /policy/odrl/permission/0/constraint/0/leftOperand',
      'VALUE_INVALID /policy/odrl/permission/0/constraint/1/rightOperand',
    ]);
  });

  it('is for everybody signed in', async () => {
    expect((await post('/v1/policies/check', { policy: simple, term }, auditor)).status).toBe(200);
    const anonymous = await fetch(`${contracts.service.url}/v1/policies/check`, { method: 'POST' });
    expect(anonymous.status).toBe(401);
  });
});

describe('a dry run', () => {
  it('answers a hypothetical use, clause by clause', async () => {
    const use = { purpose: 'research', place: 'HK', count: 101 };
    const answer = await post('/v1/policies/dry-run', { policy: { odrl }, use });
    expect(answer.body).toMatchObject({ permitted: false, duties: [{ state: 'pending' }, { state: 'pending' }] });
    const { clauses } = answer.body as unknown as {
      clauses: { conditions: { truth: string; because: { en: string } }[] }[];
    };
    expect(clauses[0]?.conditions.at(-1)).toMatchObject({
      truth: 'false',
      because: { en: 'Stated for the number of uses: 101.' },
    });
    expect((await post('/v1/policies/dry-run', { policy: { odrl }, use: { ...use, count: 100 } })).body).toMatchObject({
      permitted: true,
    });
    expect((await post('/v1/policies/dry-run', { policy: simple, use })).body).toMatchObject({ permitted: true });
  });

  it('denies what a peer’s policy leaves open, and says so', async () => {
    const constraint = [{ leftOperand: 'cx-policy:Membership', operator: 'eq', rightOperand: 'active' }];
    const answer = await post('/v1/policies/dry-run', {
      policy: { odrl: { permission: [{ action: 'use', constraint }] } },
      use: {},
    });
    expect(answer.body).toMatchObject({ permitted: false, clauses: [{ truth: 'unknown' }] });
    const broken = await post('/v1/policies/dry-run', {
      policy: {
        odrl: {
          permission: [
            { action: 'use', constraint: [{ leftOperand: 'odrl:count', operator: 'lteq', rightOperand: 5 }] },
          ],
        },
      },
      use: {},
    });
    expect(items(broken)).toEqual(['SHAPE_INVALID /policy/odrl/permission/0/constraint/0/rightOperand']);
  });

  it.each([{ at: 'now' }, { place: 'Hong Kong' }, { count: 0 }, { fulfilled: 'delete' }, { what: 1 }])(
    'refuses the use %j',
    async (use) => {
      expect((await post('/v1/policies/dry-run', { policy: simple, use })).body.code).toBe('VALIDATION_FAILED');
    },
  );
});

describe('an offer with a policy in full', () => {
  it('carries it to the agreement, whose document holds it', async () => {
    const { id } = await market.drafted({ policy: { ...simple, odrl } });
    const { body } = await market.agreement(id);
    expect(body.policy).toEqual({ ...simple, odrl });
    expect(body.document).toMatchObject({ policy: odrl });
    const dryRun = await post(`/v1/agreements/${id}/dry-run`, {
      use: { purpose: 'research', place: 'HK', count: 101 },
    });
    expect(dryRun.body).toMatchObject({ permitted: false });
  });

  it('is refused when it contradicts itself, or its four words', async () => {
    const offer = (policy: object) => post('/v1/offers', offerBody(market.productId, { policy, term }));
    const never = odrlOf({
      ...plainTerms,
      purposes: ['research'],
      placesOfUse: ['HK'],
      notAfter: '2020-01-01T00:00:00.000Z',
    });
    const contradicting = await offer({ ...simple, retention_days: null, odrl: never });
    expect([contradicting.status, contradicting.body.code]).toEqual([422, 'USAGE_POLICY_INVALID']);
    expect(items(contradicting)).toEqual(['NEVER_TRUE /policy/odrl/permission/0/constraint/2']);
    const differing = await offer({ ...simple, purposes: ['teaching'], odrl });
    expect([differing.status, differing.body.code, differing.body.errors[0]?.pointer]).toEqual([
      422,
      'POLICY_INVALID',
      '/policy/purposes',
    ]);
  });

  it('permits the buyers it names, and tells others what it says', async () => {
    const [use] = odrl.permission ?? [];
    const permission = [
      {
        ...use,
        constraint: [
          ...(use?.constraint ?? []),
          { leftOperand: 'odrl:recipient', operator: 'eq', rightOperand: 'org_other' },
        ],
      },
    ];
    const offered = await market.offer({ policy: { ...simple, odrl: { ...odrl, permission } } });
    expect(offered.status).toBe(201);
    const refused = await market.request(offered.body.id);
    expect([refused.status, refused.body.code]).toEqual([422, 'POLICY_USE_DENIED']);
  });
});
