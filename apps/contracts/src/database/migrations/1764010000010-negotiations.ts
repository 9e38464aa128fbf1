import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Access requests become what they are: negotiations, in the states of the Dataspace Protocol, with the chain of offers
 * made and an append-only history, whether both sides are here or one is a peer. The words of before (`status`) follow
 * from the state.
 */
export class Negotiations1764010000010 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...chain, ...columns, ...carriedOver, ...constraints, ...surroundings]) {
      await runner.query(statement);
    }
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}

const chain = [
  'ALTER TABLE access_requests RENAME TO negotiations',
  'ALTER INDEX access_requests_pkey RENAME TO negotiations_pkey',
  'ALTER INDEX access_requests_of_merchant RENAME TO negotiations_of_merchant',
  'ALTER INDEX access_requests_of_buyer RENAME TO negotiations_of_buyer',
  `CREATE TABLE negotiation_offers (
     negotiation_id text NOT NULL REFERENCES negotiations (id),
     number integer NOT NULL CHECK (number > 0),
     offer jsonb NOT NULL,
     PRIMARY KEY (negotiation_id, number)
   )`,
  `CREATE TABLE negotiation_steps (
     seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
     negotiation_id text NOT NULL REFERENCES negotiations (id),
     event text NOT NULL CHECK (event IN ('done', 'sent', 'received', 'acknowledged', 'given_up')),
     message text NOT NULL,
     side text NOT NULL CHECK (side IN ('provider', 'consumer')),
     state_from text,
     state_to text NOT NULL,
     at timestamptz NOT NULL
   )`,
  'CREATE INDEX negotiation_steps_of ON negotiation_steps (negotiation_id, seq)',
];

const columns = [
  'ALTER TABLE negotiations RENAME COLUMN product_id TO dataset_id',
  `ALTER TABLE negotiations
     ADD COLUMN role text NOT NULL DEFAULT 'both' CHECK (role IN ('provider', 'consumer', 'both')),
     ADD COLUMN state text,
     ADD COLUMN pending text,
     ADD COLUMN peer_id text,
     ADD COLUMN peer_participant text,
     ADD COLUMN peer_base text,
     ADD COLUMN provider_pid text,
     ADD COLUMN consumer_pid text,
     ADD COLUMN offer jsonb,
     ADD COLUMN consent jsonb,
     ADD COLUMN ending jsonb,
     ADD COLUMN due_at timestamptz`,
  'ALTER TABLE negotiations ALTER COLUMN role DROP DEFAULT',
  // What a peer provides stands on no offer of ours, and what it offers unasked has no buyer yet.
  'ALTER TABLE negotiations ALTER COLUMN offer_id DROP NOT NULL',
  'ALTER TABLE negotiations ALTER COLUMN buyer_id DROP NOT NULL',
  'ALTER TABLE negotiations ALTER COLUMN requested_by DROP NOT NULL',
];

const instant = (column: string) => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

const carriedOver = [
  `UPDATE negotiations n SET
     state = CASE
       WHEN n.status = 'requested' THEN 'REQUESTED'
       WHEN n.status <> 'agreed' THEN 'TERMINATED'
       WHEN (SELECT status FROM agreement_heads WHERE agreement_id = n.agreement_id) = 'lapsed' THEN 'TERMINATED'
       WHEN (SELECT status FROM agreement_heads WHERE agreement_id = n.agreement_id) <> 'awaiting_signatures' THEN 'FINALIZED'
       WHEN EXISTS (SELECT 1 FROM agreement_signatures s WHERE s.agreement_id = n.agreement_id AND s.party = 'buyer')
         THEN 'VERIFIED'
       ELSE 'AGREED' END,
     provider_pid = 'urn:uuid:' || gen_random_uuid(),
     consumer_pid = 'urn:uuid:' || gen_random_uuid(),
     due_at = CASE WHEN n.status = 'requested' THEN expires_at END,
     offer = jsonb_build_object('number', 1, 'side', 'consumer', 'change', jsonb_build_object(),
       'use', jsonb_build_object('purpose', purpose, 'placeOfUse', place_of_use), 'wire', NULL, 'note', NULL,
       'validUntil', ${instant('expires_at')}, 'madeAt', ${instant('requested_at')}, 'madeBy', requested_by),
     consent = CASE WHEN n.status = 'agreed' THEN jsonb_build_object('at', ${instant('answered_at')},
       'subject', answered_by, 'organisationId', merchant_id, 'displayName', answered_by) END`,
  `UPDATE negotiations SET ending = jsonb_build_object('at', ${instant('answered_at')}, 'reason', reason, 'by', answered_by,
     'side', CASE status WHEN 'declined' THEN 'provider' WHEN 'withdrawn' THEN 'consumer' ELSE 'time' END,
     'code', CASE status WHEN 'agreed' THEN 'LAPSED' ELSE upper(status) END)
   WHERE state = 'TERMINATED'`,
  'INSERT INTO negotiation_offers SELECT id, 1, offer FROM negotiations',
];

const open = `state IN ('REQUESTED', 'OFFERED', 'ACCEPTED')`;

const constraints = [
  // With the column go its CHECKs and the indexes that name it.
  'ALTER TABLE negotiations DROP COLUMN status, DROP COLUMN answered_at, DROP COLUMN answered_by, DROP COLUMN reason',
  `ALTER TABLE negotiations
     ADD COLUMN status text NOT NULL GENERATED ALWAYS AS (CASE
       WHEN agreement_id IS NOT NULL OR state IN ('AGREED', 'VERIFIED', 'FINALIZED') THEN 'agreed'
       WHEN state <> 'TERMINATED' THEN 'requested'
       WHEN ending ->> 'side' = 'time' THEN 'expired'
       WHEN ending ->> 'side' = 'provider' THEN 'declined'
       ELSE 'withdrawn' END) STORED`,
  'ALTER TABLE negotiations ALTER COLUMN state SET NOT NULL, ALTER COLUMN offer SET NOT NULL',
  'ALTER TABLE negotiations DROP COLUMN purpose, DROP COLUMN place_of_use, DROP COLUMN expires_at',
  `ALTER TABLE negotiations
     ADD CONSTRAINT negotiations_state_check CHECK (state IN
       ('REQUESTED', 'OFFERED', 'ACCEPTED', 'AGREED', 'VERIFIED', 'FINALIZED', 'TERMINATED')),
     ADD CONSTRAINT negotiations_end_check CHECK (state <> 'TERMINATED' OR ending IS NOT NULL),
     ADD CONSTRAINT negotiations_offer_check CHECK ((role = 'consumer') = (offer_id IS NULL)),
     ADD CONSTRAINT negotiations_buyer_check CHECK (role = 'consumer' OR buyer_id IS NOT NULL),
     ADD CONSTRAINT negotiations_peer_check CHECK (
       num_nulls(peer_id, peer_participant, peer_base) = CASE WHEN role = 'both' THEN 3 ELSE 0 END),
     ADD CONSTRAINT negotiations_under_way_check CHECK (role <> 'both' OR pending IS NULL)`,
  `CREATE UNIQUE INDEX negotiations_one_open ON negotiations
     (offer_id, buyer_id, (offer -> 'use' ->> 'purpose'), (offer -> 'use' ->> 'placeOfUse'))
     WHERE peer_id IS NULL AND ${open}`,
  "CREATE UNIQUE INDEX negotiations_by_own_provider_pid ON negotiations (provider_pid) WHERE role <> 'consumer'",
  "CREATE UNIQUE INDEX negotiations_by_own_consumer_pid ON negotiations (consumer_pid) WHERE role <> 'provider'",
  // One process for each id the peer made up, however often and however fast it asks.
  "CREATE UNIQUE INDEX negotiations_asked_by_peer ON negotiations (peer_id, consumer_pid) WHERE role = 'provider'",
  "CREATE UNIQUE INDEX negotiations_offered_by_peer ON negotiations (peer_id, provider_pid) WHERE role = 'consumer'",
  'CREATE INDEX negotiations_due ON negotiations (due_at, id) WHERE due_at IS NOT NULL',
  'CREATE INDEX negotiations_of_agreement ON negotiations (agreement_id) WHERE agreement_id IS NOT NULL',
];

const surroundings = [
  `CREATE TABLE negotiation_messages (
     negotiation_id text NOT NULL REFERENCES negotiations (id),
     message_id text NOT NULL,
     answer jsonb NOT NULL,
     PRIMARY KEY (negotiation_id, message_id)
   )`,
  `CREATE TABLE negotiation_settings (
     organisation_id text PRIMARY KEY,
     agree_automatically boolean NOT NULL,
     verify_automatically boolean NOT NULL,
     set_at timestamptz NOT NULL,
     set_by jsonb NOT NULL
   )`,
  `CREATE TABLE peer_agreements (
     peer_id text NOT NULL,
     agreement_ref text NOT NULL,
     role text NOT NULL CHECK (role IN ('provider', 'consumer')),
     dataset_id text NOT NULL,
     assigner text NOT NULL,
     assignee text NOT NULL,
     agreement jsonb NOT NULL,
     state text NOT NULL CHECK (state IN ('agreed', 'finalized', 'terminated')),
     negotiation_id text UNIQUE REFERENCES negotiations (id),
     agreement_id text UNIQUE REFERENCES agreements (id),
     at timestamptz NOT NULL,
     PRIMARY KEY (peer_id, agreement_ref)
   )`,
  `CREATE FUNCTION refuse_rewriting_negotiations() RETURNS trigger LANGUAGE plpgsql AS $$
   BEGIN
     RAISE EXCEPTION '% on % refused: what was said in a negotiation was said', TG_OP, TG_TABLE_NAME;
   END $$`,
  ...['negotiation_offers', 'negotiation_steps'].map(
    (table) => `CREATE TRIGGER ${table}_are_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ${table}
                FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting_negotiations()`,
  ),
];
