import { Inject, Injectable } from '@nestjs/common';
import { ProductDelistedV1, ProductDescribedV1, ProductListedV1 } from '@hetao/events';
import { err, ok, type Clock, type Result } from '@hetao/kernel';
import { UnitOfWork, type Tx } from '@hetao/persistence';
import { CLOCK } from '@hetao/runtime';
import { nextInstant } from '../history/history.repository.js';
import { mayActAs } from '../participant/participant.js';
import { ParticipantRepository } from '../participant/participant.repository.js';
import { reviewListing } from './listing-review.js';
import { productErrors, type ProductError } from './product.errors.js';
import { ProductRepository } from './product.repository.js';
import { delistProduct, submitProduct, type Actor, type Product, type ProductOutcome } from './product.js';

/** A step of a listing somebody asks for. Whether he may as a persona was decided at the door. */
export type ListingOrder =
  { readonly command: 'submit' | 'approve' } | { readonly command: 'return' | 'delist'; readonly reason: string };

/** Who asks; an operator acts on every merchant's products, others on their own. */
export interface ListingActor extends Actor {
  readonly personas: readonly string[];
}

/** Takes a product one step along its listing: submit, approve, return, delist. Repeating a step changes nothing. */
@Injectable()
export class ChangeListing {
  readonly #uow: UnitOfWork;
  readonly #products: ProductRepository;
  readonly #participants: ParticipantRepository;
  readonly #clock: Clock;

  constructor(
    uow: UnitOfWork,
    products: ProductRepository,
    participants: ParticipantRepository,
    @Inject(CLOCK) clock: Clock,
  ) {
    this.#uow = uow;
    this.#products = products;
    this.#participants = participants;
    this.#clock = clock;
  }

  execute(id: string, order: ListingOrder, by: ListingActor): Promise<Result<Product, ProductError>> {
    return this.#uow.runResult(async (tx) => {
      const before = await this.#load(tx, id, order, by);
      if (!before.ok) return before;
      const at = nextInstant(before.value.listedAt, this.#clock);
      const decided = decide(before.value, order, by, { at, merchantApproved: await this.#mayList(tx, before.value) });
      if (!decided.ok) return decided;
      const { product, changed } = decided.value;
      if (changed) {
        const reason = 'reason' in order ? order.reason : null;
        const from = before.value.status;
        await this.#products.update(tx, product, { command: order.command, from, at, by, reason });
        announce(tx, product, order, at);
      }
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

  /** Holds the merchant as he is until the commit, so that a suspension cannot slip in beside an approval. */
  async #mayList(tx: Tx, product: Product): Promise<boolean> {
    const merchant = await this.#participants.loadShared(tx, product.merchantId);
    return merchant !== null && mayActAs(merchant, 'merchant');
  }
}

function decide(
  product: Product,
  order: ListingOrder,
  by: Actor,
  facts: { at: Date; merchantApproved: boolean },
): Result<ProductOutcome, ProductError> {
  switch (order.command) {
    case 'submit':
      return submitProduct(product, { by, ...facts });
    case 'approve':
      return reviewListing(product, { command: order.command, by, ...facts });
    case 'return':
      return reviewListing(product, { command: order.command, by, at: facts.at, reason: order.reason });
    case 'delist':
      return delistProduct(product, { reason: order.reason, at: facts.at });
  }
}

function announce(tx: Tx, product: Product, order: ListingOrder, at: Date): void {
  const { id: productId, merchantId, name, kind, version } = product;
  if (order.command === 'approve') {
    // Before the listing: whoever hears that it is on sale already knows where the data lies.
    const { storedIn, subjectsIn, fields } = product;
    const description = { storedIn, subjectsIn: [...subjectsIn], fields: [...fields], describedAt: at.toISOString() };
    tx.append(ProductDescribedV1, { productId, merchantId, name, kind, version, ...description });
    tx.append(ProductListedV1, { productId, merchantId, name, kind, version, listedAt: at.toISOString() });
  }
  if (order.command === 'delist') {
    tx.append(ProductDelistedV1, { productId, merchantId, reason: order.reason, delistedAt: at.toISOString() });
  }
}
