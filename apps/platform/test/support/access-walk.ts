import { accessTable, type AccessRow } from '@hetao/gateway';
import { CALLER_HEADER } from '@hetao/runtime';
import { callerToken, type TestCaller } from '@hetao/testing';
import type { HostedExchange } from './hosted-exchange.js';

/** What a route answered: its status, the code of its problem, and its text. */
export interface Answer {
  readonly status: number;
  readonly code: string | undefined;
  readonly text: string;
}

/** One row with the service it leads to. */
export interface Stop {
  readonly row: AccessRow;
  readonly method: string;
  /** With names that nobody has in the places of the template. */
  readonly path: string;
  /** The address of the service itself, behind the door; undefined for a row of the gateway. */
  readonly origin: string | undefined;
}

/** Somebody whom the gateway vouches for, as its header says it. */
export type Vouched = Readonly<Record<string, string>>;

/** A name of each sort, well formed and nobody's: what a place of a template does not know answers 404. */
const NOBODY: Readonly<Record<string, string>> = { period: '1999-01', day: '1999-01-01', line: '1', table: 'charges' };
const LANES = 12;
const WITHIN_MS = 20_000;

/** Every row of the table as a request that can be sent; a row of every method is tried with GET. */
export function stopsOf({ routes, hosted }: HostedExchange): readonly Stop[] {
  return accessTable.rows.map((row) => {
    const method = row.method === '*' ? 'GET' : row.method;
    const home = routes.find((route) => route.path === row.path && route.method === method);
    const origin = home === undefined || home.service === 'gateway' ? undefined : hosted.urls[home.service];
    return { row, method, path: named(row.path, {}), origin };
  });
}

/** The path of a template with these names, and with nobody's where none is given. */
export function named(template: string, names: Readonly<Record<string, string>>): string {
  return template
    .replace(/:(\w+)/g, (_whole, place: string) => names[place] ?? NOBODY[place] ?? 'xxx_00000000000000000000000000')
    .replace('*', 'x');
}

/** Signs for somebody; good for a minute. */
export async function vouchFor(caller: TestCaller): Promise<Vouched> {
  return { [CALLER_HEADER]: await callerToken(caller) };
}

/** Sends one request past the door, straight to the service. */
export function ask(stop: Stop, caller: Vouched, path = stop.path): Promise<Answer> {
  if (stop.origin === undefined) throw new Error(`${stop.row.path} is a route of the door itself.`);
  return send(stop.origin + path, stop.method, caller);
}

/** Sends one request to the door, with a key or nameless. */
export function knock(door: string, stop: Stop, key?: string): Promise<Answer> {
  return send(door + stop.path, stop.method, key === undefined ? {} : { authorization: `Bearer ${key}` });
}

/** Whether a status says that it went well. */
export function isGranted({ status }: Answer): boolean {
  return status >= 200 && status < 300;
}

async function send(url: string, method: string, headers: Readonly<Record<string, string>>): Promise<Answer> {
  const hasBody = method !== 'GET' && method !== 'DELETE';
  const response = await fetch(url, {
    method,
    headers: { ...headers, 'idempotency-key': 'walk', ...(hasBody && { 'content-type': 'application/json' }) },
    ...(hasBody && { body: '{}' }),
    redirect: 'manual',
    signal: AbortSignal.timeout(WITHIN_MS),
  });
  // A stream without an end is an answer all the same.
  const isStream = response.headers.get('content-type')?.startsWith('text/event-stream') === true;
  if (isStream) await response.body?.cancel();
  const text = isStream ? '' : await response.text();
  return { status: response.status, code: /"code":"([A-Z][A-Z0-9_]+)"/.exec(text)?.[1], text };
}

/** Runs the work over all of them, a bounded number at once, and gathers what it has to say. */
export async function faultsOf<T>(all: readonly T[], work: (one: T) => Promise<string | undefined>): Promise<string[]> {
  const faults: string[] = [];
  const waiting = [...all];
  const lane = async (): Promise<void> => {
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const fault = await work(next);
      if (fault !== undefined) faults.push(fault);
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return faults.sort();
}

/** A line about an answer that was not as the table says. */
export function said({ method, row }: Stop, { status, code }: Answer): string {
  return `${method} ${row.path} (${row.whose}): ${status} ${code ?? ''}`;
}
