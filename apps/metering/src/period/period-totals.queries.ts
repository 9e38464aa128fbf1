import { Injectable } from '@nestjs/common';
import type { Queryable } from '@hetao/clearance';
import { isPlainSum } from '../meter/meter.js';
import { MeterRepository } from '../meter/meter.repository.js';
import { MeterEvaluator } from '../query/meter-evaluator.queries.js';
import type { Interval } from '../window/calendar.js';
import { formatInstant } from '../window/instant.js';

/** What an agreement used of a meter in a period. */
export interface PeriodTotal {
  readonly meter: string;
  /** Exact decimal. */
  readonly quantity: string;
  readonly events: number;
}

/** What a period comes to, as it is billed: sums as they are kept, and what defined meters measure. */
@Injectable()
export class PeriodTotals {
  constructor(
    private readonly meters: MeterRepository,
    private readonly evaluator: MeterEvaluator,
  ) {}

  /** Totals by name of the meter; a meter without usage is absent. */
  async of(client: Queryable, agreementId: string, period: Interval): Promise<readonly PeriodTotal[]> {
    const { rows } = await client.query<PeriodTotal>(
      `SELECT meter, trim_scale(sum(quantity))::text AS quantity, sum(events)::float8 AS events
         FROM usage_totals WHERE agreement_id = $1 AND window_start >= $2 AND window_start < $3
        GROUP BY meter`,
      [agreementId, formatInstant(period.startMs), formatInstant(period.endMs)],
    );
    const totals = new Map(rows.map((row) => [row.meter, row]));
    for (const definition of await this.meters.binding(client, agreementId)) {
      if (isPlainSum(definition)) continue;
      const { meter } = definition;
      const windows = [{ startMs: period.startMs, endMs: period.endMs }];
      const evaluation = { definition, agreementId, windows, groupBy: [], filters: [], knownUntilMs: period.endMs };
      const [point] = await this.evaluator.evaluate(client, evaluation, 1);
      totals.delete(meter);
      if (point) totals.set(meter, { meter, quantity: point.value, events: point.events });
    }
    return [...totals.values()].sort((a, b) => (a.meter < b.meter ? -1 : 1));
  }
}
