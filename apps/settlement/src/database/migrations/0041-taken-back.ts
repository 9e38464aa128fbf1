import { ForwardMigration } from '../forward-migration.js';

const statements = [
  // A line by which the bank took a payment back again: the line of the payment stays where its month was closed with it.
  `ALTER TABLE bank_matches DROP CONSTRAINT bank_matches_item_kind_check,
     ADD CONSTRAINT bank_matches_item_kind_check
       CHECK (item_kind IN ('invoice', 'payout', 'refund', 'payout_return', 'payment_reversal'))`,
];

/** What banks take back after they gave it. */
export class TakePaymentsBack1764000000041 extends ForwardMigration {
  protected readonly statements = statements;
}
