import { ForwardMigration } from '../forward-migration.js';

const statements = [
  `CREATE TABLE period_statement_roots (
     period text PRIMARY KEY REFERENCES settlement_periods,
     root_hash text NOT NULL,
     statements integer NOT NULL,
     sealed_at timestamptz NOT NULL
   )`,
  // The text itself is kept, not jsonb: its bytes are what was hashed.
  `CREATE TABLE period_statements (
     period text NOT NULL REFERENCES period_statement_roots,
     participant_id text NOT NULL,
     leaf_index integer NOT NULL,
     leaf_hash text NOT NULL,
     document text NOT NULL,
     PRIMARY KEY (period, participant_id),
     UNIQUE (period, leaf_index)
   )`,
];

/** What each party got of a closed period, sealed under one root. */
export class SealPartyStatements1764000000035 extends ForwardMigration {
  protected readonly statements = statements;
}
