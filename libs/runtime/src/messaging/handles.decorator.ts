import { UseFilters } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import type { EventDefinition, ReceivedEvent } from '@hetao/events';
import type { Tx } from '@hetao/persistence';
import { RethrowToConsumer } from './rethrow.filter.js';

/** Handlers bear this mark so that only our transport collects them. */
export const HETAO_TRANSPORT = Symbol('hetao.transport');

/** What the decorators leave with Nest for the transport strategy. */
export interface HandlerMark {
  readonly event: EventDefinition<unknown>;
  readonly mode: 'single' | 'batch';
}

type HandlerMethod<A> = (input: A, tx: Tx) => Promise<void>;

type HandlerDecorator<A> = <M extends HandlerMethod<A>>(
  target: object,
  key: string | symbol,
  descriptor: TypedPropertyDescriptor<M>,
) => void;

/**
 * Makes a controller's method the handler of one event: `(event: ReceivedEvent<T>, tx: Tx) => Promise<void>`.
 * Everything written and appended through `tx` commits together with the note that the event was handled; throwing
 * rolls all of it back, and the event comes again until the retry policy gives it to the dead letters.
 */
export function Handles<T>(event: EventDefinition<T>): HandlerDecorator<ReceivedEvent<T>> {
  return mark({ event, mode: 'single' });
}

/** As {@link Handles}, with many events of one type at once, in the order they came, in one transaction. */
export function HandlesBatch<T>(event: EventDefinition<T>): HandlerDecorator<readonly ReceivedEvent<T>[]> {
  return mark({ event, mode: 'batch' });
}

function mark(handler: HandlerMark) {
  return (target: object, key: string | symbol, descriptor: PropertyDescriptor): void => {
    // Nest passes handlers the payload alone unless the parameters say otherwise.
    Payload()(target, key, 0);
    Ctx()(target, key, 1);
    EventPattern(handler.event.type, HETAO_TRANSPORT, { ...handler })(target, key, descriptor);
    UseFilters(RethrowToConsumer)(target, key, descriptor);
  };
}
