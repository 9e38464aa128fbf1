import { Inject, Injectable } from '@nestjs/common';
import { UnitOfWork, type Database, type Tx } from '@hetao/persistence';
import { DATABASE } from '@hetao/runtime';
import { EndpointNews } from './endpoint-news.use-cases.js';
import type { Verdict } from './webhook.js';

/** One delivery that is due, with all that is needed to send it. */
export interface DueDelivery {
  readonly id: string;
  readonly sequence: string;
  readonly messageId: string;
  readonly endpointId: string;
  readonly organisationId: string;
  /** Number of this try, from 1. */
  readonly attempts: number;
  readonly body: string;
  readonly url: string;
  readonly secretSealed: string;
  readonly previousSealed: string | null;
  readonly rollsUntil: Date | null;
  readonly failingSince: Date | null;
}

/** How much may be taken: in all, and of one endpoint together with what is under way to it. */
export interface ClaimBounds {
  readonly room: number;
  readonly each: number;
  /** The endpoint of each message that is under way. */
  readonly underWay: readonly string[];
}

/** One try, for the log. */
export interface AttemptRecord {
  readonly at: Date;
  readonly durationMs: number;
  readonly status: number | null;
  readonly fault: string | null;
  /** The beginning of what the receiver said. */
  readonly answer: string | null;
}

/** Longer than any try takes: what is not ended by then was begun by a process that died. */
const LEASE_MS = 60_000;

const CLAIM = `WITH ranked AS (
    SELECT d.id, d.endpoint_id, row_number() OVER (PARTITION BY d.endpoint_id ORDER BY d.sequence) AS place
    FROM webhook_deliveries d JOIN webhook_endpoints e ON e.id = d.endpoint_id
    WHERE d.state = 'waiting' AND d.next_at <= $1 AND e.disabled_at IS NULL
      AND (e.held_until IS NULL OR e.held_until <= $1)),
  due AS (
    SELECT d.id FROM webhook_deliveries d
    WHERE d.id IN (SELECT id FROM ranked r
      WHERE place <= $3 - (SELECT count(*) FROM unnest($2::text[]) AS under_way (endpoint_id)
        WHERE under_way.endpoint_id = r.endpoint_id)) AND d.state = 'waiting' AND d.next_at <= $1
    ORDER BY d.sequence LIMIT $4 FOR UPDATE SKIP LOCKED)
  UPDATE webhook_deliveries d SET attempts = d.attempts + 1, next_at = $5
  FROM due, webhook_messages m, webhook_endpoints e
  WHERE d.id = due.id AND m.id = d.message_id AND e.id = d.endpoint_id
  RETURNING d.id, d.sequence, d.attempts, d.message_id AS "messageId", d.endpoint_id AS "endpointId",
    e.organisation_id AS "organisationId", m.body, e.url, e.secret_sealed AS "secretSealed",
    e.previous_sealed AS "previousSealed", e.rolls_until AS "rollsUntil", e.failing_since AS "failingSince"`;

/** The deliveries that wait, handed out so that several processes never send one at once. */
@Injectable()
export class WebhookQueue {
  readonly #database: Database;
  readonly #uow: UnitOfWork;
  readonly #news: EndpointNews;

  constructor(@Inject(DATABASE) database: Database, uow: UnitOfWork, news: EndpointNews) {
    this.#database = database;
    this.#uow = uow;
    this.#news = news;
  }

  /** Takes what is due, the oldest of each endpoint first; it is out again if it is not ended within a minute. */
  async claim(at: Date, { room, each, underWay }: ClaimBounds): Promise<readonly DueDelivery[]> {
    const lease = new Date(at.getTime() + LEASE_MS);
    const { rows } = await this.#database.withClient((client) =>
      client.query<DueDelivery>(CLAIM, [at, underWay, each, room, lease]),
    );
    return rows.sort((a, b) => Number(BigInt(a.sequence) - BigInt(b.sequence)));
  }

  /** Writes down how a try ended and what follows from it. */
  async end(delivery: DueDelivery, verdict: Verdict, record: AttemptRecord): Promise<void> {
    await this.#uow.run(async (tx) => {
      const { at } = record;
      const kept = await tx.query(
        `UPDATE webhook_deliveries SET state = $2, next_at = $3, ended_at = $4
         WHERE id = $1 AND state = 'waiting' AND attempts = $5 RETURNING id`,
        [
          ...[delivery.id, verdict.state, later(at, verdict.retryInMs)],
          ...[verdict.state === 'waiting' ? null : at, delivery.attempts],
        ],
      );
      // The endpoint was removed meanwhile, or another process took the message over: nothing is left to say.
      if (kept.length === 0) return;
      await tx.execute(
        `INSERT INTO webhook_attempts (delivery_id, attempt, at, duration_ms, status, fault, answer)
         VALUES ($1, $2, $3, $4, $5, $6, $7)`,
        [delivery.id, delivery.attempts, at, record.durationMs, record.status, record.fault, record.answer],
      );
      await this.#judgeEndpoint(tx, delivery, verdict, at);
    });
  }

  async #judgeEndpoint(tx: Tx, delivery: DueDelivery, verdict: Verdict, at: Date): Promise<void> {
    const { endpointId } = delivery;
    const works = verdict.state === 'delivered';
    await tx.execute(
      `UPDATE webhook_endpoints SET failing_since = CASE WHEN $2 THEN NULL ELSE coalesce(failing_since, $3) END,
         held_until = CASE WHEN $2 THEN NULL ELSE greatest(held_until, $4) END
       WHERE id = $1 AND (NOT $2 OR failing_since IS NOT NULL OR held_until IS NOT NULL)`,
      [endpointId, works, at, later(at, verdict.holdMs)],
    );
    if (verdict.disable === null) return;
    const disabled = await tx.query(
      `UPDATE webhook_endpoints SET disabled_at = $2, disabled_reason = $3
       WHERE id = $1 AND disabled_at IS NULL RETURNING id`,
      [endpointId, at, verdict.disable],
    );
    if (disabled.length === 1) await this.#news.disabled(tx, delivery, verdict.disable, at);
  }
}

function later(at: Date, ms: number | null): Date | null {
  return ms === null ? null : new Date(at.getTime() + ms);
}
