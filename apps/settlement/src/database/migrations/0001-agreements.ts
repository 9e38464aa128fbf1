import { ForwardMigration } from '../forward-migration.js';

const statements = [
  `CREATE TABLE participants (
     participant_id text PRIMARY KEY,
     name jsonb NOT NULL,
     jurisdiction text NOT NULL,
     home_currency text NOT NULL,
     bank_account jsonb,
     approved_at timestamptz NOT NULL
   )`,
  `CREATE TABLE agreements (
     agreement_id text PRIMARY KEY,
     product_id text NOT NULL,
     merchant_id text NOT NULL,
     buyer_id text NOT NULL,
     channel_partner_id text,
     plan jsonb NOT NULL,
     document_hash text NOT NULL,
     effective_from timestamptz NOT NULL,
     effective_until timestamptz NOT NULL,
     concluded_at timestamptz NOT NULL
   )`,
  `CREATE TABLE settlement_periods (
     period text PRIMARY KEY CHECK (period ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
     time_zone text NOT NULL,
     starts_at timestamptz NOT NULL,
     ends_at timestamptz NOT NULL,
     agreements_expected integer,
     usage_completed_at timestamptz,
     closed_at timestamptz,
     closed_by text,
     totals jsonb,
     CHECK (starts_at < ends_at),
     CHECK ((closed_at IS NULL) = (closed_by IS NULL) AND (closed_at IS NULL) = (totals IS NULL))
   )`,
  `CREATE TABLE usage_periods (
     agreement_id text NOT NULL,
     period text NOT NULL REFERENCES settlement_periods,
     period_id text NOT NULL UNIQUE,
     product_id text NOT NULL,
     merchant_id text NOT NULL,
     buyer_id text NOT NULL,
     totals jsonb NOT NULL,
     windows integer NOT NULL,
     closed_at timestamptz NOT NULL,
     state text NOT NULL CHECK (state IN ('waiting', 'rated')),
     PRIMARY KEY (agreement_id, period)
   )`,
  `CREATE INDEX usage_periods_period ON usage_periods (period, state, agreement_id)`,
  `CREATE TABLE charges (
     charge_id text PRIMARY KEY,
     agreement_id text NOT NULL,
     period text NOT NULL,
     merchant_id text NOT NULL,
     buyer_id text NOT NULL,
     line_no smallint NOT NULL,
     component_id text NOT NULL,
     kind text NOT NULL,
     meter text,
     quantity numeric NOT NULL,
     unit text NOT NULL,
     exact_amount numeric NOT NULL,
     amount_minor bigint NOT NULL,
     currency text NOT NULL,
     steps jsonb NOT NULL,
     rule_version text NOT NULL,
     rated_at timestamptz NOT NULL,
     UNIQUE (agreement_id, period, component_id),
     FOREIGN KEY (agreement_id, period) REFERENCES usage_periods
   )`,
  `CREATE UNIQUE INDEX charges_order ON charges (period, agreement_id, line_no)`,
  `CREATE INDEX charges_merchant ON charges (merchant_id, period)`,
  `CREATE INDEX charges_buyer ON charges (buyer_id, period)`,
];

/** What settlement keeps of other services' facts, the periods it settles, and the charges it rates. */
export class CreateAgreements1764000000001 extends ForwardMigration {
  protected readonly statements = statements;
}
