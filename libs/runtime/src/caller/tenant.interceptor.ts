import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Observable } from 'rxjs';
import { seesEveryTenant } from '@hetao/kernel';
import { asTenant } from '@hetao/persistence';
import { callerOf } from './caller.decorator.js';

/**
 * Lets a handler and everything it calls work on behalf of the caller's organisation, so that the database's own policies
 * hold back what a query forgot to. Operators, auditors and our own processes see all; so do public routes, which know
 * no caller, and handlers of events and jobs, which are nobody's in particular.
 */
export class TenantInterceptor implements NestInterceptor<unknown, unknown> {
  intercept(context: ExecutionContext, next: CallHandler<unknown>): Observable<unknown> {
    if (context.getType() !== 'http') return next.handle();
    const caller = callerOf(context.switchToHttp().getRequest<FastifyRequest>());
    if (caller === undefined || seesEveryTenant(caller)) return next.handle();
    return new Observable((subscriber) => asTenant(caller.organisationId, () => next.handle().subscribe(subscriber)));
  }
}
