import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { reasons } from '../src/features/ops-reconciliation/reconciliation.rules.js';
import { words as english } from '../src/locales/en/index.js';

// A service is not imported by another, so its own lists are read from where it writes them. That the other languages have
// what English has is a matter of types.
const settlement = (path: string) => readFileSync(join(import.meta.dirname, '../../settlement/src', path), 'utf8');

/** The names of a list that is written as `export const <list> = ['A', 'B'] as const`. */
function listed(source: string, list: string): string[] {
  const [, body = ''] = new RegExp(`export const ${list} = \\[([^\\]]*)\\] as const`).exec(source) ?? [];
  return [...body.matchAll(/'(\w+)'/g)].map(([, name = '']) => name);
}

/** A row of the table of taxes: id, place, category, name, basis points, from, until, source. */
const TAX = /'([\w-]+)',\s*'[A-Z]{2}',\s*'[a-z_]+',\s*'([^']+)',\s*\d+,\s*'[\d-]+',\s*(?:null|'[\d-]+'),\s*'([^']+)'/g;

it('every reason why a bank line waits has its words', () => {
  const known = listed(settlement('matching/matching.ts'), 'exceptionReasons');
  expect(known).toContain('UNDERPAID');
  expect([...reasons].sort()).toEqual([...known].sort());
  expect(Object.keys(english.opsReconciliation.why).sort()).toEqual([...known].sort());
  expect(Object.keys(english.opsReconciliation.reason).sort()).toEqual([...known].sort());
});

it('every ground of a suggestion has its words', () => {
  const known = listed(settlement('matching/suggestions.ts'), 'suggestionGrounds');
  expect(known).toContain('AMOUNT_ALONE');
  expect(Object.keys(english.opsReconciliation.ground).sort()).toEqual([...known].sort());
});

it('every tax that settlement knows is called as it calls it, by name and law', () => {
  const table = settlement('database/migrations/0022-tax-and-fapiao.ts');
  const known = [...table.matchAll(TAX)].map(([, id = '', name, source]) => [id, { name, source }]);
  expect(known.length).toBeGreaterThan(10);
  expect(english.taxRates).toEqual(Object.fromEntries(known));
});
