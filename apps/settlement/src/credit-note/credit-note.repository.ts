import type { Tx } from '@hetao/persistence';
import { Injectable } from '@nestjs/common';
import type { CreditFigures, CreditNote } from './credit-note.js';

/** Credit notes; the database refuses to change or remove one. */
@Injectable()
export class CreditNoteRepository {
  /** The next number of a year's series: a row of this transaction, so none is ever lost. */
  async takeNumber(tx: Tx, year: number): Promise<number> {
    const [row] = await tx.query<{ last_no: number }>(
      `INSERT INTO document_counters (series, year, last_no) VALUES ('credit_note', $1, 1)
       ON CONFLICT (series, year) DO UPDATE SET last_no = document_counters.last_no + 1 RETURNING last_no`,
      [year],
    );
    if (row === undefined) throw new Error('The credit note counter gave no number.');
    return row.last_no;
  }

  /** Net that credit notes took back so far, by line of the invoice. */
  async creditedByLine(tx: Tx, invoiceId: string): Promise<ReadonlyMap<number, bigint>> {
    const rows = await tx.query<{ line_no: number; net: string }>(
      `SELECT l.invoice_line_no AS line_no, sum(l.net_minor) AS net
         FROM credit_note_lines l JOIN credit_notes n USING (credit_note_id)
        WHERE n.invoice_id = $1 GROUP BY l.invoice_line_no`,
      [invoiceId],
    );
    return new Map(rows.map(({ line_no, net }) => [line_no, BigInt(net)]));
  }

  async exists(tx: Tx, creditNoteId: string): Promise<boolean> {
    return (await tx.query('SELECT 1 FROM credit_notes WHERE credit_note_id = $1', [creditNoteId])).length > 0;
  }

  async add(tx: Tx, note: CreditNote, lines: CreditFigures['lines']): Promise<void> {
    await tx.execute(
      `INSERT INTO credit_notes (credit_note_id, number, year, year_no, invoice_id, period, currency, net_minor, tax_minor,
                                 refund_minor, reason, dispute_id, issued_at, issued_by)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
      [
        note.creditNoteId,
        note.number,
        note.year,
        note.yearNo,
        note.invoiceId,
        note.period,
        note.currency,
        note.netMinor.toString(),
        note.taxMinor.toString(),
        note.refundMinor.toString(),
        note.reason,
        note.disputeId,
        note.issuedAt,
        note.issuedBy,
      ],
    );
    await tx.execute(
      `INSERT INTO credit_note_lines (credit_note_id, line_no, invoice_line_no, net_minor)
       SELECT $1, l.no, l.line, l.net FROM unnest($2::smallint[], $3::bigint[]) WITH ORDINALITY AS l(line, net, no)`,
      [
        note.creditNoteId,
        lines.map(({ invoiceLineNo }) => invoiceLineNo),
        lines.map(({ netMinor }) => netMinor.toString()),
      ],
    );
  }
}
