import { Injectable } from '@nestjs/common';
import type { Tx } from '@hetao/persistence';
import type { Demand, DemandAnswer } from './demand.js';

/** The columns of a demand, named as the rules name them; money waits as JSON until {@link revived}. */
export const DEMAND_COLUMNS = `id, buyer_id AS "buyerId", title, need, language, kinds, purpose,
  place_of_use AS "placeOfUse", budget, status, posted_at AS "postedAt", open_until AS "openUntil",
  closed_at AS "closedAt", close_reason AS "closeReason", chosen_answer AS "chosenAnswer", revision`;
export const ANSWER_COLUMNS = `id, demand_id AS "demandId", merchant_id AS "merchantId", product_id AS "productId",
  offer_id AS "offerId", message, answered_at AS "answeredAt"`;

/** A demand as the database holds it: bigints have no JSON. */
export type KeptDemand = Omit<Demand, 'budget'> & {
  readonly budget: {
    readonly amountMinor: string;
    readonly currency: NonNullable<Demand['budget']>['currency'];
  } | null;
};

/** The demand with its money. */
export function revived({ budget, ...demand }: KeptDemand): Demand {
  return { ...demand, budget: budget && { ...budget, amountMinor: BigInt(budget.amountMinor) } };
}

/** Keeps demands and their answers. */
@Injectable()
export class DemandRepository {
  /** The demand, kept from changing until the transaction ends. */
  async load(tx: Tx, id: string): Promise<Demand | null> {
    const [row] = await tx.query<KeptDemand>(`SELECT ${DEMAND_COLUMNS} FROM demands WHERE id = $1 FOR UPDATE`, [id]);
    return row === undefined ? null : revived(row);
  }

  async insert(tx: Tx, demand: Demand): Promise<void> {
    const { budget } = demand;
    await tx.execute(
      `INSERT INTO demands (id, buyer_id, title, need, language, kinds, purpose, place_of_use, budget, status,
         posted_at, open_until, revision)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
      [
        ...[demand.id, demand.buyerId, demand.title, demand.need, demand.language, demand.kinds, demand.purpose],
        demand.placeOfUse,
        budget === null ? null : JSON.stringify({ ...budget, amountMinor: budget.amountMinor.toString() }),
        ...[demand.status, demand.postedAt, demand.openUntil, demand.revision],
      ],
    );
  }

  async close(tx: Tx, demand: Demand): Promise<void> {
    const { id, status, closedAt, closeReason, chosenAnswer, revision } = demand;
    await tx.execute(
      `UPDATE demands SET status = $2, closed_at = $3, close_reason = $4, chosen_answer = $5, revision = $6
       WHERE id = $1`,
      [id, status, closedAt, closeReason, chosenAnswer, revision],
    );
  }

  async addAnswer(tx: Tx, answer: DemandAnswer): Promise<void> {
    const { id, demandId, merchantId, productId, offerId, message, answeredAt } = answer;
    await tx.execute(
      `INSERT INTO demand_answers (id, demand_id, merchant_id, product_id, offer_id, message, answered_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [id, demandId, merchantId, productId, offerId, message, answeredAt],
    );
  }

  /** How often this merchant answered. */
  async answersOf(tx: Tx, demandId: string, merchantId: string): Promise<number> {
    const [row] = await tx.query<{ count: number }>(
      'SELECT count(*)::integer AS count FROM demand_answers WHERE demand_id = $1 AND merchant_id = $2',
      [demandId, merchantId],
    );
    return row?.count ?? 0;
  }

  async hasAnswer(tx: Tx, demandId: string, answerId: string): Promise<boolean> {
    const rows = await tx.query('SELECT 1 FROM demand_answers WHERE demand_id = $1 AND id = $2', [demandId, answerId]);
    return rows.length > 0;
  }

  /** Demands whose day has come, oldest first; bounded, the rest is the next turn's. */
  async overdue(tx: Tx, at: Date): Promise<readonly string[]> {
    const rows = await tx.query<{ id: string }>(
      `SELECT id FROM demands WHERE status = 'open' AND open_until <= $1 ORDER BY open_until LIMIT 200`,
      [at],
    );
    return rows.map(({ id }) => id);
  }
}
