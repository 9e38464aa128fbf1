import { expect, it } from '@jest/globals';
import { percentOf } from './usage.rules.js';

it('a share is whole and never more than everything; of nothing it is everything', () => {
  expect([percentOf('5', '20'), percentOf('30', '20'), percentOf('1', '0')]).toEqual([25, 100, 100]);
});
