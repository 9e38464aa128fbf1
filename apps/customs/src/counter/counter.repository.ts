import { Injectable } from '@nestjs/common';
import type { Tx } from '@hetao/persistence';
import {
  personCategories,
  personCount,
  type Commitments,
  type PersonCategory,
  type PersonCount,
} from './person-category.js';

export interface DeclaredNumber {
  readonly exporterId: string;
  readonly year: number;
  readonly category: PersonCategory;
  readonly channel: string;
  readonly persons: number;
}
type Query = <R>(sql: string, params: unknown[]) => Promise<R[]>;

const TOTALS = `
  SELECT category, sum(exact)::int AS exact, sum(declared)::int AS declared FROM (
    SELECT category, count(*) AS exact, 0 AS declared FROM counted_persons WHERE exporter_id = $1 AND year = $2 GROUP BY 1
    UNION ALL
    SELECT category, 0, sum(persons) FROM declared_elsewhere WHERE exporter_id = $1 AND year = $2 GROUP BY 1
  ) AS parts GROUP BY category`;

/** Counts persons of one exporter in one year; a new year begins with none. */
@Injectable()
export class CounterRepository {
  /** Counts each commitment once, however often and over whichever channel it comes. @returns how many were new. */
  async count(
    tx: Tx,
    owner: { readonly exporterId: string; readonly year: number },
    persons: Commitments,
  ): Promise<number> {
    let added = 0;
    for (const category of personCategories) {
      if (persons[category].length === 0) continue;
      added += await tx.execute(
        `INSERT INTO counted_persons (exporter_id, year, category, commitment)
         SELECT $1, $2, $3, decode(unnest($4::text[]), 'hex') ORDER BY 4 ON CONFLICT DO NOTHING`,
        [owner.exporterId, owner.year, category, [...new Set(persons[category])]],
      );
    }
    return added;
  }

  /** Takes the newest number a channel declared; it replaces the one before. */
  async declare(tx: Tx, number: DeclaredNumber, declaredBy: string, at: Date): Promise<void> {
    await tx.execute(
      `INSERT INTO declared_elsewhere (exporter_id, year, category, channel, persons, declared_by, declared_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7)
       ON CONFLICT (exporter_id, year, category, channel) DO UPDATE SET persons = excluded.persons,
         declared_by = excluded.declared_by, declared_at = excluded.declared_at`,
      [number.exporterId, number.year, number.category, number.channel, number.persons, declaredBy, at],
    );
  }

  totals(tx: Tx, exporterId: string, year: number): Promise<Record<PersonCategory, PersonCount>> {
    return readTotals((sql, params) => tx.query(sql, params), exporterId, year);
  }
}

/** Reads the totals over any connection. */
export async function readTotals(
  query: Query,
  exporterId: string,
  year: number,
): Promise<Record<PersonCategory, PersonCount>> {
  const rows = await query<{ category: PersonCategory; exact: number; declared: number }>(TOTALS, [exporterId, year]);
  const of = (category: PersonCategory): PersonCount => {
    const row = rows.find((each) => each.category === category);
    return personCount(row?.exact ?? 0, row?.declared ?? 0);
  };
  return { general: of('general'), sensitive: of('sensitive') };
}
