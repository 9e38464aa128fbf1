import { createHash } from 'node:crypto';

/** A refusal names each thing that is wrong; a person reads a few of them at a time. */
const MAX_ITEMS = 10;

/** What the exchange answered instead of what was asked: an RFC 9457 problem with its code and its mend. */
export class ExchangeProblem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly problem: {
      title?: string;
      detail?: string;
      fix?: string;
      trace_id?: string;
      errors?: readonly { pointer?: string; detail?: string }[];
    },
    readonly request: string,
  ) {
    const trace = problem.trace_id ? ` (trace ${problem.trace_id})` : '';
    const items = (problem.errors ?? [])
      .slice(0, MAX_ITEMS)
      .map((item) => ` [${item.pointer ?? ''}: ${item.detail ?? ''}]`);
    super(
      `${request} was answered ${status} ${code}: ${problem.detail ?? problem.title ?? ''} ${problem.fix ?? ''}${items.join('')}${trace}`,
    );
    this.name = 'ExchangeProblem';
  }
}

export interface ApiOptions {
  readonly baseUrl: string;
  readonly apiKey: string;
  /** How long an exchange that is away, restarting or asking us to slow down is waited for. */
  readonly patienceMs?: number;
}

interface Call {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly body?: unknown;
  readonly contentType?: string;
}

const RETRYABLE = new Set([408, 425, 429, 502, 503, 504]);
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 2_000;

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * The public API seen by one caller. Every POST carries an `Idempotency-Key` made from what it asks for, so that a retry
 * (or a second run of the same programme) is recognised as the same request. So is a step that is asked for once more on
 * purpose (suspended, resumed, suspended) within a day: give it another reason.
 */
export class ExchangeApi {
  readonly #patienceMs: number;

  constructor(private readonly options: ApiOptions) {
    this.#patienceMs = options.patienceMs ?? 60_000;
  }

  get<T>(path: string): Promise<T> {
    return this.#send<T>({ method: 'GET', path });
  }

  post<T>(path: string, body: unknown = {}, contentType = 'application/json'): Promise<T> {
    return this.#send<T>({ method: 'POST', path, body, contentType });
  }

  patch<T>(path: string, body: unknown): Promise<T> {
    return this.#send<T>({ method: 'PATCH', path, body });
  }

  put<T>(path: string, body: unknown): Promise<T> {
    return this.#send<T>({ method: 'PUT', path, body });
  }

  /** Every row of a collection, page after page. */
  async list<T>(path: string): Promise<T[]> {
    const rows: T[] = [];
    let cursor: string | null = null;
    const separator = path.includes('?') ? '&' : '?';
    do {
      const from: string = cursor ? `&cursor=${encodeURIComponent(cursor)}` : '';
      const page: { data: T[]; next_cursor: string | null } = await this.get(`${path}${separator}limit=100${from}`);
      rows.push(...page.data);
      cursor = page.next_cursor;
    } while (cursor);
    return rows;
  }

  async #send<T>(call: Call): Promise<T> {
    const giveUpAt = Date.now() + this.#patienceMs;
    for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
      const answer = await this.#once(call).catch((error: unknown) => error as Error);
      if (answer instanceof Response && answer.ok) {
        return (await answer.json().catch(() => ({}))) as T;
      }
      const failure = answer instanceof Response ? await problemOf(answer, call) : answer;
      const passing = !(failure instanceof ExchangeProblem) || isPassing(failure);
      if (!passing || Date.now() > giveUpAt) throw failure;
      await pause(pauseMs);
    }
  }

  #once(call: Call): Promise<Response> {
    const body =
      call.body === undefined ? undefined : typeof call.body === 'string' ? call.body : JSON.stringify(call.body);
    return fetch(`${this.options.baseUrl}${call.path}`, {
      method: call.method,
      redirect: 'error',
      signal: AbortSignal.timeout(30_000),
      headers: {
        authorization: `Bearer ${this.options.apiKey}`,
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': call.contentType ?? 'application/json' }),
        ...(call.method === 'POST' ? { 'idempotency-key': this.#idempotencyKey(call, body ?? '') } : {}),
      },
      ...(body === undefined ? {} : { body }),
    });
  }

  #idempotencyKey(call: Call, body: string): string {
    return createHash('sha256').update(`${this.options.apiKey}\n${call.path}\n${body}`).digest('base64url');
  }
}

/** What a request repeated as it was may find gone: a lost answer's first copy that is still at work, too. */
function isPassing({ status, code }: ExchangeProblem): boolean {
  return RETRYABLE.has(status) || code === 'IDEMPOTENCY_IN_PROGRESS';
}

async function problemOf(answer: Response, call: Call): Promise<ExchangeProblem> {
  const problem = (await answer.json().catch(() => ({}))) as {
    code?: string;
    title?: string;
    detail?: string;
    fix?: string;
  };
  return new ExchangeProblem(answer.status, problem.code ?? 'UNKNOWN', problem, `${call.method} ${call.path}`);
}

/** Asks again until the answer satisfies: facts travel between services as events, so what was done shows a moment later. */
export async function until<T>(what: string, ask: () => Promise<T | undefined>, withinMs = 60_000): Promise<T> {
  const giveUpAt = Date.now() + withinMs;
  for (let pauseMs = 25; ; pauseMs = Math.min(pauseMs * 1.5, 500)) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > giveUpAt) throw new Error(`${what} did not happen within ${withinMs / 1000} s`);
    await pause(pauseMs);
  }
}

const KNOWN_WITHIN_MS = 20_000;

/** Does what another service may not know enough for yet: facts travel as events, and arrive a moment later. */
export function whenKnown<T>(what: string, act: () => Promise<T>, withinMs = KNOWN_WITHIN_MS): Promise<T> {
  return until(
    what,
    async () => {
      try {
        return await act();
      } catch (error) {
        if (error instanceof ExchangeProblem && /_NOT_KNOWN_YET$|^PARTY_NOT_APPROVED$/.test(error.code))
          return undefined;
        throw error;
      }
    },
    withinMs,
  );
}
