import { Injectable } from '@nestjs/common';
import type { Decimal } from '@hetao/kernel';
import type { Tx } from '@hetao/persistence';
import { formatInstant } from '../window/instant.js';
import { type Prepared, runPrepared } from './prepared.statement.js';
import type { DimensionTotal, Rollups } from './rollup.js';

/** Adds sums to the rollups. The rows come in lock order, and the tables always in the same one. */
@Injectable()
export class RollupRepository {
  async add(tx: Tx, { totals, minutes, hours, sides }: Rollups): Promise<void> {
    if (sides.length === 0) return;
    const totalColumns = [totals.map((one) => one.agreementId), ...windowColumns(totals), ...sumColumns(totals)];
    const sideColumns = [numbers(sides), ...windowColumns(sides), sides.map((one) => one.side), ...sumColumns(sides)];
    await runPrepared(tx, ADD, [...totalColumns, ...sideColumns, ...dimensionColumns(minutes)]);
    if (hours.length > 0) await runPrepared(tx, ADD_HOURS, dimensionColumns(hours));
  }

  /** Remembers what the hashes stand for; what is known stays. */
  async nameDimensions(tx: Tx, dimensions: ReadonlyMap<string, string>): Promise<void> {
    if (dimensions.size === 0) return;
    const sorted = [...dimensions].sort(([a], [b]) => (a < b ? -1 : 1));
    await runPrepared(tx, NAME_DIMENSIONS, [sorted.map(([hash]) => hash), sorted.map(([, dims]) => dims)]);
  }
}

// One statement for the three that every batch adds to: a round trip costs more than the few rows.
const ADD: Prepared = {
  name: 'metering-add-usage',
  text: `WITH totals AS (
           INSERT INTO usage_totals AS t (agreement_id, window_start, meter, quantity, events)
           SELECT * FROM unnest($1::text[], $2::timestamptz[], $3::text[], $4::numeric[], $5::bigint[])
           ON CONFLICT (agreement_id, window_start, meter)
           DO UPDATE SET quantity = t.quantity + EXCLUDED.quantity, events = t.events + EXCLUDED.events
         ), sides AS (
           INSERT INTO usage_sides AS t (agreement_no, window_start, meter, side, quantity, events)
           SELECT * FROM unnest($6::int[], $7::timestamptz[], $8::text[], $9::text[], $10::numeric[], $11::bigint[])
           ON CONFLICT (agreement_no, window_start, meter, side)
           DO UPDATE SET quantity = t.quantity + EXCLUDED.quantity, events = t.events + EXCLUDED.events
         )
         ${byDimension('usage_minutes', 12)}`,
};

const ADD_HOURS: Prepared = { name: 'metering-add-hours', text: byDimension('usage_hours', 1) };

/** @param first number of the first of its six parameters. */
function byDimension(table: 'usage_minutes' | 'usage_hours', first: number): string {
  const types = ['int', 'timestamptz', 'text', 'uuid', 'numeric', 'bigint'];
  const columns = types.map((type, at) => `$${first + at}::${type}[]`).join(', ');
  return `INSERT INTO ${table} AS t (agreement_no, window_start, meter, dims_hash, quantity, events)
          SELECT * FROM unnest(${columns})
          ON CONFLICT (agreement_no, window_start, meter, dims_hash)
          DO UPDATE SET quantity = t.quantity + EXCLUDED.quantity, events = t.events + EXCLUDED.events`;
}

const NAME_DIMENSIONS: Prepared = {
  name: 'metering-name-dimensions',
  text: `INSERT INTO usage_dimensions (dims_hash, dims)
         SELECT * FROM unnest($1::uuid[], $2::json[]) ON CONFLICT DO NOTHING`,
};

function windowColumns(rows: readonly { readonly windowStartMs: number; readonly meter: string }[]): unknown[] {
  return [rows.map((one) => formatInstant(one.windowStartMs)), rows.map((one) => one.meter)];
}

function sumColumns(rows: readonly { readonly quantity: Decimal; readonly events: number }[]): unknown[] {
  return [rows.map((one) => one.quantity.toString()), rows.map((one) => one.events)];
}

function dimensionColumns(sums: readonly DimensionTotal[]): unknown[] {
  return [numbers(sums), ...windowColumns(sums), sums.map((one) => one.dimsHash), ...sumColumns(sums)];
}

function numbers(rows: readonly { readonly agreementNo: number }[]): number[] {
  return rows.map((one) => one.agreementNo);
}
