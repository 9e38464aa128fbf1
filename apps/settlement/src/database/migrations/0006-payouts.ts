import { ForwardMigration } from '../forward-migration.js';

const statements = [
  `CREATE TABLE payouts (
     payout_id text PRIMARY KEY,
     period text NOT NULL REFERENCES settlement_periods,
     beneficiary_id text NOT NULL,
     share text NOT NULL CHECK (share IN ('merchant', 'channel')),
     amount_minor bigint NOT NULL CHECK (amount_minor > 0),
     currency text NOT NULL,
     end_to_end_id text NOT NULL UNIQUE CHECK (length(end_to_end_id) <= 35),
     bank_account jsonb NOT NULL,
     state text NOT NULL CHECK (state IN ('instructed', 'settled')),
     instructed_at timestamptz NOT NULL,
     settled_at timestamptz,
     CHECK ((state = 'settled') = (settled_at IS NOT NULL))
   )`,
  `CREATE INDEX payouts_period ON payouts (period, payout_id)`,
  `CREATE INDEX payouts_beneficiary ON payouts (beneficiary_id, payout_id)`,
  // The primary key is what keeps a share from being paid out twice.
  `CREATE TABLE payout_items (
     invoice_id text NOT NULL,
     share text NOT NULL,
     payout_id text NOT NULL REFERENCES payouts,
     amount_minor bigint NOT NULL CHECK (amount_minor > 0),
     PRIMARY KEY (invoice_id, share),
     FOREIGN KEY (invoice_id, share) REFERENCES invoice_splits
   )`,
  `CREATE INDEX payout_items_payout ON payout_items (payout_id)`,
  // Bank money belongs to no period when it arrives; what its line was matched to, or failed to match, says which.
  `CREATE VIEW bank_line_periods AS
   SELECT m.line_id, i.period FROM bank_matches m JOIN invoices i ON m.item_kind = 'invoice' AND i.invoice_id = m.item_id
    WHERE m.ended_at IS NULL
   UNION ALL
   SELECT m.line_id, p.period FROM bank_matches m JOIN payouts p ON m.item_kind = 'payout' AND p.payout_id = m.item_id
    WHERE m.ended_at IS NULL
   UNION ALL
   SELECT x.line_id, x.period FROM match_exceptions x WHERE x.resolved_at IS NULL AND x.period IS NOT NULL`,
  `CREATE VIEW ledger_transaction_periods AS
   SELECT t.transaction_no, t.period FROM ledger_transactions t WHERE t.period IS NOT NULL
   UNION ALL
   SELECT t.transaction_no, b.period FROM bank_line_periods b
     JOIN ledger_transactions t ON t.reference_kind = 'bank_line' AND t.reference_id = b.line_id`,
];

/** What the exchange told its bank to pay, and which invoices each payout hands on. */
export class CreatePayouts1764000000006 extends ForwardMigration {
  protected readonly statements = statements;
}
