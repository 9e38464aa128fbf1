import { describe, expect, it } from '@jest/globals';
import { unwrap } from '@hetao/kernel';
import fc from 'fast-check';
import type { DomainError, Result } from '@hetao/kernel';
import { card, content } from '../../test/sample-product.js';
import { reviewSteps } from '../review/review-steps.js';
import { submitProduct } from './hand-in.js';
import { reviewListing } from './listing-review.js';
import { delistProduct, resumeProduct, suspendProduct } from './listing-standing.js';
import { draftProduct, reviseProduct, type Product, type ProductOutcome } from './product.js';

const at = new Date('2026-02-01T00:00:00Z');
const desk = { findings: [], openComments: 0, effectiveAt: null };
const people = {
  merchant: { subject: 'usr_merchant', organisationId: 'org_merchant' },
  colleague: { subject: 'usr_colleague', organisationId: 'org_merchant' },
  reviewer: { subject: 'usr_reviewer', organisationId: 'org_exchange' },
  second: { subject: 'usr_second', organisationId: 'org_exchange' },
  /** Handed the product in as a merchant's man, and reviews for the exchange now. */
  turncoat: { subject: 'usr_merchant', organisationId: 'org_exchange' },
};

const move = fc.record({
  command: fc.constantFrom('revise', 'submit', 'pass', 'approve', 'return', 'suspend', 'resume', 'delist'),
  by: fc.constantFrom<(keyof typeof people)[]>('merchant', 'colleague', 'reviewer', 'second', 'turncoat'),
  merchantApproved: fc.boolean(),
});
type Move = typeof move extends fc.Arbitrary<infer M> ? M : never;

function play(product: Product, { command, by, merchantApproved }: Move): Result<ProductOutcome, DomainError> {
  const actor = people[by];
  switch (command) {
    case 'revise':
      return reviseProduct(product, { kind: 'api' });
    case 'submit':
      return submitProduct(product, { by: actor, at, merchantApproved, ...desk });
    case 'approve':
      return reviewListing(product, { command, by: actor, at, merchantApproved, ...desk });
    case 'pass': {
      const step = reviewSteps.find((name) => name === product.status) ?? 'source_check';
      return reviewListing(product, { command, step, note: null, by: actor, at });
    }
    case 'suspend':
      return suspendProduct(product, { reason: 'r', at });
    case 'resume':
      return resumeProduct(product, { at, merchantApproved, findings: [] });
    case 'return':
      return reviewListing(product, { command, by: actor, at, reason: 'r' });
    default:
      return delistProduct(product, { reason: 'r', at });
  }
}

describe('any life of a product', () => {
  it('is listed only by other eyes, with an approved merchant, and as it was submitted', () => {
    fc.assert(
      fc.property(fc.boolean(), fc.array(move, { maxLength: 40 }), (withCard, moves) => {
        let product = unwrap(
          draftProduct({
            id: 'prd_1',
            merchantId: 'org_merchant',
            content: { ...content, card: withCard ? card() : null },
            at,
          }),
        );
        let submittedVersion = 0;
        for (const next of moves) {
          const before = product;
          const result = play(before, next);
          if (!result.ok) continue;
          product = result.value.product;
          expect(product.revision - before.revision).toBe(result.value.changed ? 1 : 0);
          expect(product.version - before.version).toBe(next.command === 'revise' ? 1 : 0);
          if (before.status === 'draft' && next.command === 'submit') submittedVersion = product.version;
          if (next.command === 'approve' && result.value.changed) {
            expect([before.status, next.merchantApproved, product.version]).toEqual([
              withCard ? 'exchange_review' : 'submitted',
              true,
              submittedVersion,
            ]);
            expect(people[next.by].organisationId).not.toBe(product.merchantId);
            expect(product.listedBy).not.toBe(product.submittedBy);
            expect(product.passed.map(({ step }) => step)).toEqual(withCard ? reviewSteps.slice(0, 3) : []);
            expect(product.passed.map(({ by }) => by)).not.toContain(product.listedBy);
          }
        }
      }),
    );
  });
});
