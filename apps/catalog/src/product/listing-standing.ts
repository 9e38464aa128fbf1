import { ok, type Result } from '@hetao/kernel';
import type { Finding } from '../review/finding.js';
import { refuseFindings } from './hand-in.js';
import type { ProductError } from './product.errors.js';
import {
  contentOf,
  productTransitions,
  refuseMerchant,
  refuseTransition,
  touched,
  type Product,
  type ProductOutcome,
} from './product.js';

/** Takes a listed product off the market for a while: nothing new is sold of it until it is resumed. */
export function suspendProduct(
  product: Product,
  input: { reason: string; at: Date },
): Result<ProductOutcome, ProductError> {
  if (product.status === 'suspended') return ok({ product, changed: false });
  if (!productTransitions.canTransition(product.status, 'suspend')) return refuseTransition(product, 'suspend');
  const suspended: Product = {
    ...product,
    status: 'suspended',
    suspendedAt: input.at,
    suspendReason: input.reason,
  };
  return ok({ product: touched(suspended), changed: true });
}

/** Puts a suspended product back on the market, if what it stands on holds today. */
export function resumeProduct(
  product: Product,
  input: { at: Date; merchantApproved: boolean; findings: readonly Finding[] },
): Result<ProductOutcome, ProductError> {
  if (product.status === 'listed') return ok({ product, changed: false });
  if (!productTransitions.canTransition(product.status, 'resume')) return refuseTransition(product, 'resume');
  if (!input.merchantApproved) return refuseMerchant(product);
  if (input.findings.some(({ level }) => level !== 'advice')) return refuseFindings(product, input.findings);
  const resumed: Product = {
    ...product,
    status: 'listed',
    listedAt: input.at,
    suspendedAt: null,
    suspendReason: null,
  };
  return ok({ product: touched(resumed), changed: true });
}

/** Takes a product off the market for good. Agreements already made stand on their own. */
export function delistProduct(
  product: Product,
  input: { reason: string; at: Date },
): Result<ProductOutcome, ProductError> {
  if (product.status === 'delisted') return ok({ product, changed: false });
  const command = product.status === 'scheduled' ? 'withdraw' : 'delist';
  if (!productTransitions.canTransition(product.status, command)) return refuseTransition(product, 'delist');
  const delisted: Product = { ...product, status: 'delisted', delistedAt: input.at, delistReason: input.reason };
  return ok({ product: touched(delisted), changed: true });
}

/** What becomes of the two rows when a next version takes its place. */
export interface AppliedVersion {
  readonly product: Product;
  readonly next: Product;
}

/** Lets the next version become the product: its content, one version on. Both rows were loaded for update. */
export function applyVersion(product: Product, next: Product, at: Date): Result<AppliedVersion, ProductError> {
  if (!productTransitions.canTransition(next.status, 'apply')) return refuseTransition(next, 'apply');
  // A product that is not on the market has no place to be taken.
  if (product.status !== 'listed') return refuseTransition(product, 'apply');
  return ok({
    product: touched({ ...product, ...contentOf(next), version: product.version + 1, listedAt: at }),
    next: touched({ ...next, status: 'merged' }),
  });
}

/** The last moment something was decided about the product: whatever is decided next must come after. */
export function lastDecision({ listedAt, suspendedAt, delistedAt }: Product): Date | null {
  return [listedAt, suspendedAt, delistedAt].reduce(
    (latest, at) => (latest === null || (at !== null && at > latest) ? at : latest),
    null,
  );
}
