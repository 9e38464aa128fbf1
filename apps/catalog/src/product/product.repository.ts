import { Injectable } from '@nestjs/common';
import type { Tx } from '@hetao/persistence';
import { HistoryRepository, type Change } from '../history/history.repository.js';
import { ProductIndex } from './product-index.port.js';
import { ProductRow } from './product.entity.js';
import type { Product } from './product.js';

/** Loads and saves products; every save leaves its line in the history and reaches the search. */
@Injectable()
export class ProductRepository {
  readonly #history: HistoryRepository;
  readonly #index: ProductIndex;

  constructor(history: HistoryRepository, index: ProductIndex) {
    this.#history = history;
    this.#index = index;
  }

  /** The product, kept from changing under the caller's feet until the transaction ends. */
  load(tx: Tx, id: string): Promise<Product | null> {
    return tx.manager.findOne(ProductRow, { where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  async insert(tx: Tx, product: Product, change: Change): Promise<void> {
    await tx.manager.insert(ProductRow, toRow(product));
    await this.#kept(tx, product, change);
  }

  async update(tx: Tx, product: Product, change: Change): Promise<void> {
    await tx.manager.update(ProductRow, { id: product.id }, toRow(product));
    await this.#kept(tx, product, change);
  }

  /** The next version of a product that is still on its way, if there is one. */
  async nextVersionOf(tx: Tx, id: string): Promise<string | undefined> {
    const [row] = await tx.query<{ id: string }>(
      `SELECT id FROM products WHERE version_of = $1 AND status NOT IN ('merged', 'refused', 'delisted')`,
      [id],
    );
    return row?.id;
  }

  async #kept(tx: Tx, product: Product, change: Change): Promise<void> {
    await this.#history.add(tx, product, change);
    await this.#index.put(tx, product);
  }
}

function toRow(product: Product): ProductRow {
  const { languages, subjectsIn, fields, passed } = product;
  return {
    ...product,
    languages: [...languages],
    subjectsIn: [...subjectsIn],
    fields: [...fields],
    passed: [...passed],
  };
}
