import { expect, it } from '@jest/globals';
import { lawsOf, readFinding, readRefusal } from './finding.rules.js';

it('reads what stands in a finding, whatever a person wrote there', () => {
  const detail = 'The right to data that ended on 2014-01-01. ended on 2015-05-31.';
  expect(readFinding({ code: 'UPSTREAM_RIGHT_EXPIRED', detail })?.values).toEqual({
    name: 'data that ended on 2014-01-01.',
    day: '2015-05-31',
  });
});

it('knows a refusal by the checks from one by a person', () => {
  expect(readRefusal('Core data of the state is not traded.')?.word).toBe('coreData');
  expect(readRefusal('Core data of the state is not traded. Ask again next year.')).toBeUndefined();
});

it.each([
  ['NEW_TOMORROW', 'The section summary is empty.'],
  ['SECTION_MISSING', 'The section summary is too short.'],
])('leaves what it does not know to the words of the catalog: %s %s', (code, detail) => {
  expect(readFinding({ code, detail })).toBeUndefined();
});

it('names each law by itself', () => {
  expect(lawsOf('NDA 2026 No. 35; PIPL, article 13').map(({ name }) => name)).toEqual([
    'NDA 2026 No 35',
    'PIPL, article 13',
  ]);
});
