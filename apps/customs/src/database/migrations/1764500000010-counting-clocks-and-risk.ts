import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What counts persons down and up, what reminds of clocks, what holds a declaration, and what the log says of releases. */
export class CountingClocksAndRisk1764500000010 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await this.#releases(runner);
    await this.#counting(runner);
    await this.#clocks(runner);
    await this.#risk(runner);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }

  async #releases(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE releases
        ADD COLUMN agreement_id text,
        ADD COLUMN limit_general integer CHECK (limit_general > 0),
        ADD COLUMN limit_sensitive integer CHECK (limit_sensitive > 0),
        ADD COLUMN log_receipt jsonb,
        ADD COLUMN sealed_token text,
        ADD CHECK ((log_receipt IS NULL) = (sealed_token IS NULL))`);
    await runner.query(`
      UPDATE releases SET agreement_id = declarations.form->>'agreementId'
      FROM declarations WHERE declarations.id = releases.declaration_id`);
    await runner.query(
      'CREATE INDEX releases_of_agreement ON releases (agreement_id, id) WHERE agreement_id IS NOT NULL',
    );
    await runner.query("CREATE INDEX releases_of_exporter ON releases (exporter_id) WHERE status = 'active'");
    await runner.query('DROP INDEX releases_to_expire');
    await runner.query(
      "CREATE INDEX releases_to_expire ON releases (valid_until, id) WHERE status IN ('active', 'suspended')",
    );
  }

  async #counting(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE person_sketches (
        exporter_id text NOT NULL,
        year integer NOT NULL,
        category text NOT NULL CHECK (category IN ('general', 'sensitive')),
        channel text NOT NULL,
        registers bytea NOT NULL CHECK (octet_length(registers) = 16384),
        sent_by text NOT NULL,
        sent_at timestamptz NOT NULL,
        PRIMARY KEY (exporter_id, year, category, channel)
      )`);
    await runner.query(`
      CREATE TABLE related_exporters (
        exporter_id text PRIMARY KEY,
        group_id text NOT NULL,
        reason text NOT NULL,
        entered_by text NOT NULL,
        entered_at timestamptz NOT NULL
      )`);
    await runner.query('CREATE INDEX related_exporters_by_group ON related_exporters (group_id)');
    await runner.query(`
      CREATE TABLE unreleased_deliveries (
        delivery_id text PRIMARY KEY,
        agreement_id text NOT NULL,
        exporter_id text NOT NULL,
        year integer NOT NULL,
        general integer NOT NULL,
        sensitive integer NOT NULL,
        at timestamptz NOT NULL
      )`);
  }

  async #clocks(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE clock_reminders (
        id text PRIMARY KEY,
        declaration_id text NOT NULL REFERENCES declarations (id),
        exporter_id text NOT NULL,
        title text NOT NULL,
        clock_id text NOT NULL,
        clock_text jsonb NOT NULL,
        owed_by text NOT NULL CHECK (owed_by IN ('exporter', 'authority')),
        stage text NOT NULL CHECK (stage IN ('t_10', 't_3', 't_1', 'overdue', 'unknown')),
        started_on date NOT NULL,
        due date,
        problem text,
        at timestamptz NOT NULL,
        handled_by text,
        handled_note text,
        handled_at timestamptz,
        CHECK ((stage = 'unknown') = (due IS NULL)),
        CHECK ((handled_by IS NULL) = (handled_at IS NULL)),
        UNIQUE NULLS NOT DISTINCT (declaration_id, clock_id, started_on, due, stage)
      )`);
    await runner.query('CREATE INDEX clock_reminders_of_exporter ON clock_reminders (exporter_id, id)');
    await runner.query(
      "CREATE INDEX clock_reminders_escalated ON clock_reminders (id) WHERE stage IN ('overdue', 'unknown') AND handled_at IS NULL",
    );
    await runner.query(`
      CREATE TABLE calendar_feeds (
        organisation_id text PRIMARY KEY,
        token_sha256 text NOT NULL UNIQUE,
        sees_all boolean NOT NULL,
        created_by text NOT NULL,
        created_at timestamptz NOT NULL
      )`);
  }

  async #risk(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE declaration_holds (
        id text PRIMARY KEY,
        declaration_id text NOT NULL REFERENCES declarations (id),
        reason text NOT NULL,
        risk_reasons text[] NOT NULL,
        put_by text NOT NULL,
        put_at timestamptz NOT NULL,
        lift_reason text,
        lift_asked_by text,
        lift_asked_at timestamptz,
        lifted_by text,
        lifted_at timestamptz,
        CHECK (lifted_by IS NULL OR lift_asked_by IS NOT NULL),
        CHECK (lifted_by IS DISTINCT FROM lift_asked_by OR lifted_by IS NULL)
      )`);
    await runner.query('CREATE INDEX holds_of_declaration ON declaration_holds (declaration_id, id)');
    await runner.query(`
      CREATE TABLE risk_scores (
        declaration_id text PRIMARY KEY REFERENCES declarations (id),
        revision integer NOT NULL,
        policy_version integer NOT NULL,
        score integer NOT NULL,
        reasons jsonb NOT NULL,
        assessed_at timestamptz NOT NULL
      )`);
    await runner.query(`
      CREATE TABLE risk_policies (
        version integer PRIMARY KEY CHECK (version > 1),
        content jsonb NOT NULL,
        proposed_by text NOT NULL,
        proposed_at timestamptz NOT NULL,
        approved_by text CHECK (approved_by <> proposed_by),
        approved_at timestamptz
      )`);
  }
}
