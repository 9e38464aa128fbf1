import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Cards, the steps of the review, what was handed in each time, suspension, certificates and next versions. */
export class ProductCards1763870000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE products
      ADD COLUMN card jsonb,
      ADD COLUMN gene_use text,
      ADD COLUMN submissions integer NOT NULL DEFAULT 0,
      ADD COLUMN passed jsonb NOT NULL DEFAULT '[]',
      ADD COLUMN refusal jsonb,
      ADD COLUMN suspended_at timestamptz,
      ADD COLUMN suspend_reason text,
      ADD COLUMN certificate_number text,
      ADD COLUMN certificate_until text,
      ADD COLUMN version_of text REFERENCES products (id),
      ADD COLUMN effective_at timestamptz,
      DROP CONSTRAINT products_status_check`);
    await runner.query(`ALTER TABLE products
      ADD CONSTRAINT products_status_check CHECK (status IN ('draft', 'submitted', 'source_check', 'quality_check',
        'legal_review', 'exchange_review', 'returned', 'refused', 'listed', 'suspended', 'delisted', 'scheduled',
        'merged')),
      ADD CONSTRAINT products_suspended_check CHECK (status <> 'suspended' OR suspended_at IS NOT NULL)`);
    // Of one product, one next version is on its way at a time.
    await runner.query(`CREATE UNIQUE INDEX products_next_version ON products (version_of)
      WHERE version_of IS NOT NULL AND status NOT IN ('merged', 'refused', 'delisted')`);
    await runner.query(`CREATE INDEX products_scheduled ON products (effective_at) WHERE status = 'scheduled'`);
    // Columns described before said nothing of type, unit and importance.
    await runner.query(`UPDATE products SET fields = coalesce((SELECT jsonb_agg('{"meanings": null, "type": null,
      "unit": null, "nullable": null, "importantData": false}'::jsonb || field) FROM jsonb_array_elements(fields) AS field),
      '[]')`);
    await keepVersions(runner);
    await keepComments(runner);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}

/** What was handed in each time, and every version that was on the market. */
async function keepVersions(runner: QueryRunner): Promise<void> {
  await runner.query(`
      CREATE TABLE product_submissions (
        product_id text NOT NULL REFERENCES products (id),
        number integer NOT NULL CHECK (number > 0),
        content jsonb NOT NULL,
        findings jsonb NOT NULL,
        submitted_at timestamptz NOT NULL,
        submitted_by text NOT NULL,
        PRIMARY KEY (product_id, number)
      )`);
  await runner.query(`
      CREATE TABLE product_versions (
        product_id text NOT NULL REFERENCES products (id),
        version integer NOT NULL CHECK (version > 0),
        content jsonb NOT NULL,
        changes jsonb NOT NULL,
        breaking boolean NOT NULL,
        announced_at timestamptz NOT NULL,
        effective_at timestamptz NOT NULL,
        PRIMARY KEY (product_id, version)
      )`);
}

/** Comments of reviewers, and certificates with their numbers. */
async function keepComments(runner: QueryRunner): Promise<void> {
  await runner.query(`
      CREATE TABLE review_comments (
        id text PRIMARY KEY,
        aggregate_id text NOT NULL,
        pointer text NOT NULL,
        text text NOT NULL,
        written_by text NOT NULL,
        written_at timestamptz NOT NULL,
        answer text,
        answered_by text,
        answered_at timestamptz,
        CHECK ((answer IS NULL) = (answered_at IS NULL))
      )`);
  await runner.query('CREATE INDEX review_comments_of ON review_comments (aggregate_id, id)');
  await runner.query(`
      CREATE TABLE certificates (
        number text PRIMARY KEY,
        kind text NOT NULL CHECK (kind IN ('participant', 'listing')),
        subject_id text NOT NULL,
        holder_id text NOT NULL,
        issued_at timestamptz NOT NULL,
        valid_until text NOT NULL,
        content jsonb NOT NULL,
        content_hash text NOT NULL,
        withdrawn_at timestamptz,
        withdrawn_reason text,
        CHECK ((withdrawn_at IS NULL) = (withdrawn_reason IS NULL))
      )`);
  await runner.query('CREATE INDEX certificates_of ON certificates (subject_id, number)');
  await runner.query(`
      CREATE TABLE certificate_numbers (
        series text PRIMARY KEY,
        last integer NOT NULL CHECK (last > 0)
      )`);
}
