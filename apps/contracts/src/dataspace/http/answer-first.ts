import { AsyncLocalStorage } from 'node:async_hooks';
import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Observable } from 'rxjs';

const answers = new AsyncLocalStorage<Promise<void>>();

/**
 * Answer first, then act: what a message makes us send leaves after its own answer has left, or the peer would hear of
 * our next step before it has heard that its own was taken.
 */
@Injectable()
export class AnswerFirst implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const { raw } = context.switchToHttp().getResponse<FastifyReply>();
    const answered = new Promise<void>((resolve) => raw.once('close', () => resolve()));
    return new Observable((subscriber) => answers.run(answered, () => next.handle().subscribe(subscriber)));
  }
}

/** Resolves when the request this code works on was answered; at once where there is none. */
export function answered(): Promise<void> {
  return answers.getStore() ?? Promise.resolve();
}
