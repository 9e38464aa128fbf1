import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { answered, factsOf, readAnswers, writeAnswers, type Fact } from './facts.rules.js';

const key = fc.stringMatching(/^[a-z][a-z._]{0,20}$/);
const value: fc.Arbitrary<Fact> = fc.oneof(fc.stringMatching(/^[A-Za-z_][\w.-]{0,20}$/), fc.boolean(), fc.nat());

describe('answers', () => {
  it('come back from an address as they were given', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(key, value), { maxLength: 20 }), (answers) => {
        expect(readAnswers(writeAnswers(answers))).toEqual(answers);
      }),
    );
  });

  it('that are cut off or made up are not there', () => {
    expect(readAnswers('tx.origin=CN~d.pers')).toEqual([['tx.origin', 'CN']]);
    expect(readAnswers('=x~a=<script>~b=#many~__proto__=x')).toEqual([]);
    expect(readAnswers(undefined)).toEqual([]);
  });

  it('changing one forgets what was asked after it', () => {
    const all = answered(answered(answered([], 'a', 'x'), 'b', true), 'c', 3);
    expect(factsOf(all)).toEqual({ a: 'x', b: true, c: 3 });
    expect(answered(all, 'b', false)).toEqual([
      ['a', 'x'],
      ['b', false],
    ]);
  });
});
