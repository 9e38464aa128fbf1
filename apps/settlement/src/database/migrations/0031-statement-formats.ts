import { ForwardMigration } from '../forward-migration.js';

const statements = [
  `ALTER TABLE bank_statements
     ADD COLUMN kind text NOT NULL DEFAULT 'statement' CHECK (kind IN ('statement', 'intraday', 'advice')),
     ADD COLUMN ordinal bigint GENERATED ALWAYS AS IDENTITY,
     ADD COLUMN gap_accepted_by text,
     ADD COLUMN gap_accepted_at timestamptz,
     ADD COLUMN gap_reason text,
     ALTER COLUMN opening_minor DROP NOT NULL,
     ALTER COLUMN closing_minor DROP NOT NULL,
     ADD CHECK (kind <> 'statement' OR (opening_minor IS NOT NULL AND closing_minor IS NOT NULL)),
     ADD CHECK ((gap_accepted_by IS NULL) = (gap_accepted_at IS NULL) AND (gap_accepted_by IS NULL) = (gap_reason IS NULL))`,
  `ALTER TABLE bank_statement_lines ADD COLUMN return_reason text`,
  `CREATE INDEX bank_statements_chain ON bank_statements (account, currency, closing_date)`,
  // Read anew each time, since a statement that comes late mends the gap it left.
  `CREATE VIEW bank_statement_chain AS
   SELECT statement_id, account, currency, opening_date, closing_date, opening_minor, gap_accepted_at,
          lag(statement_id) OVER w AS previous_id, lag(closing_minor) OVER w AS expected_minor
     FROM bank_statements WHERE kind = 'statement'
   WINDOW w AS (PARTITION BY account, currency
                ORDER BY closing_date, opening_date, (substring(sequence_no from '^[0-9]{1,9}'))::integer, ordinal)`,
  `CREATE TABLE bank_csv_mappings (
     mapping_id text PRIMARY KEY,
     name text NOT NULL,
     version integer NOT NULL,
     mapping jsonb NOT NULL,
     created_by text NOT NULL,
     created_at timestamptz NOT NULL,
     UNIQUE (name, version)
   )`,
];

/** Announcements beside statements, the chain of an account's statements, and how banks write their CSV files. */
export class ReadMoreStatements1764000000031 extends ForwardMigration {
  protected readonly statements = statements;
}
