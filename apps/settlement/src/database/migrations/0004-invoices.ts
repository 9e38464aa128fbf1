import { ForwardMigration } from '../forward-migration.js';

const statements = [
  // A sequence would leave gaps on rollback; a row that is updated in the invoice's own transaction cannot.
  `CREATE TABLE invoice_counters (year integer PRIMARY KEY, last_no integer NOT NULL)`,
  `CREATE TABLE invoices (
     invoice_id text PRIMARY KEY,
     number text NOT NULL UNIQUE,
     year integer NOT NULL,
     year_no integer NOT NULL,
     agreement_id text NOT NULL,
     period text NOT NULL,
     merchant_id text NOT NULL,
     buyer_id text NOT NULL,
     channel_partner_id text,
     currency text NOT NULL,
     net_minor bigint NOT NULL CHECK (net_minor >= 0),
     tax_minor bigint NOT NULL CHECK (tax_minor >= 0),
     gross_minor bigint NOT NULL,
     tax jsonb NOT NULL,
     fee jsonb NOT NULL,
     rating_rule text NOT NULL,
     tax_rule text NOT NULL,
     state text NOT NULL CHECK (state IN ('issued', 'paid')),
     issued_at timestamptz NOT NULL,
     due_date date NOT NULL,
     paid_at timestamptz,
     UNIQUE (year, year_no),
     UNIQUE (agreement_id, period),
     FOREIGN KEY (agreement_id, period) REFERENCES usage_periods,
     CHECK (gross_minor = net_minor + tax_minor),
     CHECK ((state = 'paid') = (paid_at IS NOT NULL))
   )`,
  `CREATE INDEX invoices_period ON invoices (period, state, invoice_id)`,
  `CREATE INDEX invoices_merchant ON invoices (merchant_id, invoice_id)`,
  `CREATE INDEX invoices_buyer ON invoices (buyer_id, invoice_id)`,
  `CREATE TABLE invoice_lines (
     invoice_id text NOT NULL REFERENCES invoices,
     line_no smallint NOT NULL,
     kind text NOT NULL CHECK (kind IN ('charge', 'tax')),
     charge_id text UNIQUE REFERENCES charges,
     component_id text NOT NULL,
     meter text,
     quantity numeric,
     amount_minor bigint NOT NULL,
     PRIMARY KEY (invoice_id, line_no),
     CHECK ((kind = 'charge') = (charge_id IS NOT NULL))
   )`,
  `CREATE TABLE invoice_splits (
     invoice_id text NOT NULL REFERENCES invoices,
     share text NOT NULL CHECK (share IN ('merchant', 'channel', 'exchange', 'tax')),
     owner text NOT NULL,
     amount_minor bigint NOT NULL CHECK (amount_minor >= 0),
     currency text NOT NULL,
     rule_version text NOT NULL,
     PRIMARY KEY (invoice_id, share)
   )`,
];

/** Invoices, their lines, the gapless counter of a year, and how a payment was divided. */
export class CreateInvoices1764000000004 extends ForwardMigration {
  protected readonly statements = statements;
}
