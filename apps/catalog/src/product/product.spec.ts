import { describe, expect, it } from '@jest/globals';
import { ok, unwrap, type DomainError, type Result } from '@hetao/kernel';
import { at, card, content, draftOf, merchant, reviewer } from '../../test/sample-product.js';
import { isReviewStep, reviewSteps } from '../review/review-steps.js';
import { submitProduct } from './hand-in.js';
import { reviewListing } from './listing-review.js';
import { applyVersion, delistProduct, resumeProduct, suspendProduct } from './listing-standing.js';
import {
  isPublic,
  productTransitions,
  reviseProduct,
  type Product,
  type ProductCommand,
  type ProductOutcome,
  type ProductStatus,
} from './product.js';

const nothingFound = { findings: [], openComments: 0, merchantApproved: true, effectiveAt: null };

/** A product in this status; beyond the basic listing's life it has a card. */
function inStatus(status: ProductStatus): Product {
  const basic = ['draft', 'submitted'].includes(status);
  const draft = draftOf(
    { card: basic ? null : card() },
    ['scheduled', 'merged'].includes(status) ? 'prd_0' : undefined,
  );
  if (status === 'draft') return draft;
  const submitted = { ...draft, status, submittedAt: at, submittedBy: merchant.subject };
  const passed = reviewSteps
    .slice(0, isReviewStep(status) ? reviewSteps.indexOf(status) : 0)
    .map((step) => ({ step, by: 'usr_earlier', at: at.toISOString(), note: null }));
  const dates = {
    returned: { returnReason: 'first reason' },
    listed: { listedAt: at },
    suspended: { listedAt: at, suspendedAt: at },
    delisted: { delistedAt: at },
  };
  return { ...submitted, passed, ...(status in dates ? dates[status as keyof typeof dates] : {}) };
}

const stepOf = ({ status }: Product) => (isReviewStep(status) ? status : 'source_check');
const commands: Record<ProductCommand, (product: Product) => Result<ProductOutcome, DomainError>> = {
  revise: (product) => reviseProduct(product, { kind: 'api' }),
  submit: (product) => submitProduct(product, { by: merchant, at, ...nothingFound }),
  pass: (product) => reviewListing(product, { command: 'pass', step: stepOf(product), note: null, by: reviewer, at }),
  approve: (product) => reviewListing(product, { command: 'approve', by: reviewer, at, ...nothingFound }),
  return: (product) => reviewListing(product, { command: 'return', by: reviewer, at, reason: 'no dictionary' }),
  refuse: (product) =>
    reviewListing(product, {
      command: 'refuse',
      by: reviewer,
      at,
      refusal: { article: 'A', reason: 'r', pointer: null },
    }),
  suspend: (product) => suspendProduct(product, { reason: 'court order', at }),
  resume: (product) => resumeProduct(product, { at, ...nothingFound }),
  delist: (product) => delistProduct(product, { reason: 'superseded', at }),
  withdraw: (product) => delistProduct(product, { reason: 'superseded', at }),
  apply: (product) => {
    const applied = applyVersion({ ...inStatus('listed'), id: 'prd_0' }, product, at);
    return applied.ok ? ok({ product: applied.value.next, changed: true }) : applied;
  },
};

describe('every status × command', () => {
  type Cell = ProductStatus | 'same' | 'refused';
  // In this order; "·" stands for refused, "=" for nothing changes.
  const order = Object.keys(commands) as ProductCommand[];
  const rows: Record<ProductStatus, string> = {
    //               revise submit pass approve return refuse suspend resume delist withdraw apply
    draft: 'draft submitted · · · · · · · · ·',
    submitted: '· = · listed returned ! · · · · ·',
    source_check: '· = quality_check · returned ! · · · · ·',
    quality_check: '· = legal_review · returned ! · · · · ·',
    legal_review: '· = exchange_review · returned ! · · · · ·',
    exchange_review: '· = · listed returned ! · · · · ·',
    returned: 'draft · · · = · · · · · ·',
    refused: '· · · · · = · · · · ·',
    listed: '· · · = · · suspended = delisted delisted ·',
    suspended: '· · · · · · = listed delisted delisted ·',
    delisted: '· · · · · · · · = = ·',
    scheduled: '· · · = · · · · delisted delisted merged',
    merged: '· · · · · · · · · · ·',
  };
  const words: Readonly<Record<string, Cell>> = { '·': 'refused', '=': 'same' };
  const expected = (status: ProductStatus, command: ProductCommand): Cell | 'refusal' => {
    const word = rows[status].split(' ')[order.indexOf(command)] ?? '';
    return word === '!' ? 'refusal' : (words[word] ?? (word as ProductStatus));
  };
  const cells = productTransitions.states.flatMap((status) =>
    order.map((command) => [status, command, expected(status, command)] as const),
  );

  it.each(cells)('%s × %s → %s', (status, command, cell) => {
    const before = inStatus(status);
    const decided = commands[command](before);
    if (cell === 'refused') {
      expect(decided).toMatchObject({
        ok: false,
        error: { code: 'PRODUCT_TRANSITION_REFUSED', kind: 'conflict', meta: { status } },
      });
    } else if (cell === 'same') {
      expect(decided).toEqual({ ok: true, value: { product: before, changed: false } });
    } else {
      expect(decided).toMatchObject({
        ok: true,
        value: {
          changed: true,
          product: { status: cell === 'refusal' ? 'refused' : cell, revision: before.revision + 1 },
        },
      });
    }
  });
});

describe('what a merchant does', () => {
  it('starts a draft nobody else sees', () => {
    const draft = inStatus('draft');
    expect(draft).toMatchObject({ version: 1, revision: 1, submittedAt: null, listedAt: null });
    expect(isPublic(draft)).toBe(false);
  });

  it('counts a revision of the content, and keeps the fields not named', () => {
    const { product } = unwrap(reviseProduct(inStatus('returned'), { kind: 'report' }));
    expect(product).toMatchObject({ kind: 'report', name: content.name, version: 2, status: 'draft' });
    expect(product.returnReason).toBe('first reason');
  });

  it('clears the reviewer’s reason when it is handed in again', () => {
    const { product } = unwrap(reviseProduct(inStatus('returned'), {}));
    const submitted = unwrap(submitProduct(product, { by: merchant, at, ...nothingFound }));
    expect(submitted.product).toMatchObject({ returnReason: null, submittedBy: 'usr_merchant', submittedAt: at });
  });

  it('cannot hand in while his organisation is not approved', () => {
    const refused = submitProduct(inStatus('draft'), { by: merchant, at, ...nothingFound, merchantApproved: false });
    expect(refused).toMatchObject({ error: { code: 'PRODUCT_MERCHANT_NOT_APPROVED' } });
  });
});

describe('what a reviewer does', () => {
  it('lists, and from then on everybody sees it', () => {
    const { product } = unwrap(commands.approve(inStatus('submitted')));
    expect(product).toMatchObject({ listedAt: at, listedBy: 'usr_reviewer' });
    expect(isPublic(product)).toBe(true);
    expect(isPublic(inStatus('delisted'))).toBe(true);
  });

  it('does not list for a merchant who was suspended while the product waited', () => {
    const decided = reviewListing(inStatus('submitted'), {
      command: 'approve',
      by: reviewer,
      at,
      ...nothingFound,
      merchantApproved: false,
    });
    expect(decided).toMatchObject({ error: { code: 'PRODUCT_MERCHANT_NOT_APPROVED' } });
  });

  const ownPeople = [
    ['another person of the merchant', { subject: 'usr_other', organisationId: 'org_merchant' }],
    ['the submitter, acting for another organisation', { subject: 'usr_merchant', organisationId: 'org_exchange' }],
  ] as const;
  it.each(ownPeople)('is never %s', (_who, by) => {
    const approved = reviewListing(inStatus('submitted'), { command: 'approve', by, at, ...nothingFound });
    const returned = reviewListing(inStatus('submitted'), { command: 'return', by, at, reason: 'x' });
    for (const decided of [approved, returned]) {
      expect(decided).toMatchObject({ ok: false, error: { code: 'PRODUCT_FOUR_EYES', kind: 'forbidden' } });
    }
  });

  it('gives back with a reason that stays with the product', () => {
    expect(unwrap(commands.return(inStatus('submitted'))).product.returnReason).toBe('no dictionary');
  });
});
