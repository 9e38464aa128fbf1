import { ForwardMigration } from '../forward-migration.js';

const statements = [
  `ALTER TABLE match_exceptions DROP CONSTRAINT match_exceptions_resolution_check,
     ADD CHECK (resolution IN ('matched', 'allocated', 'credit_on_account', 'refunded', 'bank_fee', 'written_off',
                               'settled_outside', 'superseded'))`,
  // Money of a buyer that was used to pay an invoice; it stands where a bank line stands for other payments.
  `CREATE TABLE credit_applications (
     application_id text PRIMARY KEY,
     buyer_id text NOT NULL,
     invoice_id text NOT NULL REFERENCES invoices,
     amount_minor bigint NOT NULL CHECK (amount_minor > 0),
     currency text NOT NULL,
     applied_by text NOT NULL,
     applied_at timestamptz NOT NULL
   )`,
];

/** More ways to end an exception, and credits that pay invoices. */
export class ResolveExceptions1764000000034 extends ForwardMigration {
  protected readonly statements = statements;
}
