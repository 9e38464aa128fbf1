import { Injectable } from '@nestjs/common';
import type { Decimal } from '@hetao/kernel';
import type { Tx } from '@hetao/persistence';
import { formatInstant } from '../window/instant.js';
import { type Prepared, runPrepared } from './prepared.js';
import type { DimensionTotal, Rollups } from './rollup.js';

/** Adds sums to the rollups. The rows come in lock order, and the tables always in the same one. */
@Injectable()
export class RollupRepository {
  async add(tx: Tx, { totals, minutes, hours, sides }: Rollups): Promise<void> {
    if (sides.length === 0) return;
    await runPrepared(tx, ADD_SIDES, [
      sides.map((one) => one.agreementNo),
      ...windowColumns(sides),
      sides.map((one) => one.side),
      ...sumColumns(sides),
    ]);
    await this.#addByDimension(tx, ADD_HOURS, hours);
    await this.#addByDimension(tx, ADD_MINUTES, minutes);
    if (totals.length === 0) return;
    const ids = totals.map((one) => one.agreementId);
    await runPrepared(tx, ADD_TOTALS, [ids, ...windowColumns(totals), ...sumColumns(totals)]);
  }

  async #addByDimension(tx: Tx, statement: Prepared, sums: readonly DimensionTotal[]): Promise<void> {
    if (sums.length === 0) return;
    await runPrepared(tx, statement, [
      sums.map((one) => one.agreementNo),
      ...windowColumns(sums),
      sums.map((one) => one.dimsHash),
      ...sumColumns(sums),
    ]);
  }

  /** Remembers what the hashes stand for; what is known stays. */
  async nameDimensions(tx: Tx, dimensions: ReadonlyMap<string, string>): Promise<void> {
    if (dimensions.size === 0) return;
    const sorted = [...dimensions].sort(([a], [b]) => (a < b ? -1 : 1));
    await runPrepared(tx, NAME_DIMENSIONS, [sorted.map(([hash]) => hash), sorted.map(([, dims]) => dims)]);
  }
}

const ADD_TOTALS: Prepared = {
  name: 'metering-add-totals',
  text: `INSERT INTO usage_totals AS t (agreement_id, window_start, meter, quantity, events)
         SELECT * FROM unnest($1::text[], $2::timestamptz[], $3::text[], $4::numeric[], $5::bigint[])
         ON CONFLICT (agreement_id, window_start, meter)
         DO UPDATE SET quantity = t.quantity + EXCLUDED.quantity, events = t.events + EXCLUDED.events`,
};

const ADD_SIDES: Prepared = {
  name: 'metering-add-sides',
  text: `INSERT INTO usage_sides AS t (agreement_no, window_start, meter, side, quantity, events)
         SELECT * FROM unnest($1::int[], $2::timestamptz[], $3::text[], $4::text[], $5::numeric[], $6::bigint[])
         ON CONFLICT (agreement_no, window_start, meter, side)
         DO UPDATE SET quantity = t.quantity + EXCLUDED.quantity, events = t.events + EXCLUDED.events`,
};

const ADD_MINUTES = addByDimension('usage_minutes');
const ADD_HOURS = addByDimension('usage_hours');

function addByDimension(table: 'usage_minutes' | 'usage_hours'): Prepared {
  return {
    name: `metering-add-${table}`,
    text: `INSERT INTO ${table} AS t (agreement_no, window_start, meter, dims_hash, quantity, events)
           SELECT * FROM unnest($1::int[], $2::timestamptz[], $3::text[], $4::uuid[], $5::numeric[], $6::bigint[])
           ON CONFLICT (agreement_no, window_start, meter, dims_hash)
           DO UPDATE SET quantity = t.quantity + EXCLUDED.quantity, events = t.events + EXCLUDED.events`,
  };
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
