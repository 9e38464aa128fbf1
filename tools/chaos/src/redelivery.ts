import { createKafkaClient, silentLogger } from '@hetao/messaging';
import type { Random } from './random.js';

/** The log that usage goes through on its way into metering. */
export const USAGE_PACKS = 'hetao.metering.usage-pack';
/** Of so many records of the past one may be delivered again. */
const REMEMBERED = 400;
const MOST_AT_ONCE = 8;

interface OldRecord {
  readonly topic: string;
  readonly key: Buffer;
  readonly value: Buffer;
  readonly headers: Record<string, Buffer | string | (Buffer | string)[] | undefined>;
}

/** Puts records of the past into the log again, late and out of order: what a producer does that lost an answer, only worse. */
export class Redelivery {
  readonly #records: OldRecord[] = [];
  readonly #client;
  readonly #consumer;
  readonly #producer;
  delivered = 0;

  constructor(
    brokers: readonly string[],
    private readonly topics: readonly string[],
    private readonly random: Random,
  ) {
    this.#client = createKafkaClient({ brokers, clientId: 'chaos', logger: silentLogger, retries: 20 });
    this.#consumer = this.#client.consumer({
      groupId: `chaos-${random.between(1, 1e9)}`,
      allowAutoTopicCreation: false,
    });
    this.#producer = this.#client.producer({ allowAutoTopicCreation: false });
  }

  async start(): Promise<void> {
    await this.#producer.connect();
    await this.#consumer.connect();
    // Some are made when somebody first speaks in them.
    const known = new Set(await this.#asked((admin) => admin.listTopics()));
    await this.#consumer.subscribe({ topics: this.topics.filter((topic) => known.has(topic)), fromBeginning: true });
    await this.#consumer.run({
      eachMessage: ({ topic, message: { key, value, headers = {} } }) => {
        if (key && value) this.#remember({ topic, key, value, headers });
        return Promise.resolve();
      },
    });
  }

  /** Delivers some of them again; a broker that is away just now is spared. */
  async again(): Promise<void> {
    const old = this.random.shuffled(this.#records).slice(0, this.random.between(1, MOST_AT_ONCE));
    if (old.length === 0) return;
    const topicMessages = old.map(({ topic, ...message }) => ({ topic, messages: [message] }));
    await this.#producer.sendBatch({ topicMessages, acks: -1 }).then(
      () => {
        this.delivered += old.length;
      },
      () => undefined,
    );
  }

  /** Next offsets of a topic, partition by partition. */
  async ends(topic: string): Promise<ReadonlyMap<number, bigint>> {
    const offsets = await this.#asked((admin) => admin.fetchTopicOffsets(topic));
    return new Map(offsets.map(({ partition, high }) => [partition, BigInt(high)]));
  }

  async stop(): Promise<void> {
    await Promise.all([this.#consumer.disconnect(), this.#producer.disconnect()]);
  }

  async #asked<R>(ask: (admin: ReturnType<ReturnType<typeof createKafkaClient>['admin']>) => Promise<R>): Promise<R> {
    const admin = this.#client.admin();
    await admin.connect();
    try {
      return await ask(admin);
    } finally {
      await admin.disconnect();
    }
  }

  #remember(record: OldRecord): void {
    if (this.#records.length < REMEMBERED) this.#records.push(record);
    else this.#records[this.random.between(0, REMEMBERED - 1)] = record;
  }
}
