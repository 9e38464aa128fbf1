import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the server answers to one request; `drop` closes the connection without a word. */
export type Answer =
  { readonly status: number; readonly headers?: Record<string, string>; readonly body?: unknown } | 'drop';

export interface SeenRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** A server on loopback that answers by a script, and remembers what it was asked. */
export interface ScriptedExchange {
  readonly url: string;
  readonly seen: SeenRequest[];
  /** What is answered from now on: the answers in turn, the last of them for ever. */
  answers(...script: readonly (Answer | ((request: SeenRequest) => Answer))[]): void;
  close(): Promise<void>;
}

/** A problem as the exchange writes it. */
export function problem(status: number, code: string, retryAfter?: string): Answer {
  const body = {
    type: '/problems/x',
    title: 'No',
    status,
    detail: 'It is so.',
    instance: '/',
    code,
    fix: 'Mend it.',
    trace_id: 't',
  };
  const headers = { 'content-type': 'application/problem+json', ...(retryAfter ? { 'retry-after': retryAfter } : {}) };
  return { status, headers, body };
}

export async function startScriptedExchange(): Promise<ScriptedExchange> {
  let script: readonly (Answer | ((request: SeenRequest) => Answer))[] = [{ status: 200, body: {} }];
  const seen: SeenRequest[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      const told: SeenRequest = { method, url, headers, body: Buffer.concat(chunks).toString() };
      seen.push(told);
      const [now = { status: 500 }, ...rest] = script;
      if (rest.length > 0) script = rest;
      const answer = typeof now === 'function' ? now(told) : now;
      if (answer === 'drop') return void request.socket.destroy();
      response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers });
      response.end(JSON.stringify(answer.body ?? {}));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    answers(...next) {
      script = next;
      seen.length = 0;
    },
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
