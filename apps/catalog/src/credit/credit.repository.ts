import { Injectable } from '@nestjs/common';
import type { Tx } from '@hetao/persistence';
import type { CreditFact } from './credit.js';

/** Keeps the facts a credit record is measured from; a fact that is told twice counts once. */
@Injectable()
export class CreditRepository {
  async count(
    tx: Tx,
    participantId: string,
    { fact, reference, at }: { readonly fact: CreditFact; readonly reference: string; readonly at: string },
  ): Promise<void> {
    await tx.execute(
      `INSERT INTO credit_facts (participant_id, fact, reference, at) VALUES ($1, $2, $3, $4)
       ON CONFLICT (participant_id, fact, reference) DO NOTHING`,
      [participantId, fact, reference, at],
    );
  }

  /** Who opened a dispute; undefined where it was never heard of. */
  async openerOf(tx: Tx, disputeId: string): Promise<string | undefined> {
    const [row] = await tx.query<{ id: string }>(
      `SELECT participant_id AS id FROM credit_facts WHERE fact = 'dispute_opened' AND reference = $1`,
      [disputeId],
    );
    return row?.id;
  }

  /** Says what came of a thing, wherever it was counted. */
  async conclude(tx: Tx, reference: string, outcome: string): Promise<void> {
    await tx.execute('UPDATE credit_facts SET outcome = $2 WHERE reference = $1', [reference, outcome]);
  }

  async keepRequest(
    tx: Tx,
    request: { readonly id: string; readonly merchantId: string; readonly productId: string; readonly at: string },
  ): Promise<void> {
    await tx.execute(
      `INSERT INTO credit_requests (request_id, merchant_id, product_id, requested_at) VALUES ($1, $2, $3, $4)
       ON CONFLICT (request_id) DO NOTHING`,
      [request.id, request.merchantId, request.productId, request.at],
    );
  }

  /** Keeps what came first of a request; what comes later is no answer to it. */
  async keepAnswer(tx: Tx, requestId: string, answer: string, at: string): Promise<void> {
    await tx.execute(
      'UPDATE credit_requests SET answer = $2, answered_at = $3 WHERE request_id = $1 AND answer IS NULL',
      [requestId, answer, at],
    );
  }

  /** Both sides of an agreement, as far as it was heard of. */
  async sidesOf(tx: Tx, agreementId: string): Promise<readonly string[]> {
    const rows = await tx.query<{ id: string }>(
      `SELECT participant_id AS id FROM credit_facts WHERE fact = 'agreement' AND reference = $1`,
      [agreementId],
    );
    return rows.map(({ id }) => id);
  }

  async keepInvoice(
    tx: Tx,
    invoice: { readonly id: string; readonly merchantId: string; readonly buyerId: string; readonly dueDate: string },
  ): Promise<void> {
    await tx.execute(
      `INSERT INTO credit_invoices (invoice_id, merchant_id, buyer_id, due_date) VALUES ($1, $2, $3, $4)
       ON CONFLICT (invoice_id) DO NOTHING`,
      [invoice.id, invoice.merchantId, invoice.buyerId, invoice.dueDate],
    );
  }

  async invoice(tx: Tx, id: string): Promise<{ buyerId: string; dueDate: string } | undefined> {
    const [row] = await tx.query<{ buyerId: string; dueDate: string }>(
      'SELECT buyer_id AS "buyerId", due_date AS "dueDate" FROM credit_invoices WHERE invoice_id = $1',
      [id],
    );
    return row;
  }
}
