import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which persons' data an exporter has sent across the border in a calendar year, each counted once. */
export class CountPersons1763891000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(): Promise<void> {
    await Promise.reject(new Error('Migrations only go forward.'));
  }
}

const statements = [
  // The commitment is salted by the exporter: the exchange counts persons without learning who they are.
  `CREATE TABLE delivered_persons (
     exporter_id text NOT NULL,
     year smallint NOT NULL,
     is_sensitive boolean NOT NULL,
     commitment bytea NOT NULL CHECK (length(commitment) = 32),
     PRIMARY KEY (exporter_id, year, is_sensitive, commitment)
   )`,
  `CREATE TABLE delivered_person_counts (
     exporter_id text NOT NULL,
     year smallint NOT NULL,
     general bigint NOT NULL CHECK (general >= 0),
     sensitive bigint NOT NULL CHECK (sensitive >= 0),
     counted_at timestamptz NOT NULL,
     PRIMARY KEY (exporter_id, year)
   ) WITH (fillfactor = 70)`,
];
