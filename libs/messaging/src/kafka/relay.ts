import type { Database } from '@hetao/persistence';
import { describe } from '../consumer/dead-letters.js';
import { backoffMs, Doorbell, pause, within } from '../consumer/waiting.js';
import type { Logger } from '../logger.js';
import { startSendSpan, untraced } from '../tracing.js';
import type { Stoppable } from '../transport.js';
import { isRefusedRecord, type Producer, type TopicMessages } from './kafka-client.js';
import { relayBatch, type BatchBounds, type OutboxRow, type SendResult } from './outbox-queue.js';
import { toRecord } from './records.js';

export interface RelaySettings {
  /** How long a row that nobody announced may wait: one that another process of the service committed. Default 250 ms. */
  readonly pollMs?: number;
  /** Most rows of one batch. Default 500. */
  readonly batchRows?: number;
  /**
   * Most bytes of one batch. The broker limits a partition's share of it (message.max.bytes, 1 MB by default), and all
   * rows may be for one partition. Default 768 KB.
   */
  readonly batchBytes?: number;
}

export interface RelayOptions extends RelaySettings {
  readonly service: string;
  readonly database: Database;
  readonly logger: Logger;
  /** A connected producer. */
  readonly producer: () => Promise<Producer>;
  /** Makes sure that the topics exist before something is sent to them. */
  readonly ensureTopics: (names: readonly string[]) => Promise<void>;
  /** Sending failed: what was known about topics may be out of date. */
  readonly onFailure: () => void;
}

const RETRY = { firstDelayMs: 100, longestDelayMs: 5_000 };
const ACK_WITHIN_MS = 10_000;
const STOP_WITHIN_MS = 10_000;
const ALL_REPLICAS = -1;

/** Sends committed events to the broker, in order, at least once. */
export class Relay implements Stoppable {
  readonly #options: RelayOptions;
  readonly #bounds: BatchBounds;
  readonly #bell = new Doorbell();
  readonly #stopping = new AbortController();
  #running: Promise<void> | undefined;
  #trouble: string | undefined;

  constructor(options: RelayOptions) {
    this.#options = options;
    this.#bounds = { rows: options.batchRows ?? 500, bytes: options.batchBytes ?? 768 * 1024 };
  }

  start(): void {
    this.#running ??= untraced(() => this.#run());
  }

  /** Something was committed. */
  wake(): void {
    this.#bell.ring();
  }

  health(): { readonly ready: boolean; readonly detail: string } {
    return this.#trouble === undefined
      ? { ready: true, detail: 'relaying' }
      : { ready: false, detail: `events wait in the outbox: ${this.#trouble}` };
  }

  /**
   * Lets the batch under way finish, within a bound: a broker that is away would hold it up for as long as the client
   * tries. What was not noted as sent stays in the outbox.
   */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await within(STOP_WITHIN_MS, this.#running ?? Promise.resolve());
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    const { service, logger, pollMs = 250 } = this.#options;
    let failures = 0;
    while (!signal.aborted) {
      try {
        const settled = await relayBatch(this.#options.database, this.#bounds, (rows) => this.#send(rows));
        failures = 0;
        this.#trouble = undefined;
        if (!settled) await this.#bell.wait(pollMs, signal);
      } catch (error) {
        failures += 1;
        this.#options.onFailure();
        const waitMs = backoffMs(failures, RETRY);
        this.#trouble = error instanceof Error ? error.message : String(error);
        logger.warn(
          { err: error, service, failures, waitMs: Math.round(waitMs) },
          'Events wait in the outbox; sending is tried again',
        );
        await pause(waitMs, signal).catch(() => undefined);
      }
    }
  }

  async #send(rows: readonly OutboxRow[]): Promise<SendResult> {
    await this.#options.ensureTopics([...new Set(rows.map((row) => row.topic))]);
    const producer = await this.#options.producer();
    return this.#sendOrDivide(producer, rows);
  }

  /**
   * Sends the rows together. When the broker refuses a record among them for good, the rows are halved until it is alone; it
   * is set aside and the others go on. Halves are sent in order, so a key's order holds.
   */
  async #sendOrDivide(producer: Producer, rows: readonly OutboxRow[]): Promise<SendResult> {
    try {
      await this.#sendTogether(producer, rows);
      return { sent: rows.map((row) => row.seq), refused: [] };
    } catch (error) {
      const [only] = rows;
      if (!isRefusedRecord(error) || only === undefined) throw error;
      if (rows.length === 1) return this.#setAside(only, error);
      const middle = Math.ceil(rows.length / 2);
      const first = await this.#sendOrDivide(producer, rows.slice(0, middle));
      const second = await this.#sendOrDivide(producer, rows.slice(middle));
      return { sent: [...first.sent, ...second.sent], refused: [...first.refused, ...second.refused] };
    }
  }

  #setAside({ seq, id, type, topic, key }: OutboxRow, error: unknown): SendResult {
    const { logger, service } = this.#options;
    logger.error(
      { err: error, service, eventId: id, type, topic, key },
      'The broker refuses an event for good; it was set aside',
    );
    return { sent: [], refused: [{ seq, reason: describe(error) }] };
  }

  async #sendTogether(producer: Producer, rows: readonly OutboxRow[]): Promise<void> {
    const spans = rows.map((row) => startSendSpan(row.traceparent ?? undefined, this.#attributes(row)));
    const messages = new Map<string, TopicMessages>();
    rows.forEach((row, index) => {
      const forTopic = messages.get(row.topic) ?? { topic: row.topic, messages: [] };
      forTopic.messages.push(this.#record(row, spans[index]?.traceparent));
      messages.set(row.topic, forTopic);
    });
    try {
      const batch = { topicMessages: [...messages.values()], acks: ALL_REPLICAS, timeout: ACK_WITHIN_MS };
      await producer.sendBatch(batch);
      for (const span of spans) span.end();
    } catch (error) {
      for (const span of spans) span.end(error);
      throw error;
    }
  }

  #record(row: OutboxRow, traceparent: string | undefined): ReturnType<typeof toRecord> {
    const { id, type, key, data, occurred_at: time } = row;
    return toRecord({ id, type, source: `hetao/${this.#options.service}`, key, time, data, traceparent });
  }

  #attributes(row: OutboxRow): Record<string, string> {
    return {
      'messaging.system': 'kafka',
      'messaging.operation.type': 'send',
      'messaging.operation.name': 'send',
      'messaging.destination.name': row.topic,
      'messaging.message.id': row.id,
      'messaging.kafka.message.key': row.key,
      'hetao.event.type': row.type,
    };
  }
}
