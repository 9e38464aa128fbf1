import { expect, it } from '@jest/globals';
import { HetaoProblem, HetaoUnreachable } from '@hetao/client';
import { faultAt, isAway, isStale, wasAnswered } from './problem.js';

function problem(status: number) {
  return new HetaoProblem({
    ...{ type: '/problems/x', title: 'X', detail: 'd', instance: '/v1/x', code: 'X', fix: 'f', trace_id: 't' },
    status,
    errors: [{ pointer: '/price/amount', code: 'TOO_LOW', detail: 'is below the floor' }],
  });
}

it('knows what may have been heard and what was not', () => {
  const away = new HetaoUnreachable('no answer');
  expect([isAway(away), isAway(problem(503)), isAway(new TypeError('x'))]).toEqual([true, false, false]);
  expect([412, 409, 428].map((status) => isStale(problem(status)))).toEqual([true, false, false]);
  expect([wasAnswered(problem(409)), wasAnswered(problem(503)), wasAnswered(away)]).toEqual([true, false, false]);
});

it('finds the fault of a field', () => {
  expect(faultAt(problem(422), '/price/amount')?.detail).toBe('is below the floor');
  expect(faultAt(problem(422), '/term')).toBeUndefined();
  expect(faultAt(new Error('x'), '/term')).toBeUndefined();
});
