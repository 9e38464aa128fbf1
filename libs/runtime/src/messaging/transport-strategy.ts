import { type CustomTransportStrategy, type MessageHandler, Server } from '@nestjs/microservices';
import { isObservable, lastValueFrom } from 'rxjs';
import type { ReceivedEvent } from '@hetao/events';
import type { Consumer, Subscription } from '@hetao/messaging';
import type { Tx } from '@hetao/persistence';
import { HETAO_TRANSPORT, type HandlerMark } from './handles.decorator.js';

/** Joins a consumer group for the given subscriptions; messaging's `Transport.consume` behind it. */
export type JoinGroup = (subscriptions: Subscription[]) => Promise<Consumer>;

/** Told about each call of a handler, for metrics. */
export type HandlingObserver = (handling: {
  readonly event: string;
  readonly count: number;
  readonly seconds: number;
  readonly failed: boolean;
}) => void;

interface CollectedHandler extends HandlerMark {
  readonly call: (input: unknown, tx: Tx) => Promise<void>;
}

/**
 * Brings Nest's message handlers to our own consumers. Nest's stock Kafka server is not used: it renames the group,
 * has no batches, retries a poison message for ever and knows no dead letters.
 */
export class HetaoTransportStrategy extends Server implements CustomTransportStrategy {
  override readonly transportId = HETAO_TRANSPORT;
  readonly #join: JoinGroup;
  readonly #observe: HandlingObserver;
  readonly #handlers: CollectedHandler[] = [];
  #consumer: Consumer | undefined;

  constructor(join: JoinGroup, observe: HandlingObserver) {
    super();
    this.#join = join;
    this.#observe = observe;
  }

  /** Called by Nest once per decorated method; the base class would keep one handler a pattern and chain the rest. */
  override addHandler(
    _pattern: unknown,
    callback: MessageHandler<unknown, Tx>,
    _isEventHandler = false,
    extras: Record<string, unknown> = {},
  ): void {
    const { event, mode } = extras as unknown as HandlerMark;
    this.#handlers.push({
      event,
      mode,
      call: async (input, tx) => {
        const outcome: unknown = await callback(input, tx);
        // A failed handler comes back as a stream that errors (see RethrowToConsumer).
        if (isObservable(outcome)) await lastValueFrom(outcome, { defaultValue: undefined });
      },
    });
  }

  /** One subscription an event; several handlers of the same event run one after the other in the same transaction. */
  subscriptions(): Subscription[] {
    const byType = new Map<string, CollectedHandler[]>();
    for (const handler of this.#handlers) {
      byType.set(handler.event.type, [...(byType.get(handler.event.type) ?? []), handler]);
    }
    return [...byType.values()].map((handlers) => this.#subscription(handlers));
  }

  /** Nest's way to start a transport: joins the group, or reports why not. A service without handlers joins nothing. */
  override async listen(callback: (error?: unknown) => void): Promise<void> {
    try {
      const subscriptions = this.subscriptions();
      if (subscriptions.length > 0) this.#consumer = await this.#join(subscriptions);
      callback();
    } catch (error) {
      callback(error);
    }
  }

  /** Lets handlers in flight finish, then leaves the group. */
  override async close(): Promise<void> {
    const consumer = this.#consumer;
    this.#consumer = undefined;
    await consumer?.stop();
  }

  /** The consumer, once it has joined. */
  get consumer(): Consumer | undefined {
    return this.#consumer;
  }

  override on(): never {
    throw new Error('The transport has no events of its own; look at /readyz and the metrics.');
  }

  override unwrap<T>(): T {
    return this.#consumer as T;
  }

  #subscription(handlers: readonly CollectedHandler[]): Subscription {
    const { event, mode } = handlers[0] as CollectedHandler;
    if (handlers.some((handler) => handler.mode !== mode)) {
      throw new Error(`${event.type} is handled both singly and in batches by one service; choose one of the two.`);
    }
    return {
      event,
      mode,
      handle: async (events, tx) => {
        for (const handler of handlers) await this.#call(handler, events, tx);
      },
    };
  }

  async #call(handler: CollectedHandler, events: readonly ReceivedEvent<unknown>[], tx: Tx): Promise<void> {
    const startedAt = performance.now();
    let failed = true;
    try {
      if (handler.mode === 'batch') await handler.call(events, tx);
      else for (const event of events) await handler.call(event, tx);
      failed = false;
    } finally {
      const seconds = (performance.now() - startedAt) / 1000;
      this.#observe({ event: handler.event.type, count: events.length, seconds, failed });
    }
  }
}
