import { Inject, Injectable } from '@nestjs/common';
import { err, newId, ok, type Clock, type Result } from '@hetao/kernel';
import { UnitOfWork, type Tx } from '@hetao/persistence';
import { CLOCK } from '@hetao/runtime';
import { nextInstant } from '../history/history.repository.js';
import { ListingOutcome } from './listing-outcome.repository.js';
import { applyVersion, lastDecision } from './listing-standing.js';
import { productErrors, type ProductError } from './product.errors.js';
import { ProductRepository } from './product.repository.js';
import { contentOf, draftProduct, refuseTransition, type Actor, type Product } from './product.js';

/** Who acts when a version comes into effect by itself. */
const exchangeItself = { subject: 'catalog', organisationId: '' };

/** Drafts the next version of a listed product, and lets it take its place when its day has come. */
@Injectable()
export class NextVersion {
  readonly #uow: UnitOfWork;
  readonly #products: ProductRepository;
  readonly #outcome: ListingOutcome;
  readonly #clock: Clock;

  constructor(uow: UnitOfWork, products: ProductRepository, outcome: ListingOutcome, @Inject(CLOCK) clock: Clock) {
    this.#uow = uow;
    this.#products = products;
    this.#outcome = outcome;
    this.#clock = clock;
  }

  /** Begins the next version as a copy of the present one; of each product, one is on its way at a time. */
  draft(id: string, by: Actor): Promise<Result<Product, ProductError>> {
    return this.#uow.runResult(async (tx): Promise<Result<Product, ProductError>> => {
      const base = await this.#products.load(tx, id);
      if (base?.merchantId !== by.organisationId) {
        return err(productErrors.PRODUCT_UNKNOWN(`Your organisation has no product ${id}.`));
      }
      if (base.status !== 'listed' || base.card === null) return refuseTransition(base, 'revise');
      const underway = await this.#products.nextVersionOf(tx, id);
      if (underway !== undefined) {
        const detail = `The next version of ${id} is ${underway}.`;
        return err(productErrors.PRODUCT_VERSION_UNDERWAY(detail, { meta: { next: underway } }));
      }
      const at = this.#clock.now();
      const content = contentOf(base);
      const drafted = draftProduct({ id: newId('prd'), merchantId: base.merchantId, content, at, versionOf: id });
      if (!drafted.ok) return drafted;
      await this.#products.insert(tx, drafted.value, { command: 'draft', from: null, at, by, reason: id });
      return drafted;
    });
  }

  /** Lets a scheduled version take its place, if its day has come and the product is on the market. */
  apply(nextId: string): Promise<Result<Product | null, ProductError>> {
    return this.#uow.runResult(async (tx): Promise<Result<Product | null, ProductError>> => {
      const next = await this.#products.load(tx, nextId);
      if (next?.status !== 'scheduled' || next.versionOf === null) return ok(null);
      const product = await this.#products.load(tx, next.versionOf);
      if (product === null || product.status === 'suspended') return ok(null);
      const at = nextInstant(lastDecision(product), this.#clock);
      if (next.effectiveAt === null || next.effectiveAt > at) return ok(null);
      const applied = applyVersion(product, next, at);
      if (!applied.ok) return applied;
      return ok(await this.#merge(tx, applied.value, at));
    });
  }

  async #merge(tx: Tx, applied: { readonly product: Product; readonly next: Product }, at: Date): Promise<Product> {
    const deed = { command: 'apply', at, by: exchangeItself, reason: applied.next.id };
    const step = { from: 'listed' as const, at, findings: [], base: null };
    const product = await this.#outcome.settle(tx, applied.product, step);
    await this.#products.update(tx, applied.next, { ...deed, from: 'scheduled' });
    await this.#products.update(tx, product, { ...deed, from: 'listed' });
    return product;
  }
}
