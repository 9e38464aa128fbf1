import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { CallerIdentity } from './caller-identity.js';
import { CALLER_HEADER, type CallerVerifier } from './caller-token.js';

/** Injects the verifier made from the configured public keys. */
export const CALLER_VERIFIER = Symbol('hetao.caller-verifier');

/** Finds out who sends a request: undefined when it does not say; throws DomainException when what it says is wrong. */
export interface CallerResolver {
  resolve(request: FastifyRequest): Promise<CallerIdentity | undefined>;
}

/** The default: the identity that the gateway signed. */
@Injectable()
export class SignedCallerResolver implements CallerResolver {
  readonly #verify: CallerVerifier;

  constructor(@Inject(CALLER_VERIFIER) verify: CallerVerifier) {
    this.#verify = verify;
  }

  async resolve(request: FastifyRequest): Promise<CallerIdentity | undefined> {
    const token = request.headers[CALLER_HEADER];
    return typeof token === 'string' && token !== '' ? this.#verify(token) : undefined;
  }
}
