import { Inject, Injectable } from '@nestjs/common';
import { err, ok, seesEveryTenant, type Reader, type Result } from '@hetao/kernel';
import type { Database } from '@hetao/persistence';
import { afterCursor, cursorPage, DATABASE, type Page } from '@hetao/runtime';
import {
  toDisputeDetailDto,
  toDisputeDto,
  type DisputeDetailDto,
  type DisputeDto,
  type DisputeQueryDto,
} from './dispute.dto.js';
import { disputeErrors, type DisputeError } from './dispute.errors.js';
import type { Dispute, DisputeStep } from './dispute.js';

const SELECT = `SELECT id, agreement_id AS "agreementId", merchant_id AS "merchantId", buyer_id AS "buyerId",
    opened_by_party AS "openedBy", ground, claim, status, step, proposal, remedy, opened_at AS "openedAt",
    closed_at AS "closedAt" FROM agreement_disputes`;
const VISIBLE = '($1 OR merchant_id = $2 OR buyer_id = $2)';
const STEPS = `SELECT step, command, status_from AS "from", status_to AS "to", party AS side, said, evidence, at,
    json_build_object('subject', by_subject, 'organisationId', by_organisation) AS by
  FROM agreement_dispute_steps WHERE dispute_id = $1 ORDER BY step`;

/** Reads disputes of the reader's organisation, on either side, newest first; the exchange reads all. */
@Injectable()
export class DisputeQueries {
  readonly #database: Database;

  constructor(@Inject(DATABASE) database: Database) {
    this.#database = database;
  }

  async list(query: DisputeQueryDto, reader: Reader): Promise<Page<DisputeDto>> {
    const filter = { agreement: query.agreement_id, status: query.status };
    const before = afterCursor(query.cursor, filter)?.[0] ?? null;
    const params = [
      ...[seesEveryTenant(reader), reader.organisationId, query.agreement_id ?? null, query.status ?? null],
      ...[before, query.limit + 1],
    ];
    const rows = await this.#rows<Dispute>(
      `${SELECT} WHERE ${VISIBLE} AND ($3::text IS NULL OR agreement_id = $3) AND ($4::text IS NULL OR status = $4)
         AND ($5::text IS NULL OR id < $5) ORDER BY id DESC LIMIT $6`,
      params,
    );
    return cursorPage(rows.map(toDisputeDto), query.limit, (dispute) => [dispute.id], filter);
  }

  /** With its whole history, which has a bound. */
  async get(id: string, reader: Reader): Promise<Result<DisputeDetailDto, DisputeError>> {
    const params = [seesEveryTenant(reader), reader.organisationId, id];
    const [found] = await this.#rows<Dispute>(`${SELECT} WHERE ${VISIBLE} AND id = $3`, params);
    if (found === undefined) {
      return err(disputeErrors.AGREEMENT_DISPUTE_UNKNOWN(`There is no dispute ${id} that you may see.`));
    }
    return ok(toDisputeDetailDto(found, await this.#rows<DisputeStep>(STEPS, [id])));
  }

  async #rows<R extends object>(sql: string, params: unknown[]): Promise<R[]> {
    const { rows } = await this.#database.withClient((client) => client.query<R>(sql, params));
    return rows;
  }
}
