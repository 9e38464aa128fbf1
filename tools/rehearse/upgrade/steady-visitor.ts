import { setTimeout as pause } from 'node:timers/promises';
import type { Check } from '../../exchange/verify.js';

const EVERY_MS = 150;
const ANSWER_WITHIN_MS = 15_000;
const SHOWN = 5;

/**
 * Asks for the same few pages again and again, and counts whatever is not answered as it should be. As the ingress before a
 * gateway does, it sends a read once more when a kept connection ended under it (RFC 9112 section 9.3.1), and counts that, too.
 */
export class SteadyVisitor {
  readonly #faults: string[] = [];
  readonly #lanes: Promise<void>[];
  #asked = 0;
  #repeated = 0;
  #isLeaving = false;

  constructor(
    private readonly url: string,
    private readonly apiKey: string,
    paths: readonly string[],
  ) {
    this.#lanes = paths.map((path) => this.#lane(path));
  }

  /** Leaves. @returns whether every request was answered */
  async leave(): Promise<Check> {
    this.#isLeaving = true;
    await Promise.all(this.#lanes);
    const faults = this.#faults;
    return {
      what: 'every request answered all along',
      holds: faults.length === 0 && this.#asked > 0,
      detail:
        `${this.#asked} asked, ${faults.length} not answered, ` +
        `${this.#repeated} sent again on a new connection ${faults.slice(0, SHOWN).join('; ')}`,
    };
  }

  async #lane(path: string): Promise<void> {
    while (!this.#isLeaving) {
      const fault = await this.#ask(path, true);
      this.#asked += 1;
      if (fault !== undefined) this.#faults.push(`${path}: ${fault}`);
      await pause(EVERY_MS);
    }
  }

  async #ask(path: string, mayRepeat: boolean): Promise<string | undefined> {
    try {
      const headers = { authorization: `Bearer ${this.apiKey}` };
      const answer = await fetch(this.url + path, { headers, signal: AbortSignal.timeout(ANSWER_WITHIN_MS) });
      const text = await answer.text();
      return answer.ok ? undefined : `${answer.status} ${text.slice(0, 200)}`;
    } catch (error) {
      if (mayRepeat && isDropped(error)) {
        this.#repeated += 1;
        return this.#ask(path, false);
      }
      if (!(error instanceof Error)) return String(error);
      return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
    }
  }
}

/** The connection ended before a byte of an answer. */
function isDropped(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  const code: unknown = cause instanceof Error ? Reflect.get(cause, 'code') : undefined;
  return code === 'UND_ERR_SOCKET' || code === 'ECONNRESET';
}
