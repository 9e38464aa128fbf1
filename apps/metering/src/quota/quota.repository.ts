import { Injectable } from '@nestjs/common';
import { Decimal } from '@hetao/kernel';
import type { Tx } from '@hetao/persistence';
import type { Quota } from './quota.js';

interface QuotaRow {
  readonly agreement_id: string;
  readonly meter: string;
  readonly quota_limit: string;
  readonly used: string;
  readonly is_exhausted: boolean;
}

/** Quotas and what was taken from them. */
@Injectable()
export class QuotaRepository {
  /**
   * Loads the quotas of the agreements and locks them until the transaction ends, so that of two batches racing for
   * the last unit one waits for the other. Locked in the order of their key: nobody waits in a circle.
   */
  async lock(tx: Tx, agreementIds: readonly string[]): Promise<readonly Quota[]> {
    if (agreementIds.length === 0) return [];
    const rows = await tx.query<QuotaRow>(
      `SELECT agreement_id, meter, quota_limit, used, is_exhausted FROM quotas
        WHERE agreement_id = ANY($1) ORDER BY agreement_id, meter FOR UPDATE`,
      [agreementIds],
    );
    return rows.map((row) => ({
      agreementId: row.agreement_id,
      meter: row.meter,
      limit: Decimal.parse(row.quota_limit),
      used: Decimal.parse(row.used),
      isExhausted: row.is_exhausted,
    }));
  }

  /** Writes back quotas that were locked in the same transaction. */
  async save(tx: Tx, quotas: readonly Quota[]): Promise<void> {
    if (quotas.length === 0) return;
    await tx.execute(
      `UPDATE quotas q SET used = n.used, is_exhausted = n.is_exhausted
         FROM unnest($1::text[], $2::text[], $3::numeric[], $4::boolean[])
              AS n (agreement_id, meter, used, is_exhausted)
        WHERE q.agreement_id = n.agreement_id AND q.meter = n.meter`,
      [
        quotas.map((quota) => quota.agreementId),
        quotas.map((quota) => quota.meter),
        quotas.map((quota) => quota.used.toString()),
        quotas.map((quota) => quota.isExhausted),
      ],
    );
  }

  /**
   * Gives back what a correction takes from usage, or takes what it adds. Never below zero: usage from before the quota
   * was set is not in it.
   *
   * @returns the first quota that would be passed; nothing is written then.
   */
  async correct(tx: Tx, agreementId: string, deltas: ReadonlyMap<string, Decimal>): Promise<Quota | undefined> {
    const changed: Quota[] = [];
    for (const quota of await this.lock(tx, [agreementId])) {
      const delta = deltas.get(quota.meter);
      if (delta === undefined || delta.isZero()) continue;
      const sum = quota.used.plus(delta);
      const used = sum.isNegative() ? Decimal.zero : sum;
      if (!delta.isNegative() && used.compare(quota.limit) > 0) return quota;
      changed.push({ ...quota, used, isExhausted: used.compare(quota.limit) >= 0 });
    }
    await this.save(tx, changed);
    return undefined;
  }
}
