import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Supplements item by item, extensions and declarations anew, the fuller form, and what declarations begin with. */
export class DeclarationContents1764600000011 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await this.#declarations(runner);
    await this.#projections(runner);
    await runner.query(`
      CREATE TABLE policy_queries (
        id text PRIMARY KEY,
        number bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
        rule_set_name text NOT NULL,
        rule_set_version text NOT NULL,
        facts jsonb NOT NULL,
        facts_sha256 text NOT NULL,
        kept_at timestamptz NOT NULL
      )`);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }

  async #declarations(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE declarations
        ADD COLUMN kind text NOT NULL DEFAULT 'first' CHECK (kind IN ('first', 'extension', 'redeclaration')),
        ADD COLUMN predecessor jsonb,
        ADD COLUMN supplements jsonb NOT NULL DEFAULT '[]',
        ADD CHECK ((kind = 'first') = (predecessor IS NULL))`);
    // What the earlier form did not ask is not answered; what the earlier engine did not say is empty.
    await runner.query(`
      UPDATE declarations SET
        form = '{"exporter": null, "ciioBasis": null, "otherChannels": null, "recipientPlace": null, "listLookup": null,
          "mechanism": null, "contract": null, "assessment": null}'::jsonb || form,
        finding = '{"alternatives": []}'::jsonb || finding`);
    await runner.query("CREATE INDEX declarations_of_agreement ON declarations ((form->>'agreementId'), id)");
    await runner.query("CREATE INDEX declarations_of_product ON declarations (exporter_id, (form->>'productId'), id)");
  }

  async #projections(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE known_products (
        product_id text PRIMARY KEY,
        merchant_id text NOT NULL,
        version integer NOT NULL,
        content jsonb NOT NULL,
        described_at timestamptz NOT NULL
      )`);
    await runner.query(`
      CREATE TABLE known_participants (
        participant_id text PRIMARY KEY,
        name jsonb NOT NULL,
        jurisdiction text NOT NULL,
        learnt_at timestamptz NOT NULL
      )`);
    await runner.query(`
      CREATE TABLE crossing_agreements (
        agreement_id text PRIMARY KEY,
        product_id text NOT NULL,
        merchant_id text NOT NULL,
        content jsonb NOT NULL,
        signed_at timestamptz NOT NULL
      )`);
    await runner.query('CREATE INDEX crossing_agreements_of_product ON crossing_agreements (product_id, agreement_id)');
  }
}
