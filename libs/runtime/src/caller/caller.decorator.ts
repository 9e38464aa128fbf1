import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { CallerIdentity } from './caller-identity.js';

const callers = new WeakMap<object, CallerIdentity>();

/** Notes who sends a request; done by the guard. */
export function rememberCaller(request: FastifyRequest, caller: CallerIdentity): void {
  callers.set(request.raw, caller);
}

/** Who sends the request; undefined on public routes and before the guard has run. */
export function callerOf(request: FastifyRequest): CallerIdentity | undefined {
  return callers.get(request.raw);
}

/** Injects the {@link CallerIdentity} into a handler: `list(@Caller() caller: CallerIdentity)`. */
export const Caller = createParamDecorator((_data: unknown, context: ExecutionContext): CallerIdentity => {
  const caller = callerOf(context.switchToHttp().getRequest<FastifyRequest>());
  if (caller === undefined) {
    throw new Error('@Caller() is used on a @Public() route, where nobody has to say who they are.');
  }
  return caller;
});
