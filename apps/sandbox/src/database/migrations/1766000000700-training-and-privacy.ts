import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Privacy budgets and who spent them, runs of training, and the models they made. */
export class TrainingAndPrivacy1766000000700 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await this.#privacy(runner);
    await runner.query(`
      CREATE TABLE training_runs (
        id text PRIMARY KEY,
        ledger_id text NOT NULL REFERENCES privacy_ledgers,
        data jsonb NOT NULL,
        author text NOT NULL,
        organisation_id text NOT NULL,
        owner_organisation_id text NOT NULL,
        state text NOT NULL CHECK (state IN ('proposed', 'denied', 'budget_reserved', 'handshake', 'training', 'paused',
          'completed', 'budget_exhausted', 'aborted')),
        plan jsonb NOT NULL,
        architecture_sha256 text NOT NULL,
        round integer NOT NULL CHECK (round >= 0),
        epsilon double precision NOT NULL,
        curve jsonb NOT NULL,
        lower_state bytea,
        request_sha256 text,
        release bytea,
        cpu_ms bigint NOT NULL DEFAULT 0,
        proposed_at timestamptz NOT NULL,
        changed_at timestamptz NOT NULL
      )`);
    await runner.query('CREATE INDEX training_runs_of_organisation ON training_runs (organisation_id, id DESC)');
    await runner.query('CREATE INDEX training_runs_of_owner ON training_runs (owner_organisation_id, id DESC)');
    await runner.query(`CREATE INDEX training_runs_waiting ON training_runs (changed_at)
      WHERE state IN ('budget_reserved', 'training')`);
    await runner.query(`
      CREATE TABLE models (
        id text PRIMARY KEY,
        run_id text NOT NULL UNIQUE REFERENCES training_runs,
        organisation_id text NOT NULL,
        owner_organisation_id text NOT NULL,
        author text NOT NULL,
        state text NOT NULL CHECK (state IN ('assessed', 'in_review', 'exported', 'served_only', 'destroyed')),
        card jsonb NOT NULL,
        onnx bytea NOT NULL,
        onnx_sha256 text NOT NULL,
        queries_left integer NOT NULL CHECK (queries_left >= 0),
        votes jsonb NOT NULL,
        sealed_at timestamptz NOT NULL
      )`);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }

  async #privacy(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE privacy_ledgers (
        id text PRIMARY KEY,
        project_id text NOT NULL,
        dataset_version_id text NOT NULL,
        grantee_organisation_id text NOT NULL,
        owner_organisation_id text NOT NULL,
        epsilon_cap double precision NOT NULL CHECK (epsilon_cap > 0 AND epsilon_cap <= 20),
        delta double precision NOT NULL CHECK (delta > 0 AND delta <= 0.000001),
        opened_at timestamptz NOT NULL,
        UNIQUE (project_id, dataset_version_id)
      )`);
    // What is charged never shrinks: the database itself refuses a refill.
    await runner.query(`
      CREATE TABLE privacy_entries (
        ledger_id text NOT NULL REFERENCES privacy_ledgers,
        spender text NOT NULL CHECK (spender IN ('training_run', 'query', 'cut_release')),
        spender_id text NOT NULL,
        mechanism jsonb NOT NULL,
        reserved integer NOT NULL,
        charged integer NOT NULL CHECK (charged >= 0 AND charged <= reserved),
        PRIMARY KEY (ledger_id, spender, spender_id)
      )`);
    await runner.query(`
      CREATE FUNCTION refuse_refill() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF TG_OP = 'DELETE' OR NEW.charged < OLD.charged OR NEW.mechanism <> OLD.mechanism THEN
          RAISE EXCEPTION 'A privacy budget is never refilled.';
        END IF;
        RETURN NEW;
      END $$`);
    await runner.query(`
      CREATE TRIGGER no_refill BEFORE UPDATE OR DELETE ON privacy_entries
      FOR EACH ROW EXECUTE FUNCTION refuse_refill()`);
  }
}
