import { expect, it } from '@jest/globals';
import { goalOf, placeOf } from './place.rules.js';

it('a fault has its place in the form, or none', () => {
  expect(placeOf('/form/fields/1/legal_basis')).toEqual({
    ...{ name: ['fields', 1, 'legal_basis'], row: 1, section: undefined, word: 'fields_legal_basis' },
  });
  expect(placeOf('/form/assessment')).toMatchObject({ section: 'assessment' });
  expect(placeOf('/facts/d.pi')).toBeUndefined();
});

it('a question of customs leads to the input it is about, where there is one', () => {
  expect(goalOf('/form/fields/1/reason')).toEqual(['fields', 1, 'reason']);
  expect(goalOf('/documents/GBA_CONTRACT')).toEqual(['documents', 'GBA_CONTRACT']);
  expect(goalOf('/form/assessment')).toBeUndefined();
  expect(goalOf('/facts/d.pi')).toBeUndefined();
  expect(goalOf('/form')).toBeUndefined();
});
