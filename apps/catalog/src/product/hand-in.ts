import { err, ok, type Result } from '@hetao/kernel';
import { findingItems, type Finding } from '../review/finding.js';
import { productErrors, type ProductError } from './product.errors.js';
import {
  productTransitions,
  refuseMerchant,
  refuseTransition,
  touched,
  type Actor,
  type Product,
  type ProductOutcome,
  type ProductStatus,
} from './product.js';

export interface HandIn {
  readonly by: Actor;
  readonly at: Date;
  readonly merchantApproved: boolean;
  readonly findings: readonly Finding[];
  /** Comments of the reviewer nobody has answered yet. */
  readonly openComments: number;
}

/**
 * Hands the draft to review. What the law forbids is refused for good, with its article; what can be mended is sent
 * back at once, with every place. A valid registration certificate stands for the check of source and right.
 */
export function submitProduct(product: Product, input: HandIn): Result<ProductOutcome, ProductError> {
  if (isUnderReview(product.status)) return ok({ product, changed: false });
  if (!productTransitions.canTransition(product.status, 'submit')) return refuseTransition(product, 'submit');
  if (!input.merchantApproved) return refuseMerchant(product);
  const submitted: Product = {
    ...product,
    submittedAt: input.at,
    submittedBy: input.by.subject,
    submissions: product.submissions + 1,
    passed: [],
    returnReason: null,
  };
  const forbidden = input.findings.find(({ level }) => level === 'forbidden');
  if (forbidden !== undefined) {
    const { article, detail: reason, pointer } = forbidden;
    const refusal = { article: article ?? 'rules of the exchange', reason, pointer };
    return ok({ product: touched({ ...submitted, status: 'refused', refusal }), changed: true });
  }
  const faults = findingItems(input.findings, 'blocking');
  if (faults.length > 0) return refuseFindings(product, input.findings);
  if (input.openComments > 0) {
    const detail = `${input.openComments} comment(s) of the reviewer have no answer yet.`;
    return err(productErrors.PRODUCT_COMMENTS_OPEN(detail, { meta: { open: input.openComments } }));
  }
  return ok({ product: touched({ ...submitted, ...firstStep(submitted, input.at) }), changed: true });
}

/** The refusal of a product the automatic checks hold up: every finding with its place and its rule. */
export function refuseFindings(product: Product, findings: readonly Finding[]): Result<never, ProductError> {
  const items = findingItems(findings, 'blocking');
  const detail = `${items.length} check(s) hold up product ${product.id}; the first: ${items[0]?.detail ?? ''}`;
  return err(productErrors.PRODUCT_CHECKS_FAILED(detail, { items }));
}

/** True while the exchange looks at it. */
export function isUnderReview(status: ProductStatus): boolean {
  return productTransitions.canTransition(status, 'return');
}

function firstStep({ card }: Product, at: Date): Pick<Product, 'status' | 'passed'> {
  if (card === null) return { status: 'submitted', passed: [] };
  const certificate = card.registrationCertificate;
  if (certificate === null) return { status: 'source_check', passed: [] };
  const note = 'Registration of data property rights, accepted without looking again.';
  const passed = { step: 'source_check' as const, by: certificate.number, at: at.toISOString(), note };
  return { status: 'quality_check', passed: [passed] };
}
