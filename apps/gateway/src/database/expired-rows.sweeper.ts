import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@hetao/kernel';
import type { Database } from '@hetao/persistence';
import { CLOCK, DATABASE, Jobs, SERVICE_CONFIG } from '@hetao/runtime';
import { callAwaitsReport } from '../delivery/delivery.repository.js';
import type { GatewayConfig } from '../gateway.config.js';

const EVERY_MS = 10 * 60_000;
const HOUR_MS = 3_600_000;
const WEBHOOKS_KEPT_MS = 30 * 24 * HOUR_MS;
/** Longer than an agreement is silent: what is told of it later does not name its parties again. */
const SUBJECTS_KEPT_MS = 5 * 366 * 24 * HOUR_MS;
const INVITATIONS_KEPT_MS = 90 * 24 * HOUR_MS;
/** A long outage leaves many rows; small steps keep each transaction short. */
const STEP = 1_000;
const MAX_STEPS = 100;

/** Deletes what has expired. Nothing relies on it: expired rows are no longer believed wherever they are read. */
@Injectable()
export class ExpiredRowsSweeper {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #config: GatewayConfig;

  constructor(
    jobs: Jobs,
    @Inject(DATABASE) database: Database,
    @Inject(CLOCK) clock: Clock,
    @Inject(SERVICE_CONFIG) config: GatewayConfig,
  ) {
    this.#database = database;
    this.#clock = clock;
    this.#config = config;
    jobs.every({ name: 'gateway: expired rows', intervalMs: EVERY_MS, alone: true, work: () => this.sweep() });
  }

  /** Returns how many rows went. */
  async sweep(): Promise<number> {
    const now = this.#clock.now();
    const idle = new Date(now.getTime() - this.#config.SESSION_IDLE_MINUTES * 60_000);
    const hourAgo = new Date(now.getTime() - HOUR_MS);
    const callsKept = new Date(now.getTime() - this.#config.DELIVERY_CALLS_KEPT_DAYS * 24 * HOUR_MS);
    const deleted = [
      await this.#delete('sessions', 'last_seen_at < $1', idle),
      await this.#delete('sign_in_failures', 'last_failure_at < $1', hourAgo),
      await this.#delete('passkey_challenges', 'expires_at < $1', now),
      await this.#delete('setup_links', 'expires_at < $1', now),
      // The provider inside lives by the machine's clock.
      await this.#delete('oidc_records', 'expires_at < least($1, now())', now),
      await this.#delete('delivery_calls', `begun_at < $1 AND NOT ${callAwaitsReport}`, callsKept),
      await this.#delete('webhook_messages', 'created_at < $1', new Date(now.getTime() - WEBHOOKS_KEPT_MS)),
      // By the machine's clock, which wrote it.
      await this.#delete(
        'webhook_subjects',
        'last_told_at < least($1, now())',
        new Date(now.getTime() - SUBJECTS_KEPT_MS),
      ),
      await this.#delete('invitations', 'expires_at < $1', new Date(now.getTime() - INVITATIONS_KEPT_MS)),
    ];
    return deleted.reduce((sum, count) => sum + count, 0);
  }

  async #delete(table: string, condition: string, at: Date): Promise<number> {
    const sql = `DELETE FROM ${table} WHERE ctid IN (SELECT ctid FROM ${table} WHERE ${condition} LIMIT ${STEP})`;
    let total = 0;
    for (let step = 0; step < MAX_STEPS; step += 1) {
      const result = await this.#database.withClient((client) => client.query(sql, [at]));
      total += result.rowCount ?? 0;
      if ((result.rowCount ?? 0) < STEP) break;
    }
    return total;
  }
}
