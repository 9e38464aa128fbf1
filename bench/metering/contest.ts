import { finished } from 'node:stream/promises';
import { Worker } from 'node:worker_threads';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { type Cost, measure } from './cost.js';
import { type UsageRow, UsageStream } from './events.js';
import type { Round, RoundResult } from './sender.js';
import type { BenchWorld } from './world.js';

export const BATCH = 1_000;
const BATCH_TYPE = 'application/cloudevents-batch+json';
/** As many as metering has transactions that count at the same time: both keep the same cores busy. */
const COPIERS = 3;
/** Old batches that may be sent again. */
const REMEMBERED = 60;

/** What a batch is made of. */
export interface Mix {
  /** So many of a hundred events were sent in an earlier request. */
  readonly duplicates?: number;
  /** So many of a hundred happened earlier. */
  readonly late?: number;
}

type Batch = readonly UsageRow[];

/** One service under measurement: sends, counts what it expects, and believes no figure whose totals are wrong. */
export class Contest {
  readonly #streams: readonly UsageStream[];
  readonly #worker: Worker;
  readonly #expected: number[];
  readonly #past: { readonly merchant: number; readonly rows: Batch }[] = [];

  private constructor(
    readonly world: BenchWorld,
    readonly client: pg.Client,
    private readonly merchants: number,
  ) {
    const start = Date.parse('2026-02-25T00:00:00Z');
    this.#streams = world.agreementIds.map((agreementId) => new UsageStream(agreementId, start));
    this.#expected = world.agreementIds.map(() => 0);
    this.#worker = new Worker(new URL('./sender.js', import.meta.url), { workerData: { url: world.url } });
  }

  /** @param merchants how many of them send; a partition of the log each, where there is a log. */
  static async open(world: BenchWorld, merchants: number): Promise<Contest> {
    const client = new pg.Client({ connectionString: world.databaseUrl, options: '-c search_path=metering' });
    await client.connect();
    return new Contest(world, client, merchants);
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
    await this.client.end();
  }

  /** Raw COPY of rows like those metering stores, into the same columns without any index; a transaction a batch. */
  async copy(batches: number): Promise<Cost> {
    await this.client.query('CREATE TABLE IF NOT EXISTS copied (LIKE usage_events)');
    const stream = new UsageStream('', Date.parse('2026-02-25T00:00:00Z'));
    const texts = Array.from({ length: batches }, () => stream.copyLines(stream.next(BATCH)));
    const connectionString = this.world.databaseUrl;
    const copiers = Array.from({ length: COPIERS }, () => new pg.Client({ connectionString }));
    await Promise.all(copiers.map((copier) => copier.connect()));
    const cost = await measure(this.client, batches * BATCH, async () => {
      await Promise.all(
        copiers.map(async (copier) => {
          for (let text = texts.pop(); text !== undefined; text = texts.pop()) {
            const target = copier.query(copyFrom('COPY metering.copied FROM STDIN'));
            target.end(text);
            await finished(target);
          }
        }),
      );
      return [];
    });
    await Promise.all(copiers.map((copier) => copier.end()));
    await this.client.query('TRUNCATE copied');
    return cost;
  }

  /** Batches of a thousand over HTTP until their total can be queried. */
  async http(batches: number, { duplicates = 0, late = 0 }: Mix, pace: Pick<Round, 'everyMs'> = {}): Promise<Cost> {
    const made = Array.from({ length: batches }, (_, at) => this.#batch(at % this.merchants, duplicates * 10, late));
    const bodies = made.map(({ merchant, rows }) => (this.#streams[merchant] as UsageStream).body(rows));
    const repeated = made.reduce((sum, one) => sum + one.repeated, 0);
    const round = { bodies, headers: await this.#headers(), contentType: BATCH_TYPE, inFlight: 8, ...pace };
    return measure(this.client, batches * BATCH, async () => {
      const result = await this.#send(round);
      const counted = result.accepted + result.duplicates + result.pending;
      if (counted !== batches * BATCH || (result.pending === 0 && result.duplicates !== repeated)) {
        throw new Error(`The answers do not add up: ${JSON.stringify({ ...result, latenciesMs: undefined })}.`);
      }
      for (const { merchant, repeated: again } of made) this.#expect(merchant, BATCH - again);
      await this.#untilQueryable();
      return result.latenciesMs;
    });
  }

  /** Requests of one event each. */
  async singles(count: number): Promise<Cost> {
    const bodies = this.#stream(0)
      .next(count)
      .map((row) => Buffer.from(this.#stream(0).event(row)));
    const headers = [await this.world.headers(0)];
    const round = { bodies, headers, contentType: 'application/cloudevents+json', inFlight: 32 };
    return measure(this.client, count, async () => {
      const { accepted, pending, latenciesMs } = await this.#send(round);
      if (accepted + pending !== count) throw new Error(`Of ${count} single events ${accepted} were accepted.`);
      this.#expect(0, count);
      await this.#untilQueryable();
      return latenciesMs;
    });
  }

  /** @throws Error when the equation does not balance, or the store holds another number than was accepted. */
  async assertComplete(): Promise<void> {
    const path = `/v1/usage/completeness?period=${new Date().toISOString().slice(0, 7)}`;
    const answer = await fetch(`${this.world.url}${path}`, { headers: await this.world.headers('operator') });
    const { balanced, stored } = (await answer.json()) as { balanced: boolean; stored: number };
    const expected = this.#expected.reduce((sum, one) => sum + one, 0);
    if (!balanced || stored !== expected)
      throw new Error('The completeness equation does not balance: figures are void.');
  }

  #batch(merchant: number, repeats: number, late: number) {
    const old = this.#past.find((one) => one.merchant === merchant);
    const again = old?.rows.slice(0, repeats) ?? [];
    const rows = this.#stream(merchant).next(BATCH - again.length, late);
    this.#past.push({ merchant, rows });
    if (this.#past.length > REMEMBERED) this.#past.shift();
    return { merchant, rows: [...rows, ...again], repeated: again.length };
  }

  #stream(merchant: number): UsageStream {
    return this.#streams[merchant] as UsageStream;
  }

  #expect(merchant: number, events: number): void {
    this.#expected[merchant] = (this.#expected[merchant] ?? 0) + events;
  }

  #headers(): Promise<Record<string, string>[]> {
    return Promise.all(Array.from({ length: this.merchants }, (_, index) => this.world.headers(index)));
  }

  #send(round: Round): Promise<RoundResult> {
    return new Promise((resolve, reject) => {
      this.#worker.removeAllListeners('error').once('error', reject);
      this.#worker.once('message', resolve);
      this.#worker.postMessage(round);
    });
  }

  /** Part of every round: a figure counts only once its events can be queried. */
  async #untilQueryable(): Promise<void> {
    const deadline = Date.now() + 60_000;
    for (let merchant = 0; merchant < this.merchants;) {
      const [found, expected] = [await this.#queried(merchant), this.#expected[merchant] ?? 0];
      if (found === expected) merchant += 1;
      else if (this.world.kind === 'embedded' || found > expected || Date.now() > deadline) {
        throw new Error(`The total is ${found}, not ${expected}: the figure is void.`);
      }
    }
  }

  async #queried(merchant: number): Promise<number> {
    const agreement = this.world.agreementIds[merchant] ?? '';
    const path = `/v1/usage/windows?agreement_id=${agreement}&limit=100`;
    const headers = await this.world.headers(merchant);
    let calls = 0;
    for (let cursor = ''; ;) {
      const answer = await fetch(`${this.world.url}${path}${cursor}`, { headers });
      const page = (await answer.json()) as WindowPage;
      for (const { totals } of page.data) calls += totals.find(({ meter }) => meter === 'calls')?.events ?? 0;
      if (page.next_cursor === null) return calls;
      cursor = `&cursor=${page.next_cursor}`;
    }
  }
}

interface WindowPage {
  readonly data: { readonly totals: { readonly meter: string; readonly events: number }[] }[];
  readonly next_cursor: string | null;
}
