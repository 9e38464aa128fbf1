import { Injectable } from '@nestjs/common';
import type { Tx } from '@hetao/persistence';
import { HistoryRepository, type Change } from '../history/history.repository.js';
import { searchTextOf } from './product-search.js';
import { ProductRow } from './product.entity.js';
import type { Product } from './product.js';

/** Loads and saves products; every save leaves its line in the history. */
@Injectable()
export class ProductRepository {
  readonly #history: HistoryRepository;

  constructor(history: HistoryRepository) {
    this.#history = history;
  }

  /** The product, kept from changing under the caller's feet until the transaction ends. */
  load(tx: Tx, id: string): Promise<Product | null> {
    return tx.manager.findOne(ProductRow, { where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  async insert(tx: Tx, product: Product, change: Change): Promise<void> {
    await tx.manager.insert(ProductRow, toRow(product));
    await this.#history.add(tx, product, change);
  }

  async update(tx: Tx, product: Product, change: Change): Promise<void> {
    await tx.manager.update(ProductRow, { id: product.id }, toRow(product));
    await this.#history.add(tx, product, change);
  }
}

function toRow(product: Product): ProductRow {
  const { languages, subjectsIn, fields } = product;
  return {
    ...product,
    languages: [...languages],
    subjectsIn: [...subjectsIn],
    fields: [...fields],
    searchText: searchTextOf(product),
  };
}
