import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { unwrap } from '@hetao/kernel';
import { eventually } from '@hetao/testing';
import { splitBody } from '../src/ingestion/event-body.js';
import { IngestUsage } from '../src/ingestion/ingest-usage.use-cases.js';
import { ClosePeriod } from '../src/period/close-period.use-cases.js';
import { startWorld, usage, type World } from './metering-world.js';

// Every test has a month of its own: a period belongs to the whole exchange.
let world: World;
beforeAll(async () => {
  world = await startWorld('2017-01-01T00:00:00Z');
});
afterAll(() => world.stop());

const sender = { senderId: 'org_merchant', organisationId: 'org_merchant', isSystem: false };
const send = (events: readonly unknown[]) =>
  world.service.app
    .get(IngestUsage)
    .execute(sender, unwrap(splitBody(new TextEncoder().encode(JSON.stringify(events)), 'batch')));
const close = (period: string, timeZone = 'UTC') => world.service.app.get(ClosePeriod).execute(period, timeZone);
const completed = (period: string) =>
  eventually(() => {
    const events = world.published.completed.filter((one) => one.period === period);
    expect(events).not.toEqual([]);
    // Each key has its own order; the parts of the agreements may arrive after the word that all were sent.
    expect(world.published.periods.filter((one) => one.period === period)).toHaveLength(events[0]?.agreements ?? -1);
    return events;
  });

describe('closing a month', () => {
  it('publishes every window, every agreement and their number once, with sums that agree', async () => {
    const { agreementId, productId } = await world.grant({
      validFrom: '2015-07-01T00:00:00Z',
      validUntil: '2015-08-01T00:00:00Z',
    });
    const silent = await world.grant({ validFrom: '2015-07-31T00:00:00Z', validUntil: '2015-09-01T00:00:00Z' });
    const meters = (calls: string, bytes: string) => ({ data: { meters: { calls, bytes } } });
    await send([
      usage(agreementId, 'w1', { time: '2015-07-01T00:00:00Z', ...meters('1', '0.25') }),
      usage(agreementId, 'w2', { time: '2015-07-01T00:59:59.999Z', ...meters('1', '0.05') }),
      usage(agreementId, 'w3', { time: '2015-07-31T23:59:59.999Z', ...meters('1', '123456789012345678901234.7') }),
    ]);
    expect(unwrap(await close('2015-07'))).toMatchObject({ state: 'closed', agreements: 2, windows: 2 });
    expect(await completed('2015-07')).toEqual([
      { period: '2015-07', timeZone: 'UTC', agreements: 2, closedAt: '2017-01-01T00:00:00.000Z' },
    ]);
    const of = (id: string) =>
      world.published.periods.filter((one) => one.period === '2015-07' && one.agreementId === id);
    expect(of(agreementId)).toEqual([
      {
        periodId: expect.stringMatching(/^per_/),
        period: '2015-07',
        timeZone: 'UTC',
        agreementId,
        productId,
        merchantId: 'org_merchant',
        buyerId: 'org_buyer',
        totals: [
          { meter: 'bytes', quantity: '123456789012345678901235', events: 3 },
          { meter: 'calls', quantity: '3', events: 3 },
        ],
        windows: 2,
        closedAt: '2017-01-01T00:00:00.000Z',
      },
    ]);
    // A flat fee is due without any use.
    expect(of(silent.agreementId)).toMatchObject([{ totals: [], windows: 0 }]);
    await eventually(() => {
      expect(
        world.published.windows
          .filter((one) => one.agreementId === agreementId)
          .map((one) => [one.windowStart, one.windowEnd, one.totals.map((total) => total.quantity)]),
      ).toEqual([
        ['2015-07-01T00:00:00.000Z', '2015-07-01T01:00:00.000Z', ['0.3', '2']],
        ['2015-07-31T23:00:00.000Z', '2015-08-01T00:00:00.000Z', ['123456789012345678901234.7', '1']],
      ]);
    });
  });

  it('leaves out agreements that were over before it, began after it, or never took effect', async () => {
    const during = { validFrom: '2015-09-01T00:00:00Z', validUntil: '2015-10-01T00:00:00Z' };
    await world.grant({ validFrom: '2015-08-20T00:00:00Z', validUntil: '2015-09-01T00:00:00Z' });
    await world.grant({ validFrom: '2015-10-01T00:00:00Z', validUntil: '2015-11-01T00:00:00Z' });
    const endedBefore = await world.grant({ validFrom: '2015-08-20T00:00:00Z', validUntil: '2015-12-01T00:00:00Z' });
    await world.end(endedBefore.agreementId, '2015-09-01T00:00:00Z');
    const neverBegan = await world.grant(during);
    await world.revoke(neverBegan, '2015-09-01T00:00:00Z');
    const endedInside = await world.grant(during);
    await world.end(endedInside.agreementId, '2015-09-02T00:00:00Z');
    expect(unwrap(await close('2015-09'))).toMatchObject({ agreements: 1 });
    await completed('2015-09');
    expect(world.published.periods.filter((one) => one.period === '2015-09').map((one) => one.agreementId)).toEqual([
      endedInside.agreementId,
    ]);
  });

  it('changes nothing when it is repeated, and refuses what would count an hour twice or never', async () => {
    const first = unwrap(await close('2015-11', 'Asia/Shanghai'));
    world.clock.advance({ hours: 1 });
    expect(unwrap(await close('2015-11', 'Asia/Shanghai'))).toEqual(first);
    const codeOf = async (period: string, zone: string) => {
      const result = await close(period, zone);
      return result.ok ? 'closed' : result.error.code;
    };
    expect(await codeOf('2015-11', 'UTC')).toBe('USAGE_PERIOD_CLOSED_IN_OTHER_ZONE');
    expect(await codeOf('2015-12', 'UTC')).toBe('USAGE_PERIOD_NOT_ADJACENT');
    expect(await codeOf('2015-12', 'Asia/Hong_Kong')).toBe('closed');
    expect(await codeOf('2017-01', 'UTC')).toBe('USAGE_PERIOD_NOT_ENDED');
    expect(await completed('2015-11')).toHaveLength(1);
  });

  it('by two at once happens once', async () => {
    const validity = { validFrom: '2016-02-01T00:00:00Z', validUntil: '2016-03-01T00:00:00Z' };
    for (let index = 0; index < 23; index += 1) await world.grant(validity);
    const states = await Promise.all(Array.from({ length: 4 }, () => close('2016-02')));
    expect(states.map((state) => unwrap(state))).toEqual(
      Array.from({ length: 4 }, () => expect.objectContaining({ state: 'closed', agreements: 23 })),
    );
    expect(await completed('2016-02')).toHaveLength(1);
    const ids = world.published.periods.filter((one) => one.period === '2016-02').map((one) => one.periodId);
    expect([ids.length, new Set(ids).size]).toEqual([23, 23]);
  });

  it('beside another in another zone at the same moment lets one of them through', async () => {
    const results = await Promise.all([close('2016-08', 'Asia/Shanghai'), close('2016-09', 'UTC')]);
    const codes = results.map((result) => (result.ok ? 'closed' : result.error.code));
    expect(codes.toSorted()).toEqual(['USAGE_PERIOD_NOT_ADJACENT', 'closed']);
  });

  it('that failed half-way is finished by closing again, and nothing is published twice', async () => {
    const validity = { validFrom: '2016-04-01T00:00:00Z', validUntil: '2016-05-01T00:00:00Z' };
    const granted = [];
    for (let index = 0; index < 25; index += 1) granted.push(await world.grant(validity));
    const victim = granted.map((one) => one.agreementId).sort()[14];
    await send(
      granted.map(({ agreementId }) => usage(agreementId, `half-${agreementId}`, { time: '2016-04-10T00:00:00Z' })),
    );
    await world.rows(
      `CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'disk on fire'; END $$`,
    );
    await world.rows(
      `CREATE TRIGGER fails BEFORE UPDATE ON usage_period_agreements FOR EACH ROW
         WHEN (NEW.agreement_id = '${victim}') EXECUTE FUNCTION fail()`,
    );
    await expect(close('2016-04')).rejects.toThrow('disk on fire');
    // The month takes no more usage although it is not published yet.
    const late = await send([usage(granted[0]?.agreementId ?? '', 'late', { time: '2016-04-11T00:00:00Z' })]);
    expect(late.items[0]?.outcome).toMatchObject({ status: 'rejected', error: { code: 'USAGE_PERIOD_CLOSED' } });
    await world.rows('DROP TRIGGER fails ON usage_period_agreements');
    world.clock.advance({ hours: 5 });
    expect(unwrap(await close('2016-04'))).toMatchObject({ state: 'closed', agreements: 25, windows: 25 });
    await completed('2016-04');
    const closings = world.published.periods.filter((one) => one.period === '2016-04');
    expect(new Set(closings.map((one) => one.agreementId)).size).toBe(25);
    expect(new Set(closings.map((one) => one.closedAt)).size).toBe(1);
  });

  it('while usage pours in neither loses nor doubles an event', async () => {
    const { agreementId } = await world.grant({
      validFrom: '2016-06-01T00:00:00Z',
      validUntil: '2016-07-01T00:00:00Z',
    });
    const reports: Promise<Awaited<ReturnType<typeof send>>>[] = [];
    let closing: ReturnType<typeof close> | undefined;
    for (let group = 0; group < 40; group += 1) {
      const events = Array.from({ length: 10 }, (_, index) =>
        usage(agreementId, `race-${group}-${index}`, {
          time: `2016-06-${String((group % 30) + 1).padStart(2, '0')}T12:00:00Z`,
        }),
      );
      reports.push(send(events));
      if (group === 15) closing = close('2016-06');
      // Some batches answer before the closing starts, some while it runs, some after.
      if (group % 5 === 0) await reports[group];
    }
    const items = (await Promise.all(reports)).flatMap((report) => report.items);
    unwrap(await (closing ?? close('2016-06')));
    await completed('2016-06');
    const accepted = items.filter((item) => item.outcome.status === 'accepted').length;
    const refused = items.filter(
      ({ outcome }) => 'error' in outcome && outcome.error.code === 'USAGE_PERIOD_CLOSED',
    ).length;
    expect(accepted + refused).toBe(400);
    expect(accepted).toBeGreaterThan(0);
    expect(refused).toBeGreaterThan(0);
    const [closed] = world.published.periods.filter((one) => one.agreementId === agreementId);
    expect(closed?.totals).toEqual([{ meter: 'calls', quantity: String(accepted), events: accepted }]);
  });
});
