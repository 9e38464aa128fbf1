import { Controller } from '@nestjs/common';
import type { ReceivedEvent } from '@hetao/events';
import type { Tx } from '@hetao/persistence';
import { Handles } from '@hetao/runtime';
import { publishedEvents, type PublishedEvent } from './published-events.register.js';
import { TellWebhooks } from './tell-webhooks.use-cases.js';

/** Hears every event that may leave the exchange; its handlers are the rows of {@link publishedEvents}, one each. */
@Controller()
export class WebhookSubscriber {
  readonly #tell: TellWebhooks;

  constructor(tell: TellWebhooks) {
    this.#tell = tell;
  }

  /** @internal */
  tell(published: PublishedEvent, event: ReceivedEvent<unknown>, tx: Tx): Promise<void> {
    return this.#tell.execute(published, event, tx);
  }
}

for (const published of publishedEvents) {
  const name = `on ${published.event.type}`;
  const value = function (this: WebhookSubscriber, event: ReceivedEvent<unknown>, tx: Tx): Promise<void> {
    return this.tell(published, event, tx);
  };
  const descriptor = { value, writable: true, configurable: true };
  Object.defineProperty(WebhookSubscriber.prototype, name, descriptor);
  Handles(published.event)(WebhookSubscriber.prototype, name, descriptor);
}
