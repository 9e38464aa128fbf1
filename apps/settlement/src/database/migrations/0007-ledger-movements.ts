import { ForwardMigration } from '../forward-migration.js';

const statements = [
  `INSERT INTO ledger_movements (rules, movement, side, account_kind)
   SELECT 'movements-2', movement, side, account_kind FROM ledger_movements WHERE rules = 'movements-1'`,
];

/** Opens the second version of the permitted movements: what features add goes into it, the first stays as it was. */
export class OpenMovements1764000000007 extends ForwardMigration {
  protected readonly statements = statements;
}
