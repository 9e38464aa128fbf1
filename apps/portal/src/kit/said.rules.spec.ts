import { expect, it } from '@jest/globals';
import { moneyOf, readSaid, written, type Sentences } from './said.rules.js';

const sentences: Sentences<'came' | 'left'> = [
  ['came', /^(?<count>\d+) came\. ?/],
  ['left', /^(?<who>\S+) left\. ?/],
];

it('reads one sentence, or several behind each other, with what stands in them', () => {
  expect(readSaid('3 came.', sentences)).toEqual([{ word: 'came', values: { count: '3' } }]);
  expect(readSaid('3 came. Lee left.', sentences)).toEqual([
    { word: 'came', values: { count: '3' } },
    { word: 'left', values: { who: 'Lee' } },
  ]);
});

it.each(['', 'Nobody came.', '3 came. Nobody knows why.', '3 came'])(
  'tells nothing of a text that is another: "%s"',
  (text) => {
    expect(readSaid(text, sentences)).toBeUndefined();
  },
);

it('ends where a pattern takes nothing', () => {
  expect(readSaid('any', [['came', /^ ?/]])).toBeUndefined();
});

it('writes each place in its way, and leaves the others', () => {
  const values = { day: '2026-11-23', who: 'Lee', amount: 'CNY -0.05' };
  expect(written(values, { day: () => 'Monday', amount: (text) => moneyOf(text).amount })).toEqual({
    day: 'Monday',
    who: 'Lee',
    amount: '-0.05',
  });
});
