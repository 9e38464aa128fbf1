import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@hetao/kernel';
import { UnitOfWork, type Tx } from '@hetao/persistence';
import { CLOCK } from '@hetao/runtime';
import { lapses } from '../product/lapse.js';
import { ListingDesk } from '../product/listing-desk.repository.js';
import { ListingOutcome } from '../product/listing-outcome.repository.js';
import { suspendProduct } from '../product/listing-standing.js';
import { ProductRepository } from '../product/product.repository.js';
import { exchangeDay } from '../shared/exchange-day.js';

/** Most listings one turn looks at; the rest is the next turn's. */
const BATCH = 200;

/** Who acts when something ran out by itself. */
const exchangeItself = { subject: 'catalog', organisationId: '' };

/** Suspends listings that stand on something that ran out: an upstream right, a paper, a certificate. */
@Injectable()
export class SuspendLapsed {
  readonly #uow: UnitOfWork;
  readonly #products: ProductRepository;
  readonly #desk: ListingDesk;
  readonly #outcome: ListingOutcome;

  constructor(uow: UnitOfWork, products: ProductRepository, desk: ListingDesk, outcome: ListingOutcome) {
    this.#uow = uow;
    this.#products = products;
    this.#desk = desk;
    this.#outcome = outcome;
  }

  /** @returns whether the listing was suspended. */
  execute(id: string): Promise<boolean> {
    return this.#uow.run(async (tx) => {
      const product = await this.#products.load(tx, id);
      if (product?.status !== 'listed') return false;
      const { at, findings } = await this.#desk.of(tx, product);
      const why = lapses(product, findings, exchangeDay(at));
      if (why.length === 0) return false;
      const reason = why.join(' ').slice(0, 500);
      const suspended = suspendProduct(product, { reason, at });
      if (!suspended.ok) return false;
      const step = { from: product.status, at, findings, base: null };
      const settled = await this.#outcome.settle(tx, suspended.value.product, step);
      const deed = { command: 'suspend', from: product.status, at, by: exchangeItself, reason };
      await this.#products.update(tx, settled, deed);
      return true;
    });
  }
}

/** Finds what may have run out, or is due; whether it has is decided with the row held. */
@Injectable()
export class UpkeepList {
  readonly #uow: UnitOfWork;
  readonly #clock: Clock;

  constructor(uow: UnitOfWork, @Inject(CLOCK) clock: Clock) {
    this.#uow = uow;
    this.#clock = clock;
  }

  /** Listings whose certificate ended, or its merchant's: it never outlives the rights and papers under it. */
  lapsed(): Promise<readonly string[]> {
    return this.#uow.run((tx) =>
      ids(
        tx,
        `SELECT p.id FROM products p JOIN participants m ON m.id = p.merchant_id
         WHERE p.status = 'listed' AND (p.certificate_until < $1 OR p.card IS NOT NULL AND m.certificate_until < $1)
         ORDER BY p.id LIMIT ${BATCH}`,
        exchangeDay(this.#clock.now()),
      ),
    );
  }

  /** Next versions whose day has come, for products that are on the market. */
  due(): Promise<readonly string[]> {
    return this.#uow.run((tx) =>
      ids(
        tx,
        `SELECT n.id FROM products n JOIN products p ON p.id = n.version_of
         WHERE n.status = 'scheduled' AND n.effective_at <= $1 AND p.status = 'listed'
         ORDER BY n.effective_at LIMIT ${BATCH}`,
        this.#clock.now(),
      ),
    );
  }
}

async function ids(tx: Tx, sql: string, at: string | Date): Promise<readonly string[]> {
  const rows = await tx.query<{ id: string }>(sql, [at]);
  return rows.map(({ id }) => id);
}
