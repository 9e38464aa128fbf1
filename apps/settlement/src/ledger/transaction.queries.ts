import { err, ok, type Result } from '@hetao/kernel';
import type { Database } from '@hetao/persistence';
import { DATABASE } from '@hetao/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { ledgerErrors, type LedgerError } from './ledger.errors.js';
import { toLedgerTransactionDto, type LedgerTransactionDto, type StoredTransaction } from './transaction.dto.js';

/** Reads one journal transaction with all that explains it. */
@Injectable()
export class TransactionQueries {
  readonly #database: Database;

  constructor(@Inject(DATABASE) database: Database) {
    this.#database = database;
  }

  async get(transactionId: string): Promise<Result<LedgerTransactionDto, LedgerError>> {
    const { rows } = await this.#database.withClient((client) =>
      client.query<StoredTransaction>(
        `SELECT t.transaction_id, t.movement, t.reference_kind, t.reference_id, t.period, t.effective_at, t.recorded_at,
                t.idempotency_key, t.rules, s.sequence, h.hold_id, b.statement_id,
                (SELECT json_agg(json_build_object('account_id', a.account_id, 'owner', a.owner, 'kind', a.kind,
                          'currency', a.currency, 'amount', e.amount_minor::text, 'balance', e.balance_minor::text,
                          'version', e.version) ORDER BY e.leg)
                   FROM ledger_entries e JOIN ledger_accounts a USING (account_no)
                  WHERE e.transaction_no = t.transaction_no) AS legs
           FROM ledger_transactions t
           LEFT JOIN ledger_seals s USING (transaction_no)
           LEFT JOIN ledger_hold_resolutions r ON r.transaction_id = t.transaction_id
           LEFT JOIN ledger_holds h USING (hold_no)
           LEFT JOIN bank_statement_lines b ON t.reference_kind = 'bank_line' AND b.line_id = t.reference_id
          WHERE t.transaction_id = $1`,
        [transactionId],
      ),
    );
    const [row] = rows;
    if (row === undefined) {
      return err(ledgerErrors.LEDGER_TRANSACTION_NOT_FOUND(`There is no journal transaction ${transactionId}.`));
    }
    return ok(toLedgerTransactionDto(row));
  }
}
