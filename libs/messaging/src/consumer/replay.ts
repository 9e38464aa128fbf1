import type { Database } from '@hetao/persistence';
import type { Subscription } from '../transport.js';
import { traceHandling, untraced } from '../tracing.js';
import { describe } from './dead-letters.js';
import { readEvent, type DispatchScope } from './delivery.js';
import { patiently } from './patience.js';
import type { RawEvent } from './raw-event.js';
import { spanAttributes } from './steps/traced.js';
import { Interrupted, pause } from './waiting.js';

const POLL_MS = 1_000;

interface Requested {
  readonly id: string;
  readonly event_id: string;
  readonly type: string;
  readonly source: string;
  readonly topic: string;
  readonly key: string;
  readonly occurred_at: Date;
  readonly payload: Buffer;
  readonly traceparent: string | null;
}

const COLUMNS = 'id, event_id, type, source, topic, key, occurred_at, payload, traceparent';

/**
 * Handles dead letters again that an operator asked for. The inbox has known them since they were parked, so the replay
 * goes past it: the dead letter's own state, changed in the transaction of the effect, is what makes it happen once.
 */
export class DeadLetterReplay {
  readonly #database: Database;
  readonly #scope: DispatchScope;
  readonly #signal: AbortSignal;
  #running: Promise<void> | undefined;

  constructor(database: Database, scope: DispatchScope, signal: AbortSignal) {
    this.#database = database;
    this.#scope = scope;
    this.#signal = signal;
  }

  start(onCrash: (error: unknown) => void): void {
    this.#running = untraced(() => this.#run()).catch((error: unknown) => {
      if (!(error instanceof Interrupted)) onCrash(error);
    });
  }

  async ended(): Promise<void> {
    await this.#running;
  }

  async #run(): Promise<void> {
    const { logger, obstacle } = this.#scope;
    const patience = { signal: this.#signal, logger, obstacle };
    for (;;) {
      const id = await patiently(() => this.#nextRequest(), patience);
      if (id === undefined) await pause(POLL_MS, this.#signal);
      else await patiently(() => this.#replay(id), patience);
    }
  }

  async #nextRequest(): Promise<string | undefined> {
    const { rows } = await this.#database.withClient((client) =>
      client.query<{ id: string }>(
        `SELECT id FROM dead_letters WHERE consumer_group = $1 AND status = 'replay_requested' ORDER BY id LIMIT 1`,
        [this.#scope.group],
      ),
    );
    return rows[0]?.id;
  }

  async #replay(id: string): Promise<void> {
    const { uow, logger, group } = this.#scope;
    try {
      await uow.run(async (tx) => {
        const [row] = await tx.query<Requested>(
          `SELECT ${COLUMNS} FROM dead_letters WHERE id = $1 AND status = 'replay_requested' FOR UPDATE SKIP LOCKED`,
          [id],
        );
        if (row === undefined) return;
        const event = toRawEvent(row);
        const subscription = this.#subscriptionFor(row);
        await traceHandling(event.traceparent, spanAttributes(this.#scope.system, group, event), () =>
          subscription.handle([readEvent(event, subscription.event)], tx),
        );
        await tx.execute(`UPDATE dead_letters SET status = 'replayed', settled_at = clock_timestamp() WHERE id = $1`, [
          id,
        ]);
      });
      logger.info({ group, deadLetter: id }, 'A dead letter was replayed');
    } catch (error) {
      await this.#parkAgain(id, error);
    }
  }

  #subscriptionFor(row: Requested): Subscription {
    const subscription = this.#scope.subscriptions.get(row.type);
    if (subscription === undefined)
      throw new Error(`Group "${this.#scope.group}" has no handler for ${row.type} any more.`);
    return subscription;
  }

  /** @throws the error again when the database is to blame: then the request stands. */
  async #parkAgain(id: string, error: unknown): Promise<void> {
    const { logger, group } = this.#scope;
    await this.#database.withClient((client) =>
      client.query(`UPDATE dead_letters SET status = 'parked', attempts = attempts + 1, error = $2 WHERE id = $1`, [
        id,
        describe(error),
      ]),
    );
    logger.error({ err: error, group, deadLetter: id }, 'Replaying a dead letter failed; it is parked again');
  }
}

function toRawEvent(row: Requested): RawEvent {
  return {
    id: row.event_id,
    type: row.type,
    source: row.source,
    subject: row.key,
    topic: row.topic,
    time: row.occurred_at,
    payload: row.payload,
    traceparent: row.traceparent ?? undefined,
  };
}
