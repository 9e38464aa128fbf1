import type { MigrationInterface, QueryRunner } from 'typeorm';

/** As whom an identity provider outside knows our people. */
export class OutsideIdentities1764700000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE outside_identities (
        issuer text NOT NULL,
        subject text NOT NULL,
        account_id text NOT NULL REFERENCES accounts (id),
        bound_at timestamptz NOT NULL,
        PRIMARY KEY (issuer, subject),
        UNIQUE (issuer, account_id)
      )`);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}
