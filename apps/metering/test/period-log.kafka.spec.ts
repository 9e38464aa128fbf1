import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createKafkaTransport } from '@hetao/messaging';
import { describeWithKafka, eventually, startKafka } from '@hetao/testing';
import { type Answer, batch, command, merchant, operator, startWorld, usage, type World } from './metering-world.js';

interface Report {
  readonly batch_id: string;
  readonly pending: number;
  readonly accepted: number;
}

const WAIT_MS = 700;

describeWithKafka('closing a month whose usage lies in the log', () => {
  let broker: Awaited<ReturnType<typeof startKafka>>;
  let world: World;
  beforeAll(async () => {
    broker = await startKafka();
    const transport = createKafkaTransport({ brokers: broker.brokers, clientId: 'metering' });
    world = await startWorld('2017-01-01T00:00:00Z', { METERING_CLOSE_WAIT_MS: String(WAIT_MS) }, { transport });
  }, 60_000);
  afterAll(async () => {
    await world.stop();
    await broker.stop();
  }, 60_000);

  const send = async (agreementId: string, ids: readonly string[], month: string): Promise<Report> => {
    const events = ids.map((id) => usage(agreementId, id, { time: `${month}-17T10:05:03Z` }));
    return (await world.call(merchant, 'POST', '/v1/usage/events', batch(events))).body as unknown as Report;
  };
  const close = (month: string): Promise<Answer> =>
    world.call(operator, 'POST', `/v1/usage/periods/${month}/close`, command({ time_zone: 'UTC' }));
  const outcomes = (id: string) =>
    eventually(async () => {
      const { status, body } = await world.call(merchant, 'GET', `/v1/usage/batches/${id}`);
      expect(status).toBe(200);
      return body as unknown as { accepted: number; rejected: number };
    });
  const stated = (month: string, agreementId: string) =>
    eventually(() => {
      const [one] = world.published.periods.filter((p) => p.period === month && p.agreementId === agreementId);
      expect(one).toBeDefined();
      return one?.totals;
    });
  /** Keeps what is in the log from being counted, as a slow database would. */
  const hold = async () => {
    let release = (): void => undefined;
    const until = new Promise<void>((resolve) => (release = resolve));
    let held = (): void => undefined;
    const isHeld = new Promise<void>((resolve) => (held = resolve));
    const ended = world.service.database.withClient(async (client) => {
      await client.query('BEGIN');
      await client.query("SELECT FROM consumer_offsets WHERE topic = 'hetao.metering.usage-pack' FOR UPDATE");
      held();
      await until;
      await client.query('COMMIT');
    });
    await isHeld;
    return async () => {
      release();
      await ended;
    };
  };

  it('waits for what was durable before, refuses what came after, and says why while it cannot', async () => {
    const { agreementId } = await world.grant();
    await send(agreementId, ['first'], '2015-05');
    const release = await hold();
    const before = await send(agreementId, ['b1', 'b2', 'b3'], '2015-05');
    expect(before).toMatchObject({ pending: 3, accepted: 0 });

    const refused = await close('2015-05');
    expect(refused).toMatchObject({ status: 409, body: { code: 'USAGE_PERIOD_NOT_COUNTED', meta: { packs: 1 } } });
    expect((await world.call(operator, 'GET', '/v1/usage/periods/2015-05')).body['state']).toBe('closing');
    expect(world.published.completed).toEqual([]);
    const after = await send(agreementId, ['a1', 'a2'], '2015-05');
    expect(after.pending).toBe(2);
    expect((await close('2015-05')).status).toBe(409);

    await release();
    expect(await outcomes(before.batch_id)).toMatchObject({ accepted: 3, rejected: 0 });
    expect(await outcomes(after.batch_id)).toMatchObject({ accepted: 0, rejected: 2 });
    expect(await close('2015-05')).toMatchObject({ status: 200, body: { state: 'closed', windows: 1 } });
    expect(await stated('2015-05', agreementId)).toEqual([{ meter: 'calls', quantity: '4', events: 4 }]);
    expect(await world.rows('SELECT * FROM usage_period_fences')).toEqual([]);
    expect(await world.rows('SELECT * FROM late_usage')).toEqual([]);
  }, 60_000);

  it('while usage pours in states every event that was durable before, and each event once', async () => {
    const { agreementId } = await world.grant();
    const ids = (group: number) => Array.from({ length: 20 }, (_, at) => `race-${group}-${at}`);
    const early: Report[] = [];
    for (let group = 0; group < 8; group += 1) early.push(await send(agreementId, ids(group), '2015-06'));
    const release = await hold();
    const held = await Promise.all(Array.from({ length: 12 }, (_, at) => send(agreementId, ids(10 + at), '2015-06')));
    expect(held.reduce((sum, one) => sum + one.pending, 0)).toBe(240);
    // From here on the closing, the counting and more usage run at once.
    const racing = Array.from({ length: 12 }, (_, at) => send(agreementId, ids(30 + at), '2015-06'));
    const closing = eventually(async () => {
      const answer = await close('2015-06');
      expect(answer.status).toBe(200);
      return answer;
    });
    await release();
    const later = Array.from({ length: 12 }, (_, at) => send(agreementId, ids(50 + at), '2015-06'));
    await closing;

    for (const one of [...early, ...held]) {
      expect(await outcomes(one.batch_id)).toMatchObject({ accepted: 20, rejected: 0 });
    }
    let accepted = 20 * 20;
    for (const one of await Promise.all([...racing, ...later])) {
      const told = await outcomes(one.batch_id);
      expect([told.accepted, told.rejected].toSorted((a, b) => a - b)).toEqual([0, 20]);
      accepted += told.accepted;
    }
    expect(await stated('2015-06', agreementId)).toEqual([
      { meter: 'calls', quantity: String(accepted), events: accepted },
    ]);
    const { body } = await world.call(operator, 'GET', '/v1/usage/completeness?period=2017-01');
    expect(body['balanced']).toBe(true);
  }, 60_000);
});
