import { readFileSync } from 'node:fs';
import { finished } from 'node:stream/promises';
import { Worker } from 'node:worker_threads';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { type UsageRow, UsageStream } from './events.js';
import type { Round, RoundResult } from './sender.js';
import { type BenchWorld, startBenchWorld } from './world.js';

const ROUNDS = 3;
const BATCHES_A_ROUND = 40;
const BATCH = 1_000;
const SINGLES = 1_000;
const IN_FLIGHT = 4;
const BATCH_TYPE = 'application/cloudevents-batch+json';

/** What one round cost. */
interface Cost {
  readonly perSecond: number;
  readonly perPostgresCpuSecond: number | undefined;
  readonly perServiceCpuSecond: number | undefined;
  readonly latenciesMs: readonly number[];
}

/** `npm run bench -- metering`: usage over HTTP until its total can be read, against raw COPY of the same rows. */
export async function run(): Promise<void> {
  const world = await startBenchWorld();
  const client = new pg.Client({ connectionString: world.databaseUrl, options: '-c search_path=metering' });
  await client.connect();
  const worker = new Worker(new URL('./sender.js', import.meta.url), { workerData: { url: world.url } });
  try {
    const bench = new MeteringBench(world, client, worker);
    await bench.measure();
  } finally {
    await worker.terminate();
    await client.end();
    await world.stop();
  }
}

class MeteringBench {
  readonly #stream: UsageStream;
  #expected = 0;

  constructor(
    private readonly world: BenchWorld,
    private readonly client: pg.Client,
    private readonly worker: Worker,
  ) {
    this.#stream = new UsageStream(world.agreementId, Date.parse('2026-02-01T00:00:00Z'));
  }

  async measure(): Promise<void> {
    await this.client.query('CREATE TABLE copied (LIKE usage_events)');
    await this.#http(this.#batches(20), 0); // Warm-up: code is compiled, connections are open, caches are filled.
    const copied: Cost[] = [];
    const fresh: Cost[] = [];
    const repeated: Cost[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const batches = this.#batches(BATCHES_A_ROUND);
      copied.push(await this.#copy(batches));
      fresh.push(await this.#http(batches, 0));
      repeated.push(await this.#http(this.#batches(BATCHES_A_ROUND), BATCH / 10));
    }
    const singles = await this.#singles();
    await this.#checkCompleteness();
    report({ copied: median(copied), fresh: median(fresh), repeated: median(repeated), singles });
  }

  #batches(count: number): readonly (readonly UsageRow[])[] {
    return Array.from({ length: count }, () => this.#stream.next(BATCH));
  }

  /** The baseline: the same rows, one COPY and one transaction a batch, into the same columns without any index. */
  async #copy(batches: readonly (readonly UsageRow[])[]): Promise<Cost> {
    const texts = batches.map((rows) => this.#stream.copyLines(rows));
    return this.#cost(batches.length * BATCH, async () => {
      for (const text of texts) {
        const stream = this.client.query(copyFrom('COPY copied FROM STDIN'));
        stream.end(text);
        await finished(stream);
      }
      return [];
    });
  }

  /** Sends the batches, the first `repeats` events of each a second time in place of its last ones. */
  async #http(batches: readonly (readonly UsageRow[])[], repeats: number): Promise<Cost> {
    const bodies = batches.map((rows) =>
      this.#stream.body([...rows.slice(0, BATCH - repeats), ...rows.slice(0, repeats)]),
    );
    const fresh = batches.length * (BATCH - repeats);
    const round = {
      bodies,
      headers: await this.world.headers('merchant'),
      contentType: BATCH_TYPE,
      inFlight: IN_FLIGHT,
    };
    return this.#cost(batches.length * BATCH, async () => {
      const result = await this.#send(round);
      if (result.accepted !== fresh || result.duplicates !== batches.length * repeats || result.other !== 0) {
        throw new Error(`The answers do not add up: ${JSON.stringify({ ...result, latenciesMs: undefined })}.`);
      }
      this.#expected += fresh;
      await this.#checkTotal();
      return result.latenciesMs;
    });
  }

  async #singles(): Promise<Cost> {
    const bodies = this.#stream.next(SINGLES).map((row) => Buffer.from(this.#stream.event(row)));
    const headers = await this.world.headers('merchant');
    const round = { bodies, headers, contentType: 'application/cloudevents+json', inFlight: 16 };
    return this.#cost(SINGLES, async () => {
      const { accepted, latenciesMs } = await this.#send(round);
      if (accepted !== SINGLES) throw new Error(`Of ${SINGLES} single events ${accepted} were accepted.`);
      this.#expected += SINGLES;
      await this.#checkTotal();
      return latenciesMs;
    });
  }

  #send(round: Round): Promise<RoundResult> {
    return new Promise((resolve, reject) => {
      this.worker.once('message', resolve);
      this.worker.once('error', reject);
      this.worker.postMessage(round);
    });
  }

  /** Part of every round: a figure counts only once its events can be queried. */
  async #checkTotal(): Promise<void> {
    const path = `/v1/usage/summary?agreement_id=${this.world.agreementId}&period=2026-02&time_zone=UTC`;
    const answer = await fetch(`${this.world.url}${path}`, { headers: await this.world.headers('merchant') });
    const { totals } = (await answer.json()) as { totals: { meter: string; quantity: string }[] };
    const calls = totals.find((total) => total.meter === 'calls')?.quantity;
    if (calls !== String(this.#expected))
      throw new Error(`The total is ${calls}, not ${this.#expected}: the figure is void.`);
  }

  async #checkCompleteness(): Promise<void> {
    const path = `/v1/usage/completeness?period=${new Date().toISOString().slice(0, 7)}`;
    const answer = await fetch(`${this.world.url}${path}`, { headers: await this.world.headers('operator') });
    const { balanced, stored } = (await answer.json()) as { balanced: boolean; stored: number };
    if (!balanced || stored !== this.#expected)
      throw new Error('The completeness equation does not balance: figures are void.');
  }

  async #cost(events: number, work: () => Promise<readonly number[]>): Promise<Cost> {
    const pids = await this.#backends();
    const postgresBefore = cpuSecondsOf(pids);
    const serviceBefore = process.threadCpuUsage();
    const startedAt = performance.now();
    const latenciesMs = await work();
    const seconds = (performance.now() - startedAt) / 1000;
    const service = process.threadCpuUsage(serviceBefore);
    const postgresAfter = cpuSecondsOf(await this.#backends());
    const postgres =
      postgresAfter !== undefined && postgresBefore !== undefined ? postgresAfter - postgresBefore : undefined;
    return {
      perSecond: events / seconds,
      perPostgresCpuSecond: postgres === undefined ? undefined : events / postgres,
      perServiceCpuSecond: (events * 1e6) / (service.user + service.system),
      latenciesMs,
    };
  }

  async #backends(): Promise<readonly number[]> {
    const { rows } = await this.client.query<{ pid: number }>(
      "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend'",
    );
    return rows.map((row) => row.pid);
  }
}

/** CPU seconds of processes so far, from /proc; undefined where there is none. */
function cpuSecondsOf(pids: readonly number[]): number | undefined {
  const TICKS_A_SECOND = 100;
  try {
    const ticks = pids.map((pid) => {
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
      return Number(fields[11]) + Number(fields[12]);
    });
    return ticks.reduce((sum, one) => sum + one, 0) / TICKS_A_SECOND;
  } catch {
    return undefined;
  }
}

function median(costs: readonly Cost[]): Cost {
  const sorted = [...costs].sort((a, b) => a.perSecond - b.perSecond);
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (!middle) throw new Error('No round was measured.');
  return middle;
}

interface Measured {
  readonly copied: Cost;
  readonly fresh: Cost;
  readonly repeated: Cost;
  readonly singles: Cost;
}

function report({ copied, fresh, repeated, singles }: Measured): void {
  const rows = [
    ['raw COPY, no index (baseline)', copied],
    ['HTTP batches of 1,000, all new', fresh],
    ['HTTP batches of 1,000, 10 % repeated', repeated],
    ['HTTP single events, 16 in flight', singles],
  ] as const;
  const show = (value: number | undefined) => (value === undefined ? '–' : Math.round(value).toLocaleString('en'));
  const line = (cells: readonly string[]) =>
    cells.map((cell, at) => (at === 0 ? cell.padEnd(38) : cell.padStart(14))).join('');
  console.log(line(['', 'events/s', '/PG CPU s', '/service CPU s', 'p50 ms', 'p99 ms']));
  for (const [name, cost] of rows) {
    const [p50, p99] = [0.5, 0.99].map((share) => quantile(cost.latenciesMs, share)?.toFixed(1) ?? '–');
    const { perSecond, perPostgresCpuSecond, perServiceCpuSecond } = cost;
    console.log(
      line([name, show(perSecond), show(perPostgresCpuSecond), show(perServiceCpuSecond), p50 ?? '', p99 ?? '']),
    );
  }
  const conditions = `embedded PostgreSQL, fsync on, dedupe on, ${IN_FLIGHT} requests in flight, sender on the same cores, median of ${ROUNDS} rounds of ${BATCHES_A_ROUND} batches; totals and completeness checked`;
  figure('http_to_queryable', fresh, copied, conditions);
  figure('http_to_queryable_10_percent_repeated', repeated, copied, conditions);
  figure('http_single_events', singles, copied, `as above, ${SINGLES} requests of one event, 16 in flight`);
}

function figure(name: string, cost: Cost, baseline: Cost, conditions: string): void {
  const put = (suffix: string, unit: string, value: number | undefined, base: number | undefined) => {
    if (value === undefined || base === undefined) return;
    const ratio = Number((value / base).toFixed(3));
    const measured = {
      value: Math.round(value),
      unit,
      baseline: 'raw COPY of the same rows, no index',
      baseline_value: Math.round(base),
      ratio,
    };
    console.log(JSON.stringify({ bench: 'metering', figure: `${name}${suffix}`, ...measured, conditions }));
  };
  put('', 'events/s', cost.perSecond, baseline.perSecond);
  put('_per_postgres_cpu_second', 'events/CPU-s', cost.perPostgresCpuSecond, baseline.perPostgresCpuSecond);
}

function quantile(values: readonly number[], share: number): number | undefined {
  return [...values].sort((a, b) => a - b)[Math.min(Math.floor(values.length * share), values.length - 1)];
}
