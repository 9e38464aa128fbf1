import { defineTransitions, err, ok, type LocalizedText, type Result } from '@hetao/kernel';
import { cardFaults } from '../card/card-faults.js';
import type { ProductCard } from '../card/product-card.js';
import type { PassedStep } from '../review/review-steps.js';
import { checkDescription, type DataDescription } from './data-description.js';
import { productErrors, type ProductError } from './product.errors.js';

/** What can be traded: products, services and tools of the exchange's rules. */
export const productKinds = ['dataset', 'api', 'report', 'tool', 'model', 'compute'] as const;
export type ProductKind = (typeof productKinds)[number];

export type ProductStatus =
  | 'draft'
  | 'submitted'
  | 'source_check'
  | 'quality_check'
  | 'legal_review'
  | 'exchange_review'
  | 'returned'
  | 'refused'
  | 'listed'
  | 'suspended'
  | 'delisted'
  | 'scheduled'
  | 'merged';
export type ProductCommand =
  | 'revise'
  | 'submit'
  | 'pass'
  | 'approve'
  | 'return'
  | 'refuse'
  | 'suspend'
  | 'resume'
  | 'delist'
  | 'withdraw'
  | 'apply';

/** Given back to be mended, or refused for good, from wherever the review stands. */
const decided = { return: 'returned', refuse: 'refused' } as const;

/**
 * The life of a product. A product with a card goes through every step of the review; one without (a basic listing)
 * waits as `submitted` for one decision. A next version of a listed product is reviewed as a row of its own and ends as
 * `scheduled`, then `merged`: its content has become the listed product's.
 */
export const productTransitions = defineTransitions<ProductStatus, ProductCommand>({
  draft: {
    revise: 'draft',
    submit: ['submitted', 'source_check', 'quality_check', 'refused'],
  },
  submitted: { approve: 'listed', ...decided },
  source_check: { pass: 'quality_check', ...decided },
  quality_check: { pass: 'legal_review', ...decided },
  legal_review: { pass: 'exchange_review', ...decided },
  exchange_review: { approve: ['listed', 'scheduled'], ...decided },
  returned: { revise: 'draft' },
  refused: {},
  listed: { suspend: 'suspended', delist: 'delisted' },
  suspended: { resume: 'listed', delist: 'delisted' },
  delisted: {},
  scheduled: { apply: 'merged', withdraw: 'delisted' },
  merged: {},
}).assertReachable('draft');

/** What a merchant says about a product: the part that is reviewed. */
export interface ProductContent extends DataDescription {
  readonly name: LocalizedText;
  readonly description: LocalizedText;
  readonly kind: ProductKind;
  /** BCP 47 tags of the languages the data itself is in. */
  readonly languages: readonly string[];
  /** Everything else its page tells; null for a basic listing. */
  readonly card: ProductCard | null;
}

/** Why a product was refused for good. */
export interface Refusal {
  readonly article: string;
  readonly reason: string;
  readonly pointer: string | null;
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
  /** How often it was handed in. */
  readonly submissions: number;
  /** The steps of the review it has passed since it was handed in. */
  readonly passed: readonly PassedStep[];
  readonly listedAt: Date | null;
  readonly listedBy: string | null;
  /** Why the reviewer gave it back; kept until it is submitted again. */
  readonly returnReason: string | null;
  readonly refusal: Refusal | null;
  readonly suspendedAt: Date | null;
  readonly suspendReason: string | null;
  readonly delistedAt: Date | null;
  readonly delistReason: string | null;
  readonly certificateNumber: string | null;
  /** Last day of the listing certificate, ISO 8601. */
  readonly certificateUntil: string | null;
  /** The listed product this row is the next version of; null for a product itself. */
  readonly versionOf: string | null;
  /** When the next version takes the place of the present one. */
  readonly effectiveAt: Date | null;
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
  versionOf?: string;
}): Result<Product, ProductError> {
  const checked = checkContent(input.content);
  if (!checked.ok) return checked;
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
    submissions: 0,
    passed: [],
    listedAt: null,
    listedBy: null,
    returnReason: null,
    refusal: null,
    suspendedAt: null,
    suspendReason: null,
    delistedAt: null,
    delistReason: null,
    certificateNumber: null,
    certificateUntil: null,
    versionOf: input.versionOf ?? null,
    effectiveAt: null,
  });
}

/** Changes what the merchant says; only while it is his: as a draft, or when it was returned to him. */
export function reviseProduct(
  product: Product,
  changes: Partial<ProductContent>,
): Result<ProductOutcome, ProductError> {
  if (!productTransitions.canTransition(product.status, 'revise')) return refuseTransition(product, 'revise');
  const revised: Product = { ...product, ...changes, status: 'draft', version: product.version + 1 };
  const checked = checkContent(revised);
  if (!checked.ok) return checked;
  return ok({ product: touched(revised), changed: true });
}

/** What the merchant says of a product, without where its listing stands. */
export function contentOf(product: ProductContent): ProductContent {
  const { name, description, kind, languages, storedIn, subjectsIn, fields, geneUse, card } = product;
  return { name, description, kind, languages, storedIn, subjectsIn, fields, geneUse, card };
}

/** True when people outside the merchant and the exchange may see the product. */
export function isPublic({ status, versionOf }: Product): boolean {
  return versionOf === null && (status === 'listed' || status === 'suspended' || status === 'delisted');
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

function checkContent(content: ProductContent): Result<ProductContent, ProductError> {
  const described = checkDescription(content);
  if (!described.ok) return described;
  const items = content.card === null ? [] : cardFaults(content.card, '/card');
  if (items.length === 0) return ok(content);
  return err(productErrors.PRODUCT_CARD_CONTRADICTS(items[0]?.detail ?? '', { pointer: '/card', items }));
}
