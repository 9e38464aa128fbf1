import { setTimeout as pause } from 'node:timers/promises';
import { CommandError, type Options } from '../command-line/command-line.js';
import { readWord, required } from './options.js';

const TIMEOUT_MS = 20_000;
const MAX_BYTES = 1 << 20;
/** The receipt of what was registered a moment ago may be a turn of the sealer away. */
const TRIES = 10;
const PAUSE_MS = 500;

/** The exchange as a member with an API key sees it: through its door. */
export class Door {
  readonly #url: string;
  readonly #key: string;

  private constructor(url: string, key: string) {
    this.#url = url;
    this.#key = key;
  }

  /** By `--url` and `--api-key-file`; the key is in a file, since arguments show in lists of processes. */
  static async from(options: Options): Promise<Door> {
    const url = required(options, 'url');
    if (!/^https?:\/\//.test(url)) throw new CommandError('--url is no http(s) address.');
    return new Door(url, await readWord(required(options, 'api-key-file')));
  }

  /** @throws Error with what the exchange answered: code, detail and fix. */
  async send(method: 'GET' | 'POST', path: string, body?: unknown): Promise<Record<string, unknown>> {
    const answer = await this.#ask(method, path, body);
    if (answer.status >= 200 && answer.status < 300) return answer.body;
    throw refusal(answer);
  }

  /** A receipt, asked for until there is a checkpoint over it. */
  async receipt(path: string): Promise<Record<string, unknown>> {
    for (let attempt = 1; ; attempt += 1) {
      const answer = await this.#ask('GET', path);
      if (answer.status === 200) return answer.body;
      if (answer.body['code'] !== 'RECEIPT_NOT_READY' || attempt === TRIES) throw refusal(answer);
      await pause(PAUSE_MS);
    }
  }

  async #ask(method: string, path: string, body?: unknown) {
    const response = await fetch(new URL(path, this.#url), {
      method,
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
      headers: {
        authorization: `Bearer ${this.#key}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (Number(response.headers.get('content-length') ?? 0) > MAX_BYTES) throw new Error('The answer is too long.');
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  }
}

function refusal({ status, body }: { readonly status: number; readonly body: Record<string, unknown> }): Error {
  const said = ['code', 'detail', 'fix'].map((name) => body[name]).filter((text) => typeof text === 'string');
  return new Error(`The exchange answered ${status}: ${said.join(' – ')}`);
}
