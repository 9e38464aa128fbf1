import { setTimeout as pause } from 'node:timers/promises';
import { USAGE_PACKS, type Redelivery } from '../redelivery.js';
import type { Model } from '../usage/model.js';
import { countedTotals, difference } from '../usage/totals.js';
import type { ChaosWorld } from './world.js';

/** Whether what was counted is what was sent. */
export interface Verdict {
  readonly holds: boolean;
  readonly lines: readonly string[];
  readonly figures: Readonly<Record<string, number>>;
}

const SETTLES_WITHIN_MS = 120_000;

/** Waits until the log is worked off, then compares: hour by hour, event by event, request by request. */
export async function judge(world: ChaosWorld, model: Model, redelivery: Redelivery | undefined): Promise<Verdict> {
  if (redelivery) await workedOff(world, await redelivery.ends(USAGE_PACKS));
  const checks = await compare(world, model);
  const lines = checks.map(({ name, found, expected }) => {
    return `${found === expected ? 'holds' : 'FAILS'}  ${name}: ${found}${found === expected ? '' : `, not ${expected}`}`;
  });
  const holds = checks.every(({ found, expected }) => found === expected);
  const [batches] = await world.query<Record<string, number>>(
    `SELECT count(*)::float8 AS batches, sum(received)::float8 AS received, sum(accepted)::float8 AS accepted,
            sum(duplicates)::float8 AS duplicates, sum(conflicts)::float8 AS conflicts, sum(rejected)::float8 AS rejected
       FROM metering.ingestion_batches`,
  );
  return { holds, lines, figures: { ...batches, events: model.events } };
}

async function workedOff(world: ChaosWorld, ends: ReadonlyMap<number, bigint>): Promise<void> {
  const deadline = Date.now() + SETTLES_WITHIN_MS;
  for (;;) {
    const rows = await world.query<{ partition: number; next: string }>(
      "SELECT partition, next_offset AS next FROM metering.consumer_offsets WHERE topic = 'hetao.metering.usage-pack'",
    );
    const next = new Map(rows.map((row) => [row.partition, BigInt(row.next)]));
    if ([...ends].every(([partition, end]) => end === 0n || next.get(partition) === end)) return;
    if (Date.now() > deadline) throw new Error('The log was not worked off within two minutes.');
    await pause(200);
  }
}

interface Check {
  readonly name: string;
  readonly found: string;
  readonly expected: string;
}

async function compare(world: ChaosWorld, model: Model): Promise<readonly Check[]> {
  const count = async (sql: string): Promise<string> => {
    const [row] = await world.query<{ n: string }>(sql);
    return String(row?.n);
  };
  const events = String(model.events);
  return [
    { name: 'hours and meters equal to the model', ...difference(await countedTotals(world), model.totals()) },
    { name: 'raw events', found: await count('SELECT count(*) AS n FROM metering.usage_events'), expected: events },
    { name: 'keys', found: await count('SELECT count(*) AS n FROM metering.usage_keys'), expected: events },
    {
      name: 'accepted, over all requests',
      found: await count('SELECT sum(accepted) AS n FROM metering.ingestion_batches'),
      expected: events,
    },
    {
      name: 'rejected',
      found: await count('SELECT sum(rejected) AS n FROM metering.ingestion_batches'),
      expected: '0',
    },
    { name: 'events by minute', found: await count(MINUTES_BESIDE_TOTALS), expected: '0' },
    { name: 'records of the log without a batch', found: await count(LOST_RECORDS), expected: '0' },
    { name: 'the completeness equation, as an operator reads it', found: await completeness(world), expected: 'true' },
  ];
}

async function completeness(world: ChaosWorld): Promise<string> {
  const month = new Date().toISOString().slice(0, 7);
  const [victim] = world.victims;
  const headers = await world.headers('org_exchange', 'operator');
  const answer = await fetch(`${victim?.url}/v1/usage/completeness?period=${month}`, { headers });
  return String(((await answer.json()) as { balanced?: boolean }).balanced);
}

const MINUTES_BESIDE_TOTALS = `
  SELECT count(*) AS n FROM (
    SELECT agreement_id, date_trunc('hour', m.window_start, 'UTC') AS hour, meter, sum(quantity), sum(events)
      FROM metering.usage_minutes m JOIN metering.usage_agreements USING (agreement_no) GROUP BY 1, 2, 3
    EXCEPT
    SELECT agreement_id, date_trunc('hour', window_start, 'UTC'), meter, sum(quantity), sum(events)
      FROM metering.usage_totals GROUP BY 1, 2, 3
  ) AS different`;

/** Each record up to a partition's noted offset was counted as one batch. */
const LOST_RECORDS = `
  SELECT coalesce(sum(o.next_offset - (SELECT count(*) FROM metering.ingestion_batches b
                                        WHERE b.log_partition = o.partition AND b.log_offset IS NOT NULL)), 0) AS n
    FROM metering.consumer_offsets o WHERE o.topic = 'hetao.metering.usage-pack'`;
