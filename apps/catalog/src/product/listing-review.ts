import { err, ok, type Result } from '@hetao/kernel';
import { productErrors, type ProductError } from './product.errors.js';
import {
  productTransitions,
  refuseMerchant,
  refuseTransition,
  touched,
  type Actor,
  type Product,
  type ProductOutcome,
} from './product.js';

/** One decision of a reviewer about a submitted product. */
export type ReviewDecision =
  | { readonly command: 'approve'; readonly by: Actor; readonly at: Date; readonly merchantApproved: boolean }
  | { readonly command: 'return'; readonly by: Actor; readonly at: Date; readonly reason: string };

/**
 * Lists a product or gives it back. Four eyes come first: whoever belongs to the merchant, or submitted the product,
 * decides neither way. A decision that already happened changes nothing.
 */
export function reviewListing(product: Product, decision: ReviewDecision): Result<ProductOutcome, ProductError> {
  const eyes = checkFourEyes(product, decision.by);
  if (!eyes.ok) return eyes;
  const goal = decision.command === 'approve' ? 'listed' : 'returned';
  if (product.status === goal) return ok({ product, changed: false });
  if (!productTransitions.canTransition(product.status, decision.command)) {
    return refuseTransition(product, decision.command);
  }
  if (decision.command === 'return') {
    const returned: Product = { ...product, status: 'returned', returnReason: decision.reason };
    return ok({ product: touched(returned), changed: true });
  }
  // Asked again here: the merchant may have been suspended while the product waited.
  if (!decision.merchantApproved) return refuseMerchant(product);
  const listed: Product = { ...product, status: 'listed', listedAt: decision.at, listedBy: decision.by.subject };
  return ok({ product: touched(listed), changed: true });
}

function checkFourEyes(product: Product, by: Actor): Result<null, ProductError> {
  const ownOrganisation = by.organisationId === product.merchantId;
  if (!ownOrganisation && by.subject !== product.submittedBy) return ok(null);
  const why = ownOrganisation ? `belongs to the merchant ${product.merchantId}` : 'submitted it';
  return err(productErrors.PRODUCT_FOUR_EYES(`${by.subject} may not review product ${product.id}: he ${why}.`));
}
