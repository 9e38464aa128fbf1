import type { Tx } from '@hetao/persistence';
import { Injectable } from '@nestjs/common';
import { AgreementRow } from './agreement.entity.js';
import type { Agreement } from './agreement.js';

/** Settlement's own copy of the agreements. */
@Injectable()
export class AgreementRepository {
  /**
   * Makes everything that concerns one agreement wait in line until the transaction ends: the agreement and its usage
   * arrive by different topics in any order, and whichever comes second must see the first.
   */
  async lock(tx: Tx, agreementId: string): Promise<void> {
    await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended(current_schema() || '.agreement.' || $1, 0))`, [
      agreementId,
    ]);
  }

  /** As {@link lock} for many, in id order, so that two batches never wait for each other in a ring. */
  async lockAll(tx: Tx, agreementIds: readonly string[]): Promise<void> {
    await tx.query(
      `SELECT pg_advisory_xact_lock(hashtextextended(current_schema() || '.agreement.' || id, 0))
         FROM (SELECT DISTINCT id FROM unnest($1::text[]) AS given(id) ORDER BY id) sorted`,
      [agreementIds],
    );
  }

  async findAll(tx: Tx, agreementIds: readonly string[]): Promise<ReadonlyMap<string, Agreement>> {
    const rows = await tx.manager
      .createQueryBuilder(AgreementRow, 'agreement')
      .where('agreement.agreement_id = ANY(:agreementIds)', { agreementIds })
      .getMany();
    return new Map(rows.map((row) => [row.agreementId, row]));
  }

  /** Keeps the agreement; a second telling of it changes nothing. */
  async record(tx: Tx, agreement: Agreement): Promise<void> {
    await tx.manager.createQueryBuilder().insert().into(AgreementRow).values(agreement).orIgnore().execute();
  }

  /** Notes that an agreement ended; the first telling counts. Agreements and ends share a topic and key: the order is theirs. */
  async end(tx: Tx, agreementId: string, endedAt: Date): Promise<void> {
    await tx.execute(
      `UPDATE agreements SET ended_at = $2 WHERE agreement_id = $1 AND ended_at IS NULL AND $2 < effective_until`,
      [agreementId, endedAt],
    );
  }

  find(tx: Tx, agreementId: string): Promise<Agreement | null> {
    return tx.manager.findOneBy(AgreementRow, { agreementId });
  }
}
