import { createHash } from 'node:crypto';
import { Inject, Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { from, lastValueFrom, type Observable } from 'rxjs';
import { canonicalJson, DomainException, type Clock } from '@hetao/kernel';
import type { TransactionOptions } from '@hetao/persistence';
import { callerOf } from '../caller/caller.decorator.js';
import { CLOCK } from '../service/tokens.js';
import { idempotencyErrors } from './idempotency.errors.js';
import { claimKey, storeAnswer, type KeyedRequest, type StoredAnswer } from './idempotency-keys.js';
import { keyDemandOf } from './key-demand.js';
import { RequestUnitOfWork } from './request-unit-of-work.js';

/** Headers of an answer that mean something when it is given again. */
const KEPT_HEADERS = ['location', 'etag', 'content-type'] as const;
const KEY = /^[\x21\x23-\x5b\x5d-\x7e]{1,200}$/;

/** Does what `@Idempotent()` and `@Repeatable()` promise: the one implementation of both. */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor<unknown, unknown> {
  readonly #uow: RequestUnitOfWork;
  readonly #clock: Clock;

  constructor(uow: RequestUnitOfWork, @Inject(CLOCK) clock: Clock) {
    this.#uow = uow;
    this.#clock = clock;
  }

  intercept(context: ExecutionContext, next: CallHandler<unknown>): Observable<unknown> {
    const demand = keyDemandOf(context.getHandler());
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const isKeyed = request.headers['idempotency-key'] !== undefined || demand?.isRequired === true;
    return isKeyed ? from(this.#once(context, next, demand?.options)) : next.handle();
  }

  async #once(context: ExecutionContext, next: CallHandler<unknown>, options?: TransactionOptions): Promise<unknown> {
    const http = context.switchToHttp();
    const request = keyedRequest(http.getRequest<FastifyRequest>());
    const reply = http.getResponse<FastifyReply>();
    const outcome = await this.#uow.spanning(async (tx) => {
      const stored = await claimKey(tx, request, this.#clock.now());
      if (stored !== undefined) return { stored };
      const body = await lastValueFrom(next.handle(), { defaultValue: undefined });
      await storeAnswer(tx, request, answerOf(reply, body), this.#clock.now());
      return { body };
    }, options);
    void reply.header('idempotency-replayed', String('stored' in outcome));
    return outcome.stored === undefined ? outcome.body : replayed(reply, outcome.stored);
  }
}

function keyedRequest(request: FastifyRequest): KeyedRequest {
  const caller = callerOf(request);
  const tenant = caller === undefined ? 'public' : caller.organisationId || caller.subject;
  return {
    scope: `${tenant} ${request.method} ${request.routeOptions.url ?? request.url}`,
    key: keyIn(request.headers['idempotency-key']),
    hash: createHash('sha256')
      .update(`${request.method} ${request.url}\n`)
      .update(bodyBytes(request.body))
      .digest('hex'),
  };
}

/** The draft writes the key as a quoted string (RFC 8941 3.3.3); most clients send it bare. Both mean the same key. */
function keyIn(header: string | string[] | undefined): string {
  const text = typeof header === 'string' ? header.trim() : '';
  if (text === '') {
    throw new DomainException(idempotencyErrors.IDEMPOTENCY_KEY_MISSING('The header Idempotency-Key is missing.'));
  }
  const key = /^"(.*)"$/.exec(text)?.[1] ?? text;
  if (KEY.test(key)) return key;
  throw new DomainException(
    idempotencyErrors.IDEMPOTENCY_KEY_MALFORMED(
      'The Idempotency-Key is too long or has characters that are not allowed.',
    ),
  );
}

function bodyBytes(body: unknown): string | Buffer {
  if (body === undefined) return '';
  return Buffer.isBuffer(body) ? body : canonicalJson(body);
}

function answerOf(reply: FastifyReply, body: unknown): StoredAnswer {
  if (reply.statusCode < 200 || reply.statusCode >= 400) {
    throw new Error(`An idempotent handler must throw to refuse, not answer ${reply.statusCode} by itself.`);
  }
  const headers = KEPT_HEADERS.flatMap((name) => {
    const value = reply.getHeader(name);
    return value === undefined ? [] : [[name, String(value)] as const];
  });
  return {
    status: reply.statusCode,
    headers: Object.fromEntries(headers),
    body: body === undefined ? null : JSON.stringify(body),
  };
}

function replayed(reply: FastifyReply, answer: StoredAnswer): unknown {
  void reply.status(answer.status);
  for (const [name, value] of Object.entries(answer.headers)) void reply.header(name, value);
  return answer.body === null ? undefined : (JSON.parse(answer.body) as unknown);
}
