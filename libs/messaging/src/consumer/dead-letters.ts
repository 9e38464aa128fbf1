import { inspect } from 'node:util';
import { DomainException, newId, unwrap, type Result } from '@hetao/kernel';
import type { Database, Tx } from '@hetao/persistence';
import type pg from 'pg';
import { messagingErrors, type MessagingError } from '../messaging.errors.js';
import { askDiscard, askReplay, type Ask, type DeadLetterState, type DeadLetterStatus } from './dead-letter.js';
import { placeOf, type RawEvent } from './raw-event.js';

/** An event that a group could not handle, kept with all that is needed to try again. */
export interface DeadLetter extends DeadLetterState {
  readonly group: string;
  readonly eventId: string;
  readonly type: string;
  readonly source: string;
  readonly topic: string;
  readonly key: string;
  readonly time: Date;
  /** The data as text. */
  readonly payload: string;
  readonly traceparent: string | null;
  readonly attempts: number;
  readonly error: string;
  readonly failedAt: Date;
  /** Topic, and on Kafka partition and offset. */
  readonly position: string | null;
}

export interface DeadLetterQuery {
  readonly group?: string | undefined;
  readonly status?: DeadLetterStatus | undefined;
  readonly topic?: string | undefined;
  /** 1 to 200, default 50. */
  readonly limit?: number;
  /** The id of the last one of the page before; pages run from the newest to the oldest. */
  readonly before?: string | undefined;
}

/** What operators can do about the parked events of one service. */
export interface DeadLetters {
  list(query?: DeadLetterQuery): Promise<readonly DeadLetter[]>;
  /** @throws DomainException DEAD_LETTER_NOT_FOUND */
  get(id: string): Promise<DeadLetter>;
  /**
   * Asks the group to handle it again; its consumer does so within seconds, outside the order of its key. When it fails
   * again it is parked again. Asking twice is one request (see askReplay).
   *
   * @throws DomainException DEAD_LETTER_NOT_FOUND, DEAD_LETTER_SETTLED
   */
  replay(id: string, ask: Ask): Promise<DeadLetter>;
  /** Settles it without handling, once a second person says so too (see askDiscard). Throws as `replay`. */
  discard(id: string, ask: Ask): Promise<DeadLetter>;
}

const MAX_PAGE = 200;
const MAX_ERROR_CHARACTERS = 4_000;

const LETTERS = `SELECT
  id, consumer_group AS "group", event_id AS "eventId", type, source, topic, key, occurred_at AS time, payload, traceparent,
  attempts, error, failed_at AS "failedAt", status, position, note, asked_by AS "askedBy", asked_at AS "askedAt",
  confirmed_by AS "confirmedBy", settled_at AS "settledAt"
  FROM dead_letters`;

type Row = Omit<DeadLetter, 'payload' | 'asked'> & {
  readonly payload: Buffer;
  readonly note: string | null;
  readonly askedBy: string | null;
  readonly askedAt: Date | null;
};

export function deadLetters(database: Database): DeadLetters {
  return {
    list: (query = {}) => database.withClient((client) => listLetters(client, query)),
    get: (id) => database.withClient((client) => letterOf(client, id)),
    replay: (id, ask) => decide(database, id, (letter) => askReplay(letter, ask)),
    discard: (id, ask) => decide(database, id, (letter) => askDiscard(letter, ask)),
  };
}

async function listLetters(client: pg.ClientBase, query: DeadLetterQuery): Promise<readonly DeadLetter[]> {
  const limit = Math.min(Math.max(query.limit ?? 50, 1), MAX_PAGE);
  const { rows } = await client.query<Row>(
    `${LETTERS}
     WHERE ($1::text IS NULL OR consumer_group = $1) AND ($2::text IS NULL OR status = $2)
       AND ($3::text IS NULL OR topic = $3) AND ($4::text IS NULL OR id < $4)
     ORDER BY id DESC LIMIT $5`,
    [query.group ?? null, query.status ?? null, query.topic ?? null, query.before ?? null, limit],
  );
  return rows.map(fromRow);
}

async function letterOf(client: pg.ClientBase, id: string, lock = ''): Promise<DeadLetter> {
  const { rows } = await client.query<Row>(`${LETTERS} WHERE id = $1 ${lock}`, [id]);
  if (rows[0] !== undefined) return fromRow(rows[0]);
  throw new DomainException(messagingErrors.DEAD_LETTER_NOT_FOUND(`There is no dead letter "${id}".`));
}

/** Locked from the look to the word: of two operators who decide at once, the second one sees what the first one did. */
function decide(
  database: Database,
  id: string,
  decision: (letter: DeadLetter) => Result<DeadLetter, MessagingError>,
): Promise<DeadLetter> {
  return database.withClient(async (client) => {
    // Whatever throws from here on ends the connection, and the transaction with it (see withClient).
    await client.query('BEGIN');
    const letter = unwrap(decision(await letterOf(client, id, 'FOR UPDATE')));
    const { asked } = letter;
    await client.query(
      `UPDATE dead_letters SET status = $2, note = $3, asked_by = $4, asked_at = $5, confirmed_by = $6, settled_at = $7
       WHERE id = $1`,
      [id, letter.status, asked?.reason, asked?.by, asked?.at, letter.confirmedBy, letter.settledAt],
    );
    await client.query('COMMIT');
    return letter;
  });
}

function fromRow({ payload, note, askedBy, askedAt, ...row }: Row): DeadLetter {
  const asked = askedBy === null || askedAt === null ? null : { by: askedBy, reason: note ?? '', at: askedAt };
  return { ...row, payload: payload.toString('utf8'), asked };
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
