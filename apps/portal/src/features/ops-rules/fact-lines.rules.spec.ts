import { expect, it } from '@jest/globals';
import { factsIn } from './fact-lines.rules.js';

it('reads words, whole numbers and yes or no; punctuation of either keyboard', () => {
  expect(factsIn('tx.origin = CN\n\nvol.persons：120000\n data.personal: true \ncode = 007a')).toEqual({
    facts: { 'tx.origin': 'CN', 'vol.persons': 120000, 'data.personal': true, code: '007a' },
    faults: [],
  });
});

it('names the lines it cannot read, and keeps a number too large for one as it is written', () => {
  expect(factsIn('tx.origin\n= CN\nvol.rows = 99999999999999999999')).toEqual({
    facts: { 'vol.rows': '99999999999999999999' },
    faults: [1, 2],
  });
});
