import { ForwardMigration } from '../forward-migration.js';

const terms = [
  `CREATE TABLE settlement_terms (
     participant_id text NOT NULL,
     version integer NOT NULL,
     terms jsonb NOT NULL,
     created_by text NOT NULL,
     created_at timestamptz NOT NULL,
     PRIMARY KEY (participant_id, version)
   )`,
  `CREATE TABLE payout_holds (
     hold_id text PRIMARY KEY,
     participant_id text NOT NULL,
     reason text NOT NULL,
     placed_by text NOT NULL,
     placed_at timestamptz NOT NULL,
     released_by text,
     released_at timestamptz,
     release_reason text,
     CHECK ((released_at IS NULL) = (released_by IS NULL) AND (released_at IS NULL) = (release_reason IS NULL))
   )`,
  `CREATE UNIQUE INDEX payout_holds_active ON payout_holds (participant_id) WHERE released_at IS NULL`,
  `CREATE TABLE bank_details (
     details_id text PRIMARY KEY,
     participant_id text NOT NULL,
     account jsonb NOT NULL,
     state text NOT NULL CHECK (state IN ('proposed', 'approved', 'refused')),
     proposed_by text NOT NULL,
     proposed_at timestamptz NOT NULL,
     decided_by text,
     decided_at timestamptz,
     effective_from timestamptz,
     CHECK ((state = 'proposed') = (decided_by IS NULL) AND (state = 'proposed') = (decided_at IS NULL)),
     CHECK ((state = 'approved') = (effective_from IS NOT NULL)),
     CONSTRAINT bank_details_four_eyes CHECK (state <> 'approved' OR decided_by <> proposed_by)
   )`,
  `CREATE UNIQUE INDEX bank_details_proposed ON bank_details (participant_id) WHERE state = 'proposed'`,
  `CREATE INDEX bank_details_effective ON bank_details (participant_id, effective_from DESC) WHERE state = 'approved'`,
];

const payouts = [
  `ALTER TABLE payouts DROP CONSTRAINT payouts_share_check,
     ADD CHECK (share IN ('merchant', 'channel', 'source', 'body')),
     DROP CONSTRAINT payouts_state_check,
     ADD CHECK (state IN ('instructed', 'settled', 'rejected', 'returned')),
     DROP CONSTRAINT payouts_check,
     DROP CONSTRAINT payouts_amount_minor_check,
     ADD CHECK (amount_minor >= 0),
     ADD CHECK (state NOT IN ('settled', 'returned') OR settled_at IS NOT NULL),
     ADD COLUMN ended_at timestamptz,
     ADD COLUMN end_reason text,
     ADD COLUMN gross_minor bigint,
     ADD CHECK ((state IN ('rejected', 'returned')) = (ended_at IS NOT NULL AND end_reason IS NOT NULL))`,
  `UPDATE payouts SET gross_minor = amount_minor`,
  `ALTER TABLE payouts ALTER COLUMN gross_minor SET NOT NULL, ADD CHECK (gross_minor >= amount_minor)`,
  // Money that is owed and waits. The id follows from its cause, so that a payout that comes back is owed again once.
  `CREATE TABLE payable_deferrals (
     deferral_id text PRIMARY KEY,
     beneficiary_id text NOT NULL,
     share text NOT NULL CHECK (share IN ('merchant', 'channel', 'source', 'body')),
     currency text NOT NULL,
     amount_minor bigint NOT NULL CHECK (amount_minor > 0),
     kind text NOT NULL CHECK (kind IN ('threshold', 'hold', 'reserve', 'rejected', 'returned')),
     period text,
     source_payout_id text REFERENCES payouts,
     release_on date,
     deferred_at timestamptz NOT NULL,
     paid_by text REFERENCES payouts
   )`,
  `CREATE INDEX payable_deferrals_open ON payable_deferrals (beneficiary_id, currency) WHERE paid_by IS NULL`,
  `CREATE TABLE deferral_items (
     invoice_id text NOT NULL,
     share text NOT NULL,
     deferral_id text NOT NULL REFERENCES payable_deferrals,
     amount_minor bigint NOT NULL CHECK (amount_minor > 0),
     PRIMARY KEY (deferral_id, invoice_id, share)
   )`,
  `CREATE INDEX deferral_items_share ON deferral_items (invoice_id, share)`,
  // An invoice that is paid in instalments is paid out in pieces. That no more goes out than is owed is kept by the
  // ledger's limit on the payable and by the period's lock.
  `ALTER TABLE payout_items DROP CONSTRAINT payout_items_pkey, ADD PRIMARY KEY (payout_id, invoice_id, share)`,
  `CREATE INDEX payout_items_share ON payout_items (invoice_id, share)`,
  `CREATE OR REPLACE VIEW paid_out_shares AS
   SELECT invoice_id, share, sum(amount_minor)::bigint AS amount_minor FROM (
     SELECT invoice_id, share, amount_minor FROM payout_items
     UNION ALL SELECT invoice_id, share, amount_minor FROM deferral_items) gone
   GROUP BY invoice_id, share`,
  `CREATE TABLE bank_refunds (
     refund_id text PRIMARY KEY,
     line_id text REFERENCES bank_statement_lines,
     buyer_id text,
     amount_minor bigint NOT NULL CHECK (amount_minor > 0),
     currency text NOT NULL,
     end_to_end_id text NOT NULL UNIQUE CHECK (length(end_to_end_id) <= 35),
     bank_account jsonb NOT NULL,
     state text NOT NULL CHECK (state IN ('instructed', 'settled')),
     instructed_by text NOT NULL,
     instructed_at timestamptz NOT NULL,
     settled_at timestamptz,
     CHECK ((state = 'settled') = (settled_at IS NOT NULL))
   )`,
  `CREATE TABLE payment_files (
     file_id text PRIMARY KEY,
     message_id text NOT NULL UNIQUE CHECK (length(message_id) <= 35),
     currency text NOT NULL,
     debtor jsonb NOT NULL,
     execution_date date NOT NULL,
     payments integer NOT NULL,
     total_minor bigint NOT NULL,
     sha256 text NOT NULL,
     xml text NOT NULL,
     made_by text NOT NULL,
     made_at timestamptz NOT NULL,
     bank_status text
   )`,
  // A payment stands in one file: the bank would pay it twice otherwise.
  `CREATE TABLE payment_file_items (
     item_kind text NOT NULL CHECK (item_kind IN ('payout', 'refund')),
     item_id text NOT NULL,
     file_id text NOT NULL REFERENCES payment_files,
     PRIMARY KEY (item_kind, item_id)
   )`,
  `CREATE INDEX payment_file_items_file ON payment_file_items (file_id)`,
  `CREATE TABLE payment_status_reports (
     sha256 text PRIMARY KEY,
     message_id text NOT NULL,
     original_message_id text NOT NULL,
     received_by text NOT NULL,
     received_at timestamptz NOT NULL,
     outcome jsonb NOT NULL
   )`,
];

/** When and where parties are paid, what waits, what came back, and the files the bank gets. */
export class AddPayoutTerms1764000000033 extends ForwardMigration {
  protected readonly statements = [...terms, ...payouts];
}
