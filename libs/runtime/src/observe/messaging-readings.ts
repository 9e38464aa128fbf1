import type { Consumer } from '@hetao/messaging';
import type { Database } from '@hetao/persistence';
import type { ServiceMetrics } from './metrics.js';

interface MessagingSources {
  readonly database: Database;
  readonly consumer: Consumer | undefined;
}

/** Adds what an operator watches of a service's messages: backlog, age, dead letters, lag. */
export function addMessagingReadings(metrics: ServiceMetrics, sources: MessagingSources): void {
  const { database } = sources;
  metrics.addReading({
    name: 'hetao_outbox_backlog',
    help: 'Events committed and not yet carried on',
    read: () => count(database, 'SELECT count(*) AS value FROM outbox WHERE published_at IS NULL AND refused_at IS NULL'),
  });
  metrics.addReading({
    name: 'hetao_outbox_oldest_seconds',
    help: 'Age of the oldest event not yet carried on: the lag of the relay',
    read: () =>
      count(
        database,
        `SELECT coalesce(extract(epoch FROM clock_timestamp() - min(recorded_at)), 0) AS value
         FROM outbox WHERE published_at IS NULL AND refused_at IS NULL`,
      ),
  });
  metrics.addReading({
    name: 'hetao_dead_letters',
    help: 'Events parked after their retries',
    read: () => count(database, `SELECT count(*) AS value FROM dead_letters WHERE status = 'parked'`),
  });
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

function count(database: Database, sql: string): Promise<number | undefined> {
  return database.withClient(async (client) => {
    const { rows } = await client.query<{ value: string }>(sql);
    return rows[0] === undefined ? undefined : Number(rows[0].value);
  });
}
