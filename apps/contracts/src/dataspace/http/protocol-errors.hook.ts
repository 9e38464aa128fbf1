import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Problem } from '@hetao/runtime';
import { DSP_BASE_PATH, NIL_PID, wire, type WireMessage } from '../wire/context.js';

/** The error object of each part of the protocol. */
const ERROR_TYPES = [
  ['catalog', 'CatalogError'],
  ['negotiations', 'ContractNegotiationError'],
  ['transfers', 'TransferError'],
] as const;

/** What our own guards and parsers call things, in the words of the protocol. */
const CODES: Readonly<Record<string, string>> = {
  JSON_MALFORMED: 'BAD_MESSAGE',
  VALIDATION_FAILED: 'BAD_MESSAGE',
  MEDIA_TYPE_UNSUPPORTED: 'BAD_MESSAGE',
  INTERNAL_ERROR: 'INTERNAL',
};
/** To a peer, what does not fit is a bad request: 409 is what some of them retry for ever. */
const STATUSES: Readonly<Record<number, number>> = { 403: 404, 409: 400, 410: 400, 412: 400, 415: 400, 422: 400 };

/**
 * Turns every problem that leaves below our base into the error object the protocol wants there: refusals of our rules,
 * and as well what the server itself refuses (broken JSON, bodies too large, unknown routes, faults of ours).
 */
export function speakProtocolErrors(fastify: FastifyInstance): void {
  fastify.addHook('onSend', (request, reply, payload, done) => {
    const type = errorTypeFor(request);
    if (type === undefined || typeof payload !== 'string' || !isProblem(reply)) return done(null, payload);
    const problem = JSON.parse(payload) as Problem;
    void reply.status(STATUSES[problem.status] ?? problem.status).type('application/json; charset=utf-8');
    done(null, JSON.stringify(errorObject(type, problem)));
  });
}

function errorTypeFor(request: FastifyRequest): string | undefined {
  if (!request.url.startsWith(`${DSP_BASE_PATH}/`)) return undefined;
  const part = request.url.slice(DSP_BASE_PATH.length + 1).split(/[/?]/, 1)[0];
  return ERROR_TYPES.find(([path]) => path === part)?.[1];
}

function isProblem(reply: FastifyReply): boolean {
  return String(reply.getHeader('content-type') ?? '').startsWith('application/problem+json');
}

function errorObject(type: string, { code, detail, fix, errors = [], meta = {}, trace_id }: Problem): WireMessage {
  const pid = (name: string) => (typeof meta[name] === 'string' ? meta[name] : NIL_PID);
  const pids = type === 'CatalogError' ? {} : { providerPid: pid('providerPid'), consumerPid: pid('consumerPid') };
  const faults = errors.filter((item) => item.detail !== detail).map((item) => `${item.pointer}: ${item.detail}`);
  return wire(type, {
    ...pids,
    code: (CODES[code] ?? code).replace(/^DSP_/, ''),
    reason: [detail, ...faults, fix, `Trace ${trace_id}.`],
  });
}
