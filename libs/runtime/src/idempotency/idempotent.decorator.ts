import { applyDecorators, UseInterceptors } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { TransactionOptions } from '@hetao/persistence';
import { IdempotencyInterceptor } from './idempotency.interceptor.js';
import { setKeyDemand, type KeyDemand } from './key-demand.js';

/**
 * Makes a command safe to repeat: it requires an Idempotency-Key, and a repetition within 24 hours gets the first
 * answer (marked `Idempotency-Replayed: true`) without a second effect. Every `uow.run` of the handler joins one
 * transaction, in which the answer is stored too. Answers of failures are not stored: nothing happened, so the
 * request may be mended or repeated under the same key.
 *
 * Make the answer from what the use case returns: a read on another connection would not see the open transaction.
 *
 * For what a second time would do twice: money, access, a new thing.
 */
export function Idempotent(options: TransactionOptions = {}) {
  return keyed({ isRequired: true, options });
}

/**
 * As {@link Idempotent} for a request that brings a key; one without is served as if the route knew none. For steps of
 * a state machine: a second one cannot do harm, as it is refused. But whoever lost the answer on the way and repeats
 * the step could not tell that refusal from a real one: under its key the step is answered as it was the first time.
 */
export function Repeatable(options: TransactionOptions = {}) {
  return keyed({ isRequired: false, options });
}

function keyed(demand: KeyDemand) {
  return applyDecorators(
    setKeyDemand(demand),
    UseInterceptors(IdempotencyInterceptor),
    ApiHeader({
      name: 'Idempotency-Key',
      required: demand.isRequired,
      description: 'A fresh UUID per intent; the same one when the request is repeated',
      schema: { type: 'string', minLength: 1, maxLength: 200 },
    }),
  );
}
