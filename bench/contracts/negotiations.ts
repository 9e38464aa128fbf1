import { newId } from '@hetao/kernel';
import type { EmbeddedPostgres } from '@hetao/persistence';
import pg from 'pg';
import { Agent, request } from 'undici';
import { putOnSale, RULES } from './offers.js';
import { freePort, POOL, signer, startChild, withPlant, type Plant } from './plant.js';
import { reportWork } from './work-report.js';
import { figures, inParallel, ms, quantile, table, type Figure } from './report.js';

const GOAL_P50_MS = 50;
const GOAL_PER_SECOND = 200;
/** Messages of the shortest negotiation: request, agreement, verification, finalized. */
const ROUND_TRIPS = 4;
const ROUNDS = [
  { parallel: 1, count: 100 },
  { parallel: 10, count: 500 },
  { parallel: 100, count: 1_500 },
] as const;
const WITHIN_MS = 12_000;
/** One negotiation that takes longer has failed. */
const LONGEST_MS = 15_000;

interface Round {
  readonly parallel: number;
  readonly perSecond: number;
  readonly p50: number;
  readonly p95: number;
}

/** Finalized negotiations between two exchanges, against as many bare signed round trips with one INSERT each. */
export async function benchNegotiations(postgres: EmbeddedPostgres): Promise<void> {
  const bare = await bareRounds(postgres);
  let rounds: Round[] = [];
  await withPlant(postgres, async (plant) => {
    rounds = await negotiatedRounds(plant);
  });
  table(
    'Contracts: negotiations from the buyer’s request to FINALIZED on both sides, two exchanges over loopback',
    ['at a time', 'finalized/s', 'p50 ms', 'p95 ms', 'bare/s', 'bare p50 ms', 'of bare'],
    rounds.map((round, index) => {
      const base = bare[index] as Round;
      const share = `${((100 * round.perSecond) / base.perSecond).toFixed(0)} %`;
      const numbers = [
        round.perSecond.toFixed(0),
        ms(round.p50),
        ms(round.p95),
        base.perSecond.toFixed(0),
        ms(base.p50),
      ];
      return [String(round.parallel), ...numbers, share];
    }),
  );
  const best = Math.max(...rounds.map(({ perSecond }) => perSecond));
  const alone = rounds[0]?.p50 ?? Number.NaN;
  console.log(`\ngoal p50 ≤ ${GOAL_P50_MS} ms alone: ${alone <= GOAL_P50_MS ? 'met' : 'NOT met'}`);
  console.log(`goal ≥ ${GOAL_PER_SECOND}/s: ${best >= GOAL_PER_SECOND ? 'met' : 'NOT met'}`);
  figures(rounds.flatMap((round, index) => figuresOf(round, bare[index] as Round)));
}

function figuresOf(round: Round, base: Round): Figure[] {
  const conditions =
    `${round.parallel} at a time; two contracts services and a durable PostgreSQL on one machine, tokens signed with ` +
    `Ed25519, agreed and verified by themselves; from the buyer’s POST to FINALIZED at the consumer`;
  const baseline = `${ROUND_TRIPS} bare signed round trips, one INSERT each`;
  const named = (what: string) => `negotiations ${what}, ${round.parallel} at a time`;
  return [
    {
      figure: named('finalized'),
      value: round.perSecond,
      unit: '1/s',
      baseline,
      baselineValue: base.perSecond,
      conditions,
    },
    { figure: named('p50'), value: round.p50, unit: 'ms', baseline, baselineValue: base.p50, conditions },
    { figure: named('p95'), value: round.p95, unit: 'ms', baseline, baselineValue: base.p95, conditions },
  ];
}

async function negotiatedRounds(plant: Plant): Promise<Round[]> {
  const { provider, consumer, call } = plant;
  const goods = await putOnSale(provider.pool, provider.ours, 200);
  const automatic = { agree_automatically: true, verify_automatically: true };
  await call(provider, 'PUT', '/v1/negotiation-settings', { as: provider.ours, persona: 'merchant', json: automatic });
  await call(consumer, 'PUT', '/v1/negotiation-settings', { as: consumer.ours, persona: 'buyer', json: automatic });
  const ends = await listenForEnds(consumer.pool);
  const negotiate = async (number: number) => {
    const { productId, offerId } = goods[number % goods.length] as (typeof goods)[number];
    const { id } = await call(consumer, 'POST', '/v1/peer-negotiations', {
      as: consumer.ours,
      persona: 'buyer',
      json: {
        peer_id: consumer.peerId,
        dataset_id: `urn:hetao:product:${productId}`,
        offer_id: `urn:hetao:offer:${offerId}`,
        rules: RULES,
        purpose: 'research',
        place_of_use: 'HK',
      },
    });
    await ends.finalized(String(id));
  };
  let begun = 0;
  const before = await plant.work();
  try {
    const rounds = await measured((number) => {
      begun += 1;
      return negotiate(number);
    });
    reportWork(before, await plant.work(), begun);
    return rounds;
  } finally {
    await ends.close();
  }
}

/** Every round, after one to warm up that counts for nothing. */
async function measured(work: (number: number) => Promise<void>): Promise<Round[]> {
  await inParallel({ count: 200, parallel: 10, withinMs: WITHIN_MS }, work);
  const rounds: Round[] = [];
  for (const { parallel, count } of ROUNDS) {
    rounds.push(roundOf(parallel, await inParallel({ count, parallel, withinMs: WITHIN_MS }, work)));
  }
  return rounds;
}

/** Hears from the consumer's database when a negotiation ends: asking again and again would be measured as well. */
async function listenForEnds(pool: pg.Pool) {
  await pool.query(`CREATE FUNCTION tell_ends() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN PERFORM pg_notify('ends', NEW.id || ' ' || NEW.state); RETURN NULL; END $$`);
  await pool.query(`CREATE TRIGGER tell_ends AFTER UPDATE ON negotiations FOR EACH ROW
    WHEN (NEW.state IN ('FINALIZED', 'TERMINATED') AND OLD.state <> NEW.state) EXECUTE FUNCTION tell_ends()`);
  const client = await pool.connect();
  const ended = new Map<string, string>();
  const waiting = new Map<string, (state: string) => void>();
  client.on('notification', ({ payload }) => {
    const [id = '', state = ''] = (payload ?? '').split(' ');
    const tell = waiting.get(id);
    if (tell === undefined) ended.set(id, state);
    else tell(state);
  });
  await client.query('LISTEN ends');
  return {
    finalized: async (id: string): Promise<void> => {
      const state = ended.get(id) ?? (await heard(id, waiting));
      ended.delete(id);
      waiting.delete(id);
      if (state !== 'FINALIZED') throw new Error(`Negotiation ${id} is ${state}.`);
    },
    close: async () => {
      client.removeAllListeners('notification');
      await client.query('UNLISTEN *');
      client.release();
    },
  };
}

function heard(id: string, waiting: Map<string, (state: string) => void>): Promise<string> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`Negotiation ${id} did not end.`)), LONGEST_MS);
    waiting.set(id, (state) => {
      clearTimeout(timer);
      resolve(state);
    });
  });
}

/** The same messages with nothing behind them: signed anew, checked, inserted, answered. */
async function bareRounds(postgres: EmbeddedPostgres): Promise<Round[]> {
  const { publicJwk, token } = signer();
  const settings = { PEER_KEY: JSON.stringify(publicJwk) };
  const children: { end(): Promise<void> }[] = [];
  const agent = new Agent({ connections: 100 });
  try {
    const urls: string[] = [];
    for (const name of ['bare_one', 'bare_two']) {
      const [databaseUrl, port] = [await postgres.createDatabase(name), await freePort()];
      children.push(await startChild({ kind: 'bare', databaseUrl, port, poolSize: POOL, settings }));
      urls.push(`http://127.0.0.1:${port}/`);
    }
    const roundTrips = async () => {
      for (let trip = 0; trip < ROUND_TRIPS; trip += 1) {
        const body = JSON.stringify({ '@id': newId('msg'), offer: RULES });
        const headers = { authorization: `Bearer ${token()}`, 'content-type': 'application/json' };
        const answer = await request(urls[trip % 2] ?? '', { method: 'POST', body, headers, dispatcher: agent });
        await answer.body.dump();
        if (answer.statusCode !== 200) throw new Error(`The baseline answered ${answer.statusCode}.`);
      }
    };
    return await measured(roundTrips);
  } finally {
    await agent.close();
    await Promise.all(children.map((child) => child.end()));
  }
}

function roundOf(
  parallel: number,
  { done, wallMs, each }: { readonly done: number; readonly wallMs: number; readonly each: readonly number[] },
): Round {
  return { parallel, perSecond: (1000 * done) / wallMs, p50: quantile(each, 0.5), p95: quantile(each, 0.95) };
}
