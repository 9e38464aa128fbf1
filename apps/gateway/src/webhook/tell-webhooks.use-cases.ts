import { Inject, Injectable } from '@nestjs/common';
import type { ReceivedEvent } from '@hetao/events';
import { deterministicId, type Clock, type JsonValue } from '@hetao/kernel';
import type { Tx } from '@hetao/persistence';
import { CLOCK, SERVICE_CONFIG } from '@hetao/runtime';
import type { GatewayConfig } from '../gateway.config.js';
import type { PublishedEvent } from './published-events.register.js';
import { SendWebhooks } from './send-webhooks.use-cases.js';
import { namedParties, toldFields, webhookBody } from './webhook-body.codec.js';
import { WebhookRepository } from './webhook.repository.js';

/** Writes down, in the transaction that heard of an event, what is to be told to whom. */
@Injectable()
export class TellWebhooks {
  readonly #webhooks: WebhookRepository;
  readonly #sender: SendWebhooks;
  readonly #config: GatewayConfig;
  readonly #clock: Clock;

  constructor(
    webhooks: WebhookRepository,
    sender: SendWebhooks,
    @Inject(SERVICE_CONFIG) config: GatewayConfig,
    @Inject(CLOCK) clock: Clock,
  ) {
    this.#webhooks = webhooks;
    this.#sender = sender;
    this.#config = config;
    this.#clock = clock;
  }

  /** The parties are told, and the exchange's own people of everything. */
  async execute(published: PublishedEvent, event: ReceivedEvent<unknown>, tx: Tx): Promise<void> {
    const data = event.data as Readonly<Record<string, JsonValue>>;
    const parties = await this.#webhooks.partiesOf(tx, event.subject, namedParties(published, data));
    const body = webhookBody(event.type, event.time, toldFields(published, data));
    const organisations = new Set([...parties, this.#config.EXCHANGE_ORGANISATION_ID]);
    let heard = false;
    for (const organisationId of organisations) {
      const id = deterministicId('msg', event.id, organisationId);
      const message = { id, organisationId, type: event.type, body, occurredAt: event.time };
      if (await this.#webhooks.tell(tx, message, this.#clock.now())) heard = true;
    }
    if (heard) tx.onCommitted(() => this.#sender.wake());
  }
}
