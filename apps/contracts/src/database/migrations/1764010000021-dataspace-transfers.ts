import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Transfers of data under agreements with peers, in either role, with an append-only history of what was said. */
export class DataspaceTransfers1764010000021 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...transfers, ...outbox]) await runner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}

const transfers = [
  `CREATE TABLE dataspace_transfers (
     id text PRIMARY KEY,
     role text NOT NULL CHECK (role IN ('provider', 'consumer')),
     peer_id text NOT NULL REFERENCES dataspace_peers (id),
     organisation_id text NOT NULL,
     agreement_ref text NOT NULL,
     dataset_id text NOT NULL,
     format text NOT NULL,
     state text NOT NULL CHECK (state IN ('REQUESTED', 'STARTED', 'SUSPENDED', 'COMPLETED', 'TERMINATED')),
     pending text CHECK (pending IN ('request', 'start', 'suspend', 'complete', 'terminate')),
     consumer_pid text NOT NULL,
     provider_pid text CHECK (role = 'consumer' OR provider_pid IS NOT NULL),
     peer_base text NOT NULL,
     push_endpoint text,
     push_secret_sealed text,
     address_sealed text,
     token_hash text UNIQUE,
     token_expires_at timestamptz,
     code text,
     reasons jsonb NOT NULL DEFAULT '[]',
     requested_at timestamptz NOT NULL,
     CHECK ((token_hash IS NULL) = (token_expires_at IS NULL))
   )`,
  // One process for each id the peer made up, however often and however fast it asks.
  `CREATE UNIQUE INDEX dataspace_transfers_asked_by_peer ON dataspace_transfers (peer_id, consumer_pid)
     WHERE role = 'provider'`,
  `CREATE UNIQUE INDEX dataspace_transfers_by_provider_pid ON dataspace_transfers (provider_pid) WHERE role = 'provider'`,
  `CREATE UNIQUE INDEX dataspace_transfers_by_consumer_pid ON dataspace_transfers (consumer_pid) WHERE role = 'consumer'`,
  'CREATE INDEX dataspace_transfers_of ON dataspace_transfers (organisation_id, id)',
  `CREATE INDEX dataspace_transfers_open ON dataspace_transfers (agreement_ref)
     WHERE state IN ('REQUESTED', 'STARTED', 'SUSPENDED')`,
  `CREATE TABLE dataspace_transfer_steps (
     seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
     transfer_id text NOT NULL REFERENCES dataspace_transfers (id),
     message text NOT NULL,
     message_id text,
     side text NOT NULL CHECK (side IN ('provider', 'consumer')),
     event text NOT NULL CHECK (event IN ('sent', 'received', 'acknowledged', 'given-up')),
     state_from text,
     state_to text NOT NULL,
     at timestamptz NOT NULL
   )`,
  `CREATE UNIQUE INDEX dataspace_transfer_steps_once ON dataspace_transfer_steps (transfer_id, message_id)
     WHERE event = 'received' AND message_id IS NOT NULL`,
  'CREATE INDEX dataspace_transfer_steps_of ON dataspace_transfer_steps (transfer_id, seq)',
  `CREATE FUNCTION refuse_rewriting_transfers() RETURNS trigger LANGUAGE plpgsql AS $$
   BEGIN
     RAISE EXCEPTION '% on % refused: what was said about a transfer was said', TG_OP, TG_TABLE_NAME;
   END $$`,
  `CREATE TRIGGER dataspace_transfer_steps_are_append_only BEFORE UPDATE OR DELETE OR TRUNCATE
     ON dataspace_transfer_steps FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting_transfers()`,
];

const outbox = [
  // Data pushed to a consumer goes the way of messages: in order within its transfer, again until it arrives.
  'ALTER TABLE dataspace_outbox DROP CONSTRAINT dataspace_outbox_kind_check',
  `ALTER TABLE dataspace_outbox ADD CONSTRAINT dataspace_outbox_kind_check
     CHECK (kind IN ('negotiation', 'transfer', 'push'))`,
];
