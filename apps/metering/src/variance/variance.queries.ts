import { Inject, Injectable } from '@nestjs/common';
import { Decimal } from '@hetao/kernel';
import type { Database } from '@hetao/persistence';
import { DATABASE } from '@hetao/runtime';
import { formatInstant } from '../window/instant.js';

/** What both sides counted of one meter in one hour. */
export interface Variance {
  readonly windowStartMs: number;
  readonly meter: string;
  readonly merchant: Decimal;
  readonly gateway: Decimal;
}

interface VarianceRow {
  readonly window_start: Date;
  readonly meter: string;
  readonly merchant: string;
  readonly gateway: string;
}

/** The two-sided meter: the merchant's own count beside the gateway's. */
@Injectable()
export class VarianceQueries {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  /** Whose count is billed; the merchant's unless an operator said otherwise. */
  async recordSide(agreementId: string): Promise<'merchant' | 'gateway'> {
    const { rows } = await this.database.withClient((client) =>
      client.query<{ record_side: 'merchant' | 'gateway' }>(
        'SELECT record_side FROM usage_agreements WHERE agreement_id = $1',
        [agreementId],
      ),
    );
    return rows[0]?.record_side ?? 'merchant';
  }

  /** Hours in [fromMs, untilMs) in which either side counted, in the order of hour and meter. */
  async list(
    agreementId: string,
    range: { readonly fromMs: number; readonly untilMs: number; readonly after: readonly [number, string] | undefined },
    limit: number,
  ): Promise<readonly Variance[]> {
    const { rows } = await this.database.withClient((client) =>
      client.query<VarianceRow>(
        `SELECT window_start, meter,
                trim_scale(coalesce(sum(quantity) FILTER (WHERE side = 'merchant'), 0)) AS merchant,
                trim_scale(coalesce(sum(quantity) FILTER (WHERE side = 'gateway'), 0)) AS gateway
           FROM usage_sides JOIN usage_agreements USING (agreement_no)
          WHERE agreement_id = $1 AND window_start >= $2 AND window_start < $3
            AND ($4::timestamptz IS NULL OR (window_start, meter) > ($4, $5))
          GROUP BY window_start, meter ORDER BY window_start, meter LIMIT $6`,
        [
          ...[agreementId, formatInstant(range.fromMs), formatInstant(range.untilMs)],
          ...[range.after ? formatInstant(range.after[0]) : null, range.after?.[1] ?? null, limit],
        ],
      ),
    );
    return rows.map((row) => ({
      windowStartMs: row.window_start.getTime(),
      meter: row.meter,
      merchant: Decimal.parse(row.merchant),
      gateway: Decimal.parse(row.gateway),
    }));
  }
}
