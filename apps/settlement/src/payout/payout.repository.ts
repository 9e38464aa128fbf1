import type { Currency } from '@hetao/kernel';
import type { Tx } from '@hetao/persistence';
import { Injectable } from '@nestjs/common';
import { PayoutRow } from './payout.entity.js';
import type { Deferral, OpenShare, PayableShare, Payable, Payout, PayoutState } from './payout.js';

/** PostgreSQL takes 65,535 parameters a statement; a payout has twelve. */
const ROWS_A_STATEMENT = 1_000;

/** Money that is to wait, and the shares it stands for. */
export interface NewDeferral extends Deferral {
  readonly kind: 'threshold' | 'hold' | 'reserve' | 'rejected' | 'returned';
  readonly period: string | null;
  readonly sourcePayoutId: string | null;
  /** Calendar date; null when it waits for the next payout only. */
  readonly releaseOn: string | null;
  readonly deferredAt: Date;
  readonly items: readonly OpenShare[];
}

interface ShareRow {
  readonly invoice_id: string;
  readonly share: string;
  readonly owner: string;
  readonly amount_minor: string;
  readonly currency: Currency;
  readonly paid_on: string;
}

/** Payouts, which shares of which invoices they hand on, and what waits. */
@Injectable()
export class PayoutRepository {
  /**
   * What parties hold by money that moved in the period's books and is neither disputed nor paid out nor waiting: of its own
   * invoices, and of those of closed months that were paid again or corrected in it. The period must be locked.
   */
  async openShares(tx: Tx, period: string, zone: string): Promise<readonly OpenShare[]> {
    const rows = await tx.query<ShareRow>(
      // Each share's outflow is looked up by its own index: a plan that guesses how many there are may guess wrong.
      `WITH touched AS MATERIALIZED (SELECT DISTINCT invoice_id FROM invoice_split_moves WHERE period = $1)
       SELECT * FROM (
         SELECT s.invoice_id, s.share, s.owner, s.currency,
                to_char(coalesce(i.paid_at, i.issued_at) AT TIME ZONE $2, 'YYYY-MM-DD') AS paid_on,
                s.amount_minor - s.held_minor - coalesce(g.amount_minor, 0) AS amount_minor
           FROM touched JOIN payable_shares s USING (invoice_id) JOIN invoices i USING (invoice_id)
           LEFT JOIN LATERAL (SELECT amount_minor FROM paid_out_shares p
                               WHERE p.invoice_id = s.invoice_id AND p.share = s.share) g ON true
          WHERE i.state IN ('paid', 'credited')) open
        WHERE amount_minor > 0 ORDER BY invoice_id, share`,
      [period, zone],
    );
    return rows.map((row) => ({
      invoiceId: row.invoice_id,
      share: row.share.split(':', 1)[0] as PayableShare,
      shareKey: row.share,
      owner: row.owner,
      amountMinor: BigInt(row.amount_minor),
      currency: row.currency,
      paidOn: row.paid_on,
    }));
  }

  /** What waited and may be paid today: its date has come and nobody holds the party. Held for this transaction. */
  async dueDeferrals(tx: Tx, today: string): Promise<readonly Deferral[]> {
    const rows = await tx.query<{
      deferral_id: string;
      beneficiary_id: string;
      share: PayableShare;
      currency: Currency;
      amount_minor: string;
    }>(
      `SELECT deferral_id, beneficiary_id, share, currency, amount_minor FROM payable_deferrals d
        WHERE paid_by IS NULL AND (release_on IS NULL OR release_on <= $1)
          AND NOT EXISTS (SELECT 1 FROM payout_holds h WHERE h.participant_id = d.beneficiary_id AND h.released_at IS NULL)
        ORDER BY deferral_id LIMIT 10000 FOR UPDATE OF d`,
      [today],
    );
    return rows.map((row) => ({
      deferralId: row.deferral_id,
      beneficiaryId: row.beneficiary_id,
      share: row.share,
      currency: row.currency,
      amountMinor: BigInt(row.amount_minor),
    }));
  }

  async add(tx: Tx, payouts: readonly { readonly payout: Payout; readonly payable: Payable }[]): Promise<void> {
    for (let start = 0; start < payouts.length; start += ROWS_A_STATEMENT) {
      const rows = payouts.slice(start, start + ROWS_A_STATEMENT).map(({ payout }) => ({ ...payout }));
      await tx.manager.insert(PayoutRow, rows);
    }
    const items = payouts.flatMap(({ payout, payable }) => payable.items.map((item) => ({ payout, ...item })));
    await tx.execute(
      `INSERT INTO payout_items (invoice_id, share, payout_id, amount_minor)
       SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::bigint[])`,
      [
        items.map(({ invoiceId }) => invoiceId),
        items.map(({ shareKey }) => shareKey),
        items.map(({ payout }) => payout.payoutId),
        items.map(({ amountMinor }) => amountMinor.toString()),
      ],
    );
    const paid = payouts.flatMap(({ payout, payable }) => payable.deferrals.map((one) => ({ payout, one })));
    await tx.execute(
      `UPDATE payable_deferrals SET paid_by = p.payout_id FROM unnest($1::text[], $2::text[]) AS p(deferral_id, payout_id)
        WHERE payable_deferrals.deferral_id = p.deferral_id AND paid_by IS NULL`,
      [paid.map(({ one }) => one.deferralId), paid.map(({ payout }) => payout.payoutId)],
    );
  }

  /** Keeps what is to wait; a second telling of the same cause fails by its id. */
  async addDeferral(tx: Tx, deferral: NewDeferral): Promise<void> {
    const { deferralId, beneficiaryId, share, currency, amountMinor, kind, period } = deferral;
    await tx.execute(
      `INSERT INTO payable_deferrals (deferral_id, beneficiary_id, share, currency, amount_minor, kind, period,
                                      source_payout_id, release_on, deferred_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [
        ...[deferralId, beneficiaryId, share, currency, amountMinor.toString(), kind, period],
        ...[deferral.sourcePayoutId, deferral.releaseOn, deferral.deferredAt],
      ],
    );
    await tx.execute(
      `INSERT INTO deferral_items (deferral_id, invoice_id, share, amount_minor)
       SELECT $1, * FROM unnest($2::text[], $3::text[], $4::bigint[])`,
      [
        deferralId,
        deferral.items.map(({ invoiceId }) => invoiceId),
        deferral.items.map(({ shareKey }) => shareKey),
        deferral.items.map((item) => item.amountMinor.toString()),
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

  async end(
    tx: Tx,
    end: { readonly payoutId: string; readonly state: PayoutState; readonly reason: string; readonly endedAt: Date },
  ): Promise<void> {
    await tx.execute(`UPDATE payouts SET state = $2, end_reason = $3, ended_at = $4 WHERE payout_id = $1`, [
      end.payoutId,
      end.state,
      end.reason,
      end.endedAt,
    ]);
  }
}
