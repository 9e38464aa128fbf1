import { Injectable } from '@nestjs/common';
import type { Tx } from '@hetao/persistence';
import type { CrossingAgreement, EarlierAnswers, KnownParticipant, KnownProduct } from './prefill.js';

/** One product described may concern so many agreements that wait; more would be a flood, not a trade. */
const MAX_WAITING = 500;

/** Customs' own copy of what the catalog and contracts said. Newer statements replace older ones, whatever their order. */
@Injectable()
export class ProjectionRepository {
  async learnProduct(tx: Tx, product: KnownProduct, describedAt: Date): Promise<void> {
    await tx.execute(
      `INSERT INTO known_products (product_id, merchant_id, version, content, described_at) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (product_id) DO UPDATE SET version = excluded.version, content = excluded.content,
         described_at = excluded.described_at WHERE known_products.version <= excluded.version`,
      [product.productId, product.merchantId, product.version, JSON.stringify(product), describedAt],
    );
  }

  async learnParticipant(tx: Tx, { participantId, name, jurisdiction }: KnownParticipant, at: Date): Promise<void> {
    await tx.execute(
      `INSERT INTO known_participants (participant_id, name, jurisdiction, learnt_at) VALUES ($1, $2, $3, $4)
       ON CONFLICT (participant_id) DO UPDATE SET name = excluded.name, jurisdiction = excluded.jurisdiction,
         learnt_at = excluded.learnt_at WHERE known_participants.learnt_at <= excluded.learnt_at`,
      [participantId, JSON.stringify(name), jurisdiction, at],
    );
  }

  async learnAgreement(tx: Tx, agreement: CrossingAgreement, signedAt: Date): Promise<void> {
    await tx.execute(
      `INSERT INTO crossing_agreements (agreement_id, product_id, merchant_id, content, signed_at)
       VALUES ($1, $2, $3, $4, $5) ON CONFLICT (agreement_id) DO NOTHING`,
      [agreement.agreementId, agreement.productId, agreement.merchantId, JSON.stringify(agreement), signedAt],
    );
  }

  async product(tx: Tx, id: string): Promise<KnownProduct | null> {
    return this.#content(tx, 'SELECT content FROM known_products WHERE product_id = $1', id);
  }

  async agreement(tx: Tx, id: string): Promise<CrossingAgreement | null> {
    return this.#content(tx, 'SELECT content FROM crossing_agreements WHERE agreement_id = $1', id);
  }

  async participant(tx: Tx, id: string): Promise<KnownParticipant | null> {
    const rows = await tx.query<KnownParticipant>(
      'SELECT participant_id AS "participantId", name, jurisdiction FROM known_participants WHERE participant_id = $1',
      [id],
    );
    return rows[0] ?? null;
  }

  /** Agreements over this product for which nobody opened a declaration yet. */
  async waitingFor(tx: Tx, productId: string): Promise<readonly CrossingAgreement[]> {
    const rows = await tx.query<{ content: CrossingAgreement }>(
      `SELECT content FROM crossing_agreements a WHERE product_id = $1
         AND NOT EXISTS (SELECT 1 FROM declarations d WHERE d.form->>'agreementId' = a.agreement_id)
       ORDER BY agreement_id LIMIT $2`,
      [productId, MAX_WAITING],
    );
    return rows.map(({ content }) => content);
  }

  /** What the exporter answered last: about this product and recipient if he ever did, else about anything. */
  async earlier(tx: Tx, { merchantId, productId, buyerId }: CrossingAgreement): Promise<EarlierAnswers | null> {
    const rows = await tx.query<EarlierAnswers>(
      `SELECT form, facts FROM declarations WHERE exporter_id = $1 AND status <> 'draft'
       ORDER BY (form->>'productId' = $2 AND form->>'recipientId' = $3) DESC NULLS LAST,
         (form->>'productId' = $2) DESC NULLS LAST, id DESC LIMIT 1`,
      [merchantId, productId, buyerId],
    );
    return rows[0] ?? null;
  }

  /** Keeps others who do the same about this agreement waiting until the transaction ends. */
  lock(tx: Tx, agreementId: string): Promise<void> {
    return waitInLine(tx, agreementId);
  }

  /**
   * Makes everything that is learnt of a product and of agreements over it wait in line until the transaction ends: they
   * arrive by different topics, and whichever comes second must see the first. Learnt side by side neither would.
   */
  lockProduct(tx: Tx, productId: string): Promise<void> {
    return waitInLine(tx, productId);
  }

  async #content<T>(tx: Tx, sql: string, id: string): Promise<T | null> {
    const rows = await tx.query<{ content: T }>(sql, [id]);
    return rows[0]?.content ?? null;
  }
}

async function waitInLine(tx: Tx, id: string): Promise<void> {
  await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`customs.prefill.${id}`]);
}
