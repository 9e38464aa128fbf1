import { Agent, request } from 'node:http';
import { parentPort, workerData } from 'node:worker_threads';

/** What the sender is asked to do: one round of requests. */
export interface Round {
  readonly bodies: readonly Uint8Array[];
  readonly headers: Readonly<Record<string, string>>;
  readonly contentType: string;
  readonly inFlight: number;
}

/** What it saw: sums of the answers, and the time of each request in ms. */
export interface RoundResult {
  readonly accepted: number;
  readonly duplicates: number;
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

async function send({ bodies, headers, contentType, inFlight }: Round): Promise<RoundResult> {
  const sums = { accepted: 0, duplicates: 0, other: 0 };
  const latenciesMs: number[] = [];
  let next = 0;
  const lane = async () => {
    for (let body = bodies[next++]; body !== undefined; body = bodies[next++]) {
      const startedAt = performance.now();
      const report = JSON.parse(await post(body, { ...headers, 'content-type': contentType })) as Record<
        string,
        number
      >;
      latenciesMs.push(performance.now() - startedAt);
      sums.accepted += report['accepted'] ?? 0;
      sums.duplicates += report['duplicates'] ?? 0;
      sums.other += (report['conflicts'] ?? 0) + (report['rejected'] ?? 0);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, lane));
  return { ...sums, latenciesMs };
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
