import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readCsv } from '../statement/csv.reader.js';
import { csvLines } from './csv.js';

describe('a table as CSV', () => {
  it('quotes what needs it, and lets no name become a formula', () => {
    const rows = [['河套, Ltd', 'say "hi"', '-12.50', '=HYPERLINK(1)', '-cmd', null]];
    expect([...csvLines(['a', 'b', 'c', 'd', 'e', 'f'], rows)]).toEqual([
      'a,b,c,d,e,f\r\n',
      `"河套, Ltd","say ""hi""",-12.50,'=HYPERLINK(1),'-cmd,\r\n`,
    ]);
  });

  it('is read back as it was written', () => {
    const cell = fc
      .string({ minLength: 1, maxLength: 12 })
      .filter((one) => !/^[=+\-@\t\r\s]/.test(one) && !one.includes('\r'));
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { maxLength: 8 }), (rows) => {
        const text = [...csvLines(['one', 'two'], rows)].join('');
        expect([...readCsv(text, ',')].slice(1).map(({ cells }) => cells)).toEqual(rows);
      }),
    );
  });
});
