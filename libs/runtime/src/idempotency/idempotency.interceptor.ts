import { createHash } from 'node:crypto';
import {
  applyDecorators,
  Inject,
  Injectable,
  SetMetadata,
  UseInterceptors,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { from, lastValueFrom, type Observable } from 'rxjs';
import { canonicalJson, DomainException, type Clock } from '@hetao/kernel';
import type { TransactionOptions } from '@hetao/persistence';
import { callerOf } from '../caller/caller.decorator.js';
import { CLOCK } from '../service/tokens.js';
import { idempotencyErrors } from './idempotency.errors.js';
import { claimKey, storeAnswer, type KeyedRequest, type StoredAnswer } from './idempotency-keys.js';
import { RequestUnitOfWork } from './request-unit-of-work.js';

const OPTIONS_METADATA = 'hetao:idempotent';
/** Headers of an answer that mean something when it is given again. */
const KEPT_HEADERS = ['location', 'etag', 'content-type'] as const;
const KEY = /^[\x21\x23-\x5b\x5d-\x7e]{1,200}$/;

/**
 * Makes a command safe to repeat: it requires an Idempotency-Key, and a repetition within 24 hours gets the first
 * answer (marked `Idempotency-Replayed: true`) without a second effect. Every `uow.run` of the handler joins one
 * transaction, in which the answer is stored too. Answers of failures are not stored: nothing happened, so the
 * request may be mended or repeated under the same key.
 *
 * Make the answer from what the use case returns: a read on another connection would not see the open transaction.
 */
export function Idempotent(options: TransactionOptions = {}) {
  return applyDecorators(
    SetMetadata(OPTIONS_METADATA, options),
    UseInterceptors(IdempotencyInterceptor),
    ApiHeader({
      name: 'Idempotency-Key',
      required: true,
      description: 'A fresh UUID per intent; the same one when the request is repeated',
      schema: { type: 'string', minLength: 1, maxLength: 200 },
    }),
  );
}

/** Does what {@link Idempotent} promises. */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor<unknown, unknown> {
  readonly #uow: RequestUnitOfWork;
  readonly #clock: Clock;

  constructor(uow: RequestUnitOfWork, @Inject(CLOCK) clock: Clock) {
    this.#uow = uow;
    this.#clock = clock;
  }

  intercept(context: ExecutionContext, next: CallHandler<unknown>): Observable<unknown> {
    return from(this.#once(context, next));
  }

  async #once(context: ExecutionContext, next: CallHandler<unknown>): Promise<unknown> {
    const http = context.switchToHttp();
    const request = keyedRequest(http.getRequest<FastifyRequest>());
    const reply = http.getResponse<FastifyReply>();
    const options = Reflect.getMetadata(OPTIONS_METADATA, context.getHandler()) as TransactionOptions;
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
