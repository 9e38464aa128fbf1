import { Inject, Injectable } from '@nestjs/common';
import type { Database } from '@hetao/persistence';
import { DATABASE } from '@hetao/runtime';
import type { PersonCount } from './persons.repository.js';

@Injectable()
export class PersonsQueries {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  /** The exporter's count of a year; undefined when nobody's data left in it. */
  async count(exporterId: string, year: number): Promise<PersonCount | undefined> {
    const { rows } = await this.database.withClient((client) =>
      client.query<PersonCount>(
        `SELECT year::int AS year, general::float8 AS general, sensitive::float8 AS sensitive, counted_at AS "countedAt"
           FROM delivered_person_counts WHERE exporter_id = $1 AND year = $2`,
        [exporterId, year],
      ),
    );
    return rows[0];
  }
}
