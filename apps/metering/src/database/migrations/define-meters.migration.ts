import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What meters mean, version by version, and the price plans by which the effect of a correction is foreseen. */
export class DefineMeters1763891000010 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(): Promise<void> {
    await Promise.reject(new Error('Migrations only go forward.'));
  }
}

const statements = [
  // owner_id '' is the exchange itself: a definition for every merchant who has none of his own.
  `CREATE TABLE meter_definitions (
     owner_id text NOT NULL,
     meter text NOT NULL,
     version integer NOT NULL CHECK (version > 0),
     definition jsonb NOT NULL,
     published_at timestamptz NOT NULL,
     published_by text NOT NULL,
     PRIMARY KEY (owner_id, meter, version)
   )`,
  `CREATE TABLE agreement_terms (
     agreement_id text PRIMARY KEY,
     product_id text NOT NULL,
     merchant_id text NOT NULL,
     buyer_id text NOT NULL,
     plan jsonb NOT NULL,
     concluded_at timestamptz NOT NULL
   )`,
];
