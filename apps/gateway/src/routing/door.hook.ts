import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { DomainError, Result } from '@hetao/kernel';
import { callerErrors, SERVICE_CONFIG } from '@hetao/runtime';
import { accessTable, admits, type Whose } from '../access/access-table.js';
import { isSecure, type GatewayConfig } from '../gateway.config.js';
import { identityErrors } from '../identity/identity.errors.js';
import { mayChange, rolesThatChange, type MemberRole } from '../identity/member-role.js';
import { Authenticate } from '../session/authenticate.use-cases.js';
import { CallerRegister, type KnownCaller } from '../session/caller.register.js';
import { clientAddress } from './client-address.js';
import { acceptableRequestId } from './proxy-headers.js';
import { hasServiceToken, isOpen } from './open-paths.js';
import { refuse } from './refusal.reply.js';
import { rateLimitHeaders, tightestOf } from './rate-limit.headers.js';
import type { RateLimiter } from './rate.limiter.js';
import { checkTarget } from './request-target.js';
import { isSafeMethod, routeFor, scopeNeeded } from './route-table.js';
import { routingErrors } from './routing.errors.js';

/** For whoever runs the service; on the exchange's public name they are nobody's business. */
const PROBES: ReadonlySet<string> = new Set(['/livez', '/readyz', '/metrics']);
/** Where the files of pages lie; the same for everybody. */
const FILES = /^\/(?:portal|assets)\//;
const BODILESS: ReadonlySet<string> = new Set(['GET', 'HEAD']);

/** Everything a request has to pass before any route sees it. Deny first: under /v1 few addresses do without a name. */
@Injectable()
export class Door {
  readonly #config: GatewayConfig;
  readonly #authenticate: Authenticate;
  readonly #register: CallerRegister;

  constructor(@Inject(SERVICE_CONFIG) config: GatewayConfig, authenticate: Authenticate, register: CallerRegister) {
    this.#config = config;
    this.#authenticate = authenticate;
    this.#register = register;
  }

  /** The hook. An answer sent here ends the request. */
  async admit(request: FastifyRequest, reply: FastifyReply, limiter: RateLimiter): Promise<void> {
    dropForgedHeaders(request);
    this.#dress(request, reply);
    const target = checkTarget(request.raw.url ?? '');
    if (!target.ok) return refuse(request, reply, target.error);
    if (hasUnexpectedBody(request)) {
      const detail = `${request.method} has no body, but one was announced.`;
      return refuse(
        request,
        reply,
        routingErrors.REQUEST_TARGET_INVALID(detail, { fix: 'Send the request without a body.' }),
      );
    }
    const { path } = target.value;
    if (PROBES.has(path)) {
      if (!this.#isPublicName(request)) return;
      reply.callNotFound();
      return void (await reply);
    }
    const known = this.#needsName(request, path) ? await this.#identify(request, path) : undefined;
    const readings =
      known?.ok === true
        ? await limiter.caller(request, {
            key: known.value.limitKey,
            organisation: known.value.identity.organisationId,
          })
        : await limiter[isFile(request.method, path) ? 'file' : 'anonymous'](request, this.addressOf(request));
    void reply.headers(rateLimitHeaders(readings));
    const tightest = tightestOf(readings);
    if (tightest?.exceeded === true) {
      const detail = `${tightest.quota} requests in ${tightest.windowSeconds} s are allowed for each ${tightest.policy}.`;
      return refuse(request, reply, routingErrors.RATE_LIMITED(detail, { meta: { policy: tightest.policy } }));
    }
    if (known === undefined) return;
    if (!known.ok) return refuse(request, reply, known.error);
    const refusal = accessRefusal(request.method, path, known.value);
    if (refusal !== undefined) return refuse(request, reply, refusal);
    this.#register.remember(request, known.value);
  }

  /** Where the request came from, past our own proxies. */
  addressOf(request: FastifyRequest): string {
    const forwarded = request.headers['x-forwarded-for']?.toString();
    return clientAddress(request.socket.remoteAddress ?? '', forwarded, this.#config.TRUSTED_PROXIES);
  }

  /** Who gives a name is held to it, even where none is needed. */
  #needsName(request: FastifyRequest, path: string): boolean {
    if (path !== '/v1' && !path.startsWith('/v1/')) return false;
    if (hasServiceToken(request.method, path, request.headers.authorization)) return false;
    return this.#authenticate.isTried(request) || !isOpen(request.method, path);
  }

  #identify(request: FastifyRequest, path: string): Promise<Result<KnownCaller, DomainError>> {
    const route = routeFor(path);
    // An address that does not exist is told to known callers only, so any scope will do to be known.
    const scope = route === undefined ? 'identity:read' : scopeNeeded(route, request.method);
    return this.#authenticate.execute(request, scope);
  }

  #dress(request: FastifyRequest, reply: FastifyReply): void {
    const given = request.headers['x-request-id'];
    const requestId = acceptableRequestId(given) ?? randomUUID();
    request.headers['x-request-id'] = requestId;
    void reply.headers({
      'x-request-id': requestId,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'strict-origin-when-cross-origin',
      'cross-origin-opener-policy': 'same-origin',
      ...(isSecure(this.#config) ? { 'strict-transport-security': 'max-age=31536000' } : {}),
    });
  }

  #isPublicName(request: FastifyRequest): boolean {
    return this.#config.NODE_ENV === 'production' && request.headers.host === new URL(this.#config.PUBLIC_URL).host;
  }
}

/** What the access table says against this caller; the service behind the door will look for itself. */
function accessRefusal(method: string, path: string, { identity, roles }: KnownCaller): DomainError | undefined {
  const row = accessTable.rowFor(method, path);
  if (row === undefined || typeof row.who === 'string') return undefined;
  if (admits(row, identity)) return roleRefusal(method, path, row.whose, roles);
  const detail = `This needs one of the roles ${row.who.join(', ')}; you have ${identity.personas.join(', ')}.`;
  return callerErrors.PERSONA_NOT_ALLOWED(detail, { meta: { allowed: [...row.who] } });
}

/** What is one organisation's is changed by those of its members whose role it is. */
function roleRefusal(
  method: string,
  path: string,
  whose: Whose,
  roles: readonly MemberRole[],
): DomainError | undefined {
  const area = routeFor(path)?.scope;
  const isFree = isSafeMethod(method) || whose === 'self' || whose === 'market' || area === undefined;
  if (isFree || mayChange(roles, area)) return undefined;
  const needed = rolesThatChange(area);
  const detail = `This needs one of the roles ${needed.join(', ')} in your organisation; you have ${roles.join(', ')}.`;
  return identityErrors.MEMBER_ROLE_NEEDED(detail, { meta: { needed: [...needed] } });
}

/** Whoever sends one of these from outside wants to be taken for us. */
function dropForgedHeaders(request: FastifyRequest): void {
  for (const name of Object.keys(request.raw.headers)) {
    if (name.startsWith('x-hetao-')) delete request.raw.headers[name];
  }
}

function isFile(method: string, path: string): boolean {
  return BODILESS.has(method) && FILES.test(path);
}

function hasUnexpectedBody(request: FastifyRequest): boolean {
  if (!BODILESS.has(request.method)) return false;
  const { 'content-length': length, 'transfer-encoding': encoding } = request.headers;
  return encoding !== undefined || (length !== undefined && length !== '0');
}
