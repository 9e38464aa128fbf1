import { ForwardMigration } from '../forward-migration.js';

const statements = [
  `CREATE TABLE bank_statement_files (
     file_id text PRIMARY KEY,
     sha256 text NOT NULL UNIQUE,
     message_id text NOT NULL,
     message_version text NOT NULL,
     size_bytes integer NOT NULL,
     imported_by text NOT NULL,
     imported_at timestamptz NOT NULL
   )`,
  `CREATE TABLE bank_statements (
     statement_id text PRIMARY KEY,
     file_id text NOT NULL REFERENCES bank_statement_files,
     account text NOT NULL,
     reference text NOT NULL,
     content_hash text NOT NULL,
     sequence_no text,
     currency text NOT NULL,
     opening_minor bigint NOT NULL,
     closing_minor bigint NOT NULL,
     opening_date date NOT NULL,
     closing_date date NOT NULL,
     entries integer NOT NULL,
     UNIQUE (account, reference)
   )`,
  `CREATE INDEX bank_statements_file ON bank_statements (file_id)`,
  `CREATE TABLE bank_statement_lines (
     line_id text PRIMARY KEY,
     statement_id text NOT NULL REFERENCES bank_statements,
     line_no integer NOT NULL,
     entry_no integer NOT NULL,
     side text NOT NULL CHECK (side IN ('credit', 'debit')),
     amount_minor bigint NOT NULL CHECK (amount_minor >= 0),
     currency text NOT NULL,
     status text NOT NULL,
     reversal boolean NOT NULL,
     booking_date date,
     value_date date,
     end_to_end_id text,
     bank_reference text,
     remittance text NOT NULL,
     counterparty_name text,
     counterparty_account text,
     state text NOT NULL CHECK (state IN ('open', 'matched', 'exception', 'ignored')),
     UNIQUE (statement_id, line_no)
   )`,
  `CREATE TABLE bank_matches (
     match_id text PRIMARY KEY,
     line_id text NOT NULL REFERENCES bank_statement_lines,
     item_kind text NOT NULL CHECK (item_kind IN ('invoice', 'payout')),
     item_id text NOT NULL,
     amount_minor bigint NOT NULL CHECK (amount_minor > 0),
     currency text NOT NULL,
     found_by text NOT NULL,
     rule_version text NOT NULL,
     matched_at timestamptz NOT NULL,
     ended_at timestamptz
   )`,
  // One payment pays one thing once: no line and no invoice or payout stands in two matches that are in force.
  `CREATE UNIQUE INDEX bank_matches_line ON bank_matches (line_id) WHERE ended_at IS NULL`,
  `CREATE UNIQUE INDEX bank_matches_item ON bank_matches (item_kind, item_id) WHERE ended_at IS NULL`,
  `CREATE TABLE match_exceptions (
     exception_id text PRIMARY KEY,
     line_id text NOT NULL REFERENCES bank_statement_lines,
     reason text NOT NULL,
     detail text NOT NULL,
     item_kind text CHECK (item_kind IN ('invoice', 'payout')),
     item_id text,
     period text,
     opened_at timestamptz NOT NULL,
     resolved_at timestamptz
   )`,
  `CREATE UNIQUE INDEX match_exceptions_line ON match_exceptions (line_id) WHERE resolved_at IS NULL`,
  `CREATE INDEX match_exceptions_period ON match_exceptions (period) WHERE resolved_at IS NULL`,
];

/** Bank statements as received, and what each line turned out to be. */
export class CreateStatements1764000000005 extends ForwardMigration {
  protected readonly statements = statements;
}
