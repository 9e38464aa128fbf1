import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { CallerIdentity, CallerResolver } from '@hetao/runtime';
import type { LiveSession } from './session.use-cases.js';

/** A caller as the door has established it, with what only the door needs to know. */
export interface KnownCaller {
  readonly identity: CallerIdentity;
  /** The account behind a session or a key. */
  readonly accountId: string;
  readonly email: string;
  /** Who is counted for rate limits. */
  readonly limitKey: string;
  /** Only for people. */
  readonly session?: LiveSession;
}

/** Remembers who sent a request, from the hook that found out to the routes and the proxy that need it. */
@Injectable()
export class CallerRegister implements CallerResolver {
  readonly #callers = new WeakMap<object, KnownCaller>();

  remember(request: FastifyRequest, caller: KnownCaller): void {
    this.#callers.set(request.raw, caller);
  }

  of(request: FastifyRequest): KnownCaller | undefined {
    return this.#callers.get(request.raw);
  }

  /** For the runtime's guard on the gateway's own routes: never the header, which outside callers could send too. */
  resolve(request: FastifyRequest): Promise<CallerIdentity | undefined> {
    return Promise.resolve(this.of(request)?.identity);
  }
}
