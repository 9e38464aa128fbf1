import type { Database } from '@hetao/persistence';
import type pg from 'pg';
import { gateKey, registrationKey } from '../outbox/outbox-locks.js';

/** Which groups get deliveries of which topics, and the number by which the database counts changes of that. */
export interface Subscriptions {
  readonly epoch: string;
  readonly groupsByTopic: ReadonlyMap<string, readonly string[]>;
}

const HISTORY_TIMEOUT_MS = 600_000;

/**
 * Reads what is registered, together with its number. No registration is under way meanwhile: one moves the number, which
 * shows at once, before its group, which shows when it commits. A list read in between would lack the group and carry
 * the number that says it does not, and would be trusted for ever.
 *
 * @param client outside of a transaction; other readers may use it at the same time
 */
export async function readSubscriptions(client: pg.ClientBase, schema: string): Promise<Subscriptions> {
  // Held by the session and counted, so that readers who share the connection do not unlock for each other.
  const key = [registrationKey(schema)];
  await client.query('SELECT pg_advisory_lock_shared($1::bigint)', key);
  try {
    return await readRegistered(client);
  } finally {
    await client.query('SELECT pg_advisory_unlock_shared($1::bigint)', key);
  }
}

async function readRegistered(client: pg.ClientBase): Promise<Subscriptions> {
  const { rows: epochs } = await client.query<{ epoch: string }>(
    'SELECT last_value AS epoch FROM outbox_subscription_epoch',
  );
  const { rows } = await client.query<{ topic: string; groups: string[] }>(
    'SELECT topic, array_agg(consumer_group ORDER BY consumer_group) AS groups FROM outbox_subscriptions GROUP BY topic',
  );
  return { epoch: epochs[0]?.epoch ?? '', groupsByTopic: new Map(rows.map((row) => [row.topic, row.groups])) };
}

export interface RegisterRequest {
  readonly group: string;
  readonly topics: readonly string[];
  /** Called while the writers of the topics are shut out, before the registration commits. */
  readonly onRegistered: (subscriptions: Subscriptions) => void;
}

/**
 * Registers a group for topics and gives it their whole history, unless it is registered already. While it does, the gate
 * of each topic is closed: a transaction that is under way commits first and is found in the history; one that comes
 * later finds the group. There is no third case, so no event is missed and none is delivered twice.
 */
export async function registerGroup(database: Database, request: RegisterRequest): Promise<void> {
  const { group, topics, onRegistered } = request;
  await database.withClient(async (client) => {
    const registered = await topicsOf(client, group);
    const fresh = topics.filter((topic) => !registered.includes(topic));
    if (fresh.length === 0) return;
    await behindGates(client, database.schema, fresh, async () => {
      await client.query('INSERT INTO outbox_subscriptions (consumer_group, topic) SELECT $1, unnest($2::text[])', [
        group,
        fresh,
      ]);
      await client.query(
        `INSERT INTO outbox_deliveries (consumer_group, seq, lane)
         SELECT $1, seq, lane FROM outbox WHERE topic = ANY ($2::text[]) ON CONFLICT DO NOTHING`,
        [group, fresh],
      );
      onRegistered(await readRegistered(client));
    });
  });
}

/** Removes a group that no service uses any more; otherwise its deliveries would pile up for ever. */
export async function forgetGroup(database: Database, group: string): Promise<void> {
  await database.withClient(async (client) => {
    const topics = await topicsOf(client, group);
    await behindGates(client, database.schema, topics, async () => {
      await client.query('DELETE FROM outbox_subscriptions WHERE consumer_group = $1', [group]);
      await client.query('DELETE FROM outbox_deliveries WHERE consumer_group = $1', [group]);
    });
  });
}

async function topicsOf(client: pg.ClientBase, group: string): Promise<string[]> {
  const sql = 'SELECT topic FROM outbox_subscriptions WHERE consumer_group = $1';
  const { rows } = await client.query<{ topic: string }>(sql, [group]);
  return rows.map((row) => row.topic);
}

/**
 * Changes subscriptions in a transaction of its own that no writer of these topics overlaps, and no other change. The
 * gates come first: who holds the lock of registrations waits for nobody, so the two cannot close a circle.
 */
async function behindGates(
  client: pg.ClientBase,
  schema: string,
  topics: readonly string[],
  change: () => Promise<void>,
): Promise<void> {
  const gates = topics.map((topic) => gateKey(schema, topic)).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  await client.query('BEGIN');
  try {
    await client.query('SELECT pg_advisory_xact_lock(gate) FROM unnest($1::bigint[]) AS gate', [gates]);
    await client.query(`SET LOCAL statement_timeout = ${HISTORY_TIMEOUT_MS}`);
    await client.query('SELECT pg_advisory_xact_lock($1::bigint)', [registrationKey(schema)]);
    await client.query("SELECT nextval('outbox_subscription_epoch')");
    await change();
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}
