import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { manualClock, type ManualClock } from '@hetao/testing';
import { ExpiredRowsSweeper } from '../src/database/expired-rows.sweeper.js';
import { startGateway, type TestGateway } from './gateway.js';

let gateway: TestGateway;
let clock: ManualClock;
beforeAll(async () => {
  clock = manualClock('2020-01-01T08:00:00Z');
  gateway = await startGateway({ clock });
});
afterAll(() => gateway.stop());

it('deletes what has expired, in bounded steps, and nothing else', async () => {
  const { uow } = gateway.service;
  await uow.run(async (tx) => {
    await tx.execute(`INSERT INTO sign_in_failures SELECT 'old-' || n, 1, $1 FROM generate_series(1, 2500) n`, [
      new Date('2020-01-01T06:00:00Z'),
    ]);
    await tx.execute(`INSERT INTO sign_in_failures VALUES ('fresh', 1, $1)`, [clock.now()]);
    await tx.execute(
      `INSERT INTO oidc_records (kind, id, payload, expires_at) VALUES ('Session', 'gone', '{}', $1), ('Session', 'kept', '{}', NULL)`,
      [new Date('2019-01-01T00:00:00Z')],
    );
    await tx.execute(
      `INSERT INTO delivery_calls (id, agreement_id, buyer_id, meters, method, path, state, begun_at, reported_at)
       VALUES ('told', 'agr_1', 'org_1', '{}', 'GET', '/', 'delivered', $1, $1),
              ('untold', 'agr_1', 'org_1', '{}', 'GET', '/', 'delivered', $1, NULL),
              ('young', 'agr_1', 'org_1', '{}', 'GET', '/', 'delivered', $2, $2)`,
      [new Date('2018-11-01T00:00:00Z'), new Date('2019-01-01T00:00:00Z')],
    );
  });
  const sweeper = gateway.service.app.get(ExpiredRowsSweeper);
  expect(await sweeper.sweep()).toBe(2502);
  expect(await sweeper.sweep()).toBe(0);
  const left = await uow.run((tx) => tx.query<{ subject: string }>('SELECT subject FROM sign_in_failures'));
  expect(left).toEqual([{ subject: 'fresh' }]);
  const calls = await uow.run((tx) => tx.query<{ id: string }>('SELECT id FROM delivery_calls ORDER BY id'));
  expect(calls).toEqual([{ id: 'untold' }, { id: 'young' }]);
});
