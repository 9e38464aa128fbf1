import { Injectable } from '@nestjs/common';
import type { Queryable } from '@hetao/clearance';
import type { AgreementConcludedV1, AgreementConcludedV2 } from '@hetao/events';
import type { AnyPricePlan } from '@hetao/rating';

/** What an agreement costs: enough to foresee what a correction changes, and to limit what is spent. Settlement alone makes invoices of it. */
@Injectable()
export class TermsRepository {
  async learn(client: Queryable, terms: AgreementConcludedV1 | AgreementConcludedV2): Promise<void> {
    await client.query(
      `INSERT INTO agreement_terms (agreement_id, product_id, merchant_id, buyer_id, plan, concluded_at)
       VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`,
      [
        ...[terms.agreementId, terms.productId, terms.merchantId, terms.buyerId],
        ...[JSON.stringify(terms.plan), terms.concludedAt],
      ],
    );
  }

  /** The plan, when the agreement's conclusion was heard of. */
  async plan(client: Queryable, agreementId: string): Promise<AnyPricePlan | undefined> {
    const { rows } = await client.query<{ plan: AnyPricePlan }>(
      'SELECT plan FROM agreement_terms WHERE agreement_id = $1',
      [agreementId],
    );
    return rows[0]?.plan;
  }
}
