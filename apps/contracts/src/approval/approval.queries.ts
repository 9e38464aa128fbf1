import { Inject, Injectable } from '@nestjs/common';
import { err, ok, seesEveryTenant, type Reader, type Result } from '@hetao/kernel';
import type { Database } from '@hetao/persistence';
import { afterCursor, cursorPage, DATABASE, type Page } from '@hetao/runtime';
import { toApprovalDto, type ApprovalDto, type ApprovalQueryDto } from './approval.dto.js';
import type { ApprovalLimits } from './approval-limits.js';
import { approvalErrors, type ApprovalError } from './approval.errors.js';
import type { Approval } from './approval.js';

const COLUMNS = `id, organisation_id AS "organisationId", kind, matter_hash AS "matterHash", matter, reasons, note, status,
  requested_by AS "requestedBy", requested_at AS "requestedAt", expires_at AS "expiresAt", decided_by AS "decidedBy",
  decided_at AS "decidedAt", decision_reason AS "decisionReason"`;

/** Reads what an organisation's people asked each other; other organisations never see it, the exchange does. */
@Injectable()
export class ApprovalQueries {
  readonly #database: Database;

  constructor(@Inject(DATABASE) database: Database) {
    this.#database = database;
  }

  async list(query: ApprovalQueryDto, reader: Reader): Promise<Page<ApprovalDto>> {
    const filter = { status: query.status };
    const before = afterCursor(query.cursor, filter)?.[0] ?? null;
    const { rows } = await this.#database.withClient((client) =>
      client.query<Approval>(
        `SELECT ${COLUMNS} FROM approvals
         WHERE ($1 OR organisation_id = $2) AND ($3::text IS NULL OR status = $3) AND ($4::text IS NULL OR id < $4)
         ORDER BY id DESC LIMIT $5`,
        [seesEveryTenant(reader), reader.organisationId, query.status ?? null, before, query.limit + 1],
      ),
    );
    return cursorPage(rows.map(toApprovalDto), query.limit, (approval) => [approval.id], filter);
  }

  async get(id: string, reader: Reader): Promise<Result<ApprovalDto, ApprovalError>> {
    const { rows } = await this.#database.withClient((client) =>
      client.query<Approval>(`SELECT ${COLUMNS} FROM approvals WHERE ($1 OR organisation_id = $2) AND id = $3`, [
        seesEveryTenant(reader),
        reader.organisationId,
        id,
      ]),
    );
    const [found] = rows;
    return found === undefined
      ? err(approvalErrors.APPROVAL_UNKNOWN(`There is no approval ${id} that you may see.`))
      : ok(toApprovalDto(found));
  }

  /** The limits of the reader's own organisation; null where none were set. */
  async limits(reader: Reader): Promise<ApprovalLimits | null> {
    const { rows } = await this.#database.withClient((client) =>
      client.query<{ limits: ApprovalLimits }>('SELECT limits FROM approval_limits WHERE organisation_id = $1', [
        reader.organisationId,
      ]),
    );
    return rows[0]?.limits ?? null;
  }
}
