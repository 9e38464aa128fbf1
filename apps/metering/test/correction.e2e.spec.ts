import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { EntitlementGrantedV1 } from '@hetao/events';
import { eventually, type TestCaller } from '@hetao/testing';
import * as people from './metering-world.js';
import { batch, buyer, command, startWorld, usage, type World } from './metering-world.js';
import { stateTieredPrice } from './tiered-price.js';

// Every test closes months of its own, one after the other.
let world: World;
beforeAll(async () => {
  world = await startWorld('2017-12-15T00:00:00Z');
});
afterAll(() => world.stop());

const merchant: TestCaller = { ...people.merchant, subject: 'usr_merchant' };
const operator: TestCaller = { ...people.operator, subject: 'usr_operator' };
const second: TestCaller = { ...people.operator, subject: 'usr_second' };
const stranger: TestCaller = { personas: ['merchant'], organisationId: 'org_stranger' };
const send = async (...events: readonly unknown[]) => {
  const { body } = await world.call(merchant, 'POST', '/v1/usage/events', batch(events));
  return (body['items'] as { status: string; code?: string }[]).map((item) => item.code ?? item.status);
};
const post = (caller: TestCaller, path: string, body: unknown = {}) =>
  world.call(caller, 'POST', `/v1/usage/${path}`, command(body));
const get = (path: string, caller = buyer) => world.call(caller, 'GET', `/v1/usage/${path}`);
const close = async (period: string) => {
  expect((await post(operator, `periods/${period}/close`, { time_zone: 'UTC' })).status).toBe(200);
};
const at = (month: string, calls: number) => ({
  time: `${month}-10T10:05:03Z`,
  data: { meters: { calls: String(calls) } },
});
const item = (agreementId: string, id: string) => ({ source: `/test/${agreementId}`, event_id: id });
interface Correction {
  readonly correction_id: string;
  readonly state: string;
  readonly effects: readonly Readonly<Record<string, unknown>>[];
}
const propose = async (agreementId: string, items: readonly unknown[], caller: TestCaller = merchant) => {
  const answer = await post(caller, 'corrections', { agreement_id: agreementId, reason: 'A retry loop.', items });
  return { ...answer, correction: answer.body as unknown as Correction };
};
const total = async (agreementId: string, month: string) =>
  (
    await get(
      `query?agreement_id=${agreementId}&meter=calls&granularity=month&time_zone=UTC&from=${month}-01T00:00:00Z&to=${month}-02T00:00:00Z`,
    )
  ).body['data'] as readonly { value: string; events: number }[];

/** An agreement whose first hundred calls a month cost 0.10, further ones 0.05; and metering knows the plan. */
async function agreement(changes: Partial<EntitlementGrantedV1> = {}) {
  const granted = await world.grant({ validFrom: '2015-01-01T00:00:00Z', ...changes });
  await stateTieredPrice(world, granted);
  return granted;
}

describe('a correction of an open month', () => {
  it('is foreseen, approved by somebody else, and taken back, in all sums', async () => {
    const { agreementId } = await agreement({ quota: { meter: 'calls', limit: '200' } });
    await send(usage(agreementId, 'a', at('2017-11', 90)), usage(agreementId, 'b', at('2017-11', 40)));
    const { correction, status } = await propose(agreementId, [
      { action: 'void', ...item(agreementId, 'a') },
      {
        action: 'replace',
        ...item(agreementId, 'b'),
        time: '2017-11-11T00:00:00+08:00',
        data: { meters: { calls: '60' }, note: 'mended' },
      },
    ]);
    expect(status).toBe(201);
    const zh = { amount: '31.50', currency: 'CNY' };
    expect(correction).toMatchObject({
      kind: 'batch',
      state: 'proposed',
      effects: [
        {
          period: '2017-11',
          is_closed: false,
          adjustment_period: null,
          before: [{ meter: 'calls', quantity: '130', events: 2 }],
          after: [{ meter: 'calls', quantity: '60', events: 1 }],
          net: {
            before: zh,
            after: { amount: '26.00', currency: 'CNY' },
            effect: { amount: '-5.50', currency: 'CNY' },
          },
        },
      ],
    });
    // Nothing has changed yet.
    expect(await total(agreementId, '2017-11')).toMatchObject([{ value: '130', events: 2 }]);
    const approve = `corrections/${correction.correction_id}/approve`;
    expect(await post(merchant, approve)).toMatchObject({ status: 403 });
    expect(await post(operator, approve)).toMatchObject({
      status: 200,
      body: { state: 'applied', decided_by: expect.any(String) },
    });
    expect(await post(operator, approve)).toMatchObject({ status: 200 });
    expect(await total(agreementId, '2017-11')).toMatchObject([{ value: '60', events: 1 }]);
    const records = await get(`records?agreement_id=${agreementId}&from=2017-11-01T00:00:00Z&to=2017-12-01T00:00:00Z`);
    expect(records.body['data']).toMatchObject([
      { id: 'b', time: '2017-11-10T16:00:00.000Z', revision: 1, data: { meters: { calls: '60' }, note: 'mended' } },
    ]);
    expect(await sums(agreementId)).toEqual({ totals: '60', minutes: '60', sides: '60', quota: '60' });
    const revert = await post(operator, `corrections/${correction.correction_id}/revert`, { reason: 'It was right.' });
    expect(revert).toMatchObject({ status: 201, body: { kind: 'revert', reverts_id: correction.correction_id } });
    const again = await post(operator, `corrections/${correction.correction_id}/revert`, { reason: 'Twice.' });
    expect(again).toMatchObject({ status: 409, body: { code: 'CORRECTION_DECIDED' } });
    const id = revert.body['correction_id'] as string;
    expect(await post(operator, `corrections/${id}/approve`)).toMatchObject({
      status: 403,
      body: { code: 'CORRECTION_NEEDS_OTHER_EYES' },
    });
    expect(await post(second, `corrections/${id}/approve`)).toMatchObject({ status: 200, body: { state: 'applied' } });
    expect(await sums(agreementId)).toEqual({ totals: '130', minutes: '130', sides: '130', quota: '130' });
    const list = await get(`corrections?agreement_id=${agreementId}`);
    expect((list.body['data'] as { state: string }[]).map((one) => one.state)).toEqual(['reverted', 'applied']);
    // What is void or replaced stays a duplicate for its sender.
    expect(await send(usage(agreementId, 'a', at('2017-11', 90)))).toEqual(['duplicate']);
  });

  const sums = async (agreementId: string) => {
    const [row] = await world.rows<Record<string, string>>(
      `SELECT (SELECT trim_scale(sum(quantity))::text FROM usage_totals WHERE agreement_id = $1) AS totals,
              (SELECT trim_scale(sum(quantity))::text FROM usage_minutes JOIN usage_agreements USING (agreement_no) WHERE agreement_id = $1) AS minutes,
              (SELECT trim_scale(sum(quantity))::text FROM usage_sides JOIN usage_agreements USING (agreement_no) WHERE agreement_id = $1) AS sides,
              (SELECT trim_scale(used)::text FROM quotas WHERE agreement_id = $1) AS quota`,
      [agreementId],
    );
    return row;
  };

  it('finds an event whose id is no longer kept, by its time', async () => {
    const { agreementId } = await agreement();
    await send(usage(agreementId, 'old', at('2017-10', 5)), usage(agreementId, 'kept', at('2017-10', 6)));
    await world.rows("DELETE FROM usage_keys WHERE event_id = 'old'");
    const voiding = { action: 'void', ...item(agreementId, 'old') };
    expect(await propose(agreementId, [voiding])).toMatchObject({ status: 422 });
    const { correction } = await propose(agreementId, [{ ...voiding, event_time: at('2017-10', 5).time }]);
    await post(operator, `corrections/${correction.correction_id}/approve`);
    expect(await total(agreementId, '2017-10')).toMatchObject([{ value: '6' }]);
  });

  it('that another one overtook is stale, and one that is rejected changes nothing', async () => {
    const { agreementId } = await agreement();
    await send(usage(agreementId, 'a', at('2017-11', 1)), usage(agreementId, 'b', at('2017-11', 2)));
    const first = await propose(agreementId, [{ action: 'void', ...item(agreementId, 'a') }]);
    const other = await propose(agreementId, [{ action: 'void', ...item(agreementId, 'a') }]);
    expect(await post(operator, `corrections/${first.correction.correction_id}/approve`)).toMatchObject({
      status: 200,
    });
    expect(await post(operator, `corrections/${other.correction.correction_id}/approve`)).toMatchObject({
      status: 409,
      body: { code: 'CORRECTION_STALE' },
    });
    expect(
      await post(operator, `corrections/${other.correction.correction_id}/reject`, { reason: 'Overtaken.' }),
    ).toMatchObject({
      status: 200,
      body: { state: 'rejected', decision_reason: 'Overtaken.' },
    });
    expect(await post(operator, `corrections/${other.correction.correction_id}/approve`)).toMatchObject({
      status: 409,
    });
    expect(await total(agreementId, '2017-11')).toMatchObject([{ value: '2' }]);
  });

  it('is refused where it cannot be, with the item that is wrong', async () => {
    const { agreementId } = await agreement({ quota: { meter: 'calls', limit: '5' } });
    const foreign = await agreement();
    await send(usage(agreementId, 'a', at('2017-11', 1)), usage(foreign.agreementId, 'f', at('2017-11', 1)));
    const voiding = (id: string) => ({ action: 'void', ...item(agreementId, id) });
    const replacing = (data: unknown, time = '2017-11-10T10:05:03Z') => ({
      action: 'replace',
      ...item(agreementId, 'a'),
      time,
      data,
    });
    for (const [items, status, code] of [
      [[voiding('unknown')], 422, 'CORRECTION_EVENT_UNKNOWN'],
      [[{ action: 'void', ...item(foreign.agreementId, 'f') }], 422, 'CORRECTION_EVENT_UNKNOWN'],
      [[voiding('a'), voiding('a')], 422, 'CORRECTION_ITEM_INVALID'],
      [[replacing({ meters: { calls: '1' } })], 422, 'CORRECTION_ITEM_INVALID'],
      [[replacing({ meters: { rows: '1' } })], 422, 'CORRECTION_ITEM_INVALID'],
      [[replacing({ meters: { calls: '-1' } })], 422, 'CORRECTION_ITEM_INVALID'],
      [[replacing({ meters: { calls: '1' } }, '2030-01-01T00:00:00Z')], 422, 'CORRECTION_ITEM_INVALID'],
      [[replacing({ meters: { calls: '6' } })], 409, 'CORRECTION_EXCEEDS_QUOTA'],
      [[{ action: 'void' }], 422, 'VALIDATION_FAILED'],
      [[], 422, 'VALIDATION_FAILED'],
    ] as const) {
      expect(await propose(agreementId, items)).toMatchObject({ status, body: { code } });
    }
    expect((await propose(agreementId, [voiding('a')], buyer)).status).toBe(403);
    expect((await propose(agreementId, [voiding('a')], stranger)).status).toBe(404);
    const { correction } = await propose(agreementId, [voiding('a')]);
    expect((await get(`corrections/${correction.correction_id}`, stranger)).status).toBe(404);
    expect((await get(`corrections?agreement_id=${agreementId}`, stranger)).status).toBe(404);
    expect((await get(`corrections/${correction.correction_id}`)).status).toBe(200);
    expect(await total(agreementId, '2017-11')).toMatchObject([{ value: '1' }]);
  });
});

describe('a closed month', () => {
  it('never changes: its correction is charged in the next open month, with a link, before that one is stated', async () => {
    const { agreementId } = await agreement();
    await send(usage(agreementId, 'a', at('2016-01', 150)), usage(agreementId, 'b', at('2016-02', 7)));
    await close('2016-01');
    const { correction } = await propose(agreementId, [{ action: 'void', ...item(agreementId, 'a') }]);
    expect(correction.effects).toMatchObject([
      {
        period: '2016-01',
        is_closed: true,
        adjustment_period: '2016-02',
        net: { effect: { amount: '-12.50', currency: 'CNY' } },
      },
    ]);
    await post(operator, `corrections/${correction.correction_id}/approve`);
    await close('2016-02');
    await eventually(() => {
      const mine = world.published.periods.filter((one) => one.agreementId === agreementId);
      expect(mine.map((one) => [one.period, one.totals[0]?.quantity])).toEqual([
        ['2016-01', '150'],
        ['2016-02', '7'],
      ]);
      expect(world.published.corrected.filter((one) => one.agreementId === agreementId)).toMatchObject([
        {
          correctionId: correction.correction_id,
          originalPeriod: '2016-01',
          originalPeriodId: mine[0]?.periodId,
          adjustmentPeriod: '2016-02',
          cause: 'void',
          before: [{ meter: 'calls', quantity: '150', events: 1 }],
          after: [],
          netEffect: { amountMinor: '-1250', currency: 'CNY' },
        },
      ]);
    });
    expect((await get(`adjustments?agreement_id=${agreementId}`)).body['data']).toMatchObject([
      { original_period: '2016-01', adjustment_period: '2016-02', net_effect_minor: '-1250' },
    ]);
    // Taking it back after February closed too is charged in March.
    const revert = await post(second, `corrections/${correction.correction_id}/revert`, { reason: 'It was used.' });
    await post(operator, `corrections/${revert.body['correction_id'] as string}/approve`);
    expect((await get(`adjustments?agreement_id=${agreementId}`)).body['data']).toMatchObject([
      { net_effect_minor: '-1250' },
      {
        original_period: '2016-01',
        adjustment_period: '2016-03',
        net_effect_minor: '1250',
        before: [],
        after: [{ quantity: '150' }],
      },
    ]);
  });

  it('takes late usage where the meter says so, and charges it in the next month that closes', async () => {
    const policy = { mode: 'adjust', max_days: 400 };
    const value = { kind: 'quantity', meter: 'rows' };
    await post(merchant, 'meters', { meter: 'rows', aggregation: 'sum', unit: 'rows', value, late: policy });
    const { agreementId } = await agreement({ meters: ['rows', 'calls'], grantedAt: '2017-12-15T00:00:00Z' });
    const rows = (month: string, count: string) => ({
      time: `${month}-10T00:00:00Z`,
      data: { meters: { rows: count } },
    });
    await send(usage(agreementId, 'a', rows('2017-03', '3')));
    await close('2017-03');
    expect(
      await send(
        usage(agreementId, 'late', rows('2017-03', '4')),
        usage(agreementId, 'mixed', { ...rows('2017-03', '4'), data: { meters: { rows: '1', calls: '1' } } }),
      ),
    ).toEqual(['accepted', 'USAGE_PERIOD_CLOSED']);
    await close('2017-04');
    await eventually(() =>
      expect(world.published.corrected.filter((one) => one.agreementId === agreementId)).toMatchObject([
        {
          cause: 'late',
          originalPeriod: '2017-03',
          adjustmentPeriod: '2017-04',
          before: [{ quantity: '3' }],
          after: [{ quantity: '7' }],
        },
      ]),
    );
    await close('2017-05');
    expect((await get(`adjustments?agreement_id=${agreementId}`)).body['data']).toHaveLength(1);
  });

  it('states what a defined meter measures, not the sum of what events say', async () => {
    const value = { kind: 'member', pointer: '/user' };
    await post(merchant, 'meters', { meter: 'seats', aggregation: 'unique', unit: 'seats', value });
    const { agreementId } = await agreement({ meters: ['seats', 'calls'], grantedAt: '2017-12-15T00:00:00Z' });
    const used = (user: string) => ({ time: '2017-07-10T00:00:00Z', data: { meters: { calls: '1' }, user } });
    await send(...['x', 'y', 'x', 'z', 'x'].map((user, index) => usage(agreementId, `u${index}`, used(user))));
    await close('2017-07');
    await eventually(() =>
      expect(world.published.periods.find((one) => one.agreementId === agreementId)?.totals).toEqual([
        { meter: 'calls', quantity: '5', events: 5 },
        { meter: 'seats', quantity: '3', events: 5 },
      ]),
    );
  });
});
