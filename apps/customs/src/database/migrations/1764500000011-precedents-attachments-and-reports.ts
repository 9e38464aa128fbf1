import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Files in consultations, precedents that can be searched, and what new rules would change, kept. */
export class PrecedentsAttachmentsAndReports1764500000011 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE consultation_files (
        consultation_id text NOT NULL REFERENCES consultations (id),
        sha256 text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
        name text NOT NULL,
        media_type text NOT NULL,
        size integer NOT NULL CHECK (size BETWEEN 1 AND 5000000),
        content bytea NOT NULL,
        sent_by text NOT NULL,
        sent_at timestamptz NOT NULL,
        PRIMARY KEY (consultation_id, sha256)
      )`);
    await runner.query('ALTER TABLE consultation_files ALTER COLUMN content SET STORAGE EXTERNAL');
    await this.#precedents(runner);
    await runner.query(`
      CREATE TABLE rule_set_reports (
        rule_set_id text PRIMARY KEY REFERENCES rule_sets (id),
        compared integer NOT NULL,
        changed integer NOT NULL,
        after_id text NOT NULL,
        finished_at timestamptz
      )`);
    await runner.query(`
      CREATE TABLE rule_set_changes (
        rule_set_id text NOT NULL REFERENCES rule_sets (id),
        declaration_id text NOT NULL REFERENCES declarations (id),
        exporter_id text NOT NULL,
        change jsonb NOT NULL,
        PRIMARY KEY (rule_set_id, declaration_id)
      )`);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }

  /**
   * Chinese is written without spaces, so its words cannot be found by splitting at them: every two neighbouring
   * characters are a term, of the text and of what is looked for alike.
   */
  async #precedents(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE FUNCTION search_terms(source text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
        SELECT lower(regexp_replace(source, '[\\u3400-\\u9fff]', ' ', 'g')) || ' ' || coalesce((
          SELECT string_agg(substr(run[1], at, 2), ' ')
          FROM regexp_matches(source, '([\\u3400-\\u9fff]+)', 'g') AS run,
            generate_series(1, greatest(length(run[1]) - 1, 1)) AS at), '')
      $$`);
    await runner.query(`
      ALTER TABLE precedents
        ADD COLUMN status text NOT NULL DEFAULT 'published' CHECK (status IN ('draft', 'published')),
        ADD COLUMN consultation_id text REFERENCES consultations (id),
        ADD COLUMN drafted_by text,
        ADD COLUMN replaced jsonb NOT NULL DEFAULT '[]',
        ALTER COLUMN published_by DROP NOT NULL,
        ALTER COLUMN published_at DROP NOT NULL,
        ADD CHECK (status = 'draft' OR (published_by IS NOT NULL AND published_at IS NOT NULL)),
        ADD COLUMN search tsvector GENERATED ALWAYS AS
          (to_tsvector('simple', search_terms(question || ' ' || answer))) STORED`);
    await runner.query("CREATE INDEX precedents_search ON precedents USING gin (search) WHERE status = 'published'");
    await runner.query('CREATE UNIQUE INDEX one_precedent_a_consultation ON precedents (consultation_id)');
  }
}
