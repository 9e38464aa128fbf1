import { Injectable } from '@nestjs/common';
import type { Tx } from '@hetao/persistence';

/** A person, as one exporter's salt hides them, in one calendar year. */
export interface PersonKey {
  readonly exporterId: string;
  readonly year: number;
  readonly isSensitive: boolean;
  /** 64 hexadecimal digits. */
  readonly commitment: string;
}

/** How many persons' data an exporter sent across the border in a year. */
export interface PersonCount {
  readonly year: number;
  readonly general: number;
  readonly sensitive: number;
  readonly countedAt: Date;
}

/** Who was counted already. */
@Injectable()
export class PersonsRepository {
  /**
   * Adds persons and returns those that were not counted before. Of two transactions that bring the same person one
   * waits for the other; all bring them in one order, so nobody waits in a circle.
   */
  async addNew(tx: Tx, persons: readonly PersonKey[]): Promise<readonly PersonKey[]> {
    return tx.query<PersonKey>(
      `INSERT INTO delivered_persons (exporter_id, year, is_sensitive, commitment)
       SELECT p.exporter_id, p.year, p.is_sensitive, decode(p.commitment, 'hex')
         FROM unnest($1::text[], $2::smallint[], $3::boolean[], $4::text[])
              AS p (exporter_id, year, is_sensitive, commitment)
        ORDER BY 1, 2, 3, 4
       ON CONFLICT DO NOTHING
       RETURNING exporter_id AS "exporterId", year::int AS year, is_sensitive AS "isSensitive",
                 encode(commitment, 'hex') AS commitment`,
      [
        persons.map((one) => one.exporterId),
        persons.map((one) => one.year),
        persons.map((one) => one.isSensitive),
        persons.map((one) => one.commitment),
      ],
    );
  }

  /** Adds persons to their agreements and returns those customs was not told of under them; in one order, as above. */
  async addToAgreements(
    tx: Tx,
    persons: readonly (PersonKey & { readonly agreementId: string })[],
  ): Promise<readonly (Omit<PersonKey, 'exporterId'> & { readonly agreementId: string })[]> {
    return tx.query(
      `INSERT INTO agreement_persons (agreement_id, year, is_sensitive, commitment)
       SELECT p.agreement_id, p.year, p.is_sensitive, decode(p.commitment, 'hex')
         FROM unnest($1::text[], $2::smallint[], $3::boolean[], $4::text[])
              AS p (agreement_id, year, is_sensitive, commitment)
        ORDER BY 1, 2, 3, 4
       ON CONFLICT DO NOTHING
       RETURNING agreement_id AS "agreementId", year::int AS year, is_sensitive AS "isSensitive",
                 encode(commitment, 'hex') AS commitment`,
      [
        persons.map((one) => one.agreementId),
        persons.map((one) => one.year),
        persons.map((one) => one.isSensitive),
        persons.map((one) => one.commitment),
      ],
    );
  }

  /** Adds to the running counts; keys in one order, as everywhere. */
  async addCounts(tx: Tx, added: readonly PersonKey[], countedAt: Date): Promise<void> {
    await tx.execute(
      `INSERT INTO delivered_person_counts AS c (exporter_id, year, general, sensitive, counted_at)
       SELECT exporter_id, year, count(*) FILTER (WHERE NOT is_sensitive), count(*) FILTER (WHERE is_sensitive), $4
         FROM unnest($1::text[], $2::smallint[], $3::boolean[]) AS p (exporter_id, year, is_sensitive)
        GROUP BY exporter_id, year ORDER BY exporter_id, year
       ON CONFLICT (exporter_id, year)
       DO UPDATE SET general = c.general + EXCLUDED.general, sensitive = c.sensitive + EXCLUDED.sensitive,
                     counted_at = EXCLUDED.counted_at`,
      [
        added.map((one) => one.exporterId),
        added.map((one) => one.year),
        added.map((one) => one.isSensitive),
        countedAt,
      ],
    );
  }
}
