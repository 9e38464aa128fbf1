import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Other participants of the dataspace, and the messages on their way to them. */
export class DataspacePeers1764010000020 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...peers, ...outbox]) await runner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}

const peers = [
  `CREATE TABLE dataspace_peers (
     id text PRIMARY KEY,
     participant_id text NOT NULL UNIQUE,
     organisation_id text NOT NULL,
     base_url text NOT NULL,
     auth jsonb NOT NULL,
     status text NOT NULL CHECK (status IN ('active', 'suspended')),
     secret_sealed text,
     header_hash text UNIQUE,
     created_at timestamptz NOT NULL,
     CHECK (num_nulls(secret_sealed, header_hash) IN (0, 2))
   )`,
  // Who comes without a header can only be one.
  `CREATE UNIQUE INDEX dataspace_peers_one_without_header ON dataspace_peers ((auth->>'mode'))
     WHERE auth->>'mode' = 'none' AND status = 'active'`,
];

const outbox = [
  `CREATE TABLE dataspace_outbox (
     seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
     kind text NOT NULL CHECK (kind IN ('negotiation', 'transfer')),
     peer_id text NOT NULL REFERENCES dataspace_peers (id),
     process_id text NOT NULL,
     url text NOT NULL,
     message jsonb NOT NULL,
     state text NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'delivered', 'given-up')),
     due_at timestamptz NOT NULL,
     attempts integer NOT NULL DEFAULT 0,
     fault text,
     written_at timestamptz NOT NULL DEFAULT clock_timestamp(),
     ended_at timestamptz,
     CHECK ((state = 'pending') = (ended_at IS NULL))
   )`,
  `CREATE INDEX dataspace_outbox_of_process ON dataspace_outbox (process_id, seq) WHERE state = 'pending'`,
  `CREATE INDEX dataspace_outbox_due ON dataspace_outbox (due_at) WHERE state = 'pending'`,
  'CREATE INDEX dataspace_outbox_ended ON dataspace_outbox (ended_at) WHERE ended_at IS NOT NULL',
];
