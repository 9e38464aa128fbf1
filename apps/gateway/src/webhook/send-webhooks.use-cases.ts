import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import type { Logger } from 'pino';
import type { Clock } from '@hetao/kernel';
import { CLOCK, LOGGER } from '@hetao/runtime';
import { PostWebhook } from './post-webhook.use-cases.js';
import { WebhookQueue } from './webhook.queue.js';

/** How many messages are under way at once, in all and to one endpoint: a slow receiver delays only itself. */
const AT_ONCE = 32;
const AT_ONCE_EACH = 4;

/** Sends what is due: woken by what was just written down, and again and again for what is to be tried once more. */
@Injectable()
export class SendWebhooks implements BeforeApplicationShutdown {
  readonly #queue: WebhookQueue;
  readonly #post: PostWebhook;
  readonly #clock: Clock;
  readonly #logger: Logger;
  readonly #underWay = new Map<string, { readonly endpointId: string; readonly done: Promise<void> }>();
  #looking: Promise<void> | undefined;
  #again = false;
  #stopped = false;

  constructor(queue: WebhookQueue, post: PostWebhook, @Inject(CLOCK) clock: Clock, @Inject(LOGGER) logger: Logger) {
    this.#queue = queue;
    this.#post = post;
    this.#clock = clock;
    this.#logger = logger;
  }

  /** Something is due now. */
  wake(): void {
    this.look().catch((error: unknown) => this.#logger.warn({ err: error }, 'Due messages could not be read'));
  }

  /** Starts what is due and there is room for; does not wait for the answers. */
  look(): Promise<void> {
    if (this.#stopped) return Promise.resolve();
    this.#again = this.#looking !== undefined;
    this.#looking ??= this.#start().finally(() => {
      this.#looking = undefined;
      if (this.#again) this.wake();
    });
    return this.#looking;
  }

  /** Lets what is under way be answered; what is not written down as ended is sent again by the next process. */
  async beforeApplicationShutdown(): Promise<void> {
    this.#stopped = true;
    await this.#looking;
    this.#post.stop();
    await Promise.all([...this.#underWay.values()].map(({ done }) => done));
  }

  async #start(): Promise<void> {
    const room = AT_ONCE - this.#underWay.size;
    if (room <= 0) return;
    const underWay = [...this.#underWay.values()].map(({ endpointId }) => endpointId);
    const due = await this.#queue.claim(this.#clock.now(), { room, each: AT_ONCE_EACH, underWay });
    for (const delivery of due) {
      const done = this.#post
        .execute(delivery)
        .catch((error: unknown) => {
          this.#logger.error({ err: error, delivery: delivery.id }, 'What became of a message could not be kept');
        })
        .finally(() => {
          this.#underWay.delete(delivery.id);
          this.wake();
        });
      this.#underWay.set(delivery.id, { endpointId: delivery.endpointId, done });
    }
  }
}
