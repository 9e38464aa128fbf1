import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { OutputRequestView } from '@hetao/client';
import type { Persona } from '../../app/page-state.js';
import { movesOn, tableOf } from './output.rules.js';

const review = { is_custodian: true, vote: 'approve' as const, comment: '', voted_at: '2026-11-23T08:00:00Z' };
const output = (changes: Partial<OutputRequestView>) => ({
  ...{ state: 'auto_checked' as const, author: 'usr_author', content: 'a\n1\n', reviews: [], content_hash: 'h' },
  ...changes,
});
const reader = (persona: Persona, id = 'usr_reader') => ({
  ...{ account_id: id, organisation_id: 'par_1', personas: [persona] },
});

describe('What somebody can do with a result', () => {
  it('a reviewer votes once on what he sees; its author and an auditor never', () => {
    expect(movesOn(output({}), reader('merchant')).vote).toBe(true);
    expect(movesOn(output({}), reader('operator')).vote).toBe(true);
    expect(movesOn(output({}), reader('auditor')).vote).toBe(false);
    expect(movesOn(output({}), reader('merchant', 'usr_author')).vote).toBe(false);
    const voted = output({ state: 'partially_reviewed', reviews: [{ ...review, reviewer: 'usr_reader' }] });
    expect(movesOn(voted, reader('merchant')).vote).toBe(false);
    expect(movesOn(output({ state: 'rejected' }), reader('merchant')).vote).toBe(false);
  });

  it('its buyer takes it back before it is released, and has it after; reviewers call it back', () => {
    const buyers = { content: null };
    expect(movesOn(output(buyers), reader('buyer'))).toMatchObject({ withdraw: true, download: false, vote: false });
    const released = { state: 'released' as const };
    expect(movesOn(output({ ...buyers, ...released }), reader('buyer'))).toMatchObject({
      withdraw: false,
      download: true,
    });
    expect(movesOn(output(released), reader('merchant'))).toMatchObject({ recall: true, download: false });
  });
});

describe('A table in CSV', () => {
  it('is read with quotes, and no further than asked', () => {
    expect(tableOf('a,b\n"x, ""y""",2\n3,4\n5,6\n', 2)).toEqual([
      ['a', 'b'],
      ['x, "y"', '2'],
      ['3', '4'],
    ]);
    expect(tableOf('', 5)).toEqual([]);
  });

  it('comes out as it was written', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', ',', '"', ' ', '脈'), minLength: 1, maxLength: 6 });
    const tables = fc
      .integer({ min: 1, max: 4 })
      .chain((columns) =>
        fc.array(fc.array(cell, { minLength: columns, maxLength: columns }), { minLength: 1, maxLength: 5 }),
      );
    fc.assert(
      fc.property(tables, (table) => {
        const csv = table.map((row) => row.map((text) => `"${text.replaceAll('"', '""')}"`).join(',')).join('\n');
        expect(tableOf(csv, 100)).toEqual(table);
      }),
    );
  });
});
