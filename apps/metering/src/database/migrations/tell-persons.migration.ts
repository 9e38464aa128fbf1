import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which persons customs was told of under an agreement: each release counts its own down, whoever else had them. */
export class TellPersons1763891000030 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE agreement_persons (
      agreement_id text NOT NULL,
      year smallint NOT NULL,
      is_sensitive boolean NOT NULL,
      commitment bytea NOT NULL CHECK (length(commitment) = 32),
      PRIMARY KEY (agreement_id, year, is_sensitive, commitment)
    )`);
  }

  async down(): Promise<void> {
    await Promise.reject(new Error('Migrations only go forward.'));
  }
}
