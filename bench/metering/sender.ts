import { Agent, request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';

/** What the sender is asked to do: one round of requests. */
export interface Round {
  readonly bodies: readonly Uint8Array[];
  /** Body n is sent with the headers n modulo their number: each merchant sends its own usage. */
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
}

const { url } = workerData as { readonly url: string };
// A thread of its own with the plainest client there is, so that the sender takes little of what is measured.
const agent = new Agent({ keepAlive: true, maxSockets: 64 });

parentPort?.on('message', (round: Round) => {
  send(round).then(
    (result) => parentPort?.postMessage(result),
    (error: unknown) => {
      throw error;
    },
  );
});

async function send({ bodies, headers, contentType, inFlight, everyMs }: Round): Promise<RoundResult> {
  const sums = { accepted: 0, duplicates: 0, pending: 0, other: 0 };
  const latenciesMs: number[] = [];
  const startedAt = performance.now();
  let next = 0;
  const lane = async () => {
    for (let at = next++; at < bodies.length; at = next++) {
      const dueAt = everyMs === undefined ? performance.now() : startedAt + at * everyMs;
      const early = dueAt - performance.now();
      if (early > 0) await pause(early);
      const fields = { ...headers[at % headers.length], 'content-type': contentType };
      const report = sumsOf(await post(bodies[at] as Uint8Array, fields));
      latenciesMs.push(performance.now() - dueAt);
      sums.accepted += report('accepted');
      sums.duplicates += report('duplicates');
      sums.pending += report('pending');
      sums.other += report('conflicts') + report('rejected');
    }
  };
  await Promise.all(Array.from({ length: inFlight }, lane));
  return { ...sums, latenciesMs };
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
