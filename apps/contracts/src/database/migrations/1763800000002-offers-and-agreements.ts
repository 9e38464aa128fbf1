import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What contracts knows of the catalog, and everything from an offer to an entitlement. An agreement's text, steps and
 * signatures are only ever inserted: the database refuses anything else. Its head says where the history has got to.
 */
export class OffersAndAgreements1763800000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...directory, ...offers, ...agreements, ...appendOnly]) await runner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}

const directory = [
  `CREATE TABLE directory_parties (
     id text PRIMARY KEY,
     standing text NOT NULL CHECK (standing IN ('registered', 'approved', 'suspended')),
     standing_at timestamptz NOT NULL,
     name jsonb,
     jurisdiction text,
     roles text[],
     profile_as_of timestamptz,
     CHECK (num_nulls(name, jurisdiction, roles, profile_as_of) IN (0, 4))
   )`,
  `CREATE TABLE directory_products (
     id text PRIMARY KEY,
     merchant_id text NOT NULL,
     listed boolean NOT NULL,
     changed_at timestamptz NOT NULL,
     name jsonb,
     kind text,
     version integer,
     listing_as_of timestamptz,
     CHECK (num_nulls(name, kind, version, listing_as_of) IN (0, 4))
   )`,
];

const offers = [
  `CREATE TABLE offers (
     id text PRIMARY KEY,
     product_id text NOT NULL,
     product_version integer NOT NULL CHECK (product_version > 0),
     merchant_id text NOT NULL,
     plan jsonb NOT NULL,
     policy jsonb NOT NULL,
     quota jsonb,
     valid_until timestamptz NOT NULL,
     term_from timestamptz NOT NULL,
     term_until timestamptz NOT NULL CHECK (term_until > term_from),
     channel_partner_id text,
     status text NOT NULL CHECK (status IN ('published', 'withdrawn')),
     published_at timestamptz NOT NULL,
     withdrawn_at timestamptz,
     CHECK ((status = 'withdrawn') = (withdrawn_at IS NOT NULL))
   )`,
  'CREATE INDEX offers_of_product ON offers (product_id, id)',
  'CREATE INDEX offers_of_merchant ON offers (merchant_id, id)',
  `CREATE TABLE access_requests (
     id text PRIMARY KEY,
     offer_id text NOT NULL REFERENCES offers (id),
     product_id text NOT NULL,
     merchant_id text NOT NULL,
     buyer_id text NOT NULL CHECK (buyer_id <> merchant_id),
     purpose text NOT NULL,
     place_of_use text NOT NULL,
     status text NOT NULL CHECK (status IN ('requested', 'agreed', 'declined', 'withdrawn', 'expired')),
     requested_at timestamptz NOT NULL,
     requested_by text NOT NULL,
     expires_at timestamptz NOT NULL,
     answered_at timestamptz,
     answered_by text,
     reason text,
     agreement_id text UNIQUE,
     CHECK ((status = 'requested') = (answered_at IS NULL)),
     CHECK ((status = 'agreed') = (agreement_id IS NOT NULL))
   )`,
  `CREATE UNIQUE INDEX access_requests_one_open ON access_requests (offer_id, buyer_id, purpose, place_of_use)
     WHERE status = 'requested'`,
  `CREATE INDEX access_requests_due ON access_requests (expires_at, id) WHERE status = 'requested'`,
  'CREATE INDEX access_requests_of_merchant ON access_requests (merchant_id, id)',
  'CREATE INDEX access_requests_of_buyer ON access_requests (buyer_id, id)',
];

const agreements = [
  `CREATE TABLE agreements (
     id text PRIMARY KEY,
     request_id text NOT NULL UNIQUE REFERENCES access_requests (id),
     offer_id text NOT NULL REFERENCES offers (id),
     product_id text NOT NULL,
     product_version integer NOT NULL,
     merchant_id text NOT NULL,
     buyer_id text NOT NULL CHECK (buyer_id <> merchant_id),
     channel_partner_id text,
     plan jsonb NOT NULL,
     policy jsonb NOT NULL,
     quota jsonb,
     purpose text NOT NULL,
     place_of_use text NOT NULL,
     effective_from timestamptz NOT NULL,
     effective_until timestamptz NOT NULL,
     sign_by timestamptz NOT NULL,
     document jsonb NOT NULL,
     document_hash text NOT NULL CHECK (document_hash ~ '^[0-9a-f]{64}$'),
     drafted_at timestamptz NOT NULL
   )`,
  'CREATE INDEX agreements_of_merchant ON agreements (merchant_id, id)',
  'CREATE INDEX agreements_of_buyer ON agreements (buyer_id, id)',
  `CREATE TABLE agreement_steps (
     agreement_id text NOT NULL REFERENCES agreements (id),
     step integer NOT NULL CHECK (step > 0),
     command text NOT NULL CHECK (command IN ('draft', 'sign', 'activate', 'end', 'terminate', 'expire')),
     status_from text,
     status_to text NOT NULL,
     at timestamptz NOT NULL,
     by_subject text,
     by_organisation text,
     reason text,
     PRIMARY KEY (agreement_id, step),
     CHECK ((by_subject IS NULL) = (by_organisation IS NULL))
   )`,
  `CREATE TABLE agreement_signatures (
     agreement_id text NOT NULL REFERENCES agreements (id),
     party text NOT NULL CHECK (party IN ('merchant', 'buyer')),
     subject text NOT NULL,
     display_name text NOT NULL,
     organisation_id text NOT NULL,
     document_hash text NOT NULL,
     signed_at timestamptz NOT NULL,
     PRIMARY KEY (agreement_id, party)
   )`,
  `CREATE TABLE agreement_heads (
     agreement_id text PRIMARY KEY REFERENCES agreements (id),
     status text NOT NULL CHECK (status IN
       ('awaiting_signatures', 'concluded', 'in_force', 'ended', 'terminated', 'expired', 'lapsed')),
     step integer NOT NULL,
     due_at timestamptz,
     FOREIGN KEY (agreement_id, step) REFERENCES agreement_steps (agreement_id, step)
   )`,
  'CREATE INDEX agreement_heads_due ON agreement_heads (due_at, agreement_id) WHERE due_at IS NOT NULL',
  `CREATE TABLE entitlements (
     id text PRIMARY KEY,
     agreement_id text NOT NULL UNIQUE REFERENCES agreements (id),
     product_id text NOT NULL,
     merchant_id text NOT NULL,
     buyer_id text NOT NULL,
     meters text[] NOT NULL,
     quota jsonb,
     purposes text[] NOT NULL,
     valid_from timestamptz NOT NULL,
     valid_until timestamptz NOT NULL,
     status text NOT NULL CHECK (status IN ('granted', 'revoked')),
     granted_at timestamptz NOT NULL,
     revoked_at timestamptz,
     revocation_reason text,
     CHECK ((status = 'revoked') = (revoked_at IS NOT NULL))
   )`,
  'CREATE INDEX entitlements_of_merchant ON entitlements (merchant_id, id)',
  'CREATE INDEX entitlements_of_buyer ON entitlements (buyer_id, id)',
];

const appendOnly = [
  `CREATE FUNCTION refuse_rewriting_agreements() RETURNS trigger LANGUAGE plpgsql AS $$
   BEGIN
     RAISE EXCEPTION '% on % refused: agreements are never edited, only continued', TG_OP, TG_TABLE_NAME;
   END $$`,
  ...['agreements', 'agreement_steps', 'agreement_signatures'].map(
    (table) => `CREATE TRIGGER ${table}_are_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ${table}
                FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting_agreements()`,
  ),
];
