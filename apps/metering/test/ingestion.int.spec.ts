import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { unwrap } from '@hetao/kernel';
import type { Pack } from '@hetao/messaging';
import { eventually } from '@hetao/testing';
import { splitBody } from '../src/ingestion/event-body.js';
import { type IngestionReport, IngestUsage } from '../src/ingestion/ingest-usage.use-cases.js';
import { PackCounter } from '../src/ingestion/pack/pack-counter.js';
import { encodePacks } from '../src/ingestion/pack/pack-format.js';
import { readUsageEvent } from '../src/ingestion/usage-event.js';
import { entitlement, shuffled, startWorld, usage, type World } from './metering-world.js';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.stop());

const sender = { senderId: 'org_merchant', organisationId: 'org_merchant', isSystem: false };
const send = (events: readonly unknown[]): Promise<IngestionReport> =>
  world.service.app
    .get(IngestUsage)
    .execute(sender, unwrap(splitBody(new TextEncoder().encode(JSON.stringify(events)), 'batch')));
const readable = (event: unknown) =>
  unwrap(splitBody(Buffer.from(JSON.stringify(event)), 'single')).flatMap((slice) => {
    const read = readUsageEvent(slice, Date.UTC(2020, 0));
    return read.ok ? [read.value] : [];
  });
/** The log is empty: whatever is read from it is read for the first time. */
const everythingIsNew = { claim: (_: unknown, packs: readonly Pack[]) => Promise.resolve(packs) };
const packCounter = (): PackCounter => world.service.app.get(PackCounter, { strict: false });
const statuses = (report: IngestionReport) => report.items.map((item) => item.outcome.status);
const calls = (quantity: number) => ({ data: { meters: { calls: String(quantity) } } });
const counted = async (agreementId: string) => {
  const [row] = await world.rows<{ quantity: string; events: string }>(
    'SELECT coalesce(sum(quantity), 0) AS quantity, coalesce(sum(events), 0) AS events FROM usage_totals WHERE agreement_id = $1',
    [agreementId],
  );
  const raw = await world.rows('SELECT 1 FROM usage_records WHERE agreement_id = $1', [agreementId]);
  expect(raw).toHaveLength(Number(row?.events));
  return { quantity: Number(row?.quantity), events: Number(row?.events) };
};

describe('a pack that lies in the log twice', () => {
  it('is refused what its first copy was refused, also where it would be in order by now', async () => {
    const { agreementId: known } = await world.grant();
    const later = entitlement();
    const events = [usage(known, 'copy-taken'), usage(later.agreementId, 'copy-refused')].flatMap(readable);
    const pack = (batchId: string, offset: bigint) => {
      const head = { batchId, sender, receivedAtMs: world.clock.now().getTime(), unreadable: 0 };
      return { partition: 0, offset, value: encodePacks({ ...head, events })[0]?.value ?? Buffer.alloc(0) };
    };
    const count = async (batchId: string, offset: bigint) => {
      const [done] = await packCounter().execute([pack(batchId, offset)], everythingIsNew);
      return done?.counted.counts;
    };
    expect(await count('bat_first', 1n)).toMatchObject({ received: 2, accepted: 1, rejected: 1 });
    await world.grant(later);
    expect(await count('bat_first', 2n)).toMatchObject({ received: 2, accepted: 0, duplicates: 1, rejected: 1 });
    expect((await counted(later.agreementId)).events).toBe(0);
    // Sent anew it is a request of its own, and judged by what stands now.
    expect(await count('bat_second', 3n)).toMatchObject({ received: 2, accepted: 1, duplicates: 1, rejected: 0 });
  });
});

describe('concurrent batches', () => {
  it('count an event that is in all of them once, whichever comes first', async () => {
    const { agreementId } = await world.grant();
    const events = Array.from({ length: 600 }, (_, index) => usage(agreementId, `same-${index}`, calls(index)));
    // The first use of a source makes later ones wait; here they are to meet at the keys.
    await send([usage(agreementId, 'first', calls(0))]);
    const reports = await Promise.all(Array.from({ length: 8 }, (_, seed) => send(shuffled(events, seed))));
    const all = reports.flatMap(statuses);
    expect(all.filter((status) => status === 'accepted')).toHaveLength(600);
    expect(all.filter((status) => status === 'duplicate')).toHaveLength(7 * 600);
    expect(await counted(agreementId)).toEqual({ quantity: (599 * 600) / 2, events: 601 });
  });

  it('never take more than a quota holds, take all of it, and announce its end once', async () => {
    const { agreementId } = await world.grant({ quota: { meter: 'calls', limit: '100' } });
    const reports = await Promise.all(
      Array.from({ length: 8 }, (_, group) =>
        send(Array.from({ length: 25 }, (_unused, index) => usage(agreementId, `q-${group}-${index}`))),
      ),
    );
    const all = reports.flatMap(statuses);
    expect(all.filter((status) => status === 'accepted')).toHaveLength(100);
    expect(all.filter((status) => status === 'rejected')).toHaveLength(100);
    expect(await counted(agreementId)).toEqual({ quantity: 100, events: 100 });
    await eventually(() => {
      expect(world.published.quotas.filter((one) => one.agreementId === agreementId)).toEqual([
        { agreementId, meter: 'calls', limit: '100', used: '100', exhaustedAt: '2015-06-15T00:00:00.000Z' },
      ]);
    });
    const keys = await world.rows<{ n: string }>("SELECT count(*) AS n FROM usage_keys WHERE event_id LIKE 'q-%'");
    expect(keys).toEqual([{ n: '100' }]);
  });

  it('of many agreements, hours and sources finish without a deadlock', async () => {
    const granted = await Promise.all(Array.from({ length: 5 }, () => world.grant()));
    const events = granted.flatMap(({ agreementId }, at) =>
      Array.from({ length: 150 }, (_, index) =>
        usage(agreementId, `many-${at}-${index}`, { source: `/many/${index % 7}`, time: hourOf(index) }),
      ),
    );
    // Sources are known and no quota makes one batch wait for another: they meet at keys and totals.
    const { agreementId: subject } = await world.grant();
    await send(events.slice(0, 7).map((event) => ({ ...event, id: 'first', subject })));
    const same = await Promise.all(Array.from({ length: 8 }, (_, seed) => send(shuffled(events, 100 + seed))));
    expect(same.flatMap(statuses).filter((status) => status === 'accepted')).toHaveLength(750);
    // Other ids, so that the batches meet in the totals and not before.
    const other = await Promise.all(
      Array.from({ length: 8 }, (_, seed) =>
        send(
          shuffled(events, 200 + seed).map((event) => ({ ...event, id: `${seed} ${event.id}`, data: NOTHING_USED })),
        ),
      ),
    );
    expect(other.flatMap(statuses).filter((status) => status === 'accepted')).toHaveLength(8 * 750);
    for (const { agreementId } of granted)
      expect(await counted(agreementId)).toEqual({ quantity: 150, events: 9 * 150 });
    // A deadlock would be retried and stay unseen: the order of locks is what keeps it away.
    await eventually(async () => {
      await world.rows('SELECT pg_stat_force_next_flush()');
      const [stats] = await world.rows(
        'SELECT deadlocks::int FROM pg_stat_database WHERE datname = current_database()',
      );
      expect(stats).toEqual({ deadlocks: 0 });
    });
  });
});

const NOTHING_USED = { meters: { calls: '0' } };
const hourOf = (index: number) => new Date(Date.UTC(2015, 4, 3 + Math.floor(index / 24), index % 24)).toISOString();

describe('a quota', () => {
  it('leaves the ids of refused events free, also where one batch holds an id twice', async () => {
    const { agreementId } = await world.grant({ quota: { meter: 'calls', limit: '5' } });
    const tooMuch = usage(agreementId, 'free', calls(9));
    const fits = usage(agreementId, 'free', calls(5));
    expect(statuses(await send([tooMuch, fits, fits, tooMuch]))).toEqual([
      'rejected',
      'accepted',
      'duplicate',
      'conflict',
    ]);
    expect(statuses(await send([fits, tooMuch]))).toEqual(['duplicate', 'conflict']);
    expect(await counted(agreementId)).toEqual({ quantity: 5, events: 1 });
  });
});

describe('a lost connection in the middle of counting', () => {
  it('counts nothing, and the repeated request counts everything once', async () => {
    const { agreementId } = await world.grant({ quota: { meter: 'calls', limit: '1000' } });
    const events = Array.from({ length: 30 }, (_, index) => usage(agreementId, `lost-${index}`));
    await world.service.database.withClient(async (client) => {
      await client.query('BEGIN');
      await client.query('SELECT 1 FROM quotas WHERE agreement_id = $1 FOR UPDATE', [agreementId]);
      // The keys are inserted by now, and the request waits for the quota.
      const outcome = send(events).then(
        () => 'answered',
        () => 'failed',
      );
      // Asked on another connection: within one transaction this view never changes.
      await eventually(async () => {
        const ended = await world.rows(
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE wait_event_type = 'Lock' AND datname = current_database() AND query LIKE '%FROM quotas%FOR UPDATE%'`,
        );
        expect(ended).toHaveLength(1);
      });
      expect(await outcome).toBe('failed');
      await client.query('ROLLBACK');
    });
    expect(await counted(agreementId)).toEqual({ quantity: 0, events: 0 });
    expect(new Set(statuses(await send(events)))).toEqual(new Set(['accepted']));
    expect(await counted(agreementId)).toEqual({ quantity: 30, events: 30 });
  });
});

/** What a plain in-memory meter would say: one map of ids, one sum, one quota. */
class PlainMeter {
  readonly hours = new Map<string, number>();
  readonly #seen = new Map<string, string>();
  #used = 0;

  constructor(private readonly limit: number) {}

  send(events: readonly SentEvent[]): string[] {
    return events.map((event) => {
      const payload = JSON.stringify(event);
      const first = this.#seen.get(event.id);
      if (first !== undefined) return first === payload ? 'duplicate' : 'conflict';
      if (this.#used + event.calls > this.limit) return 'rejected';
      this.#seen.set(event.id, payload);
      this.#used += event.calls;
      const hour = `2015-05-17T${String(event.hour).padStart(2, '0')}`;
      this.hours.set(hour, (this.hours.get(hour) ?? 0) + event.calls);
      return 'accepted';
    });
  }
}

interface SentEvent {
  readonly id: string;
  readonly hour: number;
  readonly calls: number;
}

const sent = fc.record({
  id: fc.integer({ min: 0, max: 12 }).map((number) => `e${number}`),
  hour: fc.integer({ min: 9, max: 11 }),
  calls: fc.integer({ min: 1, max: 3 }),
});
const batches = fc.array(fc.array(sent, { minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 6 });
const asUsage = (agreementId: string, source: string) => (event: SentEvent) =>
  usage(agreementId, event.id, {
    source,
    time: `2015-05-17T${String(event.hour).padStart(2, '0')}:30:00Z`,
    ...calls(event.calls),
  });
const hoursOf = async (agreementId: string) => {
  const rows = await world.rows<{ window_start: Date; quantity: string }>(
    'SELECT window_start, quantity FROM usage_totals WHERE agreement_id = $1',
    [agreementId],
  );
  return new Map(rows.map((row) => [row.window_start.toISOString().slice(0, 13), Number(row.quantity)]));
};

describe('any stream of batches with duplicates, conflicts and a quota', () => {
  it('gives what a plain in-memory meter gives, event by event and hour by hour', async () => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(batches, fc.integer({ min: 1, max: 25 }), async (stream, limit) => {
        const { agreementId } = await world.grant({ quota: { meter: 'calls', limit: String(limit) } });
        const source = `/model/${(run += 1)}`;
        const model = new PlainMeter(limit);
        for (const events of stream) {
          const report = await send(events.map(asUsage(agreementId, source)));
          expect(statuses(report)).toEqual(model.send(events));
          const { received, accepted, duplicates, conflicts, rejected } = report.counts;
          expect(received).toBe(accepted + duplicates + conflicts + rejected);
        }
        expect(await hoursOf(agreementId)).toEqual(model.hours);
      }),
      { numRuns: 40 },
    );
  });

  it('counts each id once when the batches come all at once, whoever wins', async () => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(batches, async (stream) => {
        const { agreementId } = await world.grant();
        const source = `/race/${(run += 1)}`;
        const reports = await Promise.all(stream.map((events) => send(events.map(asUsage(agreementId, source)))));
        const answers = stream.flatMap((events, at) =>
          events.map((event, index) => ({ ...event, status: reports[at]?.items[index]?.outcome.status })),
        );
        const winners = new Map(answers.filter((one) => one.status === 'accepted').map((one) => [one.id, one]));
        expect(winners.size).toBe(new Set(answers.map((one) => one.id)).size);
        for (const { status, ...event } of answers.filter((one) => one.status !== 'accepted')) {
          const winner = winners.get(event.id);
          const isSame = winner?.hour === event.hour && winner.calls === event.calls;
          expect(status).toBe(isSame ? 'duplicate' : 'conflict');
        }
        const total = [...winners.values()].reduce((sum, one) => sum + one.calls, 0);
        expect(await counted(agreementId)).toEqual({ quantity: total, events: winners.size });
      }),
      { numRuns: 25 },
    );
  });
});
