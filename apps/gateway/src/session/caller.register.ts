import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { CallerIdentity, CallerResolver } from '@hetao/runtime';
import type { Actor } from '../audit/audit.js';
import type { MemberRole } from '../identity/member-role.js';
import type { LiveSession } from './session.use-cases.js';

/** A caller as the door has established it, with what only the door needs to know. */
export interface KnownCaller {
  readonly identity: CallerIdentity;
  /** The account behind a session or a key. */
  readonly accountId: string;
  readonly email: string;
  /** What the account does for its organisation; a key can do no more. */
  readonly roles: readonly MemberRole[];
  /** Group of addresses the request came from. */
  readonly address: string;
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

  /** As {@link of}, behind the guard, which lets nobody pass whom the door does not know. */
  require(request: FastifyRequest): KnownCaller {
    const known = this.of(request);
    if (known === undefined) throw new Error('The guard let somebody through whom the door does not know.');
    return known;
  }

  /** Who acts in a request that the door let in, for the audit. */
  actorOf(request: FastifyRequest): Actor {
    const { identity, accountId, address } = this.require(request);
    const { subject, organisationId, via } = identity;
    const requestId = request.headers['x-request-id']?.toString() ?? null;
    return { subject, accountId, organisationId, via, requestId, address };
  }

  /** For the runtime's guard on the gateway's own routes: never the header, which outside callers could send too. */
  resolve(request: FastifyRequest): Promise<CallerIdentity | undefined> {
    return Promise.resolve(this.of(request)?.identity);
  }
}
