import { Inject, Injectable } from '@nestjs/common';
import { Gauge, Histogram, type Registry } from 'prom-client';
import { CLOCK, DATABASE, METRICS } from '@hetao/runtime';
import type { Clock } from '@hetao/kernel';
import type { Database } from '@hetao/persistence';
import { SealLog } from '../log/seal-log.use-cases.js';
import { NodeAlarms } from '../node/node.queries.js';

/** Above this the exact number of waiting entries says nothing more, and counting them would hurt. */
const COUNTED_WAITING = 100_000;
/** Seconds; from one turn of the sealer to an hour without a database. */
const BUCKETS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 3_600];

/** What an operator watches of the log: does it grow, does sealing keep up, does the other node see it, is there an alarm. */
@Injectable()
export class LogMetrics {
  readonly #database: Database;
  readonly #registry: Registry;

  constructor(
    @Inject(DATABASE) database: Database,
    @Inject(METRICS) registry: Registry,
    @Inject(CLOCK) clock: Clock,
    node: NodeAlarms,
  ) {
    this.#database = database;
    this.#registry = registry;
    const count = (sql: string): Promise<number | undefined> => this.#count(sql);
    this.#gauge('hetao_attestation_log_size', 'Leaves under the latest signed checkpoint', () =>
      count('SELECT max(size)::float8 AS value FROM log_checkpoints'),
    );
    this.#gauge(
      'hetao_attestation_log_unsealed',
      `Entries that wait for a checkpoint (${COUNTED_WAITING} at most)`,
      () =>
        count(
          `SELECT count(*)::float8 AS value FROM (SELECT 1 FROM log_entries WHERE leaf_index IS NULL LIMIT ${COUNTED_WAITING}) AS waiting`,
        ),
    );
    this.#gauge('hetao_attestation_log_alarms', 'Alarms about logs that nobody has explained yet', () =>
      count('SELECT count(*)::float8 AS value FROM node_alarms WHERE acknowledged_at IS NULL'),
    );
    this.#gauge('hetao_attestation_peer_lag_seconds', 'Since the other node last answered', async () => {
      const [answeredAt] = (await node.peers()).map((peer) => peer.answeredAt);
      return answeredAt && (clock.now().getTime() - answeredAt.getTime()) / 1000;
    });
    this.#gauge('hetao_attestation_log_unwitnessed', 'Leaves that the other node has not signed for', async () => {
      const [peer] = await node.peers();
      return peer && peer.ownSize - (peer.witnessedSize ?? 0);
    });
  }

  /** A reading that fails is left out of the answer, and fails nothing else. */
  #gauge(name: string, help: string, read: () => Promise<number | null | undefined>): void {
    new Gauge({
      name,
      help,
      registers: [this.#registry],
      async collect() {
        const value = await read().catch(() => undefined);
        if (typeof value === 'number') this.set(value);
        else this.reset();
      },
    });
  }

  #count(sql: string): Promise<number | undefined> {
    return this.#database.withClient(async (client) => (await client.query<{ value: number }>(sql)).rows[0]?.value);
  }
}

/** How long entries waited for their checkpoint: one value a checkpoint, that of its oldest entry. */
@Injectable()
export class SealMetrics {
  constructor(seal: SealLog, @Inject(METRICS) registry: Registry) {
    const latency = new Histogram({
      name: 'hetao_attestation_seal_latency_seconds',
      help: 'From the arrival of the oldest entry under a checkpoint to the checkpoint',
      buckets: BUCKETS,
      registers: [registry],
    });
    seal.onSealed((seconds) => latency.observe(seconds));
  }
}
