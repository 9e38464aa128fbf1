import { Inject, Injectable } from '@nestjs/common';
import { err, ok, type Clock, type Result } from '@hetao/kernel';
import { UnitOfWork } from '@hetao/persistence';
import { CLOCK } from '@hetao/runtime';
import { productErrors, type ProductError } from '../product/product.errors.js';

/** A refresh that was delivered, and when it had been promised; null for the first, and where nothing is promised. */
export interface Refresh {
  readonly deliveredAt: Date;
  readonly dueAt: Date | null;
}

/** How many of the last refreshes a page shows. */
const SHOWN = 30;

/** Records refreshes of products and holds them against the promised cadence: measured, not claimed. */
@Injectable()
export class RefreshRecord {
  readonly #uow: UnitOfWork;
  readonly #clock: Clock;

  constructor(uow: UnitOfWork, @Inject(CLOCK) clock: Clock) {
    this.#uow = uow;
    this.#clock = clock;
  }

  /** The merchant delivered a refresh now. The next is due one promised period after the one before. */
  record(
    productId: string,
    by: { readonly subject: string; readonly organisationId: string },
  ): Promise<Result<Refresh, ProductError>> {
    return this.#uow.runResult(async (tx): Promise<Result<Refresh, ProductError>> => {
      const [product] = await tx.query<{ every: string | null }>(
        `SELECT card #>> '{refresh,every}' AS every FROM products
         WHERE id = $1 AND merchant_id = $2 AND status = 'listed' FOR UPDATE`,
        [productId, by.organisationId],
      );
      if (product === undefined) {
        return err(productErrors.PRODUCT_UNKNOWN(`Your organisation has no listed product ${productId}.`));
      }
      const [refresh] = await tx.query<Refresh>(
        `INSERT INTO product_refreshes (product_id, delivered_at, due_at, recorded_by)
         VALUES ($1, $2, (SELECT max(delivered_at) FROM product_refreshes WHERE product_id = $1) + $3::interval, $4)
         ON CONFLICT (product_id, delivered_at) DO UPDATE SET recorded_by = product_refreshes.recorded_by
         RETURNING delivered_at AS "deliveredAt", due_at AS "dueAt"`,
        [productId, this.#clock.now(), product.every, by.subject],
      );
      return ok(refresh ?? { deliveredAt: this.#clock.now(), dueAt: null });
    });
  }

  /** The last refreshes of a product, newest first. */
  last(productId: string): Promise<readonly Refresh[]> {
    return this.#uow.run((tx) =>
      tx.query<Refresh>(
        `SELECT delivered_at AS "deliveredAt", due_at AS "dueAt" FROM product_refreshes
         WHERE product_id = $1 ORDER BY delivered_at DESC LIMIT ${SHOWN}`,
        [productId],
      ),
    );
  }
}
