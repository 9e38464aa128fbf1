import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { activations } from '@hetao/learning';

const TIMEOUT_MS = 60_000;
/** Together about four minutes: a service that is being started again, or a limit that asks for patience. */
const TRIES = 20;
const LONGEST_PAUSE_MS = 15_000;
const PAUSED_LOOK_MS = 1_000;

const optimiser = z.union([
  z.object({ kind: z.literal('sgd'), learning_rate: z.number(), momentum: z.number() }),
  z.object({ kind: z.literal('adam'), learning_rate: z.number() }),
]);
const runAnswer = z.object({
  id: z.string(),
  state: z.string(),
  dataset_version_id: z.string(),
  architecture: z.object({
    inputs: z.int(),
    layers: z.array(z.object({ units: z.int(), activation: z.enum(activations) })),
  }),
  split_at: z.int(),
  architecture_hash: z.string(),
  optimiser,
  privacy: z.object({
    clip: z.number(),
    noise_multiplier: z.number(),
    sampling_rate: z.number(),
    expected_batch: z.int(),
  }),
  rounds: z.int(),
  round: z.int(),
  epsilon: z.number(),
  curve: z.array(z.object({ round: z.int(), loss: z.number() })),
});
export type RunAnswer = z.output<typeof runAnswer>;
const terms = z.object({
  architecture_hash: z.string(),
  dataset_version_id: z.string(),
  epsilon: z.number(),
  delta: z.number(),
  clip: z.number(),
  noise_multiplier: z.number(),
  sampling_rate: z.number(),
  rounds: z.int(),
});
export type Terms = z.output<typeof terms>;
const released = z.object({ round: z.int(), vector: z.string(), epsilon: z.number(), state: z.string() });
export type Released = z.output<typeof released>;
const model = z.object({ id: z.string(), state: z.string(), card: z.record(z.string(), z.unknown()) });

/** What the exchange refused, in its own words. */
export class Refused extends Error {
  override readonly name = 'Refused';
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** The exchange as the other side sees it. Every request may be sent again, so each is until it is answered. */
export class Door {
  private constructor(
    private readonly url: string,
    private readonly key: string,
  ) {}

  /** The key is in a file, since arguments show in lists of processes. */
  static async open(url: string, keyFile: string): Promise<Door> {
    if (!/^https?:\/\//.test(url)) throw new Error('--url is no http(s) address.');
    return Door.at(url, (await readFile(keyFile, 'utf8')).trim());
  }

  /** For a programme that holds the key itself. */
  static at(url: string, key: string): Door {
    return new Door(url, key);
  }

  async run(id: string): Promise<RunAnswer> {
    return runAnswer.parse(await this.#ask('GET', `/v1/sandbox/training-runs/${id}`));
  }

  async terms(id: string): Promise<Terms> {
    return terms.parse(await this.#ask('GET', `/v1/sandbox/training-runs/${id}/handshake`));
  }

  async shake(id: string, ours: Terms): Promise<void> {
    const body = new TextEncoder().encode(JSON.stringify(ours));
    await this.#ask('POST', `/v1/sandbox/training-runs/${id}/handshake`, { body, type: 'application/json' });
  }

  /** Waits while the run is paused. */
  async round(
    id: string,
    asked: { readonly round: number; readonly hash: string; readonly weights: Uint8Array<ArrayBuffer> },
  ): Promise<Released> {
    const path = `/v1/sandbox/training-runs/${id}/rounds?round=${asked.round}&architecture_hash=${asked.hash}`;
    for (;;) {
      try {
        const content = { body: asked.weights, type: 'application/octet-stream' };
        return released.parse(await this.#ask('POST', path, content));
      } catch (error) {
        if (!(error instanceof Refused) || error.code !== 'TRAINING_STATE_REFUSES') throw error;
        if ((await this.run(id)).state !== 'paused') throw error;
        await pause(PAUSED_LOOK_MS);
      }
    }
  }

  async seal(id: string, weights: Uint8Array<ArrayBuffer>): Promise<z.output<typeof model>> {
    const content = { body: weights, type: 'application/octet-stream' };
    return model.parse(await this.#ask('POST', `/v1/sandbox/training-runs/${id}/model`, content));
  }

  async #ask(
    method: string,
    path: string,
    content?: { body: Uint8Array<ArrayBuffer>; type: string },
  ): Promise<unknown> {
    for (let attempt = 1; ; attempt += 1) {
      const answer = await this.#once(method, path, content);
      if (answer !== undefined && ![429, 502, 503, 504].includes(answer.status)) return bodyOf(answer);
      if (attempt === TRIES) throw new Error(`The exchange did not answer ${method} ${path} in ${TRIES} tries.`);
      const asked = Number(answer?.headers.get('retry-after') ?? 0) * 1_000;
      await pause(Math.min(LONGEST_PAUSE_MS, Math.max(asked, 100 * 2 ** Math.min(attempt, 7))));
    }
  }

  async #once(
    method: string,
    path: string,
    content?: { body: Uint8Array<ArrayBuffer>; type: string },
  ): Promise<Response | undefined> {
    const headers = { authorization: `Bearer ${this.key}`, ...(content && { 'content-type': content.type }) };
    try {
      return await fetch(new URL(path, this.url), {
        ...{ method, headers, redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS) },
        ...(content && { body: content.body }),
      });
    } catch {
      // Refused, cut or timed out: what was sent may have been done, and asking again is safe.
      return undefined;
    }
  }
}

async function bodyOf(answer: Response): Promise<unknown> {
  const body = (await answer.json()) as Record<string, unknown>;
  if (answer.ok) return body;
  const said = ['code', 'detail', 'fix'].map((name) => body[name]).filter((text) => typeof text === 'string');
  throw new Refused(answer.status, String(body['code']), `The exchange answered ${answer.status}: ${said.join(' – ')}`);
}
