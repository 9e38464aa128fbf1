import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type EntitlementGrantedV1, ReleaseIssuedV1, ReleaseSuspendedV1 } from '@hetao/events';
import { deterministicId } from '@hetao/kernel';
import { eventually, type TestCaller } from '@hetao/testing';
import { batch, buyer, command, merchant, operator, startWorld, usage, type World } from './metering-world.js';
import { stateTieredPrice } from './tiered-price.js';

let world: World;
beforeAll(async () => {
  // A Monday at noon in Shenzhen; six of June's 22 business days and a half are over.
  world = await startWorld('2015-06-09T04:00:00Z');
});
afterAll(() => world.stop());

const stranger: TestCaller = { personas: ['buyer'], organisationId: 'org_stranger' };
const post = (caller: TestCaller, path: string, body: unknown = {}) =>
  world.call(caller, 'POST', `/v1/usage/${path}`, command(body));
const get = (path: string, caller: TestCaller = buyer) => world.call(caller, 'GET', `/v1/usage/${path}`);
let number = 0;
const use = (agreementId: string, calls: number, more: object = {}) =>
  usage(agreementId, `u${(number += 1)}`, {
    time: '2015-06-09T03:00:00Z',
    data: { meters: { calls: String(calls) }, ...more },
  });
const send = async (...events: readonly unknown[]) => {
  const { body } = await world.call(merchant, 'POST', '/v1/usage/events', batch(events));
  return (body['items'] as { status: string; code?: string }[]).map((item) => item.code ?? item.status);
};
const budget = (agreementId: string, changes: object = {}) => ({
  agreement_id: agreementId,
  meter: 'calls',
  strength: 'hard',
  limit: '100',
  cadence: 'month',
  ...changes,
});
const check = async (agreementId: string, more = '') => {
  const { body } = await get(`checks?agreement_id=${agreementId}&meter=calls${more}`);
  return [body['allowed'], ...(body['reasons'] as { code: string }[]).map((reason) => reason.code)];
};

describe('a budget', () => {
  it('refuses from its end on, tells on the way, and begins anew with its period', async () => {
    const { agreementId } = await world.grant();
    const set = await post(buyer, 'budgets', budget(agreementId, { scope: 'project', scope_value: 'retail' }));
    expect(set).toMatchObject({ status: 201, body: { used: '0', period_start: '2015-05-31T16:00:00.000Z' } });
    const retail = { project: 'retail' };
    expect(await send(use(agreementId, 60, retail), use(agreementId, 500), use(agreementId, 41, retail))).toEqual([
      'accepted',
      'accepted',
      'USAGE_BUDGET_REACHED',
    ]);
    expect(await send(use(agreementId, 40, retail), use(agreementId, 1, { project: 'other' }))).toEqual([
      'accepted',
      'accepted',
    ]);
    expect(await check(agreementId, '&project=retail')).toEqual([false, 'USAGE_BUDGET_REACHED']);
    expect(await check(agreementId, '&project=other')).toEqual([true]);
    const alerts = await get(`alerts?agreement_id=${agreementId}`);
    expect(
      (alerts.body['data'] as { cause: string; percent: number }[]).map((one) => `${one.cause} ${one.percent}`),
    ).toEqual(['threshold 50', 'forecast 203', 'threshold 80', 'reached 100']);
    await eventually(() =>
      expect(world.published.alerts.filter((one) => one.agreementId === agreementId)).toMatchObject([
        { cause: 'threshold', scope: 'project', scopeValue: 'retail', buyerId: 'org_buyer', used: '60' },
        { cause: 'forecast' },
        { cause: 'threshold' },
        { cause: 'reached', used: '100' },
      ]),
    );
    // May has its own hundred.
    expect(await send(usage(agreementId, 'may', { data: { meters: { calls: '100' }, ...retail } }))).toEqual([
      'accepted',
    ]);
    const [shown] = (await get(`budgets?agreement_id=${agreementId}`)).body['data'] as Record<string, unknown>[];
    expect(shown).toMatchObject({ used: '100', forecast: { method: expect.stringContaining('linear') } });
    const id = set.body['budget_id'] as string;
    expect((await post(stranger, `budgets/${id}/end`)).status).toBe(404);
  });

  it('that is soft tells and refuses nothing; one of a key counts that key', async () => {
    const { agreementId } = await world.grant();
    await post(operator, 'budgets', budget(agreementId, { strength: 'soft', cadence: 'day', thresholds: [] }));
    await post(buyer, 'budgets', budget(agreementId, { scope: 'key', scope_value: 'k1', limit: '5' }));
    expect(
      await send(use(agreementId, 150), use(agreementId, 6, { key: 'k1' }), use(agreementId, 6, { key: 'k2' })),
    ).toEqual(['accepted', 'USAGE_BUDGET_REACHED', 'accepted']);
    const { body } = await get(`alerts?agreement_id=${agreementId}`);
    expect(body['data']).toMatchObject([{ cause: 'reached', percent: 100, used: '156' }]);
  });

  it('holds when many requests take from it at once', async () => {
    const { agreementId } = await world.grant();
    await post(buyer, 'budgets', budget(agreementId, { limit: '50' }));
    const answers = await Promise.all(Array.from({ length: 30 }, () => send(use(agreementId, 3))));
    expect(answers.flat().filter((one) => one === 'accepted')).toHaveLength(16);
    const [shown] = (await get(`budgets?agreement_id=${agreementId}`)).body['data'] as { used: string }[];
    expect(shown?.used).toBe('48');
  });

  it.each([
    [{ meter: 'rows' }, 422, 'BUDGET_INVALID'],
    [{ limit: '0' }, 422, 'BUDGET_INVALID'],
    [{ limit: '1e9' }, 422, 'VALIDATION_FAILED'],
    [{ limit: 5 }, 422, 'VALIDATION_FAILED'],
    [{ scope: 'key' }, 422, 'BUDGET_INVALID'],
    [{ thresholds: [90, 80] }, 422, 'BUDGET_INVALID'],
    [{ time_zone: 'Mars/Olympus' }, 422, 'BUDGET_INVALID'],
    [{ cadence: 'week' }, 422, 'VALIDATION_FAILED'],
  ])('with %j is refused with %i %s', async (changes, status, code) => {
    const { agreementId } = await world.grant();
    expect(await post(buyer, 'budgets', budget(agreementId, changes))).toMatchObject({ status, body: { code } });
  });

  it('is for the buyer to set and for both sides to see', async () => {
    const { agreementId } = await world.grant();
    expect((await post(merchant, 'budgets', budget(agreementId))).status).toBe(403);
    expect((await post(stranger, 'budgets', budget(agreementId))).status).toBe(404);
    for (const path of ['budgets', 'alerts', 'checks']) {
      const query = `${path}?agreement_id=${agreementId}&meter=calls`;
      expect([path, (await get(query, stranger)).status, (await get(query, merchant)).status]).toEqual([
        path,
        404,
        200,
      ]);
    }
  });
});

const price = (granted: EntitlementGrantedV1) => stateTieredPrice(world, granted);
const money = (agreementId: string, changes: object = {}) =>
  budget(agreementId, { meter: undefined, currency: 'CNY', limit: '12.00', ...changes });

describe('a budget in money', () => {
  it('refuses what would cost more, tier by tier, tells on the way, and the checker within a second', async () => {
    const granted = await world.grant();
    const { agreementId } = granted;
    await price(granted);
    const project = { scope: 'project', scope_value: 'retail' };
    expect(await post(buyer, 'budgets', money(agreementId, project))).toMatchObject({
      status: 201,
      body: { meter: null, currency: 'CNY', limit: '12.00', used: '0.00', method: expect.stringContaining('tiers') },
    });
    const retail = { project: 'retail' };
    // 100 calls are 10.00, 40 more 2.00: the limit to the fen. Bytes cost nothing, and other projects have no limit.
    expect(
      await send(use(agreementId, 100, retail), use(agreementId, 41, retail), use(agreementId, 40, retail)),
    ).toEqual(['accepted', 'USAGE_BUDGET_REACHED', 'accepted']);
    expect(await send(use(agreementId, 1, retail), use(agreementId, 999))).toEqual([
      'USAGE_BUDGET_REACHED',
      'accepted',
    ]);
    expect(await send(use(agreementId, 0, { ...retail, meters: { bytes: '9' } }))).toEqual(['accepted']);
    await eventually(
      async () => expect(await check(agreementId, '&project=retail')).toEqual([false, 'USAGE_BUDGET_REACHED']),
      {
        withinMs: 1_000,
      },
    );
    expect(await check(agreementId, '&project=other')).toEqual([true]);
    const [shown] = (await get(`budgets?agreement_id=${agreementId}`)).body['data'] as Record<string, unknown>[];
    expect(shown).toMatchObject({ used: '12.00', forecast: { total: expect.stringMatching(/^[0-9]+\.[0-9]{2}$/) } });
    expect((await get(`alerts?agreement_id=${agreementId}`)).body['data']).toMatchObject([
      { cause: 'threshold', percent: 50, currency: 'CNY', limit: '12' },
      { cause: 'threshold', percent: 80, used: '12' },
      { cause: 'reached', percent: 100 },
    ]);
    await eventually(() =>
      expect(world.published.spending.filter((one) => one.agreementId === agreementId)).toMatchObject([
        { cause: 'threshold', percent: 50 },
        { percent: 80, limit: { amountMinor: '1200', currency: 'CNY' } },
        { cause: 'reached', scopeValue: 'retail', spent: { amountMinor: '1200', currency: 'CNY' } },
      ]),
    );
    expect(world.published.alerts.filter((one) => one.agreementId === agreementId)).toEqual([]);
  });

  it('holds when many requests spend from it at once, for a key and for the whole agreement', async () => {
    const granted = await world.grant();
    const { agreementId } = granted;
    await price(granted);
    await post(buyer, 'budgets', money(agreementId, { limit: '5.05' }));
    await post(buyer, 'budgets', money(agreementId, { scope: 'key', scope_value: 'k1', limit: '0.90' }));
    await post(buyer, 'budgets', money(agreementId, { strength: 'soft', limit: '1', thresholds: [] }));
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, at) => send(use(agreementId, 3, { key: at % 2 ? 'k1' : 'k2' }))),
    );
    const accepted = answers.flat().filter((one) => one === 'accepted').length;
    const uses = (await get(`budgets?agreement_id=${agreementId}`)).body['data'] as { limit: string; used: string }[];
    expect(uses.map(({ limit, used }) => `${used} of ${limit}`)).toEqual([
      `${(accepted * 0.3).toFixed(2)} of 5.05`,
      '0.90 of 0.90',
      `${(accepted * 0.3).toFixed(2)} of 1.00`,
    ]);
    expect(accepted).toBe(16);
  });

  it.each([
    [{ currency: 'HKD' }, 422, 'BUDGET_INVALID'],
    [{ limit: '12.005' }, 422, 'BUDGET_INVALID'],
    [{ currency: 'XXX' }, 422, 'VALIDATION_FAILED'],
    [{ meter: 'calls' }, 422, 'VALIDATION_FAILED'],
    [{ currency: undefined }, 422, 'VALIDATION_FAILED'],
  ])('with %j is refused with %i %s', async (changes, status, code) => {
    const granted = await world.grant();
    await price(granted);
    expect(await post(buyer, 'budgets', money(granted.agreementId, changes))).toMatchObject({ status, body: { code } });
  });

  it('is refused where the price of the agreement is not known', async () => {
    const { agreementId } = await world.grant();
    expect(await post(buyer, 'budgets', money(agreementId))).toMatchObject({
      status: 422,
      body: { code: 'BUDGET_INVALID', errors: expect.anything() },
    });
  });
});

describe('a stop reaches the checker within a second', () => {
  const refusedWithin = (agreementId: string, code: string) =>
    eventually(async () => expect(await check(agreementId)).toEqual([false, code]), { withinMs: 1_000 });

  it('whether a budget is set or reached, and goes when it is ended', async () => {
    const { agreementId } = await world.grant();
    await send(use(agreementId, 1));
    expect(await check(agreementId)).toEqual([true]);
    const { body } = await post(buyer, 'budgets', budget(agreementId, { limit: '2' }));
    await send(use(agreementId, 2));
    await refusedWithin(agreementId, 'USAGE_BUDGET_REACHED');
    expect((await post(buyer, `budgets/${body['budget_id'] as string}/end`)).status).toBe(204);
    await eventually(async () => expect(await check(agreementId)).toEqual([true]), { withinMs: 1_000 });
    expect(await send(use(agreementId, 50))).toEqual(['accepted']);
  });

  it('whether a quota runs out, an agreement ends, or a release is suspended', async () => {
    const quota = await world.grant({ quota: { meter: 'calls', limit: '2' } });
    await send(use(quota.agreementId, 2));
    await refusedWithin(quota.agreementId, 'QUOTA_EXHAUSTED');
    const ended = await world.grant();
    expect(await check(ended.agreementId)).toEqual([true]);
    await world.end(ended.agreementId, '2015-06-01T00:00:00Z');
    await refusedWithin(ended.agreementId, 'USAGE_AFTER_ENTITLEMENT');
    const crossing = await world.grant();
    const ids = { releaseId: deterministicId('rel', crossing.agreementId), declarationId: deterministicId('dcl', 'x') };
    await world.state(ReleaseIssuedV1, {
      ...ids,
      exporterId: 'org_merchant',
      recipientId: 'org_buyer',
      productId: crossing.productId,
      agreementId: crossing.agreementId,
      pathway: 'standard-contract',
      ruleId: 'r1',
      ruleSetId: 's1',
      ruleSetVersion: '1',
      factsSha256: 'a'.repeat(64),
      officialReference: 'SZ-1',
      scope: { purpose: 'research', fields: ['path'], destination: 'HK', onward: false },
      quota: { general: null, sensitive: null },
      validFrom: '2015-01-01T00:00:00Z',
      validUntil: '2016-01-01T00:00:00Z',
      token: 'a.b.c',
      issuedAt: '2015-01-01T00:00:00Z',
    });
    const known = (status: string) =>
      eventually(async () =>
        expect(await world.rows('SELECT status FROM known_releases WHERE release_id = $1', [ids.releaseId])).toEqual([
          { status },
        ]),
      );
    await known('active');
    expect(await check(crossing.agreementId)).toEqual([true]);
    await world.state(ReleaseSuspendedV1, { ...ids, reason: 'Asked for.', suspendedAt: '2015-06-01T00:00:00Z' });
    await known('suspended');
    await refusedWithin(crossing.agreementId, 'RELEASE_NOT_IN_FORCE');
  });
});
