import { Injectable } from '@nestjs/common';
import { err, ok, type Result } from '@hetao/kernel';
import { UnitOfWork, type Tx } from '@hetao/persistence';
import type { ReviewStep } from '../review/review-steps.js';
import { submitProduct } from './hand-in.js';
import { ListingDesk, type Desk } from './listing-desk.repository.js';
import { ListingOutcome } from './listing-outcome.repository.js';
import { reviewListing } from './listing-review.js';
import { delistProduct, resumeProduct, suspendProduct } from './listing-standing.js';
import { productErrors, type ProductError } from './product.errors.js';
import { ProductRepository } from './product.repository.js';
import type { Actor, Product, ProductOutcome, Refusal } from './product.js';
import { planVersion } from './version-plan.js';

/** A step of a listing somebody asks for. Whether he may as a persona was decided at the door. */
export type ListingOrder =
  | { readonly command: 'submit' | 'approve' | 'resume' }
  | { readonly command: 'pass'; readonly step: ReviewStep; readonly note: string | null }
  | { readonly command: 'return' | 'suspend' | 'delist'; readonly reason: string }
  | { readonly command: 'refuse'; readonly refusal: Refusal };

/** Who asks; an operator acts on every merchant's products, others on their own. */
export interface ListingActor extends Actor {
  readonly personas: readonly string[];
}

/** Takes a product one step along its listing. Repeating a step changes nothing. */
@Injectable()
export class ChangeListing {
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

  execute(id: string, order: ListingOrder, by: ListingActor): Promise<Result<Product, ProductError>> {
    return this.#uow.runResult(async (tx): Promise<Result<Product, ProductError>> => {
      const before = await this.#load(tx, id, order, by);
      if (!before.ok) return before;
      const { status: from, versionOf } = before.value;
      const base = versionOf === null ? null : await this.#products.load(tx, versionOf);
      const desk = await this.#desk.of(tx, before.value);
      const decided = decide(before.value, order, by, { ...desk, base });
      if (!decided.ok) return decided;
      if (!decided.value.changed) return ok(decided.value.product);
      const { at, findings } = desk;
      const product = await this.#outcome.settle(tx, decided.value.product, { from, at, findings, base });
      await this.#products.update(tx, product, {
        command: order.command,
        from,
        at,
        by,
        reason: reasonOf(order, product),
      });
      return ok(product);
    });
  }

  async #load(tx: Tx, id: string, order: ListingOrder, by: ListingActor): Promise<Result<Product, ProductError>> {
    const product = await this.#products.load(tx, id);
    // Handing in is the merchant's alone; the other steps are the operator's, and delisting the merchant's as well.
    const mayAct =
      product?.merchantId === by.organisationId || (order.command !== 'submit' && by.personas.includes('operator'));
    if (product === null || !mayAct) {
      return err(productErrors.PRODUCT_UNKNOWN(`There is no product ${id} that you may ${order.command}.`));
    }
    return ok(product);
  }
}

function decide(
  product: Product,
  order: ListingOrder,
  by: Actor,
  desk: Desk & { readonly base: Product | null },
): Result<ProductOutcome, ProductError> {
  const { at } = desk;
  switch (order.command) {
    case 'submit':
      return submitProduct(product, { by, ...desk });
    case 'pass':
      return reviewListing(product, { ...order, by, at });
    case 'return':
      return reviewListing(product, { command: 'return', reason: order.reason, by, at });
    case 'refuse':
      return reviewListing(product, { ...order, by, at });
    case 'approve': {
      const noticeMs = desk.base === null ? 0 : planVersion(desk.base, product).noticeMs;
      const effectiveAt = new Date(at.getTime() + noticeMs);
      return reviewListing(product, { command: 'approve', by, effectiveAt, ...desk });
    }
    case 'suspend':
      return suspendProduct(product, { reason: order.reason, at });
    case 'resume':
      return resumeProduct(product, desk);
    case 'delist':
      return delistProduct(product, { reason: order.reason, at });
  }
}

function reasonOf(order: ListingOrder, { refusal }: Product): string | null {
  if ('reason' in order) return order.reason;
  if ('note' in order) return order.note === null ? order.step : `${order.step}: ${order.note}`;
  return refusal === null ? null : `${refusal.article}: ${refusal.reason}`;
}
