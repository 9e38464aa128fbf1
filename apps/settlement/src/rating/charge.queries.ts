import type { Reader } from '@hetao/kernel';
import type { Database } from '@hetao/persistence';
import { afterCursor, cursorPage, DATABASE, type Page } from '@hetao/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { sightParameters } from '../agreement/visibility.js';
import { toChargeDto, type ChargeDto, type ChargeQueryDto, type StoredCharge } from './charge.dto.js';

/** Reads charges as their reader may see them, by period, agreement and line. */
@Injectable()
export class ChargeQueries {
  readonly #database: Database;

  constructor(@Inject(DATABASE) database: Database) {
    this.#database = database;
  }

  async list(query: ChargeQueryDto, reader: Reader): Promise<Page<ChargeDto>> {
    const filter = { period: query.period, agreement: query.agreement_id };
    const [period = '', agreementId = '', lineNo = 0] = afterCursor(query.cursor, filter) ?? [];
    const { rows } = await this.#database.withClient((client) =>
      client.query<StoredCharge>(
        `SELECT charge_id, agreement_id, period, merchant_id, buyer_id, line_no, component_id, kind, meter, quantity,
                unit, exact_amount, amount_minor, currency, steps, rule_version, rated_at, adjustment_id, original_charge_id
           FROM charges
          WHERE ($1 OR merchant_id = $2 OR buyer_id = $3)
            AND ($4::text IS NULL OR period = $4) AND ($5::text IS NULL OR agreement_id = $5)
            AND (period, agreement_id, line_no) > ($6, $7, $8)
          ORDER BY period, agreement_id, line_no LIMIT $9`,
        [
          ...sightParameters(reader),
          query.period ?? null,
          query.agreement_id ?? null,
          period,
          agreementId,
          lineNo,
          query.limit + 1,
        ],
      ),
    );
    const page = cursorPage(rows, query.limit, (row) => [row.period, row.agreement_id, row.line_no], filter);
    return { ...page, data: page.data.map(toChargeDto) };
  }
}
