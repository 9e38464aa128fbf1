import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { breakLines } from './line-breaking.js';

/** Han characters two units wide, everything else one: a console's measure. */
const measure = (text: string): number =>
  [...text].reduce((sum, character) => sum + (/[\u2E80-\uFFEF]/u.test(character) ? 2 : 1), 0);
const broken = (text: string, width: number): readonly string[] => breakLines(text, width, measure);

describe('breaking lines', () => {
  it('breaks Latin text at blanks and Chinese anywhere', () => {
    expect(broken('the quick brown fox', 10)).toEqual(['the quick', 'brown fox']);
    expect(broken('数据交易结算', 8)).toEqual(['数据交易', '结算']);
    expect(broken('接口 API 调用', 9)).toEqual(['接口 API', '调用']);
  });

  it('never begins a line with a closing mark nor ends one with an opening mark', () => {
    expect(broken('数据交易。结算', 8)).toEqual(['数据交', '易。结算']);
    expect(broken('数据交（易）', 8)).toEqual(['数据交', '（易）']);
  });

  it('cuts what is wider than a line and keeps line feeds', () => {
    expect(broken('abcdefghij', 4)).toEqual(['abcd', 'efgh', 'ij']);
    expect(broken('a\n\nb', 4)).toEqual(['a', '', 'b']);
  });

  it('loses no character but blanks at the ends, and keeps to the width', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'bc', ' ', '数', '据', '。', '（', '"', '1', '-', '𠀀') });
    fc.assert(
      fc.property(text, fc.integer({ min: 4, max: 30 }), (given, width) => {
        const lines = broken(given, width);
        expect(lines.join('').replaceAll(' ', '')).toBe(given.replaceAll(' ', ''));
        for (const line of lines) expect(measure(line)).toBeLessThanOrEqual(width + 2);
      }),
    );
  });
});
