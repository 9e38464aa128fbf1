import { Inject, Injectable } from '@nestjs/common';
import { err, newId, ok, type Clock, type Result } from '@hetao/kernel';
import { UnitOfWork, type Tx } from '@hetao/persistence';
import { CLOCK } from '@hetao/runtime';
import { ownTypes } from './published-events.register.js';
import { SendWebhooks } from './send-webhooks.use-cases.js';
import { webhookBody } from './webhook-body.codec.js';
import { webhookErrors, type WebhookError } from './webhook.errors.js';
import { maxReplay, type WebhookEndpoint } from './webhook.js';
import { WebhookRepository } from './webhook.repository.js';

/** Which messages are to be sent again. */
export interface ReplayRange {
  readonly from: Date;
  readonly until: Date;
  /** Empty: every type. */
  readonly types: readonly string[];
}

/** Sends again what was sent, or might have been: one message, a range of them, or one that only tries the way. */
@Injectable()
export class ReplayWebhooks {
  readonly #uow: UnitOfWork;
  readonly #webhooks: WebhookRepository;
  readonly #sender: SendWebhooks;
  readonly #clock: Clock;

  constructor(uow: UnitOfWork, webhooks: WebhookRepository, sender: SendWebhooks, @Inject(CLOCK) clock: Clock) {
    this.#uow = uow;
    this.#webhooks = webhooks;
    this.#sender = sender;
    this.#clock = clock;
  }

  /** @returns the id of the delivery. */
  one(organisationId: string, deliveryId: string): Promise<Result<string, WebhookError>> {
    return this.#uow.runResult(async (tx) => {
      const [found] = await tx.query<{ messageId: string; endpointId: string }>(
        `SELECT d.message_id AS "messageId", d.endpoint_id AS "endpointId" FROM webhook_deliveries d
         JOIN webhook_endpoints e ON e.id = d.endpoint_id WHERE d.id = $1 AND e.organisation_id = $2`,
        [deliveryId, organisationId],
      );
      if (found === undefined) {
        return err(webhookErrors.WEBHOOK_DELIVERY_UNKNOWN(`There is no ${deliveryId} to an endpoint of yours.`));
      }
      const endpoint = await this.#listening(tx, organisationId, found.endpointId);
      if (!endpoint.ok) return endpoint;
      return ok(await this.#send(tx, { ...found, replayOf: deliveryId }));
    });
  }

  /** @returns how many messages are sent again: those of the range that the endpoint asks for, oldest first. */
  range(organisationId: string, endpointId: string, range: ReplayRange): Promise<Result<number, WebhookError>> {
    return this.#uow.runResult(async (tx) => {
      const endpoint = await this.#listening(tx, organisationId, endpointId);
      if (!endpoint.ok) return endpoint;
      const messages = await tx.query<{ id: string }>(
        `SELECT id FROM webhook_messages WHERE organisation_id = $1 AND created_at >= $2 AND created_at < $3
           AND ($4::text[] = '{}' OR type = ANY($4)) AND ($5::text[] = '{}' OR type = ANY($5))
         ORDER BY created_at, id LIMIT $6`,
        [organisationId, range.from, range.until, range.types, endpoint.value.types, maxReplay + 1],
      );
      if (messages.length > maxReplay) {
        const detail = `There are more than ${maxReplay} messages between ${range.from.toISOString()} and ${range.until.toISOString()}.`;
        return err(webhookErrors.WEBHOOK_REPLAY_TOO_LARGE(detail, { pointer: '/from' }));
      }
      for (const { id: messageId } of messages) await this.#send(tx, { messageId, endpointId });
      return ok(messages.length);
    });
  }

  /** A message that says nothing, to this endpoint alone. @returns the id of the delivery. */
  test(organisationId: string, endpointId: string): Promise<Result<string, WebhookError>> {
    return this.#uow.runResult(async (tx) => {
      const endpoint = await this.#listening(tx, organisationId, endpointId);
      if (!endpoint.ok) return endpoint;
      const [at, type] = [this.#clock.now(), ownTypes.test];
      const message = { id: newId('msg'), organisationId, type, occurredAt: at };
      await this.#webhooks.keep(tx, { ...message, body: webhookBody(type, at, { endpointId }) }, at);
      return ok(await this.#send(tx, { messageId: message.id, endpointId }));
    });
  }

  async #listening(tx: Tx, organisationId: string, id: string): Promise<Result<WebhookEndpoint, WebhookError>> {
    const endpoint = await this.#webhooks.load(tx, organisationId, id);
    if (endpoint === undefined) {
      return err(webhookErrors.WEBHOOK_ENDPOINT_UNKNOWN(`There is no ${id} of yours.`));
    }
    if (endpoint.disabledAt === null) return ok(endpoint);
    const since = endpoint.disabledAt.toISOString();
    return err(webhookErrors.WEBHOOK_ENDPOINT_DISABLED(`${id} is disabled since ${since}.`));
  }

  #send(tx: Tx, delivery: { messageId: string; endpointId: string; replayOf?: string }): Promise<string> {
    tx.onCommitted(() => this.#sender.wake());
    return this.#webhooks.deliver(tx, { ...delivery, at: this.#clock.now() });
  }
}
