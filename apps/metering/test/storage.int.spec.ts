import { appendFile, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { KeepUsage } from '../src/storage/keep-usage.job.js';
import { readArchive } from '../src/storage/archive.file.js';
import { batch, merchant, operator, startWorld, usage, type World } from './metering-world.js';

let world: World;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hetao-archive-'));
  world = await startWorld('2015-06-15T12:00:00Z', { METERING_ARCHIVE_DIR: folder, METERING_RAW_DAYS: '35' });
});
afterAll(async () => {
  await world.stop();
  await rm(folder, { recursive: true, force: true });
});

const report = (events: readonly unknown[]) => world.call(merchant, 'POST', '/v1/usage/events', batch(events));
const keep = () => world.service.app.get(KeepUsage).execute();
const raw = () =>
  world.rows<Record<string, unknown>>(
    `SELECT batch_no, event_time, source_no, agreement_no, event_id, data::text AS data FROM usage_events
      ORDER BY batch_no, event_id, source_no`,
  );
const balanced = async () =>
  (await world.call(operator, 'GET', '/v1/usage/completeness?period=2015-06')).body['balanced'];

describe('a day of raw usage', () => {
  it('is archived once it is over, dropped after its time, and comes back as it was', async () => {
    const { agreementId } = await world.grant();
    const odd = { data: { meters: { calls: '1' }, note: 'back\\slash "quoted" 深圳\u2028' } };
    await report(Array.from({ length: 300 }, (_, at) => usage(agreementId, `a${at}`, at % 7 === 0 ? odd : {})));
    await report([usage(agreementId, 'a\\1', { source: '/other' })]);
    world.clock.advance({ hours: 24 });
    await report([usage(agreementId, 'b1')]);
    const before = await raw();
    expect(before).toHaveLength(302);

    await keep();
    expect(await readdir(folder)).toEqual([]); // Not old enough.
    world.clock.advance({ hours: 24 * 8 });
    await keep();
    const read: string[] = [];
    for await (const page of readArchive(join(folder, 'usage-2015-06-15.parquet')))
      read.push(...page.map((one) => one.data));
    expect(read).toEqual(before.slice(0, 301).map((row) => row['data']));
    expect(await raw()).toHaveLength(302);

    world.clock.advance({ hours: 24 * 40 });
    await keep();
    await keep();
    expect(await raw()).toEqual([]);
    expect(await balanced()).toBe(true);
    const { body } = await world.call(operator, 'GET', '/v1/usage/archives');
    expect((body['data'] as { day: string; events: number }[]).map((one) => [one.day, one.events])).toEqual([
      ['2015-06-16', 1],
      ['2015-06-15', 301],
    ]);
    expect(await world.call(merchant, 'GET', '/v1/usage/archives')).toMatchObject({ status: 403 });

    for (const day of ['2015-06-15', '2015-06-16'])
      expect(await world.call(operator, 'POST', `/v1/usage/archives/${day}/restore`)).toMatchObject({ status: 200 });
    expect(await raw()).toEqual(before);
    expect(await balanced()).toBe(true);
    expect(await world.call(operator, 'POST', '/v1/usage/archives/2015-06-15/restore')).toMatchObject({
      status: 409,
      body: { code: 'ARCHIVE_STILL_HERE' },
    });
    for (const day of ['2015-01-01', 'yesterday'])
      expect(await world.call(operator, 'POST', `/v1/usage/archives/${day}/restore`)).toMatchObject({ status: 404 });
  });

  it('is not dropped when its archive was damaged', async () => {
    await appendFile(join(folder, 'usage-2015-06-15.parquet'), 'x');
    await expect(keep()).rejects.toMatchObject({ problem: { code: 'ARCHIVE_DAMAGED' } });
    expect(await raw()).toHaveLength(302);
  });

  it('that lost an event is neither archived nor dropped', async () => {
    const { agreementId } = await world.grant();
    await report([usage(agreementId, 'c1'), usage(agreementId, 'c2')]);
    await world.rows("DELETE FROM usage_events WHERE event_id = 'c2'");
    world.clock.advance({ hours: 24 * 9 });
    await expect(keep()).rejects.toMatchObject({ problem: { code: 'ARCHIVE_INCOMPLETE' } });
  });
});

describe('what was counted', () => {
  it('is known for 40 days after it was received, whatever its own time is, and the totals stay', async () => {
    const { agreementId } = await world.grant();
    const old = usage(agreementId, 'old', { time: '2015-05-02T00:00:00Z' });
    await report([old]);
    world.clock.advance({ hours: 24 * 40 });
    await keep().catch(() => undefined);
    expect((await report([old])).body).toMatchObject({ duplicates: 1 });
    world.clock.advance({ hours: 24 });
    const kept = await world.rows('SELECT 1 FROM usage_keys');
    await keep().catch(() => undefined);
    expect(kept.length).toBeGreaterThan(0);
    const totals = await world.rows<{ n: string }>('SELECT sum(events) AS n FROM usage_totals');
    expect(totals).toEqual([{ n: '305' }]);
  });
});
