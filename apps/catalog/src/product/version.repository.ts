import { Injectable } from '@nestjs/common';
import { ProductVersionAnnouncedV1 } from '@hetao/events';
import type { Tx } from '@hetao/persistence';
import type { Product } from './product.js';
import { toContentDto } from './product.dto.js';
import { planVersion } from './version-plan.js';

/** Keeps every version that was on the market, and the one that is coming, for whoever bought any of them. */
@Injectable()
export class VersionRepository {
  /** Keeps what is on the market now, unless this version was announced or was there before. */
  async keep(tx: Tx, product: Product, at: Date): Promise<void> {
    await this.#insert(tx, product, { id: product.id, version: product.version, changes: [], breaking: false }, [
      at,
      at,
    ]);
  }

  /** Announces the next version of a product to those who use the present one. */
  async schedule(tx: Tx, base: Product, next: Product, at: Date): Promise<void> {
    const { changes, breaking } = planVersion(base, next);
    const effectiveAt = next.effectiveAt ?? at;
    const version = base.version + 1;
    await this.#insert(tx, next, { id: base.id, version, changes, breaking }, [at, effectiveAt]);
    tx.append(ProductVersionAnnouncedV1, {
      productId: base.id,
      merchantId: base.merchantId,
      version,
      compatibility: breaking ? 'breaking' : 'compatible',
      changes: changes.length,
      announcedAt: at.toISOString(),
      effectiveAt: effectiveAt.toISOString(),
    });
  }

  /** Takes back the announcement of a version that is not coming. */
  async withdraw(tx: Tx, productId: string, at: Date): Promise<void> {
    await tx.execute('DELETE FROM product_versions WHERE product_id = $1 AND effective_at > $2', [productId, at]);
  }

  async #insert(
    tx: Tx,
    content: Product,
    { id, version, changes, breaking }: { id: string; version: number; changes: readonly object[]; breaking: boolean },
    [announcedAt, effectiveAt]: readonly [Date, Date],
  ): Promise<void> {
    await tx.execute(
      `INSERT INTO product_versions (product_id, version, content, changes, breaking, announced_at, effective_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (product_id, version) DO NOTHING`,
      [id, version, JSON.stringify(toContentDto(content)), JSON.stringify(changes), breaking, announcedAt, effectiveAt],
    );
  }
}
