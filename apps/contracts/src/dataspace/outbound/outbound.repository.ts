import { Inject, Injectable } from '@nestjs/common';
import type { Database, Tx } from '@hetao/persistence';
import { DATABASE } from '@hetao/runtime';
import { prepared } from '../../database/prepared.js';
import type { WireMessage } from '../wire/context.js';

/** Whose process a message is about: decides who hears what came of it. */
export type ProcessKind = 'negotiation' | 'transfer' | 'push';

/** A message that waits for its peer. */
export interface OutboundMessage {
  /** Order of all messages of one process. */
  readonly seq: string;
  readonly kind: ProcessKind;
  readonly peerId: string;
  readonly processId: string;
  readonly url: string;
  readonly message: WireMessage;
  /** How often it was sent without success. */
  readonly attempts: number;
}

export type NewMessage = Omit<OutboundMessage, 'seq' | 'attempts'>;

const COLUMNS = `seq, kind, peer_id AS "peerId", process_id AS "processId", url, message, attempts`;
/** Of one process, one message is under way at a time: the oldest that waits. */
const IS_HEAD = `NOT EXISTS (SELECT 1 FROM dataspace_outbox e
  WHERE e.process_id = o.process_id AND e.state = 'pending' AND e.seq < o.seq)`;
const IN_MS = (parameter: string) => `clock_timestamp() + ${parameter} * interval '1 millisecond'`;

const INSERT = prepared<OutboundMessage & { readonly isNext: boolean }>(
  'contracts.outbox.insert',
  `INSERT INTO dataspace_outbox (kind, peer_id, process_id, url, message, due_at)
   SELECT $1, $2, $3, $4, $5, CASE WHEN EXISTS (
       SELECT 1 FROM dataspace_outbox WHERE process_id = $3 AND state = 'pending') THEN 'infinity'
     ELSE ${IN_MS('$6')} END
   RETURNING ${COLUMNS}, due_at < 'infinity' AS "isNext"`,
);
const PENDING = prepared<OutboundMessage>(
  'contracts.outbox.pending',
  `SELECT ${COLUMNS} FROM dataspace_outbox WHERE process_id = $1 AND state = 'pending' ORDER BY seq LIMIT 1`,
);
const DELIVER = prepared<OutboundMessage & { readonly done: boolean }>(
  'contracts.outbox.deliver',
  `WITH done AS (
     UPDATE dataspace_outbox SET state = 'delivered', ended_at = clock_timestamp(),
       message = message - 'dataAddress'
     WHERE seq = $1 AND state = 'pending' RETURNING process_id),
   next AS (
     UPDATE dataspace_outbox SET due_at = ${IN_MS('$2')}
     WHERE seq = (SELECT min(o.seq) FROM dataspace_outbox o, done
                  WHERE o.process_id = done.process_id AND o.state = 'pending' AND o.seq <> $1)
     RETURNING ${COLUMNS})
   SELECT true AS done, next.* FROM done LEFT JOIN next ON true`,
);

/**
 * Messages on their way out. `due_at` is when somebody should take one up: a process that does moves it ahead by its
 * lease, so when it dies another one finds the message due. What waits behind another message is due never, until the
 * one before it is done. Times are the database's: replicas' clocks differ.
 */
@Injectable()
export class OutboundRepository {
  readonly #database: Database;

  constructor(@Inject(DATABASE) database: Database) {
    this.#database = database;
  }

  /** @returns the message, and whether it is this process's to send after the commit (not when others wait before it). */
  async insert(
    tx: Tx,
    { kind, peerId, processId, url, message }: NewMessage,
    { holdMs, delayMs }: { readonly holdMs: number; readonly delayMs: number },
  ): Promise<{ readonly message: OutboundMessage; readonly isNext: boolean }> {
    const holds = delayMs > 0 ? delayMs : holdMs;
    const [row] = await INSERT.rows(tx, [kind, peerId, processId, url, JSON.stringify(message), holds]);
    if (row === undefined) throw new Error('An inserted message was not returned.');
    const { isNext, ...inserted } = row;
    return { message: inserted, isNext };
  }

  /** Takes up what is due, for as long as the lease. */
  async claimDue(holdMs: number, limit: number): Promise<OutboundMessage[]> {
    return this.#rows<OutboundMessage>(
      `UPDATE dataspace_outbox SET due_at = ${IN_MS('$1')} WHERE seq IN (
         SELECT seq FROM dataspace_outbox o WHERE state = 'pending' AND due_at <= clock_timestamp() AND ${IS_HEAD}
         ORDER BY due_at LIMIT $2 FOR UPDATE SKIP LOCKED)
       RETURNING ${COLUMNS}`,
      [holdMs, limit],
    );
  }

  /** Ms until the next message is due, 0 when one is; null when none waits. */
  async nextDueInMs(): Promise<number | null> {
    const [row] = await this.#rows<{ ms: number | null }>(
      `SELECT greatest(0, extract(epoch FROM min(due_at) - clock_timestamp()) * 1000)::float8 AS ms
       FROM dataspace_outbox WHERE state = 'pending' AND due_at < 'infinity'`,
      [],
    );
    return row?.ms ?? null;
  }

  /** After an attempt that failed, or one that was cut off: due again in a while. */
  async postpone(
    seq: string,
    after: { readonly ms: number; readonly attempts: number; readonly fault: string | null },
  ) {
    await this.#rows(
      `UPDATE dataspace_outbox SET due_at = ${IN_MS('$2')}, attempts = $3, fault = coalesce($4, fault)
       WHERE seq = $1 AND state = 'pending'`,
      [seq, after.ms, after.attempts, after.fault],
    );
  }

  /** The message of this process that is under way. */
  async pending(tx: Tx, processId: string): Promise<OutboundMessage | undefined> {
    const [row] = await PENDING.rows(tx, [processId]);
    return row;
  }

  /**
   * Marks a message delivered and takes up the one behind it. Tokens it carried are not kept.
   *
   * @returns false when it was settled before: then nothing is left to do.
   */
  async deliver(tx: Tx, seq: string, holdMs: number): Promise<{ done: boolean; next: OutboundMessage | undefined }> {
    const [row] = await DELIVER.rows(tx, [seq, holdMs]);
    if (row === undefined) return { done: false, next: undefined };
    const { done, ...next } = row;
    return { done, next: next.seq === null ? undefined : next };
  }

  /** Gives up everything of a process that is still waiting. @returns how many. */
  cancel(tx: Tx, processId: string, fault: string): Promise<number> {
    return tx.execute(
      `UPDATE dataspace_outbox SET state = 'given-up', fault = $2, ended_at = clock_timestamp()
       WHERE process_id = $1 AND state = 'pending'`,
      [processId, fault],
    );
  }

  /** Forgets what was done with long ago. */
  async forget(olderThanDays: number, limit: number): Promise<void> {
    await this.#rows(
      `DELETE FROM dataspace_outbox WHERE seq IN (SELECT seq FROM dataspace_outbox
         WHERE ended_at < clock_timestamp() - $1 * interval '1 day' ORDER BY ended_at LIMIT $2)`,
      [olderThanDays, limit],
    );
  }

  async #rows<R extends object>(sql: string, params: unknown[]): Promise<R[]> {
    const { rows } = await this.#database.withClient((client) => client.query<R>(sql, params));
    return rows;
  }
}
