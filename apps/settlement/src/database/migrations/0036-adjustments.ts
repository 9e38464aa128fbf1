import { ForwardMigration } from '../forward-migration.js';

const statements = [
  // What a correction changed of a closed month. No reference to the month it is charged in: it may not have begun.
  `CREATE TABLE usage_adjustments (
     adjustment_id text PRIMARY KEY,
     correction_id text NOT NULL,
     agreement_id text NOT NULL,
     original_period text NOT NULL,
     original_period_id text NOT NULL,
     adjustment_period text NOT NULL,
     cause text NOT NULL CHECK (cause IN ('void', 'replace', 'batch', 'late', 'revert')),
     reason text NOT NULL,
     before jsonb NOT NULL,
     after jsonb NOT NULL,
     applied_at timestamptz NOT NULL,
     state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'charged', 'owed', 'credited')),
     in_count boolean,
     rating_context jsonb,
     net_minor bigint,
     credit_note_id text REFERENCES credit_notes,
     CHECK (original_period <> adjustment_period),
     CHECK ((state = 'waiting') = (in_count IS NULL) AND (state = 'waiting') = (net_minor IS NULL)),
     CHECK ((state = 'credited') = (credit_note_id IS NOT NULL)),
     CHECK (state NOT IN ('owed', 'credited') OR net_minor < 0)
   )`,
  `CREATE INDEX usage_adjustments_open ON usage_adjustments (agreement_id) WHERE state IN ('waiting', 'owed')`,
  `CREATE INDEX usage_adjustments_month ON usage_adjustments (agreement_id, adjustment_period)`,
  `ALTER TABLE charges
     ADD COLUMN adjustment_id text REFERENCES usage_adjustments,
     ADD COLUMN original_charge_id text,
     ADD CHECK ((kind = 'adjustment') = (adjustment_id IS NOT NULL))`,
];

/** What closed months are counted otherwise, and the charges or credit notes made of it. */
export class AdjustUsage1764000000036 extends ForwardMigration {
  protected readonly statements = statements;
}
