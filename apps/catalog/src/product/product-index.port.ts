import type { Tx } from '@hetao/persistence';
import type { Product } from './product.js';

/** Where products are found. A port, because who writes products need not know how they are searched. */
export abstract class ProductIndex {
  /** Makes the product findable as it is now, in the transaction that changed it; whom it is shown to is its status. */
  abstract put(tx: Tx, product: Product): Promise<void>;
}
