import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DeliveryManifestIssuedV1 } from '@hetao/events';
import type { Tx } from '@hetao/persistence';
import type { SignedManifest } from './manifest.js';

/** SQL: the columns of a SignedManifest. */
export const manifestColumns = `id, agreement_id AS "agreementId", product_id AS "productId", merchant_id AS "merchantId",
  buyer_id AS "buyerId", purpose, path, file, jws, issued_at AS "issuedAt"`;

/** Keeps what the exchange signed about files, and tells the log of each in the same transaction. */
@Injectable()
export class ManifestRepository {
  /** Keeps it; or returns the one that says the same of the same bytes already. */
  async keep(tx: Tx, manifest: SignedManifest): Promise<SignedManifest> {
    const { id, agreementId, productId, merchantId, buyerId, purpose, path, file, jws, issuedAt } = manifest;
    const fileHash = Buffer.from(file.sha256, 'hex');
    const kept = await tx.execute(
      `INSERT INTO delivery_manifests (id, agreement_id, product_id, merchant_id, buyer_id, purpose, path, file_hash, file,
         jws, issued_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
       ON CONFLICT (agreement_id, path, file_hash) DO NOTHING`,
      [id, agreementId, productId, merchantId, buyerId, purpose, path, fileHash, JSON.stringify(file), jws, issuedAt],
    );
    if (kept === 0) return this.#same(tx, manifest, fileHash);
    tx.append(DeliveryManifestIssuedV1, {
      ...{ manifestId: id, agreementId, productId, merchantId, buyerId, fileHash: file.sha256, size: file.size },
      manifestHash: createHash('sha256').update(jws).digest('hex'),
      issuedAt: issuedAt.toISOString(),
    });
    return manifest;
  }

  async #same(tx: Tx, { agreementId, path }: SignedManifest, fileHash: Buffer): Promise<SignedManifest> {
    const [known] = await tx.query<SignedManifest>(
      `SELECT ${manifestColumns} FROM delivery_manifests WHERE agreement_id = $1 AND path = $2 AND file_hash = $3`,
      [agreementId, path, fileHash],
    );
    if (known === undefined) throw new Error('A manifest that is in the way cannot be read.');
    return known;
  }
}
