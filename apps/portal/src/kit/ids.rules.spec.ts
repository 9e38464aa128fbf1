import { expect, it } from '@jest/globals';
import { isId } from './ids.rules.js';

it.each([
  ['agr_01jz8r8t2vf3q0w9c5m7n4x6ka', true],
  ['Notice agr_01jz8r8t2vf3q0w9c5m7n4x6ka', false],
  ['SZ-2026-000117', false],
  ['', false],
])('%s is an id and nothing else: %s', (text, is) => {
  expect(isId(text)).toBe(is);
});
