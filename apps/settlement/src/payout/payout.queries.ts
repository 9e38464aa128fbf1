import { err, money, ok, type Currency, type Result, type Reader } from '@hetao/kernel';
import type { Database } from '@hetao/persistence';
import { afterCursor, cursorPage, DATABASE, toMoneyDto, type Page } from '@hetao/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { sightOf } from '../agreement/visibility.js';
import {
  toPayoutDto,
  toPayoutRunDto,
  type PayoutDetailDto,
  type PayoutDto,
  type PayoutQueryDto,
  type PayoutRunDto,
  type StoredPayout,
} from './payout.dto.js';
import { payoutErrors, type PayoutError } from './payout.errors.js';
import type { PayoutRun } from './payout.use-cases.js';

const SELECT = `
  SELECT payout_id, period, beneficiary_id, share, amount_minor, gross_minor, currency, end_to_end_id, bank_account, state,
         instructed_at, settled_at
    FROM payouts WHERE ($1 OR beneficiary_id = $2)`;

/** Reads payouts: the exchange's people see all, everybody else what was paid to their organisation. */
@Injectable()
export class PayoutQueries {
  readonly #database: Database;

  constructor(@Inject(DATABASE) database: Database) {
    this.#database = database;
  }

  async list(query: PayoutQueryDto, reader: Reader): Promise<Page<PayoutDto>> {
    const filter = { period: query.period, status: query.status };
    const [before = null] = afterCursor(query.cursor, filter) ?? [];
    const { rows } = await this.#database.withClient((client) =>
      client.query<StoredPayout>(
        `${SELECT} AND ($3::text IS NULL OR period = $3) AND ($4::text IS NULL OR state = $4)
            AND ($5::text IS NULL OR payout_id < $5) ORDER BY payout_id DESC LIMIT $6`,
        [
          sightOf(reader).all,
          reader.organisationId,
          query.period ?? null,
          query.status ?? null,
          before,
          query.limit + 1,
        ],
      ),
    );
    const page = cursorPage(rows, query.limit, (row) => [row.payout_id], filter);
    return { ...page, data: page.data.map(toPayoutDto) };
  }

  async get(payoutId: string, reader: Reader): Promise<Result<PayoutDetailDto, PayoutError>> {
    return this.#database.withClient(async (client) => {
      const { rows } = await client.query<StoredPayout>(`${SELECT} AND payout_id = $3`, [
        sightOf(reader).all,
        reader.organisationId,
        payoutId,
      ]);
      const [row] = rows;
      if (row === undefined) {
        return err(payoutErrors.PAYOUT_NOT_FOUND(`There is no payout ${payoutId} that you may see.`));
      }
      const items = await client.query<{ invoice_id: string; number: string; amount_minor: string }>(
        `SELECT p.invoice_id, i.number, p.amount_minor FROM payout_items p JOIN invoices i USING (invoice_id)
          WHERE p.payout_id = $1 ORDER BY i.year, i.year_no LIMIT 10000`,
        [payoutId],
      );
      const matches = await client.query<{ line_id: string }>(
        `SELECT line_id FROM bank_matches WHERE item_kind = 'payout' AND item_id = $1 AND ended_at IS NULL`,
        [payoutId],
      );
      return ok({
        ...toPayoutDto(row),
        items: items.rows.map((item) => ({
          invoice_id: item.invoice_id,
          invoice_number: item.number,
          amount: toMoneyDto(money(BigInt(item.amount_minor), row.currency)),
        })),
        statement_line_id: matches.rows[0]?.line_id ?? null,
      });
    });
  }

  /** What stands instructed for a period, after a run. */
  async totals(period: string, run: PayoutRun): Promise<PayoutRunDto> {
    const { rows } = await this.#database.withClient((client) =>
      client.query<{ currency: Currency; payouts: string; amount: string }>(
        `SELECT currency, count(*) AS payouts, sum(amount_minor) AS amount FROM payouts
          WHERE period = $1 GROUP BY currency ORDER BY currency`,
        [period],
      ),
    );
    return toPayoutRunDto(period, run, rows);
  }
}
