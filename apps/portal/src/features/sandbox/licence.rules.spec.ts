import { describe, expect, it } from '@jest/globals';
import { allowancesOf, amountText, borderOf } from './licence.rules.js';

const grounds = {
  ...{ agreement_id: 'agr_1', place: 'HK', is_export: true, release_id: 'rel_1' },
  legal_basis: { kind: 'gba_standard_contract', reference: 'GBA-7' },
};
const limits = {
  ...{ epsilon: 3, queries_per_day: 30, session_minutes: 600, vcpu_seconds: 3600, gb_seconds: 3600, output_files: 10 },
  predictions: 10_000,
};
const used = { session_minutes: 12, vcpu_seconds: 1.25, gb_seconds: 0.5, output_files: 1, predictions: 30 };

describe('What is left of a licence', () => {
  it('is told by meter, and the privacy budget by the ledger of this agreement', () => {
    const ledgers = [
      { project_id: 'agr_2', epsilon_cap: 9, epsilon_reserved: 8 },
      { project_id: 'agr_1', epsilon_cap: 2, epsilon_reserved: 0.4 },
    ];
    expect(allowancesOf({ grounds, used, limits }, ledgers)).toEqual([
      { meter: 'session_minutes', used: 12, limit: 600 },
      { meter: 'vcpu_seconds', used: 1.25, limit: 3600 },
      { meter: 'gb_seconds', used: 0.5, limit: 3600 },
      { meter: 'output_files', used: 1, limit: 10 },
      { meter: 'predictions', used: 30, limit: 10_000 },
      { meter: 'epsilon', used: 0.4, limit: 2 },
    ]);
    expect(allowancesOf({ grounds, used, limits }, [])).toContainEqual({ meter: 'epsilon', used: 0, limit: 3 });
  });

  it('is nobody’s where nothing opens', () => {
    expect(allowancesOf({ grounds: null, used: null, limits }, [])).toEqual([]);
  });
});

it('looking from another place is an export, with a release or without the need of one', () => {
  expect(borderOf(grounds)).toBe('export');
  expect(borderOf({ ...grounds, release_id: null })).toBe('exportFree');
  expect(borderOf({ ...grounds, is_export: false, release_id: null })).toBe('noExport');
});

it('amounts are rounded to what can be read', () => {
  expect([0.333333, 12, 1.005].map(amountText)).toEqual(['0.33', '12', '1']);
});
