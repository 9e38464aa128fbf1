import { describe, expect, it } from '@jest/globals';
import { unwrap } from '@hetao/kernel';
import fc from 'fast-check';
import type { DomainError, Result } from '@hetao/kernel';
import { reviewListing } from './listing-review.js';
import {
  delistProduct,
  draftProduct,
  reviseProduct,
  submitProduct,
  type Product,
  type ProductOutcome,
} from './product.js';

const at = new Date('2026-02-01T00:00:00Z');
const text = { en: 'A', 'zh-Hans': '甲', 'zh-Hant': '甲' };
const content = {
  name: text,
  description: text,
  kind: 'dataset' as const,
  languages: [],
  storedIn: 'CN' as const,
  subjectsIn: [],
  fields: [],
};
const people = {
  merchant: { subject: 'usr_merchant', organisationId: 'org_merchant' },
  colleague: { subject: 'usr_colleague', organisationId: 'org_merchant' },
  reviewer: { subject: 'usr_reviewer', organisationId: 'org_exchange' },
  /** Handed the product in as a merchant's man, and reviews for the exchange now. */
  turncoat: { subject: 'usr_merchant', organisationId: 'org_exchange' },
};

const move = fc.record({
  command: fc.constantFrom('revise', 'submit', 'approve', 'return', 'delist'),
  by: fc.constantFrom<(keyof typeof people)[]>('merchant', 'colleague', 'reviewer', 'turncoat'),
  merchantApproved: fc.boolean(),
});
type Move = typeof move extends fc.Arbitrary<infer M> ? M : never;

function play(product: Product, { command, by, merchantApproved }: Move): Result<ProductOutcome, DomainError> {
  const actor = people[by];
  switch (command) {
    case 'revise':
      return reviseProduct(product, { kind: 'api' });
    case 'submit':
      return submitProduct(product, { by: actor, at, merchantApproved });
    case 'approve':
      return reviewListing(product, { command, by: actor, at, merchantApproved });
    case 'return':
      return reviewListing(product, { command, by: actor, at, reason: 'r' });
    default:
      return delistProduct(product, { reason: 'r', at });
  }
}

describe('any life of a product', () => {
  it('is listed only by other eyes, with an approved merchant, and as it was submitted', () => {
    fc.assert(
      fc.property(fc.array(move, { maxLength: 20 }), (moves) => {
        let product = unwrap(draftProduct({ id: 'prd_1', merchantId: 'org_merchant', content, at }));
        let submittedVersion = 0;
        for (const next of moves) {
          const before = product;
          const result = play(before, next);
          if (!result.ok) continue;
          product = result.value.product;
          expect(product.revision - before.revision).toBe(result.value.changed ? 1 : 0);
          expect(product.version - before.version).toBe(next.command === 'revise' ? 1 : 0);
          if (before.status !== 'submitted' && product.status === 'submitted') submittedVersion = product.version;
          if (before.status !== 'listed' && product.status === 'listed') {
            expect([before.status, next.merchantApproved, product.version]).toEqual([
              'submitted',
              true,
              submittedVersion,
            ]);
            expect(people[next.by].organisationId).not.toBe(product.merchantId);
            expect(product.listedBy).not.toBe(product.submittedBy);
          }
        }
      }),
    );
  });
});
