import type { Consumer, Transport } from '@hetao/messaging';
import type { Database } from '@hetao/persistence';
import type { ServiceMetrics } from './metrics.js';

interface MessagingSources {
  readonly database: Database;
  readonly consumer: Consumer | undefined;
}

// What has not been carried on is told by other rows on each transport: see docs of @hetao/messaging.
const WAITING = {
  kafka: 'outbox WHERE published_at IS NULL AND refused_at IS NULL',
  embedded: 'outbox WHERE seq IN (SELECT seq FROM outbox_deliveries)',
} as const;

/** Adds what an operator watches of a service's messages: backlog, age, refusals, dead letters, lag. */
export function addMessagingReadings(
  metrics: ServiceMetrics,
  kind: Transport['kind'],
  sources: MessagingSources,
): void {
  const queries = [
    {
      name: 'hetao_outbox_backlog',
      help: 'Events committed and not yet carried on',
      sql: `SELECT count(*) AS value FROM ${WAITING[kind]}`,
    },
    {
      name: 'hetao_outbox_oldest_seconds',
      help: 'Age of the oldest event not yet carried on: the lag of the relay',
      sql: `SELECT coalesce(extract(epoch FROM clock_timestamp() - min(recorded_at)), 0) AS value FROM ${WAITING[kind]}`,
    },
    {
      name: 'hetao_outbox_refused',
      help: 'Events that the broker refused for good',
      sql: 'SELECT count(*) AS value FROM outbox WHERE refused_at IS NOT NULL',
    },
    {
      name: 'hetao_dead_letters',
      help: 'Events parked after their retries',
      sql: `SELECT count(*) AS value FROM dead_letters WHERE status IN ('parked', 'discard_proposed')`,
    },
  ];
  for (const { name, help, sql } of queries)
    metrics.addReading({ name, help, read: () => valueOf(sources.database, sql) });
  metrics.addReading({
    name: 'hetao_consumer_ready',
    help: '1 when the consumer has joined and progresses',
    read: () => (sources.consumer === undefined ? undefined : Number(sources.consumer.health().ready)),
  });
  metrics.addReading({
    name: 'hetao_consumer_lag',
    help: 'Events known to wait for this consumer',
    read: () => sources.consumer?.health().lag,
  });
}

function valueOf(database: Database, sql: string): Promise<number | undefined> {
  return database.withClient(async (client) => {
    const { rows } = await client.query<{ value: string }>(sql);
    return rows[0] === undefined ? undefined : Number(rows[0].value);
  });
}
