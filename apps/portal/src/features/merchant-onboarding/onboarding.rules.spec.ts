import { expect, it } from '@jest/globals';
import type { ParticipantChecklist } from '@hetao/client';
import { canSubmit, paperCount, stepOf } from './onboarding.rules.js';

it.each([
  ['draft', false, 1],
  ['draft', true, 2],
  ['supplement', true, 1],
  ['review', false, 2],
  ['approved', false, 4],
  ['suspended', true, 3],
] as const)('%s with all papers %s stands at step %i', (status, complete, step) => {
  expect(stepOf(status, complete)).toBe(step);
});

it('what is with the reviewer is not handed in again', () => {
  expect([canSubmit('supplement'), canSubmit('review'), canSubmit('approved')]).toEqual([true, false, false]);
});

it('only papers that hold count', () => {
  const items = [{ state: 'present' }, { state: 'expired' }, { state: 'missing' }];
  expect(paperCount({ complete: false, items } as ParticipantChecklist)).toEqual({ done: 1, all: 3 });
});
