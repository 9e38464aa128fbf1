import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { operationsOf, type ApiDocument, type PlacedOperation } from '../../../../tools/api/operations.js';
import { rightRequests, wrongRequests, type ApiRequest } from './request-arbitraries.js';
import { repositoryRoot } from './trade-run.js';

/** Who asks, by role: an API key, or nobody. */
export type Askers = Readonly<Record<string, string | undefined>>;

export interface Campaign {
  readonly requests: number;
  /** How often each status was answered. */
  readonly statuses: Readonly<Record<string, number>>;
  /** Answers that nobody is promised: what was asked by whom, and what was answered. */
  readonly faults: readonly string[];
}

const WITHIN_MS = 20_000;
const AT_ONCE = 8;
const MAX_FAULTS = 50;
const MAX_SHOWN = 600;
const ID = /\b[a-z]{2,4}_[0-7][0-9a-hjkmnp-tv-z]{25}\b/g;
/** Ends what the campaign itself stands on: who asks, and whether he may. */
const NEVER: ReadonlySet<string> = new Set([
  'revokeApiKey',
  'rollApiKey',
  'suspendParticipant',
  'endParticipation',
  'endSession',
  'removeMember',
]);

/** The document that the repository holds. */
export function committedDocument(): ApiDocument {
  return JSON.parse(readFileSync(join(repositoryRoot, 'libs/client/openapi.json'), 'utf8')) as ApiDocument;
}

/**
 * Asks every operation of the document as right and as wrong as one can, in each role in turn, and holds the answers to
 * the document: never 5xx, a problem with its code for every refusal, a promised status and media type for the rest.
 *
 * @param runs rounds over all operations; each brings one right and one wrong request for each operation and role group
 * @param seed the same one gives the same requests, as far as the exchange gives the same ids
 */
export async function askEverything(
  url: string,
  askers: Askers,
  { runs, seed }: { readonly runs: number; readonly seed: number },
): Promise<Campaign> {
  const document = committedDocument();
  const ids = new Set<string>();
  const statuses: Record<string, number> = {};
  const faults: string[] = [];
  const roles = Object.keys(askers);
  let requests = 0;
  const askOne = async (placed: PlacedOperation, request: ApiRequest, role: string) => {
    requests += 1;
    const { status, text, type } = await send(url, request, askers[role]);
    statuses[status] = (statuses[status] ?? 0) + 1;
    for (const id of text.match(ID) ?? []) ids.add(id);
    const fault = faultIn(placed, { status, text, type });
    if (fault !== undefined && faults.length < MAX_FAULTS) faults.push(shown(fault, request, role, text));
  };
  for (let run = 0; run < runs; run += 1) {
    const work = operationsOf(document)
      .filter(({ operation }) => !NEVER.has(operation.operationId))
      .flatMap((placed, at) =>
        [rightRequests, wrongRequests].map((requestsOf, kind) => ({ placed, requestsOf, at: at + kind + run })),
      );
    await inTurns(work, async ({ placed, requestsOf, at }) => {
      const [request] = fc.sample(requestsOf(placed, { document, ids }), { seed: seed + run * 7_919 + at, numRuns: 1 });
      if (request !== undefined) await askOne(placed, request, roles[at % roles.length] ?? '');
    });
  }
  return { requests, statuses, faults };
}

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly text: string;
}

async function send(
  url: string,
  { method, target, headers, body }: ApiRequest,
  key: string | undefined,
): Promise<Answer> {
  const answer = await fetch(url + target, {
    method,
    redirect: 'manual',
    signal: AbortSignal.timeout(WITHIN_MS),
    headers: { ...headers, ...(key === undefined ? {} : { authorization: `Bearer ${key}` }) },
    ...(body === undefined || method === 'GET' ? {} : { body }),
  });
  const type = answer.headers.get('content-type')?.split(';', 1)[0] ?? '';
  // A stream of events has no end; that it began is all there is to say.
  if (type === 'text/event-stream') await answer.body?.cancel();
  return { status: answer.status, type, text: type === 'text/event-stream' ? '' : await answer.text() };
}

function faultIn({ operation }: PlacedOperation, { status, type, text }: Answer): string | undefined {
  if (status === 503 && text.includes('"REQUEST_TIMED_OUT"')) return 'took too long';
  // A service that stands on something outside says that it is not there.
  if (status >= 500 && status !== 503) return `answered ${status}`;
  if (status >= 400) return refusalFault(status, type, text);
  const promised = operation.responses[String(status)];
  if (promised === undefined) return `answered ${status}, which the document does not promise`;
  const types = Object.keys(promised.content ?? {});
  if (types.length > 0 && type !== '' && !types.includes(type))
    return `answered ${type}, where ${types.join(', ')} is promised`;
  return undefined;
}

function refusalFault(status: number, type: string, text: string): string | undefined {
  if (type !== 'application/problem+json') return `refused with ${status} ${type} instead of a problem`;
  const problem = JSON.parse(text) as { readonly code?: unknown; readonly fix?: unknown; readonly status?: unknown };
  const whole = typeof problem.code === 'string' && typeof problem.fix === 'string' && problem.status === status;
  return whole ? undefined : 'refused without code, fix and status';
}

function shown(fault: string, { method, target, body, headers }: ApiRequest, role: string, text: string): string {
  const sent = body === undefined ? '' : ` ${headers['content-type']} ${body.slice(0, MAX_SHOWN)}`;
  return `${method} ${target.slice(0, MAX_SHOWN)} as ${role} ${fault}:${sent} → ${text.slice(0, MAX_SHOWN)}`;
}

async function inTurns<T>(work: readonly T[], act: (item: T) => Promise<void>): Promise<void> {
  const left = work[Symbol.iterator]();
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (const item of left) await act(item);
    }),
  );
}
