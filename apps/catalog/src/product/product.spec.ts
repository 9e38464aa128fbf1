import { describe, expect, it } from '@jest/globals';
import { unwrap, type DomainError, type Result } from '@hetao/kernel';
import { reviewListing } from './listing-review.js';
import {
  delistProduct,
  draftProduct,
  isPublic,
  productTransitions,
  reviseProduct,
  submitProduct,
  type Product,
  type ProductCommand,
  type ProductOutcome,
  type ProductStatus,
} from './product.js';

const at = new Date('2026-02-01T00:00:00Z');
const merchant = { subject: 'usr_merchant', organisationId: 'org_merchant' };
const reviewer = { subject: 'usr_reviewer', organisationId: 'org_exchange' };
const content = {
  name: { en: 'Formulas', 'zh-Hans': '经典名方', 'zh-Hant': '經典名方' },
  description: { en: 'A', 'zh-Hans': '甲', 'zh-Hant': '甲' },
  kind: 'dataset' as const,
  languages: ['zh-Hans'],
  storedIn: 'CN' as const,
  subjectsIn: [],
  fields: [],
};

function inStatus(status: ProductStatus): Product {
  const draft = unwrap(draftProduct({ id: 'prd_1', merchantId: 'org_merchant', content, at }));
  const submitted = { ...draft, status: 'submitted' as const, submittedAt: at, submittedBy: merchant.subject };
  return {
    draft,
    submitted,
    returned: { ...submitted, status: 'returned' as const, returnReason: 'first reason' },
    listed: { ...submitted, status: 'listed' as const, listedAt: at, listedBy: 'usr_first' },
    delisted: { ...submitted, status: 'delisted' as const, delistedAt: at, delistReason: 'first reason' },
  }[status];
}

const commands: Record<ProductCommand, (product: Product) => Result<ProductOutcome, DomainError>> = {
  revise: (product) => reviseProduct(product, { kind: 'api' }),
  submit: (product) => submitProduct(product, { by: merchant, at, merchantApproved: true }),
  approve: (product) => reviewListing(product, { command: 'approve', by: reviewer, at, merchantApproved: true }),
  return: (product) => reviewListing(product, { command: 'return', by: reviewer, at, reason: 'no dictionary' }),
  delist: (product) => delistProduct(product, { reason: 'superseded', at }),
};

describe('every status × command', () => {
  type Cell = ProductStatus | 'same' | 'refused';
  const expected: Record<ProductStatus, Record<ProductCommand, Cell>> = {
    draft: { revise: 'draft', submit: 'submitted', approve: 'refused', return: 'refused', delist: 'refused' },
    submitted: { revise: 'refused', submit: 'same', approve: 'listed', return: 'returned', delist: 'refused' },
    returned: { revise: 'draft', submit: 'refused', approve: 'refused', return: 'same', delist: 'refused' },
    listed: { revise: 'refused', submit: 'refused', approve: 'same', return: 'refused', delist: 'delisted' },
    delisted: { revise: 'refused', submit: 'refused', approve: 'refused', return: 'refused', delist: 'same' },
  };
  const cells = productTransitions.states.flatMap((status) =>
    (Object.keys(commands) as ProductCommand[]).map((command) => [status, command, expected[status][command]] as const),
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
        value: { changed: true, product: { status: cell, revision: before.revision + 1 } },
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
    const submitted = unwrap(submitProduct(product, { by: merchant, at, merchantApproved: true }));
    expect(submitted.product).toMatchObject({ returnReason: null, submittedBy: 'usr_merchant', submittedAt: at });
  });

  it('cannot hand in while his organisation is not approved', () => {
    const refused = submitProduct(inStatus('draft'), { by: merchant, at, merchantApproved: false });
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
      merchantApproved: false,
    });
    expect(decided).toMatchObject({ error: { code: 'PRODUCT_MERCHANT_NOT_APPROVED' } });
  });

  const ownPeople = [
    ['another person of the merchant', { subject: 'usr_other', organisationId: 'org_merchant' }],
    ['the submitter, acting for another organisation', { subject: 'usr_merchant', organisationId: 'org_exchange' }],
  ] as const;
  it.each(ownPeople)('is never %s', (_who, by) => {
    const approved = reviewListing(inStatus('submitted'), { command: 'approve', by, at, merchantApproved: true });
    const returned = reviewListing(inStatus('submitted'), { command: 'return', by, at, reason: 'x' });
    for (const decided of [approved, returned]) {
      expect(decided).toMatchObject({ ok: false, error: { code: 'PRODUCT_FOUR_EYES', kind: 'forbidden' } });
    }
  });

  it('gives back with a reason that stays with the product', () => {
    expect(unwrap(commands.return(inStatus('submitted'))).product.returnReason).toBe('no dictionary');
  });
});
