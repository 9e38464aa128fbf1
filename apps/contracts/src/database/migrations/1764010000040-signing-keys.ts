import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The keys organisations sign agreements with, and the signatures made with them. Histories are only ever added to. */
export class SigningKeys1764010000040 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...keys, ...signatures, ...appendOnly]) await runner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}

const keys = [
  `CREATE TABLE signing_keys (
     id text PRIMARY KEY,
     organisation_id text NOT NULL,
     kid text NOT NULL CHECK (kid ~ '^[A-Za-z0-9_-]{43}$'),
     algorithm text NOT NULL CHECK (algorithm IN ('Ed25519', 'ES256')),
     jwk jsonb NOT NULL CHECK (NOT jwk ? 'd'),
     label text NOT NULL,
     status text NOT NULL CHECK (status IN ('proposed', 'proven', 'active', 'revoked')),
     challenge text NOT NULL,
     prove_by timestamptz NOT NULL,
     valid_from timestamptz,
     valid_until timestamptz NOT NULL,
     revoked_at timestamptz,
     proposed_by text NOT NULL,
     proposed_at timestamptz NOT NULL,
     CHECK ((status = 'revoked') = (revoked_at IS NOT NULL)),
     CHECK (status <> 'active' OR valid_from IS NOT NULL)
   )`,
  'CREATE INDEX signing_keys_of_organisation ON signing_keys (organisation_id, id)',
  'CREATE INDEX signing_keys_named ON signing_keys (kid)',
  // A key in force is one organisation's: the rule of the use case, held by the database as well.
  `CREATE UNIQUE INDEX signing_keys_one_holder ON signing_keys (kid) WHERE status IN ('proven', 'active')`,
  `CREATE TABLE signing_key_steps (
     key_id text NOT NULL REFERENCES signing_keys (id),
     command text NOT NULL CHECK (command IN ('propose', 'prove', 'confirm', 'revoke')),
     status_to text NOT NULL,
     at timestamptz NOT NULL,
     by_subject text NOT NULL,
     by_organisation text NOT NULL,
     reason text,
     PRIMARY KEY (key_id, command)
   )`,
];

const signatures = [
  `CREATE TABLE agreement_key_signatures (
     agreement_id text NOT NULL,
     party text NOT NULL,
     organisation_id text NOT NULL,
     kid text NOT NULL,
     jws text NOT NULL,
     signed_at timestamptz NOT NULL,
     received_at timestamptz NOT NULL,
     PRIMARY KEY (agreement_id, party),
     FOREIGN KEY (agreement_id, party) REFERENCES agreement_signatures (agreement_id, party)
   )`,
];

const appendOnly = ['signing_key_steps', 'agreement_key_signatures'].map(
  (table) => `CREATE TRIGGER ${table}_are_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ${table}
              FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting_agreements()`,
);
