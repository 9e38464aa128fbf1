import { expect, it } from '@jest/globals';
import { maySubmit, usedOf } from './job.rules.js';

const job = { author: 'usr_1', dry_run: false, state: 'done' as const };

it('a table is submitted by its author alone, and only of the data', () => {
  expect(maySubmit(job, 'usr_1')).toBe(true);
  expect(maySubmit(job, 'usr_2')).toBe(false);
  expect(maySubmit({ ...job, dry_run: true }, 'usr_1')).toBe(false);
  expect(maySubmit({ ...job, state: 'running' }, 'usr_1')).toBe(false);
});

it('what was used is told in its units, and nothing of what has none', () => {
  expect(usedOf({ used: { vcpu_seconds: 0.42, gb_seconds: 0.1, other: 3 } })).toEqual(['0.42 vCPU·s', '0.1 GB·s']);
  expect(usedOf({ used: null })).toEqual([]);
});
