import { Worker } from 'node:worker_threads';
import pg from 'pg';
import { prepareCopy } from './copy.js';
import { type Cost, measure } from './cost.js';
import { BATCH, type Mix } from './feed.js';
import type { Round, RoundResult, SenderReport } from './sender.js';
import type { BenchWorld } from './world.js';

const BATCH_TYPE = 'application/cloudevents-batch+json';
/** How long a total may lie behind its answers where a log is between them. */
const QUERYABLE_WITHIN_MS = 60_000;

/** One service under measurement: sends, counts what it expects, and believes no figure whose totals are wrong. */
export class Contest {
  readonly #sender: Worker;
  readonly #expected: number[];
  #counted = 0;

  private constructor(
    readonly world: BenchWorld,
    readonly client: pg.Client,
    private readonly merchants: number,
  ) {
    const { url, agreementIds } = world;
    this.#expected = agreementIds.map(() => 0);
    this.#sender = new Worker(new URL('./sender.js', import.meta.url), { workerData: { url, agreementIds } });
  }

  /** @param merchants how many of them send; a partition of the log each, where there is a log. */
  static async open(world: BenchWorld, merchants: number): Promise<Contest> {
    const client = new pg.Client({ connectionString: world.databaseUrl, options: '-c search_path=metering' });
    await client.connect();
    return new Contest(world, client, merchants);
  }

  async close(): Promise<void> {
    await this.#sender.terminate();
    await this.client.end();
  }

  /** Events that were sent so far, duplicates among them. */
  get counted(): number {
    return this.#counted;
  }

  /** Raw COPY of rows like those that metering stores. */
  async copy(batches: number): Promise<Cost> {
    const round = await prepareCopy(this.world.databaseUrl, batches);
    const cost = await this.#measure(batches * BATCH, async () => {
      await round.run();
      return [];
    });
    await round.end();
    await this.client.query('TRUNCATE copied');
    return cost;
  }

  /** Batches of a thousand over HTTP until their total can be queried. */
  async http(batches: number, mix: Mix, pace: Pick<Round, 'everyMs'> = {}): Promise<Cost> {
    return this.#round({ batches, size: BATCH, mix, contentType: BATCH_TYPE, inFlight: 8, ...pace });
  }

  /** Requests of one event each. */
  async singles(batches: number): Promise<Cost> {
    return this.#round({ batches, size: 1, mix: {}, contentType: 'application/cloudevents+json', inFlight: 32 });
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

  async #round(asked: Omit<Round, 'headers'>): Promise<Cost> {
    const round: Round = { ...asked, headers: await this.#headers() };
    await this.#said(round); // Its requests are made before anything is measured.
    const events = round.batches * round.size;
    return this.#measure(events, async () => {
      const result = (await this.#said('go')) as RoundResult;
      assertAnswered(result, events);
      result.fresh.forEach((fresh, merchant) => this.#expect(merchant, fresh));
      this.#counted += events;
      await this.#untilQueryable();
      return result.latenciesMs;
    });
  }

  #measure(events: number, work: () => Promise<readonly number[]>): Promise<Cost> {
    return measure({ client: this.client, servicePid: this.world.servicePid }, events, work);
  }

  #expect(merchant: number, events: number): void {
    this.#expected[merchant] = (this.#expected[merchant] ?? 0) + events;
  }

  #headers(): Promise<Record<string, string>[]> {
    return Promise.all(Array.from({ length: this.merchants }, (_, index) => this.world.headers(index)));
  }

  #said(message: Round | 'go'): Promise<SenderReport> {
    return new Promise((resolve, reject) => {
      this.#sender.removeAllListeners('error').once('error', reject);
      this.#sender.once('message', resolve);
      this.#sender.postMessage(message);
    });
  }

  /** Part of every round: a figure counts only once its events can be queried. */
  async #untilQueryable(): Promise<void> {
    const deadline = Date.now() + QUERYABLE_WITHIN_MS;
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

/** Where a log is between, what is pending is told by the total that can be queried. */
function assertAnswered({ accepted, duplicates, pending, repeated, ...rest }: RoundResult, events: number): void {
  const isWhole = accepted + duplicates + pending === events;
  if (isWhole && (pending > 0 || duplicates === repeated)) return;
  const sums = JSON.stringify({ accepted, duplicates, pending, repeated, other: rest.other });
  throw new Error(`The answers do not add up: ${sums} of ${events}.`);
}

interface WindowPage {
  readonly data: { readonly totals: { readonly meter: string; readonly events: number }[] }[];
  readonly next_cursor: string | null;
}
