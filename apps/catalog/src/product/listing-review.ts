import { err, ok, type Result } from '@hetao/kernel';
import type { Finding } from '../review/finding.js';
import { isReviewStep, reviewSteps, seenBefore, type ReviewStep } from '../review/review-steps.js';
import { isUnderReview, refuseFindings } from './hand-in.js';
import { productErrors, type ProductError } from './product.errors.js';
import {
  productTransitions,
  refuseMerchant,
  refuseTransition,
  touched,
  type Actor,
  type Product,
  type ProductOutcome,
  type Refusal,
} from './product.js';

interface Deed {
  readonly by: Actor;
  readonly at: Date;
}

/** One decision of a reviewer about a submitted product. */
export type ReviewDecision = Deed &
  (
    | { readonly command: 'pass'; readonly step: ReviewStep; readonly note: string | null }
    | {
        readonly command: 'approve';
        readonly merchantApproved: boolean;
        /** The checks again, today: a paper may have run out while the product waited. */
        readonly findings: readonly Finding[];
        /** When a next version may take its place; null for a product of its own. */
        readonly effectiveAt: Date | null;
      }
    | { readonly command: 'return'; readonly reason: string }
    | { readonly command: 'refuse'; readonly refusal: Refusal }
  );

/**
 * Takes a product one step through its review, lists it, gives it back or refuses it. Four eyes come first: whoever
 * belongs to the merchant, or submitted the product, decides nothing. A decision that already happened changes nothing.
 */
export function reviewListing(product: Product, decision: ReviewDecision): Result<ProductOutcome, ProductError> {
  const eyes = checkFourEyes(product, decision.by);
  if (!eyes.ok) return eyes;
  if (hasHappened(product, decision)) return ok({ product, changed: false });
  if (!productTransitions.canTransition(product.status, decision.command)) {
    return refuseTransition(product, decision.command);
  }
  switch (decision.command) {
    case 'pass':
      return pass(product, decision);
    case 'approve':
      return approve(product, decision);
    case 'return':
      return ok({ product: touched({ ...product, status: 'returned', returnReason: decision.reason }), changed: true });
    case 'refuse':
      return ok({ product: touched({ ...product, status: 'refused', refusal: decision.refusal }), changed: true });
  }
}

function hasHappened({ status, passed }: Product, decision: ReviewDecision): boolean {
  switch (decision.command) {
    case 'pass':
      return isUnderReview(status) && passed.some(({ step }) => step === decision.step);
    case 'approve':
      return status === 'listed' || status === 'scheduled';
    case 'return':
      return status === 'returned';
    case 'refuse':
      return status === 'refused';
  }
}

function pass(product: Product, decision: ReviewDecision & { command: 'pass' }): Result<ProductOutcome, ProductError> {
  const { status } = product;
  if (status !== decision.step || !isReviewStep(status)) {
    const detail = `Product ${product.id} is at ${status}, not at ${decision.step}.`;
    return err(productErrors.PRODUCT_STEP_NOT_REACHED(detail, { pointer: '/step', meta: { status } }));
  }
  const again = refuseSeenBefore(product, status, decision.by);
  if (again !== undefined) return again;
  const next = reviewSteps[reviewSteps.indexOf(status) + 1];
  if (next === undefined) return refuseTransition(product, 'pass');
  const done = { step: status, by: decision.by.subject, at: decision.at.toISOString(), note: decision.note };
  return ok({ product: touched({ ...product, status: next, passed: [...product.passed, done] }), changed: true });
}

function approve(
  product: Product,
  decision: ReviewDecision & { command: 'approve' },
): Result<ProductOutcome, ProductError> {
  const again = refuseSeenBefore(product, 'exchange_review', decision.by);
  if (again !== undefined) return again;
  // Asked again here: the merchant may have been suspended while the product waited.
  if (!decision.merchantApproved) return refuseMerchant(product);
  if (decision.findings.some(({ level }) => level === 'blocking')) return refuseFindings(product, decision.findings);
  const approved = { ...product, listedAt: decision.at, listedBy: decision.by.subject };
  const { effectiveAt } = decision;
  const listed: Product =
    product.versionOf === null
      ? { ...approved, status: 'listed' }
      : { ...approved, status: 'scheduled', effectiveAt: effectiveAt ?? decision.at };
  return ok({ product: touched(listed), changed: true });
}

/** Who passed a step on the way may not give the last word as well. */
function refuseSeenBefore(product: Product, step: ReviewStep, by: Actor): Result<never, ProductError> | undefined {
  const seen = seenBefore(step, by.subject, product.passed);
  if (seen === undefined) return undefined;
  const detail = `${by.subject} passed ${seen} of product ${product.id}; ${step} needs other eyes.`;
  return err(productErrors.PRODUCT_FOUR_EYES(detail));
}

function checkFourEyes(product: Product, by: Actor): Result<null, ProductError> {
  const ownOrganisation = by.organisationId === product.merchantId;
  if (!ownOrganisation && by.subject !== product.submittedBy) return ok(null);
  const why = ownOrganisation ? `belongs to the merchant ${product.merchantId}` : 'submitted it';
  return err(productErrors.PRODUCT_FOUR_EYES(`${by.subject} may not review product ${product.id}: he ${why}.`));
}
