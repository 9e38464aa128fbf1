import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Requests for access and how they were answered, and what came of disputes: what a credit record is measured from too. */
export class CreditEntries1763900000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE credit_requests (
        request_id text PRIMARY KEY,
        merchant_id text NOT NULL,
        product_id text NOT NULL,
        requested_at timestamptz NOT NULL,
        answer text CHECK (answer IN ('agreed', 'countered', 'declined', 'withdrawn', 'expired')),
        answered_at timestamptz,
        CHECK ((answer IS NULL) = (answered_at IS NULL))
      )`);
    await runner.query('ALTER TABLE credit_facts ADD COLUMN outcome text');
    await runner.query('CREATE INDEX credit_facts_by_reference ON credit_facts (reference)');
    await runner.query('CREATE INDEX credit_requests_of ON credit_requests (merchant_id, requested_at)');
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}
