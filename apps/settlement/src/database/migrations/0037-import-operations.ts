import { ForwardMigration } from '../forward-migration.js';

const statements = [
  `CREATE TABLE import_operations (
     operation_id text PRIMARY KEY,
     sha256 text NOT NULL UNIQUE,
     size_bytes integer NOT NULL,
     hints jsonb NOT NULL,
     file bytea,
     state text NOT NULL CHECK (state IN ('queued', 'running', 'done', 'failed')),
     phase text CHECK (phase IN ('reading', 'checking', 'storing', 'matching')),
     total_lines integer NOT NULL DEFAULT 0 CHECK (total_lines >= 0),
     stored_lines integer NOT NULL DEFAULT 0 CHECK (stored_lines BETWEEN 0 AND total_lines),
     done_lines integer NOT NULL DEFAULT 0 CHECK (done_lines BETWEEN 0 AND stored_lines),
     statement_ids text[],
     arriving_ids text[],
     problem jsonb,
     requested_by text NOT NULL,
     requested_at timestamptz NOT NULL,
     started_at timestamptz,
     finished_at timestamptz,
     CHECK ((state IN ('done', 'failed')) = (finished_at IS NOT NULL)),
     CHECK ((state = 'failed') = (problem IS NOT NULL)),
     CHECK (state IN ('done', 'failed') OR file IS NOT NULL)
   )`,
  `CREATE INDEX import_operations_waiting ON import_operations (requested_at, operation_id) WHERE state IN ('queued', 'running')`,
  // Null for a statement that is all there; until then nobody sees it.
  `ALTER TABLE bank_statements ADD COLUMN arriving_by text REFERENCES import_operations`,
  `CREATE INDEX bank_statements_arriving ON bank_statements (arriving_by) WHERE arriving_by IS NOT NULL`,
];

/** Imports of long statements, in parts. */
export class ImportInOperations1764000000037 extends ForwardMigration {
  protected readonly statements = statements;
}
