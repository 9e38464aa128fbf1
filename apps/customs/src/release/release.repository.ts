import { Injectable } from '@nestjs/common';
import type { Tx } from '@hetao/persistence';
import type { ReleaseLogReceipt } from '@hetao/rules';
import { personCategories, type Commitments, type PersonCategory } from '../counter/person-category.js';
import { ReleaseRow } from './release.entity.js';
import type { Release } from './release.js';

/** Loads and saves releases, and the persons that were sent under them. */
@Injectable()
export class ReleaseRepository {
  /** The release, kept from changing until the transaction ends: a use and a revocation come one after the other. */
  async load(tx: Tx, id: string): Promise<Release | null> {
    const row = await tx.manager.findOne(ReleaseRow, { where: { id }, lock: { mode: 'pessimistic_write' } });
    return row === null ? null : fromRow(row);
  }

  /** Whose release it is, without keeping it from changing: the year of its exporter is locked before it. */
  async exporterOf(tx: Tx, id: string): Promise<string | null> {
    const [row] = await tx.query<{ exporterId: string }>(
      'SELECT exporter_id AS "exporterId" FROM releases WHERE id = $1',
      [id],
    );
    return row?.exporterId ?? null;
  }

  /** The release a delivery under an agreement is counted under: one that is active, else the newest there is. */
  async ofAgreement(tx: Tx, agreementId: string, exporterId: string): Promise<Release | null> {
    const [row] = await tx.query<{ id: string }>(
      `SELECT id FROM releases WHERE agreement_id = $1 AND exporter_id = $2
       ORDER BY (status = 'active') DESC, id DESC LIMIT 1`,
      [agreementId, exporterId],
    );
    return row === undefined ? null : this.load(tx, row.id);
  }

  /** Active releases of an exporter whose pathway ends at or below these numbers; in order, so that none waits in a ring. */
  async beyond(
    tx: Tx,
    exporterId: string,
    year: Readonly<Record<PersonCategory, number>>,
  ): Promise<readonly Release[]> {
    const rows = await tx.query<{ id: string }>(
      `SELECT id FROM releases WHERE exporter_id = $1 AND status = 'active' AND counted
         AND (limit_general <= $2 OR limit_sensitive <= $3) ORDER BY id`,
      [exporterId, year.general, year.sensitive],
    );
    const releases: Release[] = [];
    for (const { id } of rows) {
      const release = await this.load(tx, id);
      if (release?.status === 'active') releases.push(release);
    }
    return releases;
  }

  async insert(tx: Tx, { quota, yearLimits, ...release }: Release): Promise<void> {
    await tx.manager.insert(ReleaseRow, {
      ...release,
      quotaGeneral: quota.general,
      quotaSensitive: quota.sensitive,
      limitGeneral: yearLimits.general,
      limitSensitive: yearLimits.sensitive,
    });
  }

  async saveStanding(tx: Tx, { id, status, reason, changedAt }: Release): Promise<void> {
    await tx.manager.update(ReleaseRow, { id }, { status, reason, changedAt });
  }

  async saveReceipt(tx: Tx, id: string, logReceipt: ReleaseLogReceipt, sealedToken: string): Promise<void> {
    await tx.manager.update(ReleaseRow, { id }, { logReceipt, sealedToken });
  }

  /** A delivery that crossed without any release that is known: kept for the officers, since it should not have been. */
  async noteUnreleased(
    tx: Tx,
    delivery: {
      readonly deliveryId: string;
      readonly agreementId: string;
      readonly merchantId: string;
      readonly year: number;
    },
    persons: Commitments,
    at: Date,
  ): Promise<void> {
    await tx.execute(
      `INSERT INTO unreleased_deliveries (delivery_id, agreement_id, exporter_id, year, general, sensitive, at)
       VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING`,
      [
        ...[delivery.deliveryId, delivery.agreementId, delivery.merchantId, delivery.year],
        ...[persons.general.length, persons.sensitive.length, at],
      ],
    );
  }

  /** Remembers the persons, each once. @returns how many distinct ones were sent under the release in all. */
  async remember(tx: Tx, releaseId: string, persons: Commitments): Promise<Record<PersonCategory, number>> {
    for (const category of personCategories) {
      await tx.execute(
        `INSERT INTO release_persons (release_id, category, commitment)
         SELECT $1, $2, decode(unnest($3::text[]), 'hex') ON CONFLICT DO NOTHING`,
        [releaseId, category, [...new Set(persons[category])]],
      );
    }
    const rows = await tx.query<{ category: PersonCategory; used: number }>(
      'SELECT category, count(*)::int AS used FROM release_persons WHERE release_id = $1 GROUP BY category',
      [releaseId],
    );
    const used = (category: PersonCategory): number => rows.find((row) => row.category === category)?.used ?? 0;
    return { general: used('general'), sensitive: used('sensitive') };
  }
}

function fromRow({ quotaGeneral, quotaSensitive, limitGeneral, limitSensitive, ...row }: ReleaseRow): Release {
  return {
    ...row,
    quota: { general: quotaGeneral, sensitive: quotaSensitive },
    yearLimits: { general: limitGeneral, sensitive: limitSensitive },
  };
}
