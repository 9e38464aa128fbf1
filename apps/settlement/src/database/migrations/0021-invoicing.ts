import { ForwardMigration } from '../forward-migration.js';

const invoices = [
  `ALTER TABLE invoices
     DROP CONSTRAINT invoices_state_check, DROP CONSTRAINT invoices_check1,
     DROP CONSTRAINT invoices_agreement_id_period_key,
     ALTER COLUMN number DROP NOT NULL, ALTER COLUMN year DROP NOT NULL, ALTER COLUMN year_no DROP NOT NULL,
     ALTER COLUMN issued_at DROP NOT NULL, ALTER COLUMN due_date DROP NOT NULL,
     ADD COLUMN attempt smallint NOT NULL DEFAULT 1,
     ADD COLUMN drafted_at timestamptz,
     ADD COLUMN paid_minor bigint NOT NULL DEFAULT 0,
     ADD COLUMN credited_minor bigint NOT NULL DEFAULT 0,
     ADD COLUMN credited_net_minor bigint NOT NULL DEFAULT 0,
     ADD COLUMN purchase_order text,
     ADD COLUMN tax_category text NOT NULL DEFAULT 'standard',
     ADD COLUMN tax_rate_id text,
     ADD COLUMN split_terms jsonb NOT NULL DEFAULT '{"parties":[],"withholding":null}',
     ADD COLUMN tie_order jsonb NOT NULL DEFAULT '["merchant","channel","exchange"]',
     ADD COLUMN void_reason text,
     ADD COLUMN voided_at timestamptz`,
  `UPDATE invoices SET paid_minor = gross_minor WHERE state = 'paid'`,
  `ALTER TABLE invoices
     ADD CHECK (state IN ('draft', 'issued', 'part_paid', 'paid', 'credited', 'void')),
     ADD CHECK ((state = 'draft') = (number IS NULL) AND (number IS NULL) = (year IS NULL)
                AND (number IS NULL) = (year_no IS NULL) AND (number IS NULL) = (issued_at IS NULL)
                AND (number IS NULL) = (due_date IS NULL)),
     ADD CHECK (state <> 'paid' OR (paid_at IS NOT NULL AND paid_minor + credited_minor = gross_minor)),
     ADD CHECK (state NOT IN ('draft', 'issued', 'part_paid', 'void') OR paid_at IS NULL),
     ADD CHECK (state <> 'credited' OR credited_minor = gross_minor),
     ADD CHECK ((state = 'void') = (voided_at IS NOT NULL) AND (voided_at IS NULL) = (void_reason IS NULL)),
     ADD CHECK (paid_minor >= 0 AND credited_minor >= 0 AND paid_minor + credited_minor <= gross_minor),
     ADD CHECK (credited_net_minor BETWEEN 0 AND net_minor AND credited_net_minor <= credited_minor
                AND credited_minor - credited_net_minor <= tax_minor)`,
  // A void invoice stays in the books, and what it charged can be charged again.
  `CREATE UNIQUE INDEX invoices_standing ON invoices (agreement_id, period) WHERE state <> 'void'`,
  `CREATE INDEX invoices_newest ON invoices ((coalesce(year, 9999)) DESC, (coalesce(year_no, 2147483647)) DESC, invoice_id DESC)`,
  `CREATE INDEX invoices_of_agreement ON invoices (agreement_id, period)`,
  `CREATE INDEX invoices_open ON invoices (due_date) WHERE state IN ('issued', 'part_paid')`,
  `ALTER TABLE invoice_lines DROP CONSTRAINT invoice_lines_charge_id_key`,
  `CREATE UNIQUE INDEX invoice_lines_charge ON invoice_lines (charge_id, invoice_id)`,
  `CREATE TABLE document_counters (series text NOT NULL, year integer NOT NULL, last_no integer NOT NULL,
     PRIMARY KEY (series, year))`,
  `CREATE TABLE billing_terms (
     agreement_id text PRIMARY KEY,
     purchase_order text,
     net_days smallint CHECK (net_days BETWEEN 0 AND 365),
     tax_category text NOT NULL DEFAULT 'standard',
     tax_evidence text,
     version integer NOT NULL DEFAULT 1,
     updated_at timestamptz NOT NULL,
     updated_by text NOT NULL,
     CHECK (tax_category = 'standard' OR tax_evidence IS NOT NULL)
   )`,
];

const SHARE = `^(merchant|channel|exchange|tax|withholding|(source|body):[a-z]{2,8}_[0-9a-z]+)$`;

const shares = [
  `ALTER TABLE invoice_splits DROP CONSTRAINT invoice_splits_share_check, ADD CHECK (share ~ '${SHARE}')`,
  `CREATE TABLE invoice_payments (
     payment_id text PRIMARY KEY,
     invoice_id text NOT NULL REFERENCES invoices,
     statement_line_id text NOT NULL,
     amount_minor bigint NOT NULL CHECK (amount_minor > 0),
     effective_at timestamptz NOT NULL,
     reversed_at timestamptz
   )`,
  `CREATE UNIQUE INDEX invoice_payments_once ON invoice_payments (invoice_id, statement_line_id) WHERE reversed_at IS NULL`,
  `CREATE TABLE invoice_split_moves (
     move_no bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
     invoice_id text NOT NULL REFERENCES invoices,
     share text NOT NULL CHECK (share ~ '${SHARE}'),
     owner text NOT NULL,
     delta_minor bigint NOT NULL CHECK (delta_minor <> 0),
     currency text NOT NULL,
     cause_kind text NOT NULL CHECK (cause_kind IN ('payment', 'payment_reversal', 'credit_note')),
     cause_id text NOT NULL,
     period text NOT NULL,
     rule_version text NOT NULL,
     moved_at timestamptz NOT NULL
   )`,
  `CREATE INDEX invoice_split_moves_invoice ON invoice_split_moves (invoice_id, move_no)`,
  `CREATE INDEX invoice_split_moves_period ON invoice_split_moves (period, share)`,
  `INSERT INTO invoice_payments (payment_id, invoice_id, statement_line_id, amount_minor, effective_at)
   SELECT 'ipy_' || substr(i.invoice_id, 5), i.invoice_id, coalesce(m.line_id, ''), i.gross_minor, i.paid_at
     FROM invoices i LEFT JOIN bank_matches m
       ON m.item_kind = 'invoice' AND m.item_id = i.invoice_id AND m.ended_at IS NULL
    WHERE i.state = 'paid' AND i.gross_minor > 0`,
  `INSERT INTO invoice_split_moves (invoice_id, share, owner, delta_minor, currency, cause_kind, cause_id, period, rule_version, moved_at)
   SELECT s.invoice_id, s.share, s.owner, s.amount_minor, s.currency, 'payment', 'ipy_' || substr(s.invoice_id, 5),
          i.period, s.rule_version, i.paid_at
     FROM invoice_splits s JOIN invoices i USING (invoice_id) WHERE s.amount_minor > 0`,
  `CREATE TRIGGER invoice_split_moves_immutable BEFORE UPDATE OR DELETE ON invoice_split_moves
     FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change()`,
];

const corrections = [
  `CREATE TABLE credit_notes (
     credit_note_id text PRIMARY KEY,
     number text NOT NULL UNIQUE,
     year integer NOT NULL,
     year_no integer NOT NULL,
     invoice_id text NOT NULL REFERENCES invoices,
     period text NOT NULL,
     currency text NOT NULL,
     net_minor bigint NOT NULL CHECK (net_minor >= 0),
     tax_minor bigint NOT NULL CHECK (tax_minor >= 0),
     refund_minor bigint NOT NULL CHECK (refund_minor BETWEEN 0 AND net_minor + tax_minor),
     reason text NOT NULL,
     dispute_id text,
     issued_at timestamptz NOT NULL,
     issued_by text NOT NULL,
     UNIQUE (year, year_no),
     CHECK (net_minor + tax_minor > 0)
   )`,
  `CREATE INDEX credit_notes_invoice ON credit_notes (invoice_id)`,
  `CREATE INDEX credit_notes_period ON credit_notes (period)`,
  `CREATE TABLE credit_note_lines (
     credit_note_id text NOT NULL REFERENCES credit_notes,
     line_no smallint NOT NULL,
     invoice_line_no smallint NOT NULL,
     net_minor bigint NOT NULL CHECK (net_minor <> 0),
     PRIMARY KEY (credit_note_id, line_no)
   )`,
  ...['credit_notes', 'credit_note_lines'].map(
    (table) => `CREATE TRIGGER ${table}_immutable BEFORE UPDATE OR DELETE ON ${table}
     FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change()`,
  ),
  `CREATE TABLE invoice_disputes (
     dispute_id text PRIMARY KEY,
     invoice_id text NOT NULL REFERENCES invoices,
     line_no smallint NOT NULL,
     net_minor bigint NOT NULL CHECK (net_minor > 0),
     tax_minor bigint NOT NULL CHECK (tax_minor >= 0),
     reason text NOT NULL,
     state text NOT NULL CHECK (state IN ('open', 'upheld', 'rejected')),
     opened_by text NOT NULL,
     opened_at timestamptz NOT NULL,
     decision text,
     decided_by text,
     decided_at timestamptz,
     credit_note_id text REFERENCES credit_notes,
     FOREIGN KEY (invoice_id, line_no) REFERENCES invoice_lines,
     CHECK ((state = 'open') = (decided_at IS NULL) AND (decided_at IS NULL) = (decided_by IS NULL)
            AND (decided_at IS NULL) = (decision IS NULL)),
     CHECK ((state = 'upheld') = (credit_note_id IS NOT NULL))
   )`,
  `CREATE UNIQUE INDEX invoice_disputes_open ON invoice_disputes (invoice_id, line_no) WHERE state = 'open'`,
  `CREATE TABLE dispute_holds (
     dispute_id text NOT NULL REFERENCES invoice_disputes,
     invoice_id text NOT NULL,
     share text NOT NULL,
     owner text NOT NULL,
     amount_minor bigint NOT NULL CHECK (amount_minor > 0),
     PRIMARY KEY (dispute_id, share)
   )`,
  `CREATE INDEX dispute_holds_invoice ON dispute_holds (invoice_id, share)`,
];

const views = [
  // What each party holds of an invoice, and how much of it an open dispute keeps from being paid out.
  `CREATE VIEW payable_shares AS
   SELECT s.invoice_id, s.share, s.owner, s.currency, i.period, i.state AS invoice_state, s.amount_minor,
          least(s.amount_minor, coalesce((SELECT sum(h.amount_minor) FROM dispute_holds h JOIN invoice_disputes d USING (dispute_id)
             WHERE h.invoice_id = s.invoice_id AND h.share = s.share AND d.state = 'open'), 0))::bigint AS held_minor
     FROM invoice_splits s JOIN invoices i USING (invoice_id)
    WHERE s.share NOT IN ('exchange', 'tax', 'withholding')`,
  `CREATE VIEW paid_out_shares AS
   SELECT invoice_id, share, sum(amount_minor)::bigint AS amount_minor FROM payout_items GROUP BY invoice_id, share`,
  `CREATE VIEW period_credits AS
   SELECT period, currency, sum(net_minor)::bigint AS net_minor, sum(tax_minor)::bigint AS tax_minor, count(*) AS notes
     FROM credit_notes GROUP BY period, currency`,
];

/** Drafts, part payments, credit notes, disputes, void invoices, and every move of every party's share. */
export class ExtendInvoicing1764000000021 extends ForwardMigration {
  protected readonly statements = [...invoices, ...shares, ...corrections, ...views];
}
