import { Injectable } from '@nestjs/common';
import type { Tx } from '@hetao/persistence';
import type { Mechanism } from '@hetao/learning';
import type { Entry, PrivacyLedger, Spender } from './privacy-ledger.js';

/** A ledger with whose it is. */
export interface HeldLedger extends PrivacyLedger {
  readonly projectId: string;
  readonly datasetVersionId: string;
  /** Who spends. */
  readonly granteeOrganisationId: string;
  /** Who keeps the data. */
  readonly ownerOrganisationId: string;
  readonly openedAt: Date;
}

type LedgerRow = Omit<HeldLedger, 'entries'>;
interface EntryRow extends Omit<Entry, 'spender' | 'mechanism'> {
  readonly spender: Spender;
  readonly mechanism: Mechanism;
}

export const LEDGER_COLUMNS = `id, project_id AS "projectId", dataset_version_id AS "datasetVersionId",
  grantee_organisation_id AS "granteeOrganisationId", owner_organisation_id AS "ownerOrganisationId",
  epsilon_cap AS "epsilonCap", delta, opened_at AS "openedAt"`;
export const ENTRY_COLUMNS = 'spender, spender_id AS "spenderId", mechanism, reserved, charged';

/** Ledgers in their tables. Whoever changes one holds its row: two spenders cannot both take the last of a budget. */
@Injectable()
export class PrivacyLedgerRepository {
  async lock(tx: Tx, id: string): Promise<HeldLedger | null> {
    const [row] = await tx.query<LedgerRow>(`SELECT ${LEDGER_COLUMNS} FROM privacy_ledgers WHERE id = $1 FOR UPDATE`, [
      id,
    ]);
    if (row === undefined) return null;
    const entries = await tx.query<EntryRow>(
      `SELECT ${ENTRY_COLUMNS} FROM privacy_entries WHERE ledger_id = $1 ORDER BY spender, spender_id`,
      [id],
    );
    return { ...row, entries };
  }

  /** The ledger there is, or this one. */
  async openOnce(tx: Tx, ledger: LedgerRow): Promise<HeldLedger> {
    await tx.execute(
      `INSERT INTO privacy_ledgers
         (id, project_id, dataset_version_id, grantee_organisation_id, owner_organisation_id, epsilon_cap, delta, opened_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (project_id, dataset_version_id) DO NOTHING`,
      [
        ledger.id,
        ledger.projectId,
        ledger.datasetVersionId,
        ledger.granteeOrganisationId,
        ledger.ownerOrganisationId,
        ledger.epsilonCap,
        ledger.delta,
        ledger.openedAt,
      ],
    );
    const [found] = await tx.query<{ id: string }>(
      'SELECT id FROM privacy_ledgers WHERE project_id = $1 AND dataset_version_id = $2',
      [ledger.projectId, ledger.datasetVersionId],
    );
    return (await this.lock(tx, found?.id ?? ledger.id)) ?? { ...ledger, entries: [] };
  }

  async put(tx: Tx, ledgerId: string, entry: Entry): Promise<void> {
    await tx.execute(
      `INSERT INTO privacy_entries (ledger_id, spender, spender_id, mechanism, reserved, charged)
       VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (ledger_id, spender, spender_id) DO UPDATE SET reserved = $5, charged = $6`,
      [ledgerId, entry.spender, entry.spenderId, JSON.stringify(entry.mechanism), entry.reserved, entry.charged],
    );
  }
}
