import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@hetao/kernel';
import { UnitOfWork, type Tx } from '@hetao/persistence';
import { CLOCK, Jobs } from '@hetao/runtime';
import type { Product } from '../product/product.js';
import { ProductIndex } from '../product/product-index.port.js';
import { termsOf } from './language/terms.js';
import { SearchIndexRepository } from './search-index.repository.js';
import { factsOf, readableOf } from './search-facts.js';

const TURN_MS = 30_000;
/** One turn of making stale documents anew. */
const BATCH = 200;

/** Keeps the index equal to the products: in the transaction that changes one, and by and by where offers run out. */
@Injectable()
export class SearchIndex extends ProductIndex {
  readonly #uow: UnitOfWork;
  readonly #rows: SearchIndexRepository;
  readonly #clock: Clock;

  constructor(uow: UnitOfWork, rows: SearchIndexRepository, @Inject(CLOCK) clock: Clock, jobs: Jobs) {
    super();
    this.#uow = uow;
    this.#rows = rows;
    this.#clock = clock;
    const work = (): Promise<unknown> => this.renewStale();
    jobs.every({
      name: 'catalog: stale documents of the search index',
      intervalMs: TURN_MS,
      atOnce: true,
      alone: true,
      work,
    });
  }

  async put(tx: Tx, product: Product): Promise<void> {
    // A next version under review is no product of its own: it becomes findable when it takes the place of the present one.
    if (product.versionOf !== null) return;
    const merchant = await this.#rows.merchant(tx, product.merchantId);
    const offers = await this.#rows.offers(tx, product.id, this.#clock.now());
    await this.#rows.save(tx, factsOf(product, merchant, offers), termsOf(readableOf(product, merchant)));
  }

  /** As {@link put}, for who knows of a product only that something about it has changed; unknown products are nothing. */
  async renew(tx: Tx, productId: string): Promise<void> {
    const product = await this.#rows.product(tx, productId);
    if (product !== undefined) await this.put(tx, product);
  }

  /** Makes documents anew that are missing, old in their making, or tell of offers that have ended. */
  async renewStale(): Promise<void> {
    for (let renewed = BATCH; renewed === BATCH;) {
      const stale = await this.#uow.run((tx) => this.#rows.stale(tx, this.#clock.now(), BATCH));
      for (const id of stale) await this.#uow.run((tx) => this.renew(tx, id));
      renewed = stale.length;
    }
  }
}
