import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { DomainException } from '@hetao/kernel';
import { rememberCaller } from './caller.decorator.js';
import { callerErrors } from './caller.errors.js';
import type { CallerIdentity } from './caller-identity.js';
import type { CallerResolver } from './caller-resolver.js';
import { policyOf } from './routes.js';
import type { RoutePolicy } from './route-policy.js';

/** Injects the service's CallerResolver. */
export const CALLER_RESOLVER = Symbol('hetao.caller-resolver');
/** Injects the service's name, from which default scopes are made. */
export const SERVICE_NAME = Symbol('hetao.service-name');

/** Turns away everybody whom a route does not name. Global, so that a new route starts closed. */
@Injectable()
export class CallerGuard implements CanActivate {
  readonly #resolver: CallerResolver;
  readonly #serviceName: string;

  constructor(@Inject(CALLER_RESOLVER) resolver: CallerResolver, @Inject(SERVICE_NAME) serviceName: string) {
    this.#resolver = resolver;
    this.#serviceName = serviceName;
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const policy = policyOf(context.getClass(), context.getHandler());
    // Start-up refuses undeclared routes; should one slip through, nobody passes.
    if (policy === undefined) return false;
    if (policy.access === 'public') return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const caller = await this.#resolver.resolve(request);
    if (caller === undefined) {
      throw new DomainException(callerErrors.CALLER_MISSING('The request does not say who sends it.'));
    }
    assertAllowed(caller, policy);
    assertScope(caller, requiredScopes(policy, request.method, this.#serviceName));
    rememberCaller(request, caller);
    return true;
  }
}

type CallerPolicy = Extract<RoutePolicy, { access: 'callers' }>;

function assertAllowed(caller: CallerIdentity, policy: CallerPolicy): void {
  const roles = caller.via === 'system' ? ['system', ...caller.personas] : caller.personas;
  if (roles.some((role) => (policy.allow as readonly string[]).includes(role))) return;
  throw new DomainException(
    callerErrors.PERSONA_NOT_ALLOWED(
      `This needs one of the roles ${policy.allow.join(', ')}; you have ${roles.join(', ') || 'none'}.`,
      { meta: { allowed: [...policy.allow] } },
    ),
  );
}

function assertScope(caller: CallerIdentity, required: readonly string[]): void {
  if (caller.via !== 'api_key') return;
  if (caller.scopes.includes('*') || required.some((scope) => caller.scopes.includes(scope))) return;
  throw new DomainException(
    callerErrors.SCOPE_MISSING(`This needs one of the scopes ${required.join(', ')}.`, {
      meta: { required: [...required] },
    }),
  );
}

function requiredScopes(policy: CallerPolicy, method: string, serviceName: string): readonly string[] {
  if (policy.scopes.length > 0) return policy.scopes;
  return [`${serviceName}:${method === 'GET' || method === 'HEAD' ? 'read' : 'write'}`];
}
