import { Agent, request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { type FeedBatch, type Mix, UsageFeed } from './feed.js';

/** What the sender is asked to do: one round of requests. */
export interface Round {
  readonly batches: number;
  /** Events a batch. */
  readonly size: number;
  readonly mix: Mix;
  /** Of each merchant that sends; batch n is of merchant n modulo their number. */
  readonly headers: readonly Readonly<Record<string, string>>[];
  readonly contentType: string;
  readonly inFlight: number;
  /** Time between the starts of two requests, for a steady load; as fast as they are answered without it. */
  readonly everyMs?: number;
}

/** What it saw: sums of the answers, and the time of each request in ms, from when it was due. */
export interface RoundResult {
  readonly accepted: number;
  readonly duplicates: number;
  readonly pending: number;
  readonly other: number;
  readonly latenciesMs: readonly number[];
  /** Events that were new, merchant by merchant. */
  readonly fresh: readonly number[];
  /** Events that were sent before. */
  readonly repeated: number;
}

/** `ready`: its requests are made, and nothing was sent. */
export type SenderReport = 'ready' | RoundResult;

const { url, agreementIds } = workerData as { readonly url: string; readonly agreementIds: readonly string[] };
const feed = new UsageFeed(agreementIds);
// A thread of its own with the plainest client there is, so that the sender takes little of what is measured.
const agent = new Agent({ keepAlive: true, maxSockets: 64 });

parentPort?.on('message', (round: Round | 'go') => {
  if (round === 'go') return;
  void serve(round);
});

async function serve(round: Round): Promise<void> {
  // A steady load is as long as one likes: its requests are made as they are due, and never lie in memory together.
  const made = round.everyMs === undefined ? Array.from({ length: round.batches }, (_, at) => make(round, at)) : [];
  const told = new Promise((resolve) => parentPort?.once('message', resolve));
  tell('ready');
  await told;
  tell(await send(round, (at) => made[at] ?? make(round, at)));
}

function tell(said: SenderReport): void {
  parentPort?.postMessage(said);
}

function make({ headers, size, mix }: Round, at: number): FeedBatch {
  return feed.batch(at % headers.length, size, mix);
}

async function send(round: Round, batchAt: (at: number) => FeedBatch): Promise<RoundResult> {
  const { headers, contentType, inFlight, everyMs, batches } = round;
  const sums = { accepted: 0, duplicates: 0, pending: 0, other: 0 };
  const latenciesMs: number[] = [];
  const fresh = headers.map(() => 0);
  let repeated = 0;
  const startedAt = performance.now();
  let next = 0;
  const lane = async () => {
    for (let at = next++; at < batches; at = next++) {
      const dueAt = everyMs === undefined ? performance.now() : startedAt + at * everyMs;
      const early = dueAt - performance.now();
      if (early > 0) await pause(early);
      const batch = batchAt(at);
      fresh[batch.merchant] = (fresh[batch.merchant] ?? 0) + batch.fresh;
      repeated += batch.repeated;
      const report = sumsOf(await post(batch.body, { ...headers[batch.merchant], 'content-type': contentType }));
      latenciesMs.push(performance.now() - dueAt);
      sums.accepted += report('accepted');
      sums.duplicates += report('duplicates');
      sums.pending += report('pending');
      sums.other += report('conflicts') + report('rejected');
    }
  };
  await Promise.all(Array.from({ length: inFlight }, lane));
  return { ...sums, latenciesMs, fresh, repeated };
}

/** The sums stand before the items: a real sender looks at the items only where a sum tells it to. */
function sumsOf(answer: string): (name: string) => number {
  const head = answer.slice(0, answer.indexOf('"items"'));
  return (name) => Number(new RegExp(`"${name}":(\\d+)`).exec(head)?.[1] ?? 0);
}

function post(body: Uint8Array, headers: Record<string, string>): Promise<string> {
  return new Promise((resolve, reject) => {
    const target = request(`${url}/v1/usage/events`, {
      method: 'POST',
      agent,
      headers: { ...headers, 'content-length': body.length },
    });
    target.on('error', reject);
    target.on('response', (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.on('error', reject);
      answer.on('end', () => {
        const text = Buffer.concat(parts).toString();
        if (answer.statusCode === 202) resolve(text);
        else reject(new Error(`The exchange answered ${answer.statusCode}: ${text.slice(0, 300)}`));
      });
    });
    target.end(body);
  });
}
