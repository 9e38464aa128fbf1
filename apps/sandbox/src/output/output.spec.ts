import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { checkFile, scanFile, toCsv } from './output-check.js';
import { decide, takeVote, visibleReviews, votes, type Review, type ReviewedOutput } from './output.js';

const HASH = 'a'.repeat(64);
const AT = new Date('2026-11-23T02:00:00Z');
const output: ReviewedOutput = {
  author: 'author',
  state: 'auto_checked',
  contentHash: HASH,
  checks: [],
  exception: null,
};
const review = (
  reviewer: string,
  vote: Review['vote'] = 'approve',
  isCustodian = false,
  contentHash = HASH,
): Review => ({
  ...{ reviewer, vote, isCustodian, contentHash, comment: '', votedAt: AT },
});

describe('the two-person rule', () => {
  it('no sequence of votes releases without two approvals of two others, one of them the custodian’s', () => {
    const one = fc.record({
      ...{ reviewer: fc.constantFrom('author', 'a', 'b', 'c'), vote: fc.constantFrom(...votes) },
      ...{ isCustodian: fc.boolean(), contentHash: fc.constantFrom(HASH, 'b'.repeat(64)) },
    });
    fc.assert(
      fc.property(fc.array(one, { maxLength: 10 }), fc.boolean(), (sequence, fails) => {
        const checks = fails ? [{ name: 'type', verdict: 'fail' as const, detail: '' }] : [];
        let current: ReviewedOutput = { ...output, checks };
        const taken: Review[] = [];
        for (const wish of sequence) {
          const next = review(wish.reviewer, wish.vote, wish.isCustodian, wish.contentHash);
          const state = takeVote(current, taken, next);
          if (!state.ok) continue;
          taken.push(next);
          current = { ...current, state: state.value };
          if (decide(current, taken) !== 'approve') continue;
          const approving = taken.filter(
            ({ vote, reviewer, contentHash }) => vote === 'approve' && reviewer !== 'author' && contentHash === HASH,
          );
          expect(new Set(approving.map(({ reviewer }) => reviewer)).size).toBeGreaterThanOrEqual(2);
          expect([approving.some(({ isCustodian }) => isCustodian), fails]).toEqual([true, false]);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('conflicting votes wait for a third, and nobody sees another’s vote before their own counts', () => {
    const split = [review('a', 'approve', true), review('b', 'reject')];
    const reviewed = { ...output, state: 'reviewed' as const };
    expect(decide(reviewed, split)).toBe('wait');
    expect(decide(reviewed, [...split, review('c')])).toBe('approve');
    expect(decide(reviewed, [...split, review('c', 'reject')])).toBe('reject');
    expect(visibleReviews(output, [review('a')], 'b')).toEqual([]);
    expect(visibleReviews(reviewed, split, 'b')).toHaveLength(2);
  });

  it('a failed check needs a written exception', () => {
    const failed = {
      ...output,
      state: 'reviewed' as const,
      checks: [{ name: 'rows', verdict: 'fail' as const, detail: '' }],
    };
    const both = [review('a', 'approve', true), review('b')];
    expect(decide(failed, both)).toBe('wait');
    expect(decide({ ...failed, exception: { by: 'steward', reason: 'Known.' } }, both)).toBe('approve');
  });
});

describe('what a file is checked for', () => {
  const file = (text: string, mediaType = 'text/csv') => ({
    fileName: 'x.csv',
    mediaType,
    content: Uint8Array.from(text, (c) => c.charCodeAt(0)),
  });
  const failed = (text: string, mediaType?: string) =>
    checkFile(file(text, mediaType))
      .filter(({ verdict }) => verdict === 'fail')
      .map(({ name }) => name);

  it('programs, archives, pickles and scripts are not even opened', () => {
    for (const text of ['MZ..', '\x7fELF', 'PK\x03\x04', '\x80\x04', '#!/bin/sh'])
      expect(scanFile(file(text)).verdict).toBe('fail');
    expect(scanFile(file('a,b\n1,2\n')).verdict).toBe('pass');
  });

  it('kind, rows, identifiers and formulas', () => {
    expect(failed('site,n\nS1,10\n')).toEqual([]);
    expect(failed('patient_id,n\np,10\n')).toEqual(['identifiers']);
    expect(failed(`n\n${'1\n'.repeat(5_001)}`)).toEqual(['rows']);
    expect(failed('a,n\n=1+1,2\n')).toEqual(['formulas']);
    expect(failed('<svg/>', 'image/svg+xml')).toEqual(['type']);
    expect(toCsv(['a'], [['=1+1'], ['x,"y"'], [null], [3]])).toBe(`a\n'=1+1\n"x,""y"""\n\n3\n`);
  });
});
