import { Injectable } from '@nestjs/common';
import type { Tx } from '@hetao/persistence';
import { emptySketch, estimatePersons, mergeSketches, raiseRegister, type PersonSketch } from '@hetao/rules';
import type { Query } from './declared-parts.js';
import {
  personCategories,
  personCount,
  type Commitments,
  type PersonCategory,
  type PersonCount,
} from './person-category.js';

/** Whose persons, of which year. */
export interface YearOf {
  readonly exporterId: string;
  readonly year: number;
}
/** One channel an exporter has beside this exchange. */
export interface Channel extends YearOf {
  readonly category: PersonCategory;
  readonly channel: string;
}

const TOTALS = `
  SELECT category, sum(exact)::int AS exact, sum(declared)::int AS declared FROM (
    SELECT category, count(*) AS exact, 0 AS declared FROM counted_persons WHERE exporter_id = $1 AND year = $2 GROUP BY 1
    UNION ALL
    SELECT category, 0, sum(persons) FROM declared_elsewhere WHERE exporter_id = $1 AND year = $2 GROUP BY 1
  ) AS parts GROUP BY category`;
/** The sketch of the commitments, made where they are: register and rank of their first 64 bits, as addToSketch has them. */
const EXACT_REGISTERS = `
  SELECT (get_byte(commitment, 0) << 6) | (get_byte(commitment, 1) >> 2) AS register,
    max(coalesce(nullif(position(B'1' in substring(
      ('x' || encode(substring(commitment FROM 1 FOR 8), 'hex'))::bit(64) FROM 15)), 0), 51)) AS rank
  FROM counted_persons WHERE exporter_id = $1 AND year = $2 AND category = $3 GROUP BY 1`;

/** Counts persons of one exporter in one year; a new year begins with none. */
@Injectable()
export class CounterRepository {
  /** Until the transaction ends nobody else counts for this exporter and year: what is compared with a limit is whole. */
  async lockYear(tx: Tx, exporterId: string, year: number): Promise<void> {
    await tx.execute('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [
      `customs year ${year} of ${exporterId}`,
    ]);
  }

  /** Counts each commitment once, however often and over whichever channel it comes. @returns how many were new. */
  async count(tx: Tx, { exporterId, year }: YearOf, persons: Commitments): Promise<number> {
    let added = 0;
    for (const category of personCategories) {
      if (persons[category].length === 0) continue;
      added += await tx.execute(
        `INSERT INTO counted_persons (exporter_id, year, category, commitment)
         SELECT $1, $2, $3, decode(unnest($4::text[]), 'hex') ORDER BY 4 ON CONFLICT DO NOTHING`,
        [exporterId, year, category, [...new Set(persons[category])]],
      );
    }
    return added;
  }

  /** Takes the newest number a channel declared; it replaces the one before. */
  async declare(tx: Tx, of: Channel & { readonly persons: number }, by: string, at: Date): Promise<void> {
    await tx.execute(
      `INSERT INTO declared_elsewhere (exporter_id, year, category, channel, persons, declared_by, declared_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7)
       ON CONFLICT (exporter_id, year, category, channel) DO UPDATE SET persons = excluded.persons,
         declared_by = excluded.declared_by, declared_at = excluded.declared_at`,
      [of.exporterId, of.year, of.category, of.channel, of.persons, by, at],
    );
  }

  /** Merges a channel's sketch into what it sent before: sent twice, or in parts, it says the same. */
  async addSketch(tx: Tx, of: Channel & { readonly sketch: PersonSketch }, by: string, at: Date): Promise<void> {
    const key = [of.exporterId, of.year, of.category, of.channel];
    const [before] = await tx.query<{ registers: Buffer }>(
      `SELECT registers FROM person_sketches
       WHERE exporter_id = $1 AND year = $2 AND category = $3 AND channel = $4 FOR UPDATE`,
      key,
    );
    const merged = mergeSketches([of.sketch, ...(before === undefined ? [] : [before.registers])]);
    await tx.execute(
      `INSERT INTO person_sketches (exporter_id, year, category, channel, registers, sent_by, sent_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (exporter_id, year, category, channel) DO UPDATE
         SET registers = excluded.registers, sent_by = excluded.sent_by, sent_at = excluded.sent_at`,
      [...key, Buffer.from(merged), by, at],
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
  const sketches = await query<{ category: PersonCategory; registers: Buffer }>(
    'SELECT category, registers FROM person_sketches WHERE exporter_id = $1 AND year = $2',
    [exporterId, year],
  );
  const of = async (category: PersonCategory): Promise<PersonCount> => {
    const { exact = 0, declared = 0 } = rows.find((row) => row.category === category) ?? {};
    const sent = sketches.filter((row) => row.category === category).map(({ registers }) => registers);
    if (sent.length === 0) return personCount({ exact, declared, sketched: null });
    const alone = mergeSketches(sent);
    const together = mergeSketches([alone, await exactSketch(query, [exporterId, year, category])]);
    return personCount({
      exact,
      declared,
      sketched: { alone: estimatePersons(alone), together: estimatePersons(together) },
    });
  };
  return { general: await of('general'), sensitive: await of('sensitive') };
}

async function exactSketch(query: Query, owner: unknown[]): Promise<PersonSketch> {
  const sketch = emptySketch();
  for (const { register, rank } of await query<{ register: number; rank: number }>(EXACT_REGISTERS, owner)) {
    raiseRegister(sketch, register, rank);
  }
  return sketch;
}
