import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The demand board, refreshes that were kept or late, and the facts a credit record is measured from. */
export class DemandAndCredit1763890000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE demands (
        id text PRIMARY KEY,
        buyer_id text NOT NULL REFERENCES participants (id),
        title text NOT NULL,
        need text NOT NULL,
        language text NOT NULL,
        kinds text[] NOT NULL,
        purpose text NOT NULL,
        place_of_use text NOT NULL,
        budget jsonb,
        status text NOT NULL CHECK (status IN ('open', 'met', 'withdrawn', 'expired', 'removed')),
        posted_at timestamptz NOT NULL,
        open_until timestamptz NOT NULL,
        closed_at timestamptz,
        close_reason text,
        chosen_answer text,
        revision integer NOT NULL CHECK (revision > 0),
        CHECK ((status = 'open') = (closed_at IS NULL))
      )`);
    await runner.query('CREATE INDEX demands_open ON demands (status, id)');
    await runner.query(`
      CREATE TABLE demand_answers (
        id text PRIMARY KEY,
        demand_id text NOT NULL REFERENCES demands (id),
        merchant_id text NOT NULL REFERENCES participants (id),
        product_id text REFERENCES products (id),
        offer_id text,
        message text NOT NULL,
        answered_at timestamptz NOT NULL
      )`);
    await runner.query('CREATE INDEX demand_answers_of ON demand_answers (demand_id, id)');
    await runner.query(`
      CREATE TABLE product_refreshes (
        product_id text NOT NULL REFERENCES products (id),
        delivered_at timestamptz NOT NULL,
        due_at timestamptz,
        recorded_by text NOT NULL,
        PRIMARY KEY (product_id, delivered_at)
      )`);
    await runner.query(`
      CREATE TABLE credit_facts (
        participant_id text NOT NULL,
        fact text NOT NULL,
        reference text NOT NULL,
        at timestamptz NOT NULL,
        PRIMARY KEY (participant_id, fact, reference)
      )`);
    await runner.query(`
      CREATE TABLE credit_invoices (
        invoice_id text PRIMARY KEY,
        merchant_id text NOT NULL,
        buyer_id text NOT NULL,
        due_date text NOT NULL
      )`);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}
