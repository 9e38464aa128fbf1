import { Injectable } from '@nestjs/common';
import { newId } from '@hetao/kernel';
import type { Tx } from '@hetao/persistence';
import { ownTypes } from './published-events.register.js';
import { webhookBody } from './webhook-body.codec.js';
import type { Verdict } from './webhook.js';
import { WebhookRepository } from './webhook.repository.js';

/** Tells an organisation's other endpoints, by the same way, that one of them was disabled. */
@Injectable()
export class EndpointNews {
  readonly #webhooks: WebhookRepository;

  constructor(webhooks: WebhookRepository) {
    this.#webhooks = webhooks;
  }

  /** In the transaction that disables it: no endpoint falls silent unnoticed. */
  async disabled(
    tx: Tx,
    {
      endpointId,
      organisationId,
      url,
    }: { readonly endpointId: string; readonly organisationId: string; readonly url: string },
    reason: Verdict['disable'],
    at: Date,
  ): Promise<void> {
    const type = ownTypes.disabled;
    const body = webhookBody(type, at, { endpointId, url, reason, disabledAt: at.toISOString() });
    const message = { id: newId('msg'), organisationId, type, body, occurredAt: at };
    await this.#webhooks.tell(tx, message, at);
  }
}
