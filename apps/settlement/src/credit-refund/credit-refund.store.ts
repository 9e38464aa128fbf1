import type { Currency } from '@hetao/kernel';
import type { Database, Tx } from '@hetao/persistence';
import { afterCursor, cursorPage, DATABASE, type Page } from '@hetao/runtime';
import { Inject, Injectable } from '@nestjs/common';
import type { BankAccount } from '../agreement/agreement.js';
import type { CreditRefund, CreditRefundState } from './credit-refund.js';

/** What a list of refunds is narrowed to. */
export interface CreditRefundFilter {
  readonly buyerId: string | null;
  readonly state: CreditRefundState | null;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

interface RefundRow {
  readonly credit_refund_id: string;
  readonly buyer_id: string;
  readonly amount_minor: string;
  readonly currency: Currency;
  readonly bank_account: BankAccount;
  readonly reason: string;
  readonly hold_id: string;
  readonly state: CreditRefundState;
  readonly proposed_by: string;
  readonly proposed_at: Date;
  readonly decided_by: string | null;
  readonly decided_at: Date | null;
  readonly refund_id: string | null;
}

/** A hold that ended before anybody decided ends its proposal too: by time, or because an operator gave it up. */
const REFUNDS = `
  SELECT c.*, coalesce(c.outcome, CASE WHEN r.outcome IS NULL THEN 'proposed' ELSE 'expired' END) AS state
    FROM credit_refunds c JOIN ledger_holds h USING (hold_id) LEFT JOIN ledger_hold_resolutions r USING (hold_no)`;

/** Refunds of buyers' credit, and what became of them. */
@Injectable()
export class CreditRefundStore {
  readonly #database: Database;

  constructor(@Inject(DATABASE) database: Database) {
    this.#database = database;
  }

  async add(tx: Tx, refund: CreditRefund): Promise<void> {
    const { creditRefundId, buyerId, amountMinor, currency, bankAccount, reason, holdId } = refund;
    await tx.execute(
      `INSERT INTO credit_refunds (credit_refund_id, buyer_id, amount_minor, currency, bank_account, reason, hold_id,
                                   proposed_by, proposed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [
        ...[creditRefundId, buyerId, amountMinor.toString(), currency, JSON.stringify(bankAccount), reason, holdId],
        ...[refund.proposedBy, refund.proposedAt],
      ],
    );
  }

  /** A refund, held for this transaction. */
  async lock(tx: Tx, creditRefundId: string): Promise<CreditRefund | undefined> {
    const [row] = await tx.query<RefundRow>(`${REFUNDS} WHERE c.credit_refund_id = $1 FOR UPDATE OF c`, [
      creditRefundId,
    ]);
    return row === undefined ? undefined : refundOf(row);
  }

  async decide(
    tx: Tx,
    creditRefundId: string,
    decided: {
      readonly outcome: 'approved' | 'refused';
      readonly by: string;
      readonly at: Date;
      readonly refundId: string | null;
    },
  ): Promise<void> {
    await tx.execute(
      `UPDATE credit_refunds SET outcome = $2, decided_by = $3, decided_at = $4, refund_id = $5 WHERE credit_refund_id = $1`,
      [creditRefundId, decided.outcome, decided.by, decided.at, decided.refundId],
    );
  }

  /** Newest first. */
  async list({ buyerId, state, cursor, limit }: CreditRefundFilter): Promise<Page<CreditRefund>> {
    const filter = { buyer: buyerId ?? undefined, state: state ?? undefined };
    const [before = null] = afterCursor(cursor, filter) ?? [];
    const { rows } = await this.#database.withClient((client) =>
      client.query<RefundRow>(
        `SELECT * FROM (${REFUNDS}) x WHERE ($1::text IS NULL OR buyer_id = $1) AND ($2::text IS NULL OR state = $2)
            AND ($3::text IS NULL OR credit_refund_id < $3) ORDER BY credit_refund_id DESC LIMIT $4`,
        [buyerId, state, before, limit + 1],
      ),
    );
    const page = cursorPage(rows, limit, (row) => [row.credit_refund_id], filter);
    return { ...page, data: page.data.map(refundOf) };
  }
}

function refundOf(row: RefundRow): CreditRefund {
  return {
    creditRefundId: row.credit_refund_id,
    buyerId: row.buyer_id,
    amountMinor: BigInt(row.amount_minor),
    currency: row.currency,
    bankAccount: row.bank_account,
    reason: row.reason,
    holdId: row.hold_id,
    state: row.state,
    proposedBy: row.proposed_by,
    proposedAt: row.proposed_at,
    decidedBy: row.decided_by,
    decidedAt: row.decided_at,
    refundId: row.refund_id,
  };
}
