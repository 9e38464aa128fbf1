import { expect, it } from '@jest/globals';
import { accessTo } from './access.js';

it.each([
  ['public', undefined, 'open'],
  [undefined, undefined, 'sign-in'],
  [['buyer'], undefined, 'sign-in'],
  [undefined, ['auditor'], 'open'],
  [['buyer', 'merchant'], ['merchant'], 'open'],
  [['operator'], ['buyer', 'merchant'], 'forbidden'],
] as const)('a page for %j is, to %j, %s', (audience, personas, access) => {
  expect(accessTo(audience, personas)).toBe(access);
});
