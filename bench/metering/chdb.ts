import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type UsageRow, UsageStream } from './events.js';

/** What the same events cost in ClickHouse's engine, in this process: no HTTP, no dedupe, no exactly-once. */
export interface ChdbResult {
  readonly insertedPerSecond: number;
  readonly insertedPerCpuSecond: number;
  /** Hourly totals of all meters over everything, as the table must compute them from raw events. */
  readonly hourlyMs: number;
  readonly version: string;
}

interface Session {
  query(sql: string, format?: string): string;
  cleanup(): void;
}

/** OpenMeter's table of events, as its `event_query.go` makes it. */
const TABLE = `
  CREATE TABLE IF NOT EXISTS om_events (
    namespace String, id String, type LowCardinality(String), subject String, source String,
    time DateTime, data String, ingested_at DateTime, stored_at DateTime,
    INDEX om_events_stored_at stored_at TYPE minmax GRANULARITY 4
  ) ENGINE = MergeTree PARTITION BY toYYYYMM(time) ORDER BY (namespace, type, subject, toStartOfHour(time))`;

const HOURLY = `
  SELECT subject, toStartOfHour(time) AS hour, sum(toDecimal128OrNull(JSONExtractString(data, 'meters', 'bytes'), 6)),
         sum(toDecimal128OrNull(JSONExtractString(data, 'meters', 'calls'), 6)), count()
    FROM om_events GROUP BY subject, hour ORDER BY hour`;

/**
 * @param folder where `npm install chdb` was run: half a gigabyte of native library that nothing but this comparison
 *   needs, so it is no dependency of the repository.
 */
export function measureChdb(folder: string, batches: number, size: number): ChdbResult {
  const { Session: Opened } = createRequire(join(folder, 'package.json'))('chdb') as { Session: new () => Session };
  const session = new Opened();
  try {
    session.query('CREATE DATABASE IF NOT EXISTS meter ENGINE = Atomic');
    session.query(TABLE.replace('om_events (', 'meter.om_events ('));
    const stream = new UsageStream('agr_bench', Date.parse('2026-02-25T00:00:00Z'));
    const texts = Array.from({ length: batches }, () => stream.next(size).map(rowOf).join('\n'));
    const before = process.cpuUsage();
    const startedAt = performance.now();
    for (const text of texts) session.query(`INSERT INTO meter.om_events FORMAT JSONEachRow\n${text}`);
    const seconds = (performance.now() - startedAt) / 1000;
    const cpu = process.cpuUsage(before);
    const queriedAt = performance.now();
    session.query(HOURLY.replace('FROM om_events', 'FROM meter.om_events'), 'JSONEachRow');
    const hourlyMs = performance.now() - queriedAt;
    const counted = Number(session.query('SELECT count() FROM meter.om_events', 'TabSeparated').trim());
    if (counted !== batches * size) throw new Error(`chDB holds ${counted} events of ${batches * size}.`);
    return {
      insertedPerSecond: (batches * size) / seconds,
      insertedPerCpuSecond: (batches * size * 1e6) / (cpu.user + cpu.system),
      hourlyMs,
      version: session.query('SELECT version()', 'TabSeparated').trim(),
    };
  } finally {
    session.cleanup();
  }
}

function rowOf({ id, time, data }: UsageRow): string {
  const second = time.slice(0, 19).replace('T', ' ');
  return JSON.stringify({
    namespace: 'default',
    id,
    type: 'hetao.usage.recorded',
    subject: 'agr_bench',
    source: '/bench/access-log',
    time: second,
    data: JSON.stringify(data),
    ingested_at: second,
    stored_at: second,
  });
}
