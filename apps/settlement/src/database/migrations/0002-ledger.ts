import { ForwardMigration } from '../forward-migration.js';

const statements = [
  `CREATE TABLE ledger_account_kinds (
     kind text PRIMARY KEY,
     normal_side text NOT NULL CHECK (normal_side IN ('debit', 'credit')),
     may_cross boolean NOT NULL
   )`,
  `INSERT INTO ledger_account_kinds (kind, normal_side, may_cross) VALUES
     ('receivable:buyer', 'debit', false),
     ('payable:merchant', 'credit', false),
     ('payable:channel', 'credit', false),
     ('revenue:exchange_fee', 'credit', false),
     ('tax_payable', 'credit', false),
     ('clearing:invoiced', 'credit', true),
     ('clearing:bank_in', 'credit', true),
     ('clearing:bank_out', 'credit', true),
     ('bank', 'debit', true)`,
  `CREATE TABLE ledger_movements (
     rules text NOT NULL,
     movement text NOT NULL,
     side text NOT NULL CHECK (side IN ('debit', 'credit')),
     account_kind text NOT NULL REFERENCES ledger_account_kinds,
     PRIMARY KEY (rules, movement, side, account_kind)
   )`,
  `INSERT INTO ledger_movements (rules, movement, side, account_kind) VALUES
     ('movements-1', 'invoice_issued', 'debit', 'receivable:buyer'),
     ('movements-1', 'invoice_issued', 'credit', 'clearing:invoiced'),
     ('movements-1', 'bank_credit', 'debit', 'bank'),
     ('movements-1', 'bank_credit', 'credit', 'clearing:bank_in'),
     ('movements-1', 'invoice_paid', 'debit', 'clearing:bank_in'),
     ('movements-1', 'invoice_paid', 'debit', 'clearing:invoiced'),
     ('movements-1', 'invoice_paid', 'credit', 'receivable:buyer'),
     ('movements-1', 'invoice_paid', 'credit', 'payable:merchant'),
     ('movements-1', 'invoice_paid', 'credit', 'payable:channel'),
     ('movements-1', 'invoice_paid', 'credit', 'revenue:exchange_fee'),
     ('movements-1', 'invoice_paid', 'credit', 'tax_payable'),
     ('movements-1', 'payout_instructed', 'debit', 'payable:merchant'),
     ('movements-1', 'payout_instructed', 'debit', 'payable:channel'),
     ('movements-1', 'payout_instructed', 'credit', 'clearing:bank_out'),
     ('movements-1', 'bank_debit', 'debit', 'clearing:bank_out'),
     ('movements-1', 'bank_debit', 'credit', 'bank')`,
  `CREATE TABLE ledger_accounts (
     account_no bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
     account_id text NOT NULL UNIQUE,
     owner text NOT NULL,
     kind text NOT NULL REFERENCES ledger_account_kinds,
     currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
     UNIQUE (owner, kind, currency)
   )`,
  `CREATE TABLE ledger_transactions (
     transaction_no bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
     transaction_id text NOT NULL UNIQUE,
     idempotency_key text NOT NULL UNIQUE,
     payload_hash bytea NOT NULL CHECK (octet_length(payload_hash) = 32),
     rules text NOT NULL,
     movement text NOT NULL,
     period text,
     reference_kind text NOT NULL,
     reference_id text NOT NULL,
     legs smallint NOT NULL CHECK (legs >= 2),
     effective_at timestamptz NOT NULL,
     recorded_at timestamptz NOT NULL,
     created_xid xid8 NOT NULL DEFAULT pg_current_xact_id()
   )`,
  `CREATE INDEX ledger_transactions_period ON ledger_transactions (period, movement)`,
  `CREATE INDEX ledger_transactions_reference ON ledger_transactions (reference_kind, reference_id)`,
  `CREATE TABLE ledger_entries (
     account_no bigint NOT NULL,
     version bigint NOT NULL CHECK (version > 0),
     transaction_no bigint NOT NULL,
     leg smallint NOT NULL,
     amount_minor bigint NOT NULL CHECK (amount_minor <> 0),
     balance_minor bigint NOT NULL,
     PRIMARY KEY (account_no, version)
   )`,
  `CREATE UNIQUE INDEX ledger_entries_leg ON ledger_entries (transaction_no, leg)`,
];

/**
 * The ledger's tables. Nothing in them is ever changed: there is no balance column to update, since the balance of an
 * account is the running balance of its last entry. Foreign keys are checked by the insert trigger of the next
 * migration, set by set: a row that cannot be deleted cannot dangle, and a per-row check costs more than the insert.
 */
export class CreateLedger1764000000002 extends ForwardMigration {
  protected readonly statements = statements;
}
