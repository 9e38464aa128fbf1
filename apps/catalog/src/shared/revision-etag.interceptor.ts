import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { tap, type Observable } from 'rxjs';
import { etagOf } from '@hetao/runtime';

/** Sends the ETag with every answer that is one product, so that whoever reads it can change it next. */
export class RevisionEtag implements NestInterceptor<unknown, unknown> {
  intercept(context: ExecutionContext, next: CallHandler<unknown>): Observable<unknown> {
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return next.handle().pipe(
      tap((body) => {
        if (typeof body !== 'object' || body === null || !('revision' in body)) return;
        if (typeof body.revision === 'number') void reply.header('etag', etagOf(body.revision));
      }),
    );
  }
}
