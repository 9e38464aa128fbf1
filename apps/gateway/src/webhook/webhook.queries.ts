import { Inject, Injectable } from '@nestjs/common';
import type { Database } from '@hetao/persistence';
import { afterCursor, cursorPage, DATABASE, type Page } from '@hetao/runtime';
import type { WebhookDeliveryDetailDto, WebhookDeliveryDto, WebhookDeliveryQuery } from './webhook.dto.js';

type Times = 'next_at' | 'created_at' | 'ended_at';
type Row = Omit<WebhookDeliveryDto, Times> & {
  readonly next_at: Date | null;
  readonly created_at: Date;
  readonly ended_at: Date | null;
};
type TryRow = Omit<WebhookDeliveryDetailDto['tries'][number], 'at'> & { readonly at: Date };

const SELECT = `SELECT d.id, d.endpoint_id, d.message_id, m.type, d.state, d.attempts, a.status AS last_status,
    a.fault AS last_fault, d.next_at, d.created_at, d.ended_at, d.replay_of, m.body
  FROM webhook_deliveries d JOIN webhook_endpoints e ON e.id = d.endpoint_id JOIN webhook_messages m ON m.id = d.message_id
  LEFT JOIN LATERAL (SELECT status, fault FROM webhook_attempts WHERE delivery_id = d.id ORDER BY attempt DESC LIMIT 1) a
    ON true
  WHERE e.organisation_id = $1`;
const LIST = `${SELECT} AND ($2::text IS NULL OR d.endpoint_id = $2) AND ($3::text IS NULL OR d.state = $3)
  AND ($4::text IS NULL OR m.type = $4) AND ($5::text IS NULL OR d.id < $5) ORDER BY d.id DESC LIMIT $6`;
const TRIES = `SELECT attempt, at, duration_ms, status, fault, answer FROM webhook_attempts WHERE delivery_id = $1
  ORDER BY attempt`;

/** The log of an organisation's webhooks, newest first. */
@Injectable()
export class WebhookQueries {
  readonly #database: Database;

  constructor(@Inject(DATABASE) database: Database) {
    this.#database = database;
  }

  async list(organisationId: string, query: WebhookDeliveryQuery): Promise<Page<WebhookDeliveryDto>> {
    const filter = { endpoint: query.endpoint_id, state: query.state, type: query.type };
    const before = afterCursor(query.cursor, filter)?.[0] ?? null;
    const wanted = [query.endpoint_id ?? null, query.state ?? null, query.type ?? null];
    const rows = await this.#rows<Row>(LIST, [organisationId, ...wanted, before, query.limit + 1]);
    return cursorPage(rows.map(toDto), query.limit, ({ id }) => [id], filter);
  }

  async one(organisationId: string, id: string): Promise<WebhookDeliveryDetailDto | undefined> {
    const [row] = await this.#rows<Row & { readonly body: string }>(`${SELECT} AND d.id = $2`, [organisationId, id]);
    if (row === undefined) return undefined;
    const tries = await this.#rows<TryRow>(TRIES, [id]);
    return { ...toDto(row), body: row.body, tries: tries.map((line) => ({ ...line, at: line.at.toISOString() })) };
  }

  async #rows<R extends object>(sql: string, params: unknown[]): Promise<R[]> {
    return (await this.#database.withClient((client) => client.query<R>(sql, params))).rows;
  }
}

function toDto(row: Row): WebhookDeliveryDto {
  const { id, endpoint_id, message_id, type, state, attempts, last_status, last_fault, replay_of } = row;
  return {
    ...{ id, endpoint_id, message_id, type, state, attempts, last_status, last_fault, replay_of },
    next_at: state === 'waiting' ? (row.next_at?.toISOString() ?? null) : null,
    created_at: row.created_at.toISOString(),
    ended_at: row.ended_at?.toISOString() ?? null,
  };
}
