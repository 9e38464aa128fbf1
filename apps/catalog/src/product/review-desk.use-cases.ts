import { Injectable } from '@nestjs/common';
import { err, ok, seesTenant, type Reader, type Result } from '@hetao/kernel';
import { UnitOfWork, type Tx } from '@hetao/persistence';
import type { ReviewComment } from '../comment/comment.js';
import { leadsSomewhere } from '../comment/comment.js';
import { commentErrors, type CommentError } from '../comment/comment.errors.js';
import { CommentRepository } from '../comment/comment.repository.js';
import { differences } from '../review/content-diff.js';
import { ListingDesk } from './listing-desk.repository.js';
import type { ReviewViewDto } from './listing-review.dto.js';
import { toProductDto } from './product.dto.js';
import { productErrors, type ProductError } from './product.errors.js';
import { ProductRepository } from './product.repository.js';
import type { Product } from './product.js';
import { lastTwoSubmissions } from './submission.repository.js';

/** Who looks at a review or writes in it. */
export interface DeskReader extends Reader {
  readonly subject: string;
}

/** What merchant and reviewer see and say of a review while it goes on: findings, changes, comments and answers. */
@Injectable()
export class ReviewDesk {
  readonly #uow: UnitOfWork;
  readonly #products: ProductRepository;
  readonly #desk: ListingDesk;
  readonly #comments: CommentRepository;

  constructor(uow: UnitOfWork, products: ProductRepository, desk: ListingDesk, comments: CommentRepository) {
    this.#uow = uow;
    this.#products = products;
    this.#desk = desk;
    this.#comments = comments;
  }

  /** What the checks say today, and what changed since the hand-in before. */
  view(id: string, reader: Reader): Promise<Result<ReviewViewDto, ProductError>> {
    return this.#uow.runResult(async (tx): Promise<Result<ReviewViewDto, ProductError>> => {
      const product = await this.#visible(tx, id, reader);
      if (!product.ok) return product;
      const { findings } = await this.#desk.of(tx, product.value);
      const [last, before] = await lastTwoSubmissions(tx, id);
      return ok({
        findings: findings.map((finding) => ({ ...finding })),
        submission: last?.number ?? 0,
        changes: last === undefined || before === undefined ? [] : [...differences(before.content, last.content)],
        waiting_since: product.value.submittedAt?.toISOString() ?? null,
      });
    });
  }

  async comments(id: string, reader: Reader): Promise<Result<readonly ReviewComment[], ProductError>> {
    const product = await this.#uow.run((tx) => this.#visible(tx, id, reader));
    return product.ok ? ok(await this.#comments.of(id)) : product;
  }

  /** Writes a comment at one place of the product. Who reviews is another organisation's. */
  comment(
    id: string,
    { pointer, text }: { readonly pointer: string; readonly text: string },
    by: DeskReader,
  ): Promise<Result<ReviewComment, ProductError | CommentError>> {
    return this.#uow.runResult(async (tx): Promise<Result<ReviewComment, ProductError | CommentError>> => {
      const product = await this.#visible(tx, id, by);
      if (!product.ok) return product;
      if (product.value.merchantId === by.organisationId) {
        return err(productErrors.PRODUCT_FOUR_EYES(`${by.subject} may not comment on his own product ${id}.`));
      }
      if (!leadsSomewhere(pointer, toProductDto(product.value))) {
        const detail = `Product ${id} has nothing at "${pointer}".`;
        return err(commentErrors.COMMENT_BESIDE_NOTHING(detail, { pointer: '/pointer' }));
      }
      return this.#comments.write(tx, { aggregateId: id, pointer, text, writtenBy: by.subject });
    });
  }

  /** Answers a comment; the merchant's alone. */
  answer(
    id: string,
    reply: { readonly id: string; readonly answer: string },
    by: DeskReader,
  ): Promise<Result<ReviewComment, ProductError | CommentError>> {
    return this.#uow.runResult(async (tx): Promise<Result<ReviewComment, ProductError | CommentError>> => {
      const product = await this.#products.load(tx, id);
      if (product?.merchantId !== by.organisationId) {
        return err(productErrors.PRODUCT_UNKNOWN(`Your organisation has no product ${id}.`));
      }
      return this.#comments.answer(tx, id, { ...reply, by: by.subject });
    });
  }

  async #visible(tx: Tx, id: string, reader: Reader): Promise<Result<Product, ProductError>> {
    const product = await this.#products.load(tx, id);
    if (product !== null && seesTenant(reader, product.merchantId)) return ok(product);
    return err(productErrors.PRODUCT_UNKNOWN(`There is no product ${id} whose review you may see.`));
  }
}
