import type { Client } from './generated/client/index.js';
import { keyedOperations } from './generated/keyed-operations.gen.js';
import { HetaoProblem, HetaoUnreachable, problemIn } from './problem.js';
import { patientFetch, type Patience } from './retry.js';

/** Where an exchange is, who asks it, and how patiently. */
export interface Connection extends Patience {
  /** As in `https://exchange.example`; empty in a page that the exchange itself served. */
  readonly baseUrl: string;
  /** `hx_live_…` or `hx_test_…`. Without one, only what is open to everybody answers, or whoever is signed in. */
  readonly apiKey?: string;
  /** The session's, from GET /v1/me: pages send it with everything that changes something. */
  readonly csrfToken?: () => string | undefined;
  /** Languages of titles, as in Accept-Language. */
  readonly language?: string;
  /** Whoever wants to see or to replace the requests. */
  readonly fetch?: typeof fetch;
}

const SAFE: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Makes a generated client patient and polite: the key goes with every request, commands that may be repeated carry an
 * Idempotency-Key of their own, and failures are {@link HetaoProblem} or {@link HetaoUnreachable}.
 *
 * @returns the same client
 */
export function equip(client: Client, connection: Connection): Client {
  const { baseUrl, apiKey, csrfToken, language } = connection;
  client.setConfig({
    baseUrl: baseUrl.replace(/\/+$/, ''),
    fetch: patientFetch(connection.fetch ?? ((...args) => globalThis.fetch(...args)), connection) as typeof fetch,
    // No key leaves for another address because a server says so.
    redirect: 'error',
    throwOnError: true,
    ...(apiKey === undefined ? { credentials: 'same-origin' as const } : { auth: keyFor(apiKey) }),
  });
  client.interceptors.request.use((request, { url, method }) => {
    if (language !== undefined) request.headers.set('accept-language', language);
    if (keyedOperations.has(`${method ?? request.method} ${url}`) && !request.headers.has('idempotency-key')) {
      request.headers.set('idempotency-key', crypto.randomUUID());
    }
    const token = SAFE.has(request.method) ? undefined : csrfToken?.();
    if (token !== undefined) request.headers.set('x-csrf-token', token);
    return request;
  });
  client.interceptors.error.use((error, response) => failureOf(error, response));
  return client;
}

/** The key stands in the Authorization header alone: the other way in, the cookie, is the browser's. */
function keyFor(apiKey: string) {
  return ({ scheme }: { readonly scheme?: string }) => (scheme === 'bearer' ? apiKey : undefined);
}

function failureOf(error: unknown, response: Response | undefined): unknown {
  if (error instanceof HetaoProblem || isAbort(error)) return error;
  if (response !== undefined && !response.ok) return problemIn(error, response);
  return new HetaoUnreachable(`The exchange could not be reached: ${reasonOf(error)}`, { cause: error });
}

/** `fetch failed` says nothing; what lies beneath it does. (Read by shape: errors of `fetch` may be of another realm.) */
function reasonOf(error: unknown): string {
  const { cause, code, message } = error as {
    readonly cause?: unknown;
    readonly code?: unknown;
    readonly message?: unknown;
  };
  if (typeof cause === 'object' && cause !== null) return reasonOf(cause);
  return [code, message].filter((part) => typeof part === 'string' && part !== '').join(': ') || String(error);
}

function isAbort(error: unknown): boolean {
  return error instanceof DOMException && (error.name === 'AbortError' || error.name === 'TimeoutError');
}
