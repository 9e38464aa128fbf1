import { Inject, Injectable } from '@nestjs/common';
import { err, newId, ok, type Clock, type Result } from '@hetao/kernel';
import { UnitOfWork } from '@hetao/persistence';
import { assertVersion, CLOCK } from '@hetao/runtime';
import { writtenOn } from '../card/product-card.js';
import { ParticipantRepository } from '../participant/participant.repository.js';
import { mixedScriptWord } from '../shared/look-alike.js';
import type { ContentChange, DraftContent } from './product-change.js';
import { productErrors, type ProductError } from './product.errors.js';
import { ProductRepository } from './product.repository.js';
import { draftProduct, reviseProduct, type Actor, type Product } from './product.js';

/** Starts a product as a draft of the caller's organisation. */
@Injectable()
export class DraftProduct {
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

  /** @param draft without a place of storage, the data lies where the merchant sits. */
  execute(draft: DraftContent, by: Actor): Promise<Result<Product, ProductError>> {
    return this.#uow.runResult(async (tx) => {
      const merchant = await this.#participants.loadShared(tx, by.organisationId);
      if (merchant === null || !merchant.roles.includes('merchant')) {
        return err(
          productErrors.PRODUCT_MERCHANT_UNKNOWN(`Organisation ${by.organisationId} is not registered as a merchant.`),
        );
      }
      const mixed = refuseMixedScripts(draft.name);
      if (mixed !== undefined) return mixed;
      const at = this.#clock.now();
      const content = { ...draft, storedIn: draft.storedIn ?? merchant.jurisdiction };
      const drafted = draftProduct({ id: newId('prd'), merchantId: merchant.id, content, at });
      if (!drafted.ok) return drafted;
      const product = drafted.value;
      await this.#products.insert(tx, product, { command: 'draft', from: null, at, by, reason: null });
      return ok(product);
    });
  }
}

/** Changes a draft, or a product that was returned, of the caller's organisation. */
@Injectable()
export class ReviseProduct {
  readonly #uow: UnitOfWork;
  readonly #products: ProductRepository;
  readonly #clock: Clock;

  constructor(uow: UnitOfWork, products: ProductRepository, @Inject(CLOCK) clock: Clock) {
    this.#uow = uow;
    this.#products = products;
    this.#clock = clock;
  }

  /**
   * @param edit the changes, and the revision they were made to: two people editing at once do not overwrite each other.
   * @throws DomainException VERSION_STALE when the product has changed since.
   */
  execute(
    id: string,
    edit: { readonly revision: number; readonly changes: ContentChange },
    by: Actor,
  ): Promise<Result<Product, ProductError>> {
    return this.#uow.runResult(async (tx) => {
      const before = await this.#products.load(tx, id);
      // Anybody else's product is as good as absent.
      if (before?.merchantId !== by.organisationId) {
        return err(productErrors.PRODUCT_UNKNOWN(`Your organisation has no product ${id}.`));
      }
      assertVersion(edit.revision, before.revision);
      const { fields, sections } = edit.changes;
      const mixed = fields.name === undefined ? undefined : refuseMixedScripts(fields.name);
      if (mixed !== undefined) return mixed;
      const changes = sections === null ? fields : { ...fields, card: writtenOn(before.card, sections) };
      const revised = reviseProduct(before, changes);
      if (!revised.ok) return revised;
      const { product } = revised.value;
      const at = this.#clock.now();
      await this.#products.update(tx, product, { command: 'revise', from: before.status, at, by, reason: null });
      return ok(product);
    });
  }
}

function refuseMixedScripts(name: Product['name']): Result<never, ProductError> | undefined {
  for (const [language, text] of Object.entries(name)) {
    const word = mixedScriptWord(text);
    if (word === undefined) continue;
    const detail = `"${word}" mixes letters of scripts that look alike.`;
    return err(productErrors.PRODUCT_NAME_MIXES_SCRIPTS(detail, { pointer: `/name/${language}` }));
  }
  return undefined;
}
