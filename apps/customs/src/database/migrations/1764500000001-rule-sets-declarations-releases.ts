import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Rule sets that are never edited, declarations with their history, releases, and the count of persons. */
export class RuleSetsDeclarationsReleases1764500000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await this.#ruleSets(runner);
    await this.#declarations(runner);
    await this.#releases(runner);
    await runner.query(`
      CREATE TABLE work_calendars (
        place text NOT NULL,
        year integer NOT NULL,
        content jsonb NOT NULL,
        entered_by text NOT NULL,
        entered_at timestamptz NOT NULL,
        PRIMARY KEY (place, year)
      )`);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }

  async #ruleSets(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE rule_sets (
        id text PRIMARY KEY,
        name text NOT NULL,
        version text NOT NULL,
        effective_from date NOT NULL,
        content jsonb NOT NULL,
        content_sha256 text NOT NULL,
        status text NOT NULL CHECK (status IN ('proposed', 'published')),
        signatures jsonb NOT NULL,
        proposed_by text NOT NULL,
        proposed_at timestamptz NOT NULL,
        published_at timestamptz,
        UNIQUE (name, version),
        CHECK ((status = 'published') = (published_at IS NOT NULL))
      )`);
    await runner.query(`
      CREATE FUNCTION refuse_editing_rule_set() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF TG_OP <> 'UPDATE' OR OLD.status = 'published'
          OR (OLD.content, OLD.content_sha256, OLD.name, OLD.version) IS DISTINCT FROM
             (NEW.content, NEW.content_sha256, NEW.name, NEW.version) THEN
          RAISE EXCEPTION '% on rule_sets refused: a version is never edited; add another', TG_OP;
        END IF;
        RETURN NEW;
      END $$`);
    await runner.query(`
      CREATE TRIGGER rule_sets_are_never_edited BEFORE UPDATE OR DELETE ON rule_sets
      FOR EACH ROW EXECUTE FUNCTION refuse_editing_rule_set()`);
  }

  async #declarations(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE declarations (
        id text PRIMARY KEY,
        exporter_id text NOT NULL,
        status text NOT NULL CHECK (status IN ('draft', 'self_check', 'consulting', 'submitted', 'returned',
          'in_authority', 'decided_pass', 'decided_refused', 'exempt_memo', 'released', 'suspended', 'expired', 'revoked')),
        year integer NOT NULL,
        form jsonb NOT NULL,
        facts jsonb NOT NULL,
        facts_sha256 text NOT NULL,
        finding jsonb NOT NULL,
        tracks jsonb NOT NULL,
        clocks jsonb NOT NULL,
        next_due date,
        decision jsonb,
        return_reason text,
        revision integer NOT NULL CHECK (revision > 0),
        created_by text NOT NULL,
        created_at timestamptz NOT NULL,
        submitted_at timestamptz,
        released_at timestamptz
      )`);
    await runner.query('CREATE INDEX declarations_of_exporter ON declarations (exporter_id, year, id)');
    await runner.query('CREATE INDEX declarations_by_clock ON declarations (status, next_due, id)');
    await runner.query(`
      CREATE TABLE declaration_history (
        declaration_id text NOT NULL REFERENCES declarations (id),
        revision integer NOT NULL,
        command text NOT NULL,
        status_from text,
        status_to text NOT NULL,
        rule_set_version text NOT NULL,
        facts_sha256 text NOT NULL,
        at timestamptz NOT NULL,
        by_subject text NOT NULL,
        by_organisation text NOT NULL,
        note text,
        PRIMARY KEY (declaration_id, revision)
      )`);
    await runner.query(`
      CREATE FUNCTION refuse_rewriting_history() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION '% on % refused: history is only ever added to', TG_OP, TG_TABLE_NAME;
      END $$`);
    await runner.query(`
      CREATE TRIGGER history_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON declaration_history
      FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting_history()`);
  }

  async #releases(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE releases (
        id text PRIMARY KEY,
        declaration_id text NOT NULL REFERENCES declarations (id),
        exporter_id text NOT NULL,
        status text NOT NULL CHECK (status IN ('active', 'suspended', 'revoked', 'expired')),
        scope jsonb NOT NULL,
        pathway text NOT NULL,
        rule_id text NOT NULL,
        counted boolean NOT NULL,
        quota_general integer,
        quota_sensitive integer,
        valid_from timestamptz NOT NULL,
        valid_until timestamptz NOT NULL,
        token text NOT NULL,
        reason text,
        issued_by text NOT NULL,
        issued_at timestamptz NOT NULL,
        changed_at timestamptz NOT NULL
      )`);
    await runner.query("CREATE INDEX releases_to_expire ON releases (valid_until) WHERE status = 'active'");
    await runner.query('CREATE UNIQUE INDEX one_release_a_declaration ON releases (declaration_id)');
    await runner.query(`
      CREATE TABLE release_persons (
        release_id text NOT NULL REFERENCES releases (id),
        category text NOT NULL CHECK (category IN ('general', 'sensitive')),
        commitment bytea NOT NULL CHECK (octet_length(commitment) = 32),
        PRIMARY KEY (release_id, category, commitment)
      )`);
    await runner.query(`
      CREATE TABLE counted_persons (
        exporter_id text NOT NULL,
        year integer NOT NULL,
        category text NOT NULL CHECK (category IN ('general', 'sensitive')),
        commitment bytea NOT NULL CHECK (octet_length(commitment) = 32),
        PRIMARY KEY (exporter_id, year, category, commitment)
      )`);
    await runner.query(`
      CREATE TABLE declared_elsewhere (
        exporter_id text NOT NULL,
        year integer NOT NULL,
        category text NOT NULL CHECK (category IN ('general', 'sensitive')),
        channel text NOT NULL,
        persons integer NOT NULL CHECK (persons >= 0),
        declared_by text NOT NULL,
        declared_at timestamptz NOT NULL,
        PRIMARY KEY (exporter_id, year, category, channel)
      )`);
  }
}
