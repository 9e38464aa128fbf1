import { createKafkaClient, silentLogger } from '@hetao/messaging';
import type { Random } from '../random.js';

/** Of so many packs of the past one may be delivered again. */
const REMEMBERED = 400;
const TOPIC = 'hetao.metering.usage-pack';

interface OldPack {
  readonly key: Buffer;
  readonly value: Buffer;
}

/** Puts packs of the past into the log again, out of order: what a producer does that lost an answer, only worse. */
export class Redelivery {
  readonly #packs: OldPack[] = [];
  readonly #client;
  readonly #consumer;
  readonly #producer;
  delivered = 0;

  constructor(
    brokers: readonly string[],
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
    await this.#consumer.subscribe({ topics: [TOPIC], fromBeginning: true });
    await this.#consumer.run({
      eachMessage: ({ message: { key, value } }) => {
        if (key && value) this.#remember({ key, value });
        return Promise.resolve();
      },
    });
  }

  /** Delivers some packs again; a broker that is away just now is spared. */
  async again(): Promise<void> {
    const packs = this.random.shuffled(this.#packs).slice(0, this.random.between(1, 8));
    if (packs.length === 0) return;
    const messages = packs.map(({ key, value }) => ({ key, value }));
    await this.#producer.send({ topic: TOPIC, messages, acks: -1 }).then(
      () => {
        this.delivered += packs.length;
      },
      () => undefined,
    );
  }

  /** Next offsets of the log, partition by partition. */
  async ends(): Promise<ReadonlyMap<number, bigint>> {
    const admin = this.#client.admin();
    await admin.connect();
    try {
      const offsets = await admin.fetchTopicOffsets(TOPIC);
      return new Map(offsets.map(({ partition, high }) => [partition, BigInt(high)]));
    } finally {
      await admin.disconnect();
    }
  }

  async stop(): Promise<void> {
    await Promise.all([this.#consumer.disconnect(), this.#producer.disconnect()]);
  }

  #remember(pack: OldPack): void {
    if (this.#packs.length < REMEMBERED) this.#packs.push(pack);
    else this.#packs[this.random.between(0, REMEMBERED - 1)] = pack;
  }
}
