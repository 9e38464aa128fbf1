import { describe, expect, it } from '@jest/globals';
import type { Product } from '@hetao/client';
import { listingStatuses } from './review-status.js';
import { bySeverity, commentable, fieldAt, movesOf, valueText } from './review.rules.js';

describe('what an operator may do with a listing', () => {
  it.each([
    ['submitted', { pass: undefined, approve: true, decide: true, suspend: false, resume: false }],
    ['source_check', { pass: 'source_check', approve: false, decide: true, suspend: false, resume: false }],
    ['legal_review', { pass: 'legal_review', approve: false, decide: true, suspend: false, resume: false }],
    ['exchange_review', { pass: undefined, approve: true, decide: true, suspend: false, resume: false }],
    ['listed', { pass: undefined, approve: false, decide: false, suspend: true, resume: false }],
    ['suspended', { pass: undefined, approve: false, decide: false, suspend: false, resume: true }],
  ] as const)('%s', (status, moves) => {
    expect(movesOf(status)).toEqual(moves);
  });

  it('is nothing while the merchant writes, and nothing once it is over', () => {
    const idle = { pass: undefined, approve: false, decide: false, suspend: false, resume: false };
    for (const status of ['draft', 'returned', 'refused', 'delisted', 'merged'] as const) {
      expect(movesOf(status)).toEqual(idle);
    }
    expect(listingStatuses).not.toContain('draft');
  });
});

it('shows the gravest finding first', () => {
  const finding = (level: 'advice' | 'blocking' | 'forbidden') => ({
    code: level,
    level,
    pointer: '/name',
    detail: '',
    article: null,
  });
  const sorted = bySeverity([finding('advice'), finding('forbidden'), finding('blocking')]);
  expect(sorted.map(({ level }) => level)).toEqual(['forbidden', 'blocking', 'advice']);
});

it('writes a changed value in one line', () => {
  expect([valueText(null), valueText('text'), valueText(['a', 1])]).toEqual(['–', 'text', '["a",1]']);
});

it('a reviewer asks about places the listing has, and a place is found again in it', () => {
  const field = { name: 'value' } as Product['fields'][number];
  expect(commentable({ fields: [field, field] })).toEqual(['/name', '/description', '/fields/0', '/fields/1']);
  expect(['/fields/1', '/fields/12/meaning', '/name', '/fields/x'].map(fieldAt)).toEqual([1, 12, -1, -1]);
});
