import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { PackLog, PackLogEnds, PackLogOptions, Transport } from '@hetao/messaging';
import { TRANSPORT } from '@hetao/runtime';
import { usagePackTopic } from './pack-topic.js';

/** Whose note in `consumer_offsets` says how far the log was counted. */
export const usageLogGroup = 'metering-usage-packs';
/** About as much as 5,000 usual events: what one transaction counts. */
const MAX_APPLIED_BYTES = 1_800_000;

/** The log of packs of usage; there is none where the transport has no log of its own. */
@Injectable()
export class UsageLog implements OnApplicationShutdown {
  #log: PackLog | undefined;

  constructor(@Inject(TRANSPORT) private readonly transport: Pick<Transport, 'openPackLog'>) {}

  /** Whether usage goes through a log here. */
  get isOpen(): boolean {
    return this.#log !== undefined;
  }

  /** @param apply as the transport calls it: counts packs and claims their offsets in one transaction. */
  async open(apply: PackLogOptions['apply']): Promise<void> {
    const options = { topic: usagePackTopic, group: usageLogGroup, maxBytes: MAX_APPLIED_BYTES, apply };
    this.#log = await this.transport.openPackLog?.(options);
  }

  /** After the last request was answered, and before the database is closed. */
  async onApplicationShutdown(): Promise<void> {
    await this.#log?.stop();
  }

  /**
   * Resolves when the pack is durable.
   *
   * @throws DomainException BROKER_UNAVAILABLE; the pack may be in the log all the same.
   */
  async append(key: string, value: Buffer): Promise<void> {
    if (!this.#log) throw new Error('Usage was sent to the log before it was open.');
    await this.#log.append(key, value);
  }

  /**
   * Where the log ends; undefined where there is none. What was durable before the call lies below.
   *
   * @throws DomainException BROKER_UNAVAILABLE.
   */
  async ends(): Promise<PackLogEnds | undefined> {
    return this.#log?.ends();
  }
}
