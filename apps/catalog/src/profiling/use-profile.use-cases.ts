import { Injectable } from '@nestjs/common';
import { err, type DomainError, type Result } from '@hetao/kernel';
import { UnitOfWork } from '@hetao/persistence';
import { assertVersion, type CallerIdentity } from '@hetao/runtime';
import { MAX_FIELDS } from '../product/data-description.js';
import { productErrors } from '../product/product.errors.js';
import type { Product } from '../product/product.js';
import { ProductRepository } from '../product/product.repository.js';
import { ReviseProduct } from '../product/product.use-cases.js';
import { dictionaryFrom, qualityFrom } from './profile.draft.js';
import { profileErrors } from './profile.errors.js';
import type { ProfileResult } from './profile.result.js';
import { TakeFile } from './take-file.use-cases.js';

/** Writes what was found out about a file into the draft of a product: its dictionary and its figures of quality. */
@Injectable()
export class UseProfile {
  readonly #uow: UnitOfWork;
  readonly #files: TakeFile;
  readonly #products: ProductRepository;
  readonly #revise: ReviseProduct;

  constructor(uow: UnitOfWork, files: TakeFile, products: ProductRepository, revise: ReviseProduct) {
    this.#uow = uow;
    this.#files = files;
    this.#products = products;
    this.#revise = revise;
  }

  /**
   * @param revision of the product as it was read.
   * @throws DomainException VERSION_STALE when the product has changed since; PROFILE_UNKNOWN.
   */
  async execute(
    productId: string,
    { profileId, revision }: { readonly profileId: string; readonly revision: number },
    by: CallerIdentity,
  ): Promise<Result<Product, DomainError>> {
    const { state, result } = await this.#files.get(profileId, by);
    if (state !== 'completed') {
      return err(profileErrors.PROFILE_NOT_COMPLETED(`Profile ${profileId} is ${state}.`, { meta: { state } }));
    }
    const found = result as ProfileResult;
    if (found.columns.length > MAX_FIELDS) {
      const detail = `The file has ${found.columns.length} columns; a product describes at most ${MAX_FIELDS}.`;
      return err(profileErrors.PROFILE_TOO_WIDE(detail));
    }
    const product = await this.#uow.run((tx) => this.#products.load(tx, productId));
    if (product?.merchantId !== by.organisationId) {
      return err(productErrors.PRODUCT_UNKNOWN(`Your organisation has no product ${productId}.`));
    }
    // What is written was read at this very revision, or the revision below is refused.
    assertVersion(revision, product.revision);
    const changes = {
      fields: { fields: dictionaryFrom(found, product.fields) },
      sections: { quality: qualityFrom(found, product.card?.quality ?? []) },
    };
    return this.#revise.execute(productId, { revision, changes }, by);
  }
}
