import { ForwardMigration } from '../forward-migration.js';

const statements = [
  // Runs that nobody asked for: payouts of parties that are paid on days of their own.
  `CREATE TABLE payout_runs (
     run_id text PRIMARY KEY,
     period text NOT NULL REFERENCES settlement_periods,
     instructed integer NOT NULL,
     deferred integer NOT NULL,
     held jsonb NOT NULL,
     ran_at timestamptz NOT NULL
   )`,
  `CREATE TABLE ledger_audits (
     audit_id text PRIMARY KEY,
     asked_by text NOT NULL,
     started_at timestamptz NOT NULL,
     finished_at timestamptz NOT NULL,
     transactions bigint NOT NULL,
     chain_checked bigint NOT NULL,
     chain_until bigint NOT NULL,
     recheck_until bigint NOT NULL,
     findings integer NOT NULL
   )`,
  `CREATE TABLE settlement_alarms (
     alarm_id text PRIMARY KEY,
     code text NOT NULL,
     subject text NOT NULL,
     detail text NOT NULL,
     raised_at timestamptz NOT NULL,
     seen_at timestamptz NOT NULL,
     acknowledged_by text,
     acknowledged_at timestamptz,
     note text,
     CHECK ((acknowledged_at IS NULL) = (acknowledged_by IS NULL) AND (acknowledged_at IS NULL) = (note IS NULL))
   )`,
  `CREATE UNIQUE INDEX settlement_alarms_open ON settlement_alarms (code, subject) WHERE acknowledged_at IS NULL`,
  // What no credit note can give back any more was given back otherwise, or is not: somebody says which.
  `ALTER TABLE usage_adjustments DROP CONSTRAINT usage_adjustments_state_check,
     ADD CHECK (state IN ('waiting', 'charged', 'owed', 'credited', 'settled_outside')),
     ADD COLUMN decided_by text, ADD COLUMN decided_at timestamptz, ADD COLUMN decision text,
     ADD CHECK ((state = 'settled_outside') = (decided_by IS NOT NULL) AND (decided_by IS NULL) = (decided_at IS NULL)
                AND (decided_by IS NULL) = (decision IS NULL))`,
  `CREATE TABLE credit_refunds (
     credit_refund_id text PRIMARY KEY,
     buyer_id text NOT NULL,
     amount_minor bigint NOT NULL CHECK (amount_minor > 0),
     currency text NOT NULL,
     bank_account jsonb NOT NULL,
     reason text NOT NULL,
     hold_id text NOT NULL UNIQUE,
     proposed_by text NOT NULL,
     proposed_at timestamptz NOT NULL,
     decided_by text,
     decided_at timestamptz,
     outcome text CHECK (outcome IN ('approved', 'refused')),
     refund_id text REFERENCES bank_refunds,
     CHECK ((outcome IS NULL) = (decided_by IS NULL) AND (outcome IS NULL) = (decided_at IS NULL)),
     CHECK (coalesce(outcome, '') <> 'approved' OR refund_id IS NOT NULL),
     CONSTRAINT credit_refunds_four_eyes CHECK (coalesce(outcome, '') <> 'approved' OR decided_by <> proposed_by)
   )`,
  `CREATE INDEX credit_refunds_buyer ON credit_refunds (buyer_id)`,
];

/** What runs by itself and looks at itself: payout runs, nightly audits and their alarms; and refunds by two people. */
export class AuditAndRefund1764000000040 extends ForwardMigration {
  protected readonly statements = statements;
}
