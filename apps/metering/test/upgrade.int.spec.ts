import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it } from '@jest/globals';
import { canonicalJson } from '@hetao/kernel';
import { type Database, openDatabase } from '@hetao/persistence';
import { type UsageStatementKey, verifyUsage } from '@hetao/proofs';
import { meteringService } from '../src/index.js';
import {
  batch,
  buyer,
  command,
  entitlement,
  merchant,
  operator,
  shuffled,
  startWorld,
  usage,
  type World,
} from './metering-world.js';

type Event = ReturnType<typeof usage>;

/** The database as a version of the program left it: with the migrations it knew, and rows as it wrote them. */
async function leftBy(url: string, isKnown: (migration: string) => boolean, write: Write): Promise<void> {
  const migrations = meteringService.allMigrations.filter(({ name }) => isKnown(name));
  const database = await openDatabase({
    ...{ url, schema: 'metering', entities: [], migrations, applicationName: 'test', poolSize: 2 },
  });
  try {
    await database.migrate();
    await write((sql, params = []) => rowsOf(database, sql, params));
  } finally {
    await database.close();
  }
}
type Write = (rows: (sql: string, params?: unknown[]) => Promise<Record<string, unknown>[]>) => Promise<void>;

const rowsOf = (database: Database, sql: string, params: unknown[]) =>
  database.withClient(async (client) => (await client.query<Record<string, unknown>>(sql, params)).rows);

let world: World | undefined;
afterEach(() => world?.stop());
const upgraded = async (isKnown: (migration: string) => boolean, write: Write): Promise<World> => {
  world = await startWorld('2015-06-15T00:00:00Z', {}, { prepare: (url) => leftBy(url, isKnown, write) });
  return world;
};
const statuses = async (at: World, events: readonly unknown[]) => {
  const { body } = await at.call(merchant, 'POST', '/v1/usage/events', batch(events));
  return (body['items'] as { status: string; code?: string }[]).map(({ code, status }) => code ?? status);
};

const TOTALS = `SELECT agreement_id, window_start, meter, quantity::text, events::int FROM usage_totals
                 ORDER BY agreement_id, window_start, meter`;
const PERIOD = `INSERT INTO usage_periods (period, time_zone, starts_at, ends_at, state, agreements, windows, sealed_at)
                VALUES ('2015-04', 'UTC', '2015-04-01Z', '2015-05-01Z', $1, 1, 0, '2015-05-02Z')`;
const ENTITLEMENT = `INSERT INTO entitlements (entitlement_id, agreement_id, product_id, merchant_id, buyer_id, meters,
                                               valid_from, valid_until, granted_at)
                     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`;

describe('an upgrade from the first version', () => {
  const granted = entitlement();
  const { agreementId } = granted;
  /** So many events a request, received on the two days before the upgrade. */
  const SIZES = [1, 40, 40, 40, 3];
  const requests = SIZES.map((size, request) =>
    Array.from({ length: size }, (_, at): Event => {
      const data = { note: 'back\\slash "深圳" \u2028', b: [1, 2.5, null], a: { z: 1 } };
      const meters = { calls: '1.50', bytes: at };
      const minute = String((request * 7 + at) % 60).padStart(2, '0');
      const time = `2015-05-17T${String(10 + (at % 3))}:${minute}:03.125Z`;
      return usage(agreementId, `r${request}-${at}`, { time, data: { ...data, meters } });
    }),
  );
  const events = requests.flat();
  const receivedAt = (request: number) => `2015-06-${request < 2 ? 13 : 14}T23:59:5${request}Z`;
  /** As the first version hashed and stored an event. */
  const stored = ({ time, data }: Event) => {
    const text = canonicalJson(data);
    const payload = `${JSON.stringify(agreementId)},${Date.parse(time)},${text}`;
    return { text, hash: createHash('sha256').update(payload).digest('hex').slice(0, 32) };
  };
  let totals: Record<string, unknown>[] = [];

  const write: Write = async (rows) => {
    await rows(ENTITLEMENT, [
      ...[granted.entitlementId, agreementId, granted.productId, granted.merchantId, granted.buyerId],
      ...[granted.meters, granted.validFrom, granted.validUntil, granted.grantedAt],
    ]);
    await rows("INSERT INTO usage_sources (sender_id, source) VALUES ('org_merchant', $1)", [`/test/${agreementId}`]);
    for (const [request, ofRequest] of requests.entries()) {
      const [row] = await rows("SELECT nextval('ingestion_batch_no') AS no");
      const count = ofRequest.length;
      await rows('INSERT INTO ingestion_batches VALUES ($1, $2, $3, $4, $5, $6, 1, 0, 1)', [
        ...[row?.['no'], `bat_old${request}`, 'org_merchant', receivedAt(request), count + 2, count],
      ]);
      for (const event of ofRequest) {
        const { text, hash } = stored(event);
        await rows('INSERT INTO usage_keys VALUES (1, $1, $2, $3)', [event.id, hash, row?.['no']]);
        await rows('INSERT INTO usage_events VALUES ($1, 1, $2, $3, $4, $5)', [
          ...[row?.['no'], event.id, agreementId, event.time, text],
        ]);
      }
    }
    // The first version summed by the quarter hour as well.
    await rows(
      `INSERT INTO usage_totals SELECT agreement_id, date_bin('15 minutes', event_time, '2000-01-01Z'), key,
              sum(value::text::numeric), count(*)
         FROM usage_events, jsonb_each_text(data->'meters') GROUP BY 1, 2, 3`,
    );
    await rows(PERIOD, ['closed']);
    totals = await rows(TOTALS);
  };
  const isOld = (name: string) =>
    !/^(StoreUsageByDay|TakeUsageInFiles|DefineMeters|CorrectAndProve|TellPersons|ReleasePauses|FencePeriods|LimitSpending|PauseAccess)/.test(
      name,
    );

  it('keeps every row, sum and key, and goes on counting where it was', async () => {
    const at = await upgraded(isOld, write);
    expect(totals.length).toBeGreaterThan(20);
    expect(await at.rows(TOTALS)).toEqual(totals);
    expect(
      await at.rows(
        `SELECT to_timestamp((batch_no >> 32) * 86400)::date::text AS day, event_id, event_time, source, agreement_id,
                data FROM usage_records ORDER BY batch_no, event_id`,
      ),
    ).toEqual(
      requests.flatMap((ofRequest, request) =>
        [...ofRequest]
          .sort((a, b) => (a.id < b.id ? -1 : 1))
          .map(({ id, time, data, source }) => ({
            day: receivedAt(request).slice(0, 10),
            ...{ event_id: id, event_time: new Date(time), source, agreement_id: agreementId, data },
          })),
      ),
    );
    const SIDES = `SELECT agreement_id, window_start, meter, quantity::text, events::int FROM usage_sides
                     JOIN usage_agreements USING (agreement_no) ORDER BY agreement_id, window_start, meter`;
    expect(await at.rows(SIDES)).toEqual(totals);
    const LOST = `SELECT count(*)::int AS n FROM usage_keys k LEFT JOIN usage_events e USING (source_no, event_id, batch_no)
                    LEFT JOIN ingestion_batches b USING (batch_no) WHERE e.batch_no IS NULL OR b.batch_no IS NULL`;
    expect(await at.rows(LOST)).toEqual([{ n: 0 }]);
    expect((await at.call(operator, 'GET', '/v1/usage/completeness?period=2015-06')).body).toMatchObject({
      ...{ balanced: true, requests: 5, received: 134, accepted: 124, stored: 124 },
    });

    // Both parties still prove what was used, from logs of before the upgrade.
    const window = { agreement_id: agreementId, from: '2015-05-17T00:00:00Z', to: '2015-05-18T00:00:00Z' };
    const { body: statement } = await at.call(buyer, 'POST', '/v1/usage/statements', command(window));
    const { keys } = (await at.call(buyer, 'GET', '/v1/usage/statement-keys')).body;
    expect(await verifyUsage(statement, keys as UsageStatementKey[], shuffled(events, 5))).toMatchObject({ ok: true });

    const again = [...events.slice(0, 60), { ...events[70], time: '2015-05-17T23:00:00Z' }, usage(agreementId, 'new')];
    expect(await statuses(at, again)).toEqual([
      ...Array.from({ length: 60 }, () => 'duplicate'),
      'USAGE_EVENT_CONFLICT',
      'accepted',
    ]);
    expect((await at.call(operator, 'GET', '/v1/usage/completeness?period=2015-06')).body['balanced']).toBe(true);
    // What was closed stays closed, and its neighbour can be closed.
    expect((await at.call(operator, 'GET', '/v1/usage/periods/2015-04')).body).toMatchObject({ state: 'closed' });
    const closed = await at.call(operator, 'POST', '/v1/usage/periods/2015-05/close', command({ time_zone: 'UTC' }));
    expect(closed).toMatchObject({ status: 200, body: { state: 'closed', agreements: 1 } });
  });
});

describe('an upgrade from the version before this one', () => {
  const granted = entitlement();
  const { agreementId } = granted;
  const isBefore = (name: string) => !/^(ReleasePauses|FencePeriods|LimitSpending|PauseAccess)/.test(name);
  const write: Write = async (rows) => {
    await rows(ENTITLEMENT, [
      ...[granted.entitlementId, agreementId, granted.productId, granted.merchantId, granted.buyerId],
      ...[granted.meters, '2015-04-01Z', granted.validUntil, granted.grantedAt],
    ]);
    await rows(
      `INSERT INTO usage_budgets VALUES ('bud_1', $1, 'agreement', NULL, 'calls', 'hard', 100, 'month', 'UTC', '{50}',
                                         'usr_1', '2015-05-01Z', NULL)`,
      [agreementId],
    );
    await rows("INSERT INTO usage_budget_uses VALUES ('bud_1', '2015-05-01Z', '2015-06-01Z', 98.5, 50, false)");
    await rows(
      `INSERT INTO usage_alerts VALUES ('alr_0', 'bud_1', $1, 'threshold', 50, 100, 98.5, '2015-05-01Z', '2015-06-01Z',
                                        '2015-05-09Z')`,
      [agreementId],
    );
    const release = `INSERT INTO known_releases (release_id, agreement_id, status, destination, purpose, valid_from,
                                                 valid_until, reason)
                     VALUES ($1, $2, $3, 'HK', 'research', '2015-01-01Z', $4, $5)`;
    await rows(release, ['rel_1', agreementId, 'suspended', '2016-01-01Z', 'Asked for.']);
    await rows(release, ['rel_2', agreementId, 'active', '2015-05-20Z', null]);
    await rows(PERIOD, ['closing']);
    await rows("INSERT INTO usage_period_agreements (period, agreement_id) VALUES ('2015-04', $1)", [agreementId]);
  };

  it('keeps budgets and what was taken of them, lets nothing in under a suspended release, finishes what was closing', async () => {
    const at = await upgraded(isBefore, write);
    const calls = (id: string, quantity: string, time = '2015-05-17T10:00:00Z') =>
      usage(agreementId, id, { time, data: { meters: { calls: quantity } } });
    expect(await statuses(at, [calls('a', '2'), calls('b', '1.5'), calls('c', '1', '2015-05-21T00:00:00Z')])).toEqual([
      'USAGE_BUDGET_REACHED',
      'accepted',
      'RELEASE_NOT_IN_FORCE',
    ]);
    const { body } = await at.call(buyer, 'GET', `/v1/usage/alerts?agreement_id=${agreementId}`);
    expect(body['data']).toMatchObject([
      { percent: 50, currency: null, limit: '100' },
      { percent: 100, used: '100' },
    ]);
    expect(await at.rows('SELECT status, reason, ends_at FROM known_release_pauses')).toEqual([
      { status: 'suspended', reason: 'Asked for.', ends_at: null },
    ]);
    const closed = await at.call(operator, 'POST', '/v1/usage/periods/2015-04/close', command({ time_zone: 'UTC' }));
    expect(closed).toMatchObject({ status: 200, body: { state: 'closed', agreements: 1, windows: 0 } });
  });
});
