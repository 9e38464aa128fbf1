import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { tap, type Observable } from 'rxjs';

/** Says with `Link: rel="next"` (RFC 8288) where the next page of a list is, beside `next_cursor` in its body. */
export class PageLinkInterceptor implements NestInterceptor<unknown, unknown> {
  intercept(context: ExecutionContext, next: CallHandler<unknown>): Observable<unknown> {
    if (context.getType() !== 'http') return next.handle();
    const http = context.switchToHttp();
    return next.handle().pipe(
      tap((body) => {
        const cursor = nextCursorOf(body);
        if (cursor === undefined) return;
        const { url } = http.getRequest<FastifyRequest>();
        const [path = '/', query = ''] = url.split('?', 2);
        const parameters = new URLSearchParams(query);
        parameters.set('cursor', cursor);
        void http.getResponse<FastifyReply>().header('link', `<${path}?${parameters.toString()}>; rel="next"`);
      }),
    );
  }
}

function nextCursorOf(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null || !('next_cursor' in body)) return undefined;
  return typeof body.next_cursor === 'string' ? body.next_cursor : undefined;
}
