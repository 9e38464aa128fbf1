import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { batch, buyer, merchant, operator, startWorld, usage, type World } from './metering-world.js';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.stop());

const gateway = { personas: [], via: 'system' as const, subject: 'gateway' };
const at = (agreementId: string, id: string, hour: number, calls: string) =>
  usage(agreementId, id, { time: `2015-05-17T0${hour}:10:00Z`, data: { meters: { calls } } });

it('shows both counts hour by hour to both sides, and bills only the side of record', async () => {
  const { agreementId } = await world.grant({ quota: { meter: 'calls', limit: '12' } });
  const send = (caller: typeof merchant | typeof gateway, events: readonly unknown[]) =>
    world.call(caller, 'POST', '/v1/usage/events', batch(events));
  expect((await send(merchant, [at(agreementId, 'a', 1, '10'), at(agreementId, 'b', 2, '1.5')])).body).toMatchObject({
    accepted: 2,
  });
  // The other side's count takes nothing from the quota, and its ids are its own.
  expect((await send(gateway, [at(agreementId, 'a', 1, '8'), at(agreementId, 'c', 3, '2')])).body).toMatchObject({
    accepted: 2,
  });
  const path = `/v1/usage/variance?agreement_id=${agreementId}`;
  const rows = (await world.call(buyer, 'GET', path)).body['data'];
  expect(rows).toEqual([
    {
      window_start: '2015-05-17T01:00:00.000Z',
      meter: 'calls',
      merchant: '10',
      gateway: '8',
      difference: '2',
      share: '0.25',
    },
    {
      window_start: '2015-05-17T02:00:00.000Z',
      meter: 'calls',
      merchant: '1.5',
      gateway: '0',
      difference: '1.5',
      share: null,
    },
    {
      window_start: '2015-05-17T03:00:00.000Z',
      meter: 'calls',
      merchant: '0',
      gateway: '2',
      difference: '-2',
      share: '-1',
    },
  ]);
  const page = (await world.call(merchant, 'GET', `${path}&limit=2`)).body;
  const rest = (await world.call(merchant, 'GET', `${path}&limit=2&cursor=${page['next_cursor'] as string}`)).body;
  expect([...(page['data'] as unknown[]), ...(rest['data'] as unknown[])]).toEqual(rows);
  expect(await world.call({ ...merchant, organisationId: 'org_x' }, 'GET', path)).toMatchObject({ status: 404 });

  const summary = async () =>
    (await world.call(merchant, 'GET', `/v1/usage/summary?agreement_id=${agreementId}&period=2015-05&time_zone=UTC`))
      .body;
  expect(await summary()).toMatchObject({ totals: [{ meter: 'calls', quantity: '11.5', events: 2 }] });

  const put = {
    type: 'application/json',
    content: JSON.stringify({ agreement_id: agreementId, record_side: 'gateway' }),
  };
  expect(await world.call(merchant, 'PUT', '/v1/usage/variance/record-side', put)).toMatchObject({ status: 403 });
  expect((await world.call(operator, 'PUT', '/v1/usage/variance/record-side', put)).body).toEqual({
    agreement_id: agreementId,
    record_side: 'gateway',
  });
});
