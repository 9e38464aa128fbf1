import { Transform, type Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { newId, ok, type Clock, type DomainError, type Result } from '@hetao/kernel';
import { rawRoute } from '@hetao/runtime';
import { boundBody } from '../routing/body-limit.hook.js';
import type { Door } from '../routing/door.hook.js';
import { refuse } from '../routing/refusal.reply.js';
import { routeFor } from '../routing/route-table.js';
import type { CallerRegister } from '../session/caller.register.js';
import type { Deliver, MerchantAnswer } from './deliver.use-cases.js';
import type { DeliveryRepository } from './delivery.repository.js';
import type { PermitDelivery, Refusal } from './permit.use-cases.js';
import type { RunningDeliveries } from './running-deliveries.register.js';
import type { Bearer, TransferTokens } from './transfer-token.use-cases.js';

/** What a delivery needs of the rest of the door. */
export interface DeliveryParts {
  readonly door: Pick<Door, 'addressOf'>;
  readonly register: Pick<CallerRegister, 'of'>;
  readonly permits: PermitDelivery;
  readonly tokens: TransferTokens;
  readonly deliver: Deliver;
  readonly deliveries: DeliveryRepository;
  readonly running: RunningDeliveries;
  readonly clock: Clock;
  /** Bounds of one answer. */
  readonly limits: { readonly bytes: number; readonly ms: number };
}

const PREFIX = '/v1/deliveries';
const BODILESS: ReadonlySet<string> = new Set(['GET', 'HEAD']);
/** What the buyer is refused before anything is written down of it; a call that went out was written down already. */
const NOT_BEGUN: ReadonlySet<string> = new Set(['DELIVERY_NOT_CONNECTED', 'DELIVERY_UPSTREAM_RESTING']);

/** `/v1/deliveries/{agreement_id}/…`: the merchant's service, as the licence lets this buyer use it. Bodies stream. */
export async function mountDeliveries(fastify: FastifyInstance, parts: DeliveryParts): Promise<void> {
  const limitBytes = routeFor(PREFIX)?.bodyLimitBytes ?? 0;
  await fastify.register((scope, _options, done) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
    scope.addHook('preParsing', async (request, reply, payload) => boundBody(request, reply, payload, limitBytes));
    scope.route({
      method: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
      url: `${PREFIX}/:agreementId/*`,
      config: rawRoute.ownCheck('The licence and the release are checked for every call.'),
      handler: (request, reply) => handle(request as DeliveryHttpRequest, reply, parts),
    });
    done();
  });
}

type DeliveryHttpRequest = FastifyRequest<{ Params: { agreementId: string; '*': string } }>;

async function handle(request: DeliveryHttpRequest, reply: FastifyReply, parts: DeliveryParts): Promise<void> {
  const { agreementId } = request.params;
  const bearer = await bearerOf(request, parts);
  if (!bearer.ok) return refuse(request, reply, bearer.error);
  const { organisationId: buyerId } = bearer.value;
  const purpose = request.headers['hetao-purpose']?.toString() ?? bearer.value.purpose;
  const at = parts.clock.now();
  const permitted = await parts.permits.execute({ agreementId, organisationId: buyerId, purpose, at });
  if (!permitted.ok) return refuseCall(request, reply, permitted.error, { ...parts, at, buyerId });
  const stop = new AbortController();
  reply.raw.once('close', () => stop.abort());
  const answer = await parts.deliver.execute(permitted.value, {
    method: request.method,
    path: pathOf(request),
    headers: request.headers,
    body: BODILESS.has(request.method) ? null : ((request.body as Readable | undefined) ?? null),
    address: parts.door.addressOf(request),
    requestId: String(request.headers['x-request-id']),
    signal: stop.signal,
  });
  if (!answer.ok) {
    if (!NOT_BEGUN.has(answer.error.code)) return refuse(request, reply, answer.error);
    const seconds = answer.error.meta?.['retry_after_seconds'];
    if (typeof seconds === 'number') void reply.header('retry-after', String(seconds));
    const refusal = { error: answer.error, grant: permitted.value.grant };
    return refuseCall(request, reply, refusal, { ...parts, at, buyerId });
  }
  await stream(reply, answer.value, stop, parts);
}

/** Somebody the door knows, or a peer with the token of a transfer. */
async function bearerOf(
  request: DeliveryHttpRequest,
  { register, tokens }: DeliveryParts,
): Promise<Result<Bearer, DomainError>> {
  const caller = register.of(request);
  if (caller !== undefined) return ok({ organisationId: caller.identity.organisationId, purpose: null });
  return tokens.bearer(request.headers.authorization, request.params.agreementId);
}

/**
 * Everything behind the agreement as the caller wrote it, with its query. It is cut at the slash, not by the length of the
 * id: that may be spelled longer than it reads, and what is left over would become part of the merchant's host.
 */
function pathOf(request: DeliveryHttpRequest): string {
  const rest = (request.raw.url ?? '').slice(`${PREFIX}/`.length);
  return rest.slice(rest.indexOf('/'));
}

/** Passes the answer on as it comes and writes down how it ended, whoever ended it. */
async function stream(
  reply: FastifyReply,
  { call, status, headers, body }: MerchantAnswer,
  stop: AbortController,
  { deliveries, running, clock, limits }: DeliveryParts,
): Promise<void> {
  let bytesOut = 0;
  let code: string | null = null;
  const counter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytesOut += chunk.byteLength;
      if (bytesOut <= limits.bytes) return done(null, chunk);
      code = 'DELIVERY_ANSWER_TOO_LARGE';
      done(new Error(code));
    },
  });
  const cut = (reason: string) => {
    code = reason;
    counter.destroy(new Error(reason));
    stop.abort();
  };
  running.add(call.id, call.grant.agreementId, () => cut('DELIVERY_STOPPED'));
  const tooLong = setTimeout(() => cut('DELIVERY_TOOK_TOO_LONG'), limits.ms);
  const ended = (complete: boolean) => {
    clearTimeout(tooLong);
    running.remove(call.id);
    const state = complete ? 'delivered' : 'stopped';
    const end = { state, status, bytesOut, code: complete ? null : (code ?? 'DELIVERY_CUT_OFF') } as const;
    return deliveries.end(call.id, { ...end, at: clock.now() });
  };
  body.once('error', (error) => counter.destroy(error));
  counter.once('close', () => {
    const complete = counter.readableEnded;
    ended(complete).catch((error: unknown) => reply.log.error({ err: error, call: call.id }, 'A call has no end'));
  });
  void reply.status(status).headers({ ...headers, 'hetao-call': call.id });
  await reply.send(body.pipe(counter));
}

async function refuseCall(
  request: DeliveryHttpRequest,
  reply: FastifyReply,
  { error, grant }: Refusal,
  { deliveries, at, buyerId }: Pick<DeliveryParts, 'deliveries'> & { readonly at: Date; readonly buyerId: string },
): Promise<void> {
  // Of an agreement the caller does not have there is nothing to remember, and strangers are not to fill the log.
  if (grant !== null) {
    const call = { id: newId('dlv'), grant, method: request.method, path: pathOf(request), at };
    await deliveries.refuse(call, { buyerId, code: error.code, detail: error.detail });
  }
  await refuse(request, reply, error);
}
