import { Inject, Injectable } from '@nestjs/common';
import { newId } from '@hetao/kernel';
import type { Database, Tx } from '@hetao/persistence';
import { DATABASE } from '@hetao/runtime';
import type { Actor, AuditAct } from '../audit/audit.js';
import { AuditTrail } from '../audit/audit.repository.js';
import type { WebhookEndpoint } from './webhook.js';

/** A message for one organisation, as every endpoint of it gets it. */
export interface WebhookMessage {
  readonly id: string;
  readonly organisationId: string;
  readonly type: string;
  readonly body: string;
  readonly occurredAt: Date;
}

/** An endpoint with what signs its messages, sealed. */
export type StoredEndpoint = WebhookEndpoint & {
  readonly secretSealed: string;
  readonly previousSealed: string | null;
};

const COLUMNS = `id, organisation_id AS "organisationId", url, description, types, signature, public_key AS "publicKey",
  rolls_until AS "rollsUntil", created_at AS "createdAt", disabled_at AS "disabledAt",
  disabled_reason AS "disabledReason", failing_since AS "failingSince", secret_sealed AS "secretSealed",
  previous_sealed AS "previousSealed"`;
const INSERT = `INSERT INTO webhook_endpoints (id, organisation_id, url, description, types, signature, public_key,
  rolls_until, created_at, disabled_at, disabled_reason, failing_since, secret_sealed, previous_sealed)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`;
const UPDATE = `UPDATE webhook_endpoints SET url = $3, description = $4, types = $5, signature = $6, public_key = $7,
  rolls_until = $8, disabled_at = $10, disabled_reason = $11, failing_since = $12, secret_sealed = $13,
  previous_sealed = $14, held_until = NULL WHERE id = $1 AND organisation_id = $2 AND created_at = $9`;

/** Keeps endpoints and what is to be told to them. */
@Injectable()
export class WebhookRepository {
  readonly #database: Database;
  readonly #audit: AuditTrail;

  constructor(@Inject(DATABASE) database: Database, audit: AuditTrail) {
    this.#database = database;
    this.#audit = audit;
  }

  /** What was done to an endpoint, for the audit: where it leads and what it hears, never its secret. */
  note(tx: Tx, actor: Actor, action: AuditAct['action'], endpoint: WebhookEndpoint): Promise<void> {
    const { id, organisationId, url, types, disabledAt } = endpoint;
    const detail = { url, types, listens: disabledAt === null ? 'yes' : 'no' };
    return this.#audit.note(tx, { actor, action, object: id, organisationId, result: 'done', detail });
  }

  async endpoints(organisationId: string): Promise<StoredEndpoint[]> {
    const sql = `SELECT ${COLUMNS} FROM webhook_endpoints WHERE organisation_id = $1 ORDER BY id`;
    return (await this.#database.withClient((client) => client.query<StoredEndpoint>(sql, [organisationId]))).rows;
  }

  /** The endpoint of this organisation, for a change: nobody else changes it meanwhile. */
  async load(tx: Tx, organisationId: string, id: string): Promise<StoredEndpoint | undefined> {
    const sql = `SELECT ${COLUMNS} FROM webhook_endpoints WHERE organisation_id = $1 AND id = $2 FOR UPDATE`;
    return (await tx.query<StoredEndpoint>(sql, [organisationId, id]))[0];
  }

  /** How many the organisation has; others who add one wait until this transaction is over. */
  async count(tx: Tx, organisationId: string): Promise<number> {
    await tx.execute('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`webhooks of ${organisationId}`]);
    const sql = 'SELECT count(*)::int AS count FROM webhook_endpoints WHERE organisation_id = $1';
    return (await tx.query<{ count: number }>(sql, [organisationId]))[0]?.count ?? 0;
  }

  async insert(tx: Tx, endpoint: StoredEndpoint): Promise<void> {
    await tx.execute(INSERT, parametersOf(endpoint));
  }

  async update(tx: Tx, endpoint: StoredEndpoint): Promise<void> {
    await tx.execute(UPDATE, parametersOf(endpoint));
  }

  async remove(tx: Tx, organisationId: string, id: string): Promise<boolean> {
    const sql = 'DELETE FROM webhook_endpoints WHERE organisation_id = $1 AND id = $2 RETURNING id';
    return (await tx.query(sql, [organisationId, id])).length === 1;
  }

  /** Who stands behind a subject: named now, or by an earlier event of it. */
  async partiesOf(tx: Tx, subject: string, named: readonly string[]): Promise<readonly string[]> {
    if (named.length === 0) {
      const sql = 'UPDATE webhook_subjects SET last_told_at = now() WHERE subject = $1 RETURNING parties';
      return (await tx.query<{ parties: string[] }>(sql, [subject]))[0]?.parties ?? [];
    }
    await tx.execute(
      `INSERT INTO webhook_subjects (subject, parties) VALUES ($1, $2)
       ON CONFLICT (subject) DO UPDATE SET parties = excluded.parties, last_told_at = now()`,
      [subject, named],
    );
    return named;
  }

  /** Keeps a message and a delivery of it for each endpoint that asked for its type. @returns whether anybody did. */
  async tell(tx: Tx, message: WebhookMessage, at: Date): Promise<boolean> {
    const { id, organisationId, type } = message;
    // Kept also where nobody listens yet: an endpoint made later can ask for what it missed.
    await this.keep(tx, message, at);
    // A disabled endpoint is not written to: its owner asks for what it missed when it works again.
    const listening = await tx.query<{ id: string }>(
      `SELECT id FROM webhook_endpoints
       WHERE organisation_id = $1 AND disabled_at IS NULL AND (types = '{}' OR $2 = ANY(types)) ORDER BY id`,
      [organisationId, type],
    );
    for (const endpoint of listening) await this.deliver(tx, { messageId: id, endpointId: endpoint.id, at });
    return listening.length > 0;
  }

  async keep(tx: Tx, { id, organisationId, type, body, occurredAt }: WebhookMessage, at: Date): Promise<void> {
    await tx.execute(
      `INSERT INTO webhook_messages (id, organisation_id, type, body, occurred_at, created_at)
       VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (id) DO NOTHING`,
      [id, organisationId, type, body, occurredAt, at],
    );
  }

  /** One delivery of a message to an endpoint, due at once. */
  async deliver(
    tx: Tx,
    delivery: {
      readonly messageId: string;
      readonly endpointId: string;
      readonly at: Date;
      readonly replayOf?: string;
    },
  ): Promise<string> {
    const id = newId('whd');
    const { messageId, endpointId, replayOf, at } = delivery;
    await tx.execute(
      `INSERT INTO webhook_deliveries (id, message_id, endpoint_id, replay_of, state, next_at, created_at)
       VALUES ($1, $2, $3, $4, 'waiting', $5, $5)`,
      [id, messageId, endpointId, replayOf ?? null, at],
    );
    return id;
  }
}

function parametersOf(endpoint: StoredEndpoint): unknown[] {
  const { id, organisationId, url, description, types, signature, publicKey } = endpoint;
  const { rollsUntil, createdAt, disabledAt, disabledReason, failingSince, secretSealed, previousSealed } = endpoint;
  return [
    ...[id, organisationId, url, description, types, signature, publicKey],
    ...[rollsUntil, createdAt, disabledAt, disabledReason, failingSince, secretSealed, previousSealed],
  ];
}
