import type { Currency } from '@hetao/kernel';
import type { Tx } from '@hetao/persistence';
import { Injectable } from '@nestjs/common';
import { PayoutRow } from './payout.entity.js';
import type { OpenShare, PayableShare, Payable, Payout } from './payout.js';

/** PostgreSQL takes 65,535 parameters a statement; a payout has eleven. */
const ROWS_A_STATEMENT = 1_000;

/** Payouts, and which shares of which invoices they hand on. */
@Injectable()
export class PayoutRepository {
  /** Shares of the period's paid invoices that stand in no payout yet. The period must be locked. */
  async openShares(tx: Tx, period: string): Promise<readonly OpenShare[]> {
    const rows = await tx.query<{
      invoice_id: string;
      share: PayableShare;
      owner: string;
      amount_minor: string;
      currency: Currency;
    }>(
      `SELECT s.invoice_id, s.share, s.owner, s.amount_minor, s.currency
         FROM invoice_splits s JOIN invoices i USING (invoice_id)
        WHERE i.period = $1 AND i.state = 'paid' AND s.share IN ('merchant', 'channel') AND s.amount_minor > 0
          AND NOT EXISTS (SELECT 1 FROM payout_items p WHERE p.invoice_id = s.invoice_id AND p.share = s.share)
        ORDER BY s.invoice_id, s.share`,
      [period],
    );
    return rows.map((row) => ({
      invoiceId: row.invoice_id,
      share: row.share,
      owner: row.owner,
      amountMinor: BigInt(row.amount_minor),
      currency: row.currency,
    }));
  }

  async add(tx: Tx, payouts: readonly { readonly payout: Payout; readonly payable: Payable }[]): Promise<void> {
    for (let start = 0; start < payouts.length; start += ROWS_A_STATEMENT) {
      const rows = payouts.slice(start, start + ROWS_A_STATEMENT).map(({ payout }) => ({ ...payout }));
      await tx.manager.insert(PayoutRow, rows);
    }
    const items = payouts.flatMap(({ payout, payable }) =>
      payable.items.map(({ invoiceId, share, amountMinor }) => ({ payout, invoiceId, share, amountMinor })),
    );
    await tx.execute(
      `INSERT INTO payout_items (invoice_id, share, payout_id, amount_minor)
       SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::bigint[])`,
      [
        items.map(({ invoiceId }) => invoiceId),
        items.map(({ share }) => share),
        items.map(({ payout }) => payout.payoutId),
        items.map(({ amountMinor }) => amountMinor.toString()),
      ],
    );
  }

  /** Payouts by id, locked in id order so that two statements never wait for each other in a ring. */
  async lockByReference(tx: Tx, payoutIds: readonly string[]): Promise<readonly Payout[]> {
    return tx.manager
      .createQueryBuilder(PayoutRow, 'payout')
      .where('payout.payout_id = ANY(:payoutIds)', { payoutIds })
      .orderBy('payout.payoutId')
      .setLock('pessimistic_write')
      .getMany();
  }

  async settle(tx: Tx, payoutIds: readonly string[], settledAt: readonly Date[]): Promise<void> {
    await tx.execute(
      `UPDATE payouts SET state = 'settled', settled_at = s.settled_at
         FROM unnest($1::text[], $2::timestamptz[]) AS s(payout_id, settled_at)
        WHERE payouts.payout_id = s.payout_id AND payouts.state = 'instructed'`,
      [payoutIds, settledAt],
    );
  }
}
