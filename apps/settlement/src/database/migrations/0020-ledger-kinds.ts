import { ForwardMigration } from '../forward-migration.js';

const PARTIES = [
  'payable:merchant',
  'payable:channel',
  'payable:source',
  'payable:body',
  'revenue:exchange_fee',
  'tax_payable',
  'withholding_payable',
];
const CONVERTIBLE = ['payable:merchant', 'payable:channel', 'payable:source', 'payable:body', 'trading'];

const movements: readonly (readonly [string, 'debit' | 'credit', readonly string[]])[] = [
  ['invoice_paid', 'credit', ['payable:source', 'payable:body', 'withholding_payable']],
  ['invoice_voided', 'debit', ['clearing:invoiced']],
  ['invoice_voided', 'credit', ['receivable:buyer']],
  ['invoice_credited', 'debit', ['clearing:invoiced', 'receivable:party', ...PARTIES]],
  ['invoice_credited', 'credit', ['receivable:buyer', 'payable:buyer', ...PARTIES]],
  ['payment_reversed', 'debit', ['receivable:buyer', 'receivable:party', 'payable:buyer', ...PARTIES]],
  ['payment_reversed', 'credit', ['clearing:bank_in', 'clearing:invoiced', ...PARTIES]],
  ['currency_converted', 'debit', CONVERTIBLE],
  ['currency_converted', 'credit', CONVERTIBLE],
  ['fx_realised', 'debit', ['trading', 'fx:realised']],
  ['fx_realised', 'credit', ['trading', 'fx:realised']],
  ['fx_revalued', 'debit', ['trading', 'fx:unrealised']],
  ['fx_revalued', 'credit', ['trading', 'fx:unrealised']],
];

const permitted = movements.flatMap(([movement, side, kinds]) =>
  kinds.map((kind) => `('movements-2', '${movement}', '${side}', '${kind}')`),
);

const statements = [
  `INSERT INTO ledger_account_kinds (kind, normal_side, may_cross) VALUES
     ('payable:source', 'credit', false),
     ('payable:body', 'credit', false),
     ('payable:buyer', 'credit', false),
     ('receivable:party', 'debit', false),
     ('withholding_payable', 'credit', false),
     ('trading', 'debit', true),
     ('fx:realised', 'credit', true),
     ('fx:unrealised', 'credit', true)`,
  `INSERT INTO ledger_movements (rules, movement, side, account_kind) VALUES ${permitted.join(', ')}`,
];

/** What credit notes, returned payments, more parties to a split and foreign currencies may do to the ledger. */
export class AddSplitAndCurrencyKinds1764000000020 extends ForwardMigration {
  protected readonly statements = statements;
}
