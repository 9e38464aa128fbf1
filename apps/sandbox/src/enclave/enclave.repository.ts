import { Injectable } from '@nestjs/common';
import type { Tx } from '@hetao/persistence';
import { DEFAULT_PREDICTIONS, type DatasetVersion, type Enclave } from './enclave.js';

const ENCLAVE = `SELECT id, product_id AS "productId", custodian_id AS "custodianId", name, data_class AS "dataClass", origin,
  is_synthetic AS "isSynthetic", min_patients AS "minPatients",
  jsonb_build_object('predictions', ${DEFAULT_PREDICTIONS}) || terms AS terms FROM enclaves`;
const VERSION = `SELECT id, enclave_id AS "enclaveId", version, patients, content_hash AS "contentHash", tables
  FROM dataset_versions`;

/** Rows of enclaves and of what was admitted to them. */
@Injectable()
export class EnclaveRepository {
  async find(tx: Tx, id: string): Promise<Enclave | null> {
    const [row] = await tx.query<Enclave>(`${ENCLAVE} WHERE id = $1`, [id]);
    return row ?? null;
  }

  /** Locks it, so that two admissions of one enclave come one after the other. */
  async load(tx: Tx, id: string): Promise<Enclave | null> {
    const [row] = await tx.query<Enclave>(`${ENCLAVE} WHERE id = $1 FOR UPDATE`, [id]);
    return row ?? null;
  }

  /** Those of a custodian, those a buyer has an agreement on, or all for null. */
  list(tx: Tx, organisationId: string | null, afterId: string, limit: number): Promise<Enclave[]> {
    return tx.query<Enclave>(
      `${ENCLAVE} WHERE id > $1 AND ($2::text IS NULL OR custodian_id = $2 OR product_id IN
         (SELECT product_id FROM compute_licences WHERE buyer_id = $2)) ORDER BY id LIMIT $3`,
      [afterId, organisationId, limit],
    );
  }

  async isOpenTo(tx: Tx, enclave: Enclave, organisationId: string): Promise<boolean> {
    if (enclave.custodianId === organisationId) return true;
    const rows = await tx.query('SELECT 1 FROM compute_licences WHERE buyer_id = $1 AND product_id = $2 LIMIT 1', [
      ...[organisationId, enclave.productId],
    ]);
    return rows.length > 0;
  }

  async insert(tx: Tx, enclave: Enclave, by: { readonly subject: string; readonly at: Date }): Promise<boolean> {
    const { id, productId, custodianId, name, dataClass, origin, isSynthetic, minPatients, terms } = enclave;
    const touched = await tx.execute(
      `INSERT INTO enclaves (id, product_id, custodian_id, name, data_class, origin, is_synthetic, min_patients, terms,
         created_at, created_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT DO NOTHING`,
      [id, productId, custodianId, name, dataClass, origin, isSynthetic, minPatients, terms, by.at, by.subject],
    );
    return touched > 0;
  }

  async newestVersion(tx: Tx, enclaveId: string): Promise<DatasetVersion | null> {
    const [row] = await tx.query<DatasetVersion>(`${VERSION} WHERE enclave_id = $1 ORDER BY version DESC LIMIT 1`, [
      enclaveId,
    ]);
    return row ?? null;
  }

  async version(tx: Tx, id: string): Promise<DatasetVersion | null> {
    const [row] = await tx.query<DatasetVersion>(`${VERSION} WHERE id = $1`, [id]);
    return row ?? null;
  }

  async insertVersion(
    tx: Tx,
    { id, enclaveId, version, patients, contentHash, tables }: DatasetVersion,
    by: { readonly subject: string; readonly at: Date; readonly card: object },
  ): Promise<void> {
    await tx.execute(
      `INSERT INTO dataset_versions (id, enclave_id, version, patients, content_hash, tables, card, admitted_at, admitted_by)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [id, enclaveId, version, patients, contentHash, JSON.stringify(tables), by.card, by.at, by.subject],
    );
  }
}
