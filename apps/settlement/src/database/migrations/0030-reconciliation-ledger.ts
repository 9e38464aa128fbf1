import { ForwardMigration } from '../forward-migration.js';

const CLEARED = ['clearing:bank_in', 'clearing:bank_out', 'expense:bank_fees', 'expense:rounding', 'expense:write_off'];
const PAID_OUT = ['payable:merchant', 'payable:channel', 'payable:source', 'payable:body'];

const movements: readonly (readonly [string, 'debit' | 'credit', readonly string[]])[] = [
  ['difference_posted', 'debit', CLEARED],
  ['difference_posted', 'credit', CLEARED],
  ['credit_on_account', 'debit', ['clearing:bank_in']],
  ['credit_on_account', 'credit', ['payable:buyer']],
  ['credit_applied', 'debit', ['payable:buyer']],
  ['credit_applied', 'credit', ['clearing:bank_in']],
  ['refund_instructed', 'debit', ['clearing:bank_in', 'payable:buyer']],
  ['refund_instructed', 'credit', ['clearing:bank_out']],
  ['payout_instructed', 'debit', ['payable:source', 'payable:body', 'payable:deferred']],
  ['payout_instructed', 'credit', ['payable:deferred', 'receivable:party']],
  ['payable_deferred', 'debit', PAID_OUT],
  ['payable_deferred', 'credit', ['payable:deferred']],
  ['payout_rejected', 'debit', ['clearing:bank_out', 'payable:deferred', 'receivable:party']],
  ['payout_rejected', 'credit', [...PAID_OUT, 'payable:deferred']],
  ['payout_returned', 'debit', ['clearing:bank_in', 'payable:deferred', 'receivable:party']],
  ['payout_returned', 'credit', [...PAID_OUT, 'payable:deferred']],
];

const permitted = movements.flatMap(([movement, side, kinds]) =>
  kinds.map((kind) => `('movements-2', '${movement}', '${side}', '${kind}')`),
);

const statements = [
  `INSERT INTO ledger_account_kinds (kind, normal_side, may_cross) VALUES
     ('payable:deferred', 'credit', false),
     ('expense:bank_fees', 'debit', true),
     ('expense:rounding', 'debit', true),
     ('expense:write_off', 'debit', true)`,
  `INSERT INTO ledger_movements (rules, movement, side, account_kind) VALUES ${permitted.join(', ')}`,
];

/** What matching with a difference, credits on account, refunds, deferred and returned payouts may do to the ledger. */
export class AddReconciliationKinds1764000000030 extends ForwardMigration {
  protected readonly statements = statements;
}
