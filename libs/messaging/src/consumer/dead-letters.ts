import { inspect } from 'node:util';
import { DomainException, newId } from '@hetao/kernel';
import type { Database, Tx } from '@hetao/persistence';
import { messagingErrors } from '../messaging.errors.js';
import { placeOf, type RawEvent } from './raw-event.js';

/** An event that a group could not handle, kept with all that is needed to try again. */
export interface DeadLetter {
  /** `dlt_…` */
  readonly id: string;
  readonly group: string;
  readonly eventId: string;
  readonly type: string;
  readonly source: string;
  readonly topic: string;
  readonly key: string;
  readonly time: Date;
  /** The data as text. */
  readonly payload: string;
  readonly attempts: number;
  readonly error: string;
  readonly failedAt: Date;
  readonly status: 'parked' | 'replay_requested' | 'replayed' | 'discarded';
  /** Topic, and on Kafka partition and offset. */
  readonly position: string | null;
  readonly note: string | null;
}

export interface DeadLetterQuery {
  readonly group?: string;
  readonly status?: DeadLetter['status'];
  /** 1 to 200, default 50. */
  readonly limit?: number;
  /** The id of the last one of the page before; pages run from the newest to the oldest. */
  readonly before?: string;
}

/** What an operator can do about parked events of one service. */
export interface DeadLetters {
  list(query?: DeadLetterQuery): Promise<readonly DeadLetter[]>;
  /**
   * Asks the group to handle it again; its consumer does so within seconds, outside the order of its key. When it fails
   * again it is parked again. Asking twice is one request.
   *
   * @throws DomainException DEAD_LETTER_NOT_FOUND, also for one that is settled.
   */
  replay(id: string): Promise<void>;
  /** Settles it without handling, with a reason. Throws as `replay`. */
  discard(id: string, reason: string): Promise<void>;
}

const MAX_PAGE = 200;
const MAX_ERROR_CHARACTERS = 4_000;

const COLUMNS = `
  id, consumer_group AS "group", event_id AS "eventId", type, source, topic, key, occurred_at AS time,
  payload, attempts, error, failed_at AS "failedAt", status, position, note`;

export function deadLetters(database: Database): DeadLetters {
  const settle = async (sql: string, params: unknown[]): Promise<void> => {
    const { rowCount } = await database.withClient((client) => client.query(sql, params));
    if (rowCount === 0) {
      throw new DomainException(
        messagingErrors.DEAD_LETTER_NOT_FOUND(`No dead letter "${String(params[0])}" is parked.`),
      );
    }
  };
  return {
    async list(query = {}) {
      const limit = Math.min(Math.max(query.limit ?? 50, 1), MAX_PAGE);
      const { rows } = await database.withClient((client) =>
        client.query<Omit<DeadLetter, 'payload'> & { payload: Buffer }>(
          `SELECT ${COLUMNS} FROM dead_letters
           WHERE ($1::text IS NULL OR consumer_group = $1) AND ($2::text IS NULL OR status = $2)
             AND ($3::text IS NULL OR id < $3)
           ORDER BY id DESC LIMIT $4`,
          [query.group ?? null, query.status ?? null, query.before ?? null, limit],
        ),
      );
      return rows.map((row) => ({ ...row, payload: row.payload.toString('utf8') }));
    },
    replay: (id) =>
      settle(
        `UPDATE dead_letters SET status = 'replay_requested' WHERE id = $1 AND status IN ('parked', 'replay_requested')`,
        [id],
      ),
    discard: (id, reason) =>
      settle(
        `UPDATE dead_letters SET status = 'discarded', note = $2, settled_at = clock_timestamp()
         WHERE id = $1 AND status IN ('parked', 'replay_requested')`,
        [id, reason],
      ),
  };
}

export interface Failure {
  readonly event: RawEvent;
  readonly group: string;
  readonly attempts: number;
  readonly error: unknown;
  readonly failedAt: Date;
}

/** Parks the event. The inbox row that goes with it, in the same transaction, is the caller's. */
export async function parkEvent(tx: Tx, { event, group, attempts, error, failedAt }: Failure): Promise<void> {
  await tx.execute(
    `INSERT INTO dead_letters (id, consumer_group, event_id, type, source, topic, key, occurred_at, payload, traceparent,
                               position, attempts, error, failed_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
     ON CONFLICT (consumer_group, event_id) DO NOTHING`,
    [
      newId('dlt'),
      group,
      storable(event.id),
      storable(event.type),
      storable(event.source),
      event.topic,
      storable(event.subject),
      event.time,
      Buffer.from(event.payload),
      event.traceparent ?? null,
      placeOf(event),
      attempts,
      describe(error),
      failedAt,
    ],
  );
}

/** What came off a broker may hold anything; PostgreSQL's text takes no \u0000, and a note about a failure must not fail. */
export function storable(text: string): string {
  return text.replaceAll('\u0000', '\\u0000');
}

/** The message, and the first causes: what an operator needs to tell a bad event from a bad program. */
export function describe(error: unknown): string {
  const lines: string[] = [];
  let current = error;
  for (let depth = 0; depth < 5 && current !== undefined; depth += 1) {
    lines.push(current instanceof Error ? `${current.name}: ${current.message}` : inspect(current));
    current = current instanceof Error ? current.cause : undefined;
  }
  return storable(lines.join('\ncaused by ')).slice(0, MAX_ERROR_CHARACTERS);
}
