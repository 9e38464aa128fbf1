import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { HetaoUnreachable, isProblem, problemIn } from '@hetao/client';
import { RefusedError, UsageError } from './exit.js';

/** What the command line is called at the exchange; it has no secret, a person admits it. */
const CLIENT = 'hetao-cli';
const GRANT = 'urn:ietf:params:oauth:grant-type:device_code';
/** RFC 8628: the pause where the exchange names none (3.2), and how much longer it gets when it asks for that (3.5). */
const INTERVAL_S = 5;
const SLOWER_BY_S = 5;
const PATIENCE_MS = 10_000;

const askedDto = z.object({
  device_code: z.string().min(1),
  // Both are shown on a terminal, which obeys more than letters.
  user_code: z.string().regex(/^[A-Z0-9-]{4,30}$/),
  verification_uri: z.url({ protocol: /^https?$/ }),
  expires_in: z.number().positive(),
  interval: z.number().positive().default(INTERVAL_S),
});
const tokenDto = z.object({ access_token: z.string().min(1), scope: z.string().default('') });
const refusalDto = z.object({ error: z.string(), error_description: z.string().default('') });

/** A code that waits for a person (RFC 8628 3.2). */
export type AskedCode = z.output<typeof askedDto>;

/** What the person gave; good for a few minutes, enough to make a key. */
export interface GivenToken {
  readonly token: string;
  readonly scopes: readonly string[];
}

/** Waits in ms, and ends early when the programme is interrupted. */
export type Pause = (ms: number) => Promise<unknown>;

export const pauseUntil =
  (signal: AbortSignal): Pause =>
  (ms) =>
    wait(ms, undefined, { signal });

/** Logs in at one exchange: asks for a code, then again and again whether somebody has typed it. */
export class DeviceLogin {
  readonly #url: string;
  readonly #agent: string;
  readonly #pause: Pause;

  /** @param agent what this programme calls itself on the page of the person, e.g. `hetao on laptop` */
  constructor(url: string, agent: string, pause: Pause) {
    this.#url = url;
    this.#agent = agent;
    this.#pause = pause;
  }

  /** @param scopes what to ask for; everything a key can do when there are none */
  async ask(scopes: readonly string[]): Promise<AskedCode> {
    const form = { client_id: CLIENT, ...(scopes.length > 0 && { scope: scopes.join(' ') }) };
    const answer = await this.#post('/oidc/device/auth', form);
    if (answer.status === 404) {
      throw new UsageError(`${this.#url} signs people in elsewhere. Make a key there: hetao login --key`);
    }
    const body: unknown = await answer.json().catch(() => undefined);
    if (answer.ok) return this.#read(askedDto, body);
    const refusal = refusalDto.safeParse(body).data;
    if (refusal === undefined) throw problemIn(body, answer);
    throw new UsageError(`${refusal.error}: ${refusal.error_description}`);
  }

  /** @throws RefusedError when the person says no, or says nothing until the code is over */
  async wait({ device_code, interval, expires_in }: AskedCode): Promise<GivenToken> {
    let pauseS = interval;
    for (let waitedS = pauseS; waitedS < expires_in; waitedS += pauseS) {
      await this.#pause(pauseS * 1000);
      const answer = await this.#post('/oidc/token', { client_id: CLIENT, grant_type: GRANT, device_code }).catch(
        () => undefined,
      );
      const body: unknown = await answer?.json().catch(() => undefined);
      if (answer?.ok === true) {
        const { access_token: token, scope } = this.#read(tokenDto, body);
        return { token, scopes: scope.split(' ').filter((one) => one !== '') };
      }
      const error = refusalDto.safeParse(body).data?.error;
      const busy = answer && problemIn(body, answer);
      pauseS = error === undefined ? longer(pauseS, isProblem(busy) ? busy.retryAfterS : 0) : pauseAfter(pauseS, error);
    }
    throw new RefusedError('Nobody typed the code in time. Start again: hetao login');
  }

  #read<S extends z.ZodType>(schema: S, body: unknown): z.output<S> {
    const read = schema.safeParse(body);
    if (read.success) return read.data;
    throw new HetaoUnreachable(`What ${this.#url} says makes no sense. Is it an exchange?`, { cause: read.error });
  }

  /** @throws HetaoUnreachable where nobody answers */
  #post(path: string, form: Readonly<Record<string, string>>): Promise<Response> {
    return fetch(this.#url + path, {
      method: 'POST',
      headers: { 'user-agent': this.#agent },
      body: new URLSearchParams(form),
      signal: AbortSignal.timeout(PATIENCE_MS),
    }).catch((cause: unknown) => {
      throw new HetaoUnreachable(`${this.#url} does not answer. Start it, or name another with --url.`, { cause });
    });
  }
}

/** Seconds until the next question, by what the exchange said to the last (RFC 8628 3.5). */
function pauseAfter(pauseS: number, error: string): number {
  if (error === 'authorization_pending') return pauseS;
  if (error === 'slow_down') return pauseS + SLOWER_BY_S;
  if (error === 'access_denied') throw new RefusedError('It was turned away in the browser.');
  if (error === 'expired_token' || error === 'invalid_grant') {
    throw new RefusedError('The code is over. Start again: hetao login');
  }
  throw new RefusedError(`The exchange says ${JSON.stringify(error)}.`);
}

/** Seconds until the next question to an exchange that is away or too busy: twice as many, and no fewer than it asks for. */
function longer(pauseS: number, asked = 0): number {
  return Math.max(pauseS * 2, Math.ceil(asked));
}
