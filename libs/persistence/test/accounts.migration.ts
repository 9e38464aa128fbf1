import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Two accounts, a journal, and a table whose deferred trigger makes COMMIT itself take long. */
export class CreateAccounts1763800000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE accounts (id text PRIMARY KEY, balance bigint NOT NULL);
      CREATE TABLE journal (seq bigserial PRIMARY KEY, what text NOT NULL);
      CREATE TABLE slow_commits (id int);
      CREATE FUNCTION nap() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN PERFORM pg_sleep(20); RETURN NULL; END $$;
      CREATE CONSTRAINT TRIGGER slow_commit AFTER INSERT ON slow_commits
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION nap();
    `);
  }

  async down(): Promise<void> {
    // Forward only.
  }
}
