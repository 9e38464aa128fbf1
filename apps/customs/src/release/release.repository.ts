import { Injectable } from '@nestjs/common';
import type { Tx } from '@hetao/persistence';
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

  async insert(tx: Tx, { quota, ...release }: Release): Promise<void> {
    await tx.manager.insert(ReleaseRow, { ...release, quotaGeneral: quota.general, quotaSensitive: quota.sensitive });
  }

  async saveStanding(tx: Tx, { id, status, reason, changedAt }: Release): Promise<void> {
    await tx.manager.update(ReleaseRow, { id }, { status, reason, changedAt });
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

function fromRow({ quotaGeneral, quotaSensitive, ...row }: ReleaseRow): Release {
  return { ...row, quota: { general: quotaGeneral, sensitive: quotaSensitive } };
}
