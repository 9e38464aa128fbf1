import { ForwardMigration } from '../forward-migration.js';

const statements = [
  // A gain of a party clears first what it owes back of the same invoice.
  `INSERT INTO ledger_movements (rules, movement, side, account_kind) VALUES
     ('movements-2', 'invoice_paid', 'credit', 'receivable:party'),
     ('movements-2', 'invoice_credited', 'credit', 'receivable:party'),
     ('movements-2', 'payment_reversed', 'credit', 'receivable:party')`,
  // What a party owes back of a share that was paid out to it: raised, and cleared by a new payment or a payout.
  `CREATE TABLE share_debt_moves (
     move_no bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
     invoice_id text NOT NULL REFERENCES invoices,
     share text NOT NULL,
     owner text NOT NULL,
     currency text NOT NULL,
     delta_minor bigint NOT NULL CHECK (delta_minor <> 0),
     kind text NOT NULL CHECK (kind IN ('raised', 'paid_again', 'set_off')),
     cause_id text NOT NULL,
     moved_at timestamptz NOT NULL,
     CHECK ((kind = 'raised') = (delta_minor > 0))
   )`,
  `CREATE INDEX share_debt_moves_share ON share_debt_moves (invoice_id, share)`,
  `CREATE INDEX share_debt_moves_owner ON share_debt_moves (owner, currency)`,
  `CREATE TRIGGER share_debt_moves_immutable BEFORE UPDATE OR DELETE ON share_debt_moves
     FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change()`,
  // What was paid out beyond what its party holds is a debt; of each party's, the oldest are settled by what it paid already.
  `INSERT INTO share_debt_moves (invoice_id, share, owner, currency, delta_minor, kind, cause_id, moved_at)
   SELECT s.invoice_id, s.share, s.owner, s.currency, p.amount_minor - s.amount_minor, 'raised', 'migration', now()
     FROM invoice_splits s JOIN paid_out_shares p USING (invoice_id, share)
    WHERE p.amount_minor > s.amount_minor ORDER BY s.invoice_id, s.share`,
  `INSERT INTO share_debt_moves (invoice_id, share, owner, currency, delta_minor, kind, cause_id, moved_at)
   SELECT d.invoice_id, d.share, d.owner, d.currency, -least(d.delta_minor, d.settled - (d.running - d.delta_minor)),
          'set_off', 'migration', now()
     FROM (SELECT m.*, sum(m.delta_minor) OVER w AS running,
                  sum(m.delta_minor) OVER (PARTITION BY m.owner, m.currency) - coalesce(
                    (SELECT e.balance_minor FROM ledger_accounts a JOIN ledger_entries e USING (account_no)
                      WHERE a.kind = 'receivable:party' AND a.owner = m.owner AND a.currency = m.currency
                      ORDER BY e.version DESC LIMIT 1), 0) AS settled
             FROM share_debt_moves m WINDOW w AS (PARTITION BY m.owner, m.currency ORDER BY m.move_no)) d
    WHERE d.settled > d.running - d.delta_minor`,
  `CREATE VIEW open_share_debts AS
   SELECT invoice_id, share, owner, currency, min(move_no) AS first_no, sum(delta_minor)::bigint AS amount_minor
     FROM share_debt_moves GROUP BY invoice_id, share, owner, currency HAVING sum(delta_minor) <> 0`,
  // Raised, it is no longer paid out but owed; paid again, the party has it as if it had never been taken back.
  `CREATE OR REPLACE VIEW paid_out_shares AS
   SELECT invoice_id, share, sum(amount_minor)::bigint AS amount_minor FROM (
     SELECT invoice_id, share, amount_minor FROM payout_items
     UNION ALL SELECT invoice_id, share, amount_minor FROM deferral_items
     UNION ALL SELECT invoice_id, share, -delta_minor FROM share_debt_moves WHERE kind <> 'set_off') gone
   GROUP BY invoice_id, share`,
];

/** What parties owe back after a payment or an invoice was taken back that had been paid out, invoice by invoice. */
export class OweSharesBack1764000000038 extends ForwardMigration {
  protected readonly statements = statements;
}
