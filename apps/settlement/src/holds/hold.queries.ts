import { err, ok, type Result } from '@hetao/kernel';
import type { Database } from '@hetao/persistence';
import { afterCursor, cursorPage, DATABASE, type Page } from '@hetao/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { toHoldDto, type HoldDto, type HoldQueryDto, type StoredHold } from './hold.dto.js';
import { holdErrors, type HoldError } from './hold.errors.js';

const HOLDS = `
  SELECT h.hold_no, h.hold_id, h.movement, h.reference_kind, h.reference_id, h.period, h.reserved_at, h.expires_at,
         coalesce(r.outcome, 'reserved') AS state, r.resolved_at, r.resolved_by, r.reason, r.transaction_id,
         (SELECT json_agg(json_build_object('account_id', a.account_id, 'owner', a.owner, 'kind', a.kind,
                                            'currency', a.currency, 'amount', l.amount_minor::text) ORDER BY l.leg)
            FROM ledger_hold_legs l JOIN ledger_accounts a USING (account_no) WHERE l.hold_no = h.hold_no) AS legs_json
    FROM ledger_holds h LEFT JOIN ledger_hold_resolutions r USING (hold_no)`;

/** Reads reserves, for operators and auditors. */
@Injectable()
export class HoldQueries {
  readonly #database: Database;

  constructor(@Inject(DATABASE) database: Database) {
    this.#database = database;
  }

  /** Holds, newest first. */
  async list(query: HoldQueryDto): Promise<Page<HoldDto>> {
    const filter = { state: query.state, account: query.account };
    const [before = null] = afterCursor(query.cursor, filter) ?? [];
    const rows = await this.#read(
      `${HOLDS} WHERE ($1::bigint IS NULL OR h.hold_no < $1) AND ($2::text IS NULL OR coalesce(r.outcome, 'reserved') = $2)
         AND ($3::text IS NULL OR h.hold_no IN (SELECT l.hold_no FROM ledger_hold_legs l
               JOIN ledger_accounts a USING (account_no) WHERE a.account_id = $3))
       ORDER BY h.hold_no DESC LIMIT $4`,
      [before, query.state ?? null, query.account ?? null, query.limit + 1],
    );
    const page = cursorPage(rows, query.limit, (row) => [Number(row.hold_no)], filter);
    return { ...page, data: page.data.map(toHoldDto) };
  }

  async get(holdId: string): Promise<Result<HoldDto, HoldError>> {
    const [row] = await this.#read(`${HOLDS} WHERE h.hold_id = $1`, [holdId]);
    if (row === undefined) return err(holdErrors.HOLD_NOT_FOUND(`There is no hold ${holdId}.`));
    return ok(toHoldDto(row));
  }

  #read(sql: string, values: unknown[]): Promise<StoredHold[]> {
    return this.#database.withClient(async (client) => (await client.query<StoredHold>(sql, values)).rows);
  }
}
