import type { Currency } from '@hetao/kernel';
import type { Tx } from '@hetao/persistence';
import { Injectable } from '@nestjs/common';
import type { ShareMove } from '../invoice/shares.js';
import type { Dispute, DisputeState } from './dispute.js';

/** A dispute as pg returns it. */
export interface StoredDispute {
  readonly dispute_id: string;
  readonly invoice_id: string;
  readonly line_no: number;
  readonly currency: Currency;
  readonly net_minor: string;
  readonly tax_minor: string;
  readonly reason: string;
  readonly state: DisputeState;
  readonly opened_by: string;
  readonly opened_at: Date;
  readonly decision: string | null;
  readonly decided_at: Date | null;
  readonly credit_note_id: string | null;
}

export const disputeColumns = `d.dispute_id, d.invoice_id, d.line_no, i.currency, d.net_minor, d.tax_minor, d.reason, d.state,
  d.opened_by, d.opened_at, d.decision, d.decided_at, d.credit_note_id`;

export function disputeOf(row: StoredDispute): Dispute {
  return {
    disputeId: row.dispute_id,
    invoiceId: row.invoice_id,
    lineNo: row.line_no,
    currency: row.currency,
    netMinor: BigInt(row.net_minor),
    taxMinor: BigInt(row.tax_minor),
    reason: row.reason,
    state: row.state,
    openedBy: row.opened_by,
    openedAt: row.opened_at,
    decision: row.decision,
    decidedAt: row.decided_at,
    creditNoteId: row.credit_note_id,
  };
}

/** Disputes and what they hold back. */
@Injectable()
export class DisputeRepository {
  async openOn(tx: Tx, invoiceId: string, lineNo: number): Promise<boolean> {
    const rows = await tx.query(
      `SELECT 1 FROM invoice_disputes WHERE invoice_id = $1 AND line_no = $2 AND state = 'open'`,
      [invoiceId, lineNo],
    );
    return rows.length > 0;
  }

  /** Whose invoice a dispute is about, before locks are taken: the invoice comes first in the order of locks. */
  async invoiceOf(tx: Tx, disputeId: string): Promise<string | undefined> {
    const [row] = await tx.query<{ invoice_id: string }>(
      'SELECT invoice_id FROM invoice_disputes WHERE dispute_id = $1',
      [disputeId],
    );
    return row?.invoice_id;
  }

  async lock(tx: Tx, disputeId: string): Promise<Dispute | undefined> {
    const [row] = await tx.query<StoredDispute>(
      `SELECT ${disputeColumns} FROM invoice_disputes d JOIN invoices i USING (invoice_id)
        WHERE d.dispute_id = $1 FOR UPDATE OF d`,
      [disputeId],
    );
    return row === undefined ? undefined : disputeOf(row);
  }

  async add(tx: Tx, dispute: Dispute, holds: readonly ShareMove[]): Promise<void> {
    await tx.execute(
      `INSERT INTO invoice_disputes (dispute_id, invoice_id, line_no, net_minor, tax_minor, reason, state, opened_by, opened_at)
       VALUES ($1, $2, $3, $4, $5, $6, 'open', $7, $8)`,
      [
        dispute.disputeId,
        dispute.invoiceId,
        dispute.lineNo,
        dispute.netMinor.toString(),
        dispute.taxMinor.toString(),
        dispute.reason,
        dispute.openedBy,
        dispute.openedAt,
      ],
    );
    await tx.execute(
      `INSERT INTO dispute_holds (dispute_id, invoice_id, share, owner, amount_minor)
       SELECT $1, $2, h.share, h.owner, h.amount FROM unnest($3::text[], $4::text[], $5::bigint[]) AS h(share, owner, amount)`,
      [
        dispute.disputeId,
        dispute.invoiceId,
        holds.map(({ share }) => share),
        holds.map(({ owner }) => owner),
        holds.map(({ deltaMinor }) => deltaMinor.toString()),
      ],
    );
  }

  async decide(
    tx: Tx,
    disputeId: string,
    decided: Pick<Dispute, 'state' | 'decision' | 'decidedAt' | 'creditNoteId'> & { readonly by: string },
  ): Promise<void> {
    await tx.execute(
      `UPDATE invoice_disputes SET state = $2, decision = $3, decided_by = $4, decided_at = $5, credit_note_id = $6
        WHERE dispute_id = $1`,
      [disputeId, decided.state, decided.decision, decided.by, decided.decidedAt, decided.creditNoteId],
    );
  }
}
