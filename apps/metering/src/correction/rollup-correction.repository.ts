import { Injectable } from '@nestjs/common';
import type { Decimal } from '@hetao/kernel';
import type { Tx } from '@hetao/persistence';
import type { Rollups } from '../storage/rollup.js';
import { formatInstant } from '../window/instant.js';

interface Sum {
  readonly windowStartMs: number;
  readonly meter: string;
  readonly quantity: Decimal;
  readonly events: number;
}

/** A rollup with its key beside window and meter: columns and their types. */
interface Table {
  readonly name: string;
  readonly first: readonly [name: string, type: string];
  readonly last?: readonly [name: string, type: string];
  /** Old rows are dropped by policy. */
  readonly isShortLived?: true;
}

const SIDES: Table = { name: 'usage_sides', first: ['agreement_no', 'int'], last: ['side', 'text'] };
const HOURS: Table = { name: 'usage_hours', first: ['agreement_no', 'int'], last: ['dims_hash', 'uuid'] };
const MINUTES: Table = {
  name: 'usage_minutes',
  first: ['agreement_no', 'int'],
  last: ['dims_hash', 'uuid'],
  isShortLived: true,
};
const TOTALS: Table = { name: 'usage_totals', first: ['agreement_id', 'text'] };

/** Takes what no longer counts out of the rollups, table by table in the order in which ingestion adds to them. */
@Injectable()
export class RollupCorrectionRepository {
  async subtract(tx: Tx, { totals, minutes, hours, sides }: Rollups): Promise<void> {
    await this.#subtract(tx, SIDES, sides, [sides.map((one) => one.agreementNo), sides.map((one) => one.side)]);
    await this.#subtract(tx, HOURS, hours, [hours.map((one) => one.agreementNo), hours.map((one) => one.dimsHash)]);
    const ofMinutes = [minutes.map((one) => one.agreementNo), minutes.map((one) => one.dimsHash)];
    await this.#subtract(tx, MINUTES, minutes, ofMinutes);
    await this.#subtract(tx, TOTALS, totals, [totals.map((one) => one.agreementId)]);
  }

  /** A row of which nothing is left goes: a sum of no events is no row, here as in ingestion. */
  async #subtract(
    tx: Tx,
    { name, first, last }: Table,
    sums: readonly Sum[],
    keys: readonly unknown[][],
  ): Promise<void> {
    if (sums.length === 0) return;
    const columns = [first, ['window_start', 'timestamptz'], ['meter', 'text'], ...(last ? [last] : [])] as const;
    const names = columns.map(([column]) => column);
    const types = [...columns.map(([, type]) => type), 'numeric', 'bigint'];
    const values = [
      keys[0],
      sums.map((one) => formatInstant(one.windowStartMs)),
      sums.map((one) => one.meter),
      ...(last ? [keys[1]] : []),
      sums.map((one) => one.quantity.toString()),
      sums.map((one) => one.events),
    ];
    const less = `unnest(${types.map((type, at) => `$${at + 1}::${type}[]`).join(', ')}) AS l (${names.join(', ')}, quantity, events)`;
    const same = names.map((column) => `t.${column} = l.${column}`).join(' AND ');
    const gone = await tx.execute(`DELETE FROM ${name} t USING ${less} WHERE ${same} AND t.events = l.events`, values);
    const left = await tx.execute(
      `UPDATE ${name} t SET quantity = t.quantity - l.quantity, events = t.events - l.events
         FROM ${less} WHERE ${same} AND t.events > l.events`,
      values,
    );
    // Rollups are kept with their events in one transaction: a missing row would mean that they were not.
    if (gone + left !== sums.length)
      throw new Error(`${name} lacks ${sums.length - gone - left} rows of counted usage.`);
  }
}
