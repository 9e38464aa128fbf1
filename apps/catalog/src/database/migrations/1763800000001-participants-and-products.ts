import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Participants, products, and the history of both, which the database itself keeps from being rewritten. */
export class ParticipantsAndProducts1763800000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE participants (
        id text PRIMARY KEY,
        name jsonb NOT NULL,
        jurisdiction text NOT NULL,
        roles text[] NOT NULL CHECK (cardinality(roles) > 0),
        home_currency text NOT NULL,
        bank_account jsonb,
        status text NOT NULL CHECK (status IN ('registered', 'approved', 'suspended')),
        registered_at timestamptz NOT NULL,
        approved_at timestamptz,
        approved_by text,
        suspended_at timestamptz,
        suspension_reason text,
        revision integer NOT NULL CHECK (revision > 0),
        CHECK ((status = 'suspended') = (suspended_at IS NOT NULL))
      )`);
    await runner.query(`
      CREATE TABLE products (
        id text PRIMARY KEY,
        merchant_id text NOT NULL REFERENCES participants (id),
        name jsonb NOT NULL,
        description jsonb NOT NULL,
        kind text NOT NULL,
        languages text[] NOT NULL,
        status text NOT NULL CHECK (status IN ('draft', 'submitted', 'returned', 'listed', 'delisted')),
        version integer NOT NULL CHECK (version > 0),
        revision integer NOT NULL CHECK (revision > 0),
        created_at timestamptz NOT NULL,
        submitted_at timestamptz,
        submitted_by text,
        listed_at timestamptz,
        listed_by text,
        return_reason text,
        delisted_at timestamptz,
        delist_reason text,
        search_text text NOT NULL
      )`);
    await runner.query('CREATE INDEX products_of_merchant ON products (merchant_id, id)');
    await runner.query('CREATE INDEX products_by_status ON products (status, id)');
    await runner.query(`
      CREATE TABLE history (
        aggregate_id text NOT NULL,
        revision integer NOT NULL,
        command text NOT NULL,
        status_from text,
        status_to text NOT NULL,
        at timestamptz NOT NULL,
        by_subject text NOT NULL,
        by_organisation text NOT NULL,
        reason text,
        PRIMARY KEY (aggregate_id, revision)
      )`);
    await runner.query(`
      CREATE FUNCTION refuse_rewriting_history() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION '% on % refused: history is only ever added to', TG_OP, TG_TABLE_NAME;
      END $$`);
    await runner.query(`
      CREATE TRIGGER history_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON history
      FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting_history()`);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}
