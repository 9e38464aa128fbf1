import { defineTransitions, err, ok, type LocalizedText, type Result } from '@hetao/kernel';
import { checkDescription, type DataDescription } from './data-description.js';
import { productErrors, type ProductError } from './product.errors.js';

/** What can be traded: products, services and tools of the exchange's rules. */
export const productKinds = ['dataset', 'api', 'report', 'tool', 'model', 'compute'] as const;
export type ProductKind = (typeof productKinds)[number];

export type ProductStatus = 'draft' | 'submitted' | 'returned' | 'listed' | 'delisted';
export type ProductCommand = 'revise' | 'submit' | 'approve' | 'return' | 'delist';

/** The life of a product. A returned product must be revised before it can be submitted again. */
export const productTransitions = defineTransitions<ProductStatus, ProductCommand>({
  draft: { revise: 'draft', submit: 'submitted' },
  submitted: { approve: 'listed', return: 'returned' },
  returned: { revise: 'draft' },
  listed: { delist: 'delisted' },
  delisted: {},
}).assertReachable('draft');

/** What a merchant says about a product: the part that is reviewed. */
export interface ProductContent extends DataDescription {
  readonly name: LocalizedText;
  readonly description: LocalizedText;
  readonly kind: ProductKind;
  /** BCP 47 tags of the languages the data itself is in. */
  readonly languages: readonly string[];
}

/** A data product and where its listing stands. Times are instants (UTC). */
export interface Product extends ProductContent {
  readonly id: string;
  readonly merchantId: string;
  readonly status: ProductStatus;
  /** Counts what the merchant changed: agreements name the version they were made for. */
  readonly version: number;
  /** Counts every change of the row: the ETag. */
  readonly revision: number;
  readonly createdAt: Date;
  readonly submittedAt: Date | null;
  /** Subject of the person who submitted; he may not decide. */
  readonly submittedBy: string | null;
  readonly listedAt: Date | null;
  readonly listedBy: string | null;
  /** Why the reviewer gave it back; kept until it is submitted again. */
  readonly returnReason: string | null;
  readonly delistedAt: Date | null;
  readonly delistReason: string | null;
}

/** Who acts, as far as the rules of listing care. */
export interface Actor {
  readonly subject: string;
  readonly organisationId: string;
}

/** The outcome of a command; `changed` is false when it had already happened, so nothing is written or published. */
export interface ProductOutcome {
  readonly product: Product;
  readonly changed: boolean;
}

/** Starts a product of this merchant as a draft. */
export function draftProduct(input: {
  id: string;
  merchantId: string;
  content: ProductContent;
  at: Date;
}): Result<Product, ProductError> {
  const described = checkDescription(input.content);
  if (!described.ok) return described;
  return ok({
    ...input.content,
    id: input.id,
    merchantId: input.merchantId,
    status: 'draft',
    version: 1,
    revision: 1,
    createdAt: input.at,
    submittedAt: null,
    submittedBy: null,
    listedAt: null,
    listedBy: null,
    returnReason: null,
    delistedAt: null,
    delistReason: null,
  });
}

/** Changes what the merchant says; only while it is his: as a draft, or when it was returned to him. */
export function reviseProduct(
  product: Product,
  changes: Partial<ProductContent>,
): Result<ProductOutcome, ProductError> {
  if (!productTransitions.canTransition(product.status, 'revise')) return refuseTransition(product, 'revise');
  const revised: Product = { ...product, ...changes, status: 'draft', version: product.version + 1 };
  const described = checkDescription(revised);
  if (!described.ok) return described;
  return ok({ product: touched(revised), changed: true });
}

/** Hands the draft to review. The merchant must be able to list once it is approved. */
export function submitProduct(
  product: Product,
  input: { by: Actor; at: Date; merchantApproved: boolean },
): Result<ProductOutcome, ProductError> {
  if (product.status === 'submitted') return ok({ product, changed: false });
  if (!productTransitions.canTransition(product.status, 'submit')) return refuseTransition(product, 'submit');
  if (!input.merchantApproved) return refuseMerchant(product);
  const submitted: Product = {
    ...product,
    status: 'submitted',
    submittedAt: input.at,
    submittedBy: input.by.subject,
    returnReason: null,
  };
  return ok({ product: touched(submitted), changed: true });
}

/** Takes a listed product off the market. Agreements already made stand on their own. */
export function delistProduct(
  product: Product,
  input: { reason: string; at: Date },
): Result<ProductOutcome, ProductError> {
  if (product.status === 'delisted') return ok({ product, changed: false });
  if (!productTransitions.canTransition(product.status, 'delist')) return refuseTransition(product, 'delist');
  const delisted: Product = { ...product, status: 'delisted', delistedAt: input.at, delistReason: input.reason };
  return ok({ product: touched(delisted), changed: true });
}

/** True when people outside the merchant and the exchange may see the product. */
export function isPublic(product: Product): boolean {
  return product.status === 'listed' || product.status === 'delisted';
}

/** One more change of the row. */
export function touched(product: Product): Product {
  return { ...product, revision: product.revision + 1 };
}

/** The refusal every command shares, with what can be done instead. */
export function refuseTransition(product: Product, command: ProductCommand): Result<never, ProductError> {
  const accepted = productTransitions.commandsFrom(product.status);
  const instead = accepted.length === 0 ? 'nothing is possible any more' : `possible is ${accepted.join(', ')}`;
  return err(
    productErrors.PRODUCT_TRANSITION_REFUSED(
      `Product ${product.id} is ${product.status}; "${command}" is not possible, ${instead}.`,
      { meta: { status: product.status, accepted } },
    ),
  );
}

/** The refusal of a merchant who is not approved, or no longer. */
export function refuseMerchant(product: Product): Result<never, ProductError> {
  return err(
    productErrors.PRODUCT_MERCHANT_NOT_APPROVED(
      `Organisation ${product.merchantId} is not an approved merchant, so product ${product.id} cannot go on.`,
    ),
  );
}
