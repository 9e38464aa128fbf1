import { describe, expect, it } from '@jest/globals';
import { loggedPath } from './logged-path.js';

describe('a path in a log', () => {
  it.each([
    ['/v1/agreements/agr_01k9zq5m8xe7aabq06tkc3j4fh/sign', '/v1/agreements/agr_01k9zq5m8xe7aabq06tkc3j4fh/sign'],
    [`/v1/customs/calendar-feeds/${'s'.repeat(43)}`, '/v1/customs/calendar-feeds/ssssss…'],
  ])('%s is told as %s', (path, told) => {
    expect(loggedPath(path)).toBe(told);
  });
});
