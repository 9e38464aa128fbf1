import { Injectable } from '@nestjs/common';
import { err, ok, seesTenant, type Reader, type Result } from '@hetao/kernel';
import { UnitOfWork } from '@hetao/persistence';
import { writtenOn } from '../card/product-card.js';
import { differences } from '../review/content-diff.js';
import { toContentDto, toDraft } from '../product/product.dto.js';
import { productErrors, type ProductError } from '../product/product.errors.js';
import { ProductRepository } from '../product/product.repository.js';
import { DraftProduct, ReviseProduct } from '../product/product.use-cases.js';
import type { Actor, Product } from '../product/product.js';
import type { ListingFileError } from './listing-file.errors.js';
import { readListing, writeListing, type ListingFile } from './listing-file.format.js';

type Answer<T> = Promise<Result<T, ProductError | ListingFileError>>;

/** What an import came to. */
export interface Imported {
  readonly product: Product;
  readonly outcome: 'drafted' | 'revised' | 'unchanged';
}

/** A listing as a file: taken out, changed elsewhere, brought back. */
@Injectable()
export class ListingFiles {
  readonly #uow: UnitOfWork;
  readonly #products: ProductRepository;
  readonly #draft: DraftProduct;
  readonly #revise: ReviseProduct;

  constructor(uow: UnitOfWork, products: ProductRepository, draft: DraftProduct, revise: ReviseProduct) {
    this.#uow = uow;
    this.#products = products;
    this.#draft = draft;
    this.#revise = revise;
  }

  /** The product as `listing.yaml`; its merchant's and the exchange's alone. */
  async export(id: string, reader: Reader): Answer<string> {
    const product = await this.#uow.run((tx) => this.#products.load(tx, id));
    if (product === null || !seesTenant(reader, product.merchantId)) {
      return err(productErrors.PRODUCT_UNKNOWN(`There is no product ${id} that you may export.`));
    }
    return ok(writeListing(product));
  }

  /**
   * Brings a file back: to the product and revision it names, or as a new draft. A file that says what the product says
   * already changes nothing.
   *
   * @throws DomainException VERSION_STALE when the product has changed since the file was taken.
   */
  async import(source: string, by: Actor): Answer<Imported> {
    const read = readListing(source);
    if (!read.ok) return read;
    const { product: id, revision } = read.value;
    if (id === undefined || revision === undefined) {
      const drafted = await this.#draft.execute(toDraft(read.value.listing), by);
      return drafted.ok ? ok({ product: drafted.value, outcome: 'drafted' }) : drafted;
    }
    return this.#bringBack(id, revision, read.value, by);
  }

  async #bringBack(id: string, revision: number, file: ListingFile, by: Actor): Answer<Imported> {
    const present = await this.#uow.run((tx) => this.#products.load(tx, id));
    if (present?.merchantId !== by.organisationId) {
      return err(productErrors.PRODUCT_UNKNOWN(`Your organisation has no product ${id}.`));
    }
    const { card, storedIn = present.storedIn, ...fields } = toDraft(file.listing);
    const said = { ...fields, storedIn, card };
    if (differences(toContentDto(present), toContentDto(said)).length === 0) {
      return ok({ product: present, outcome: 'unchanged' });
    }
    // A file without a card takes none away: a listing does not leave the full review again.
    const sections = card === null ? null : writtenOn(null, card);
    const revised = await this.#revise.execute(
      id,
      { revision, changes: { fields: { ...fields, storedIn }, sections } },
      by,
    );
    return revised.ok ? ok({ product: revised.value, outcome: 'revised' }) : revised;
  }
}
