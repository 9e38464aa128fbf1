import { describe, expect, it } from '@jest/globals';
import { toCsv } from './csv.js';

describe('a table for a spreadsheet', () => {
  it('keeps quotes, commas and lines within their cell', () => {
    expect(toCsv(['a', 'b'], [{ a: 'x "y", z\nw', b: 1.5 }])).toBe('a,b\r\n"x ""y"", z\nw",1.5\r\n');
  });
  it('runs nothing: no text begins like a formula', () => {
    for (const text of ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1']) {
      expect(toCsv(['a'], [{ a: text }])).toBe(`a\r\n"'${text}"\r\n`);
    }
    expect(toCsv(['a'], [{ a: -1 }])).toBe('a\r\n-1\r\n');
  });
});
