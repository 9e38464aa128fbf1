import { ForwardMigration } from '../forward-migration.js';

const groups = [
  `CREATE TABLE match_groups (
     group_id text PRIMARY KEY,
     pass text NOT NULL CHECK (pass IN ('exact', 'tolerance', 'one_to_many', 'many_to_one', 'many_to_many', 'manual')),
     rule_version text NOT NULL,
     found_by text NOT NULL,
     difference_minor bigint NOT NULL,
     difference_kind text CHECK (difference_kind IN ('bank_fee', 'rounding')),
     currency text NOT NULL,
     matched_by text NOT NULL,
     matched_at timestamptz NOT NULL,
     ended_at timestamptz,
     ended_by text,
     end_reason text,
     CHECK ((difference_minor = 0) = (difference_kind IS NULL)),
     CHECK ((ended_at IS NULL) = (ended_by IS NULL) AND (ended_at IS NULL) = (end_reason IS NULL))
   )`,
  `CREATE TABLE match_members (
     group_id text NOT NULL REFERENCES match_groups,
     kind text NOT NULL CHECK (kind IN ('line', 'invoice', 'payout', 'refund', 'payout_return')),
     member_id text NOT NULL,
     ended_at timestamptz,
     PRIMARY KEY (group_id, kind, member_id)
   )`,
  `INSERT INTO match_groups (group_id, pass, rule_version, found_by, difference_minor, currency, matched_by, matched_at,
                             ended_at, ended_by, end_reason)
   SELECT match_id, 'exact', rule_version, found_by, 0, currency, 'matching', matched_at, ended_at,
          CASE WHEN ended_at IS NULL THEN NULL ELSE 'unknown' END, CASE WHEN ended_at IS NULL THEN NULL ELSE 'unknown' END
     FROM bank_matches`,
  `INSERT INTO match_members (group_id, kind, member_id, ended_at)
   SELECT match_id, 'line', line_id, ended_at FROM bank_matches
   UNION ALL SELECT match_id, item_kind, item_id, ended_at FROM bank_matches`,
  // No line and no item stands in two matches that are in force. Of a part payment the line is a member and the invoice
  // is not: the invoice belongs to the match that settles it.
  `CREATE UNIQUE INDEX match_members_active ON match_members (kind, member_id) WHERE ended_at IS NULL`,
  `ALTER TABLE bank_matches ADD COLUMN group_id text REFERENCES match_groups, ADD COLUMN period text`,
  `UPDATE bank_matches m SET group_id = m.match_id,
          period = coalesce((SELECT i.period FROM invoices i WHERE m.item_kind = 'invoice' AND i.invoice_id = m.item_id),
                            (SELECT p.period FROM payouts p WHERE m.item_kind = 'payout' AND p.payout_id = m.item_id))`,
  `ALTER TABLE bank_matches ALTER COLUMN group_id SET NOT NULL`,
  `DROP INDEX bank_matches_line`,
  `DROP INDEX bank_matches_item`,
  `CREATE UNIQUE INDEX bank_matches_edge ON bank_matches (line_id, item_kind, item_id) WHERE ended_at IS NULL`,
  `CREATE INDEX bank_matches_item ON bank_matches (item_kind, item_id) WHERE ended_at IS NULL`,
  `CREATE INDEX bank_matches_group ON bank_matches (group_id)`,
  `ALTER TABLE bank_matches DROP CONSTRAINT bank_matches_item_kind_check,
     ADD CHECK (item_kind IN ('invoice', 'payout', 'refund', 'payout_return'))`,
];

const exceptions = [
  `ALTER TABLE match_exceptions DROP CONSTRAINT match_exceptions_item_kind_check,
     ADD CHECK (item_kind IN ('invoice', 'payout', 'refund', 'payout_return')),
     ADD COLUMN state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'investigating', 'proposed', 'resolved')),
     ADD COLUMN owner text,
     ADD COLUMN note text,
     ADD COLUMN due_at timestamptz,
     ADD COLUMN resolution text CHECK (resolution IN
       ('matched', 'allocated', 'credit_on_account', 'refunded', 'bank_fee', 'written_off', 'superseded')),
     ADD COLUMN resolved_by text`,
  `UPDATE match_exceptions SET due_at = opened_at + interval '2 days',
          state = CASE WHEN resolved_at IS NULL THEN 'open' ELSE 'resolved' END,
          resolution = CASE WHEN resolved_at IS NULL THEN NULL ELSE 'superseded' END`,
  `ALTER TABLE match_exceptions ALTER COLUMN due_at SET NOT NULL,
     ADD CHECK ((state = 'resolved') = (resolved_at IS NOT NULL) AND (state = 'resolved') = (resolution IS NOT NULL))`,
  `CREATE INDEX match_exceptions_open ON match_exceptions (due_at, exception_id) WHERE resolved_at IS NULL`,
  `ALTER TABLE bank_statement_lines DROP CONSTRAINT bank_statement_lines_state_check,
     ADD CHECK (state IN ('open', 'matched', 'exception', 'ignored', 'resolved'))`,
  `CREATE TABLE exception_write_offs (
     proposal_id text PRIMARY KEY,
     exception_id text NOT NULL REFERENCES match_exceptions,
     reason text NOT NULL,
     proposed_by text NOT NULL,
     proposed_at timestamptz NOT NULL,
     outcome text CHECK (outcome IN ('approved', 'refused')),
     decided_by text,
     decided_at timestamptz,
     CHECK ((outcome IS NULL) = (decided_by IS NULL) AND (outcome IS NULL) = (decided_at IS NULL)),
     CONSTRAINT write_off_four_eyes CHECK (decided_by IS NULL OR outcome = 'refused' OR decided_by <> proposed_by)
   )`,
  `CREATE UNIQUE INDEX exception_write_offs_open ON exception_write_offs (exception_id) WHERE outcome IS NULL`,
  `CREATE TABLE match_suggestions (
     suggestion_id text PRIMARY KEY,
     line_id text NOT NULL REFERENCES bank_statement_lines,
     items jsonb NOT NULL,
     score smallint NOT NULL CHECK (score BETWEEN 1 AND 99),
     reason text NOT NULL,
     state text NOT NULL CHECK (state IN ('open', 'confirmed', 'rejected', 'stale')),
     suggested_at timestamptz NOT NULL,
     decided_by text,
     decided_at timestamptz
   )`,
  `CREATE INDEX match_suggestions_open ON match_suggestions (line_id) WHERE state = 'open'`,
];

const views = [
  // A line may pay into several periods; what of it belongs to each is the sum of its edges there.
  `CREATE VIEW bank_line_amounts AS
   SELECT s.line_id, s.period, sum(s.amount_minor)::bigint AS amount_minor FROM (
     SELECT line_id, period, amount_minor FROM bank_matches WHERE ended_at IS NULL AND period IS NOT NULL
     UNION ALL
     SELECT x.line_id, x.period, l.amount_minor FROM match_exceptions x JOIN bank_statement_lines l USING (line_id)
      WHERE x.resolved_at IS NULL AND x.period IS NOT NULL) s
   GROUP BY s.line_id, s.period`,
  `CREATE OR REPLACE VIEW bank_line_periods AS SELECT line_id, period FROM bank_line_amounts`,
  `CREATE VIEW ledger_period_entries AS
   SELECT t.period, e.account_no, e.transaction_no, e.amount_minor
     FROM ledger_transactions t JOIN ledger_entries e USING (transaction_no) WHERE t.period IS NOT NULL
   UNION ALL
   SELECT b.period, e.account_no, e.transaction_no, sign(e.amount_minor)::bigint * b.amount_minor
     FROM bank_line_amounts b
     JOIN ledger_transactions t ON t.reference_kind = 'bank_line' AND t.reference_id = b.line_id AND t.period IS NULL
      AND t.movement IN ('bank_credit', 'bank_debit')
     JOIN ledger_entries e USING (transaction_no)`,
  `CREATE TABLE matching_rules (
     version integer PRIMARY KEY,
     rules jsonb NOT NULL,
     created_by text NOT NULL,
     created_at timestamptz NOT NULL
   )`,
];

/** Matches of many lines and many items, suggestions, and exceptions that somebody owns. */
export class Reconcile1764000000032 extends ForwardMigration {
  protected readonly statements = [...groups, ...exceptions, ...views];
}
