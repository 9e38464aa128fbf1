import { Injectable } from '@nestjs/common';
import type { Queryable } from '@hetao/clearance';
import { Decimal } from '@hetao/kernel';
import { isPlainSum } from '../meter/meter.js';
import { msPerQuarter } from '../window/usage-window.js';
import { type Evaluation, evaluationSql, rollupSql } from './meter-evaluation.sql.js';

/** The value of a meter in one window and group. Windows and groups without events are absent. */
export interface MeterPoint {
  /** Place in the list of windows. */
  readonly window: number;
  /** In the order they were asked for; null where an event has nothing there. */
  readonly groups: readonly (string | null)[];
  /** Exact decimal; averages rounded half even to twelve digits after the point. */
  readonly value: string;
  readonly events: number;
}

interface PointRow {
  readonly bucket: number;
  readonly groups: (string | null)[];
  readonly value: string;
  readonly weight: string | null;
  readonly events: number;
}

const AVERAGE_DIGITS = 12;

/** Works out what meters measure. */
@Injectable()
export class MeterEvaluator {
  /** The points by window and group. @param most one more is returned when there are more. */
  async evaluate(client: Queryable, evaluation: Evaluation, most: number): Promise<readonly MeterPoint[]> {
    if (evaluation.windows.length === 0) return [];
    const { text, values } = isKept(evaluation) ? rollupSql(evaluation) : evaluationSql(evaluation, most);
    const { rows } = await client.query<PointRow>(text, [...values]);
    return rows.map((row) => ({
      window: row.bucket - 1,
      groups: row.groups,
      value: divided(row.value, row.weight),
      events: row.events,
    }));
  }
}

/** True when the answer is a sum of rollups. */
function isKept({ definition, windows, groupBy, filters }: Evaluation): boolean {
  if (!isPlainSum(definition) || groupBy.length > 0 || filters.length > 0) return false;
  return windows.every(({ startMs, endMs }) => startMs % msPerQuarter === 0 && endMs % msPerQuarter === 0);
}

function divided(value: string, weight: string | null): string {
  if (weight === null) return value;
  return Decimal.parse(value).dividedBy(Decimal.parse(weight), AVERAGE_DIGITS, 'half_even').toString();
}
