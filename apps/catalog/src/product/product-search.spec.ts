import { describe, expect, it } from '@jest/globals';
import { searchPatterns, searchTextOf } from './product-search.js';

describe('what a product is found by', () => {
  it('is its names and descriptions in three languages and its kind, in one form', () => {
    const text = searchTextOf({
      name: { en: 'ＴＣＭ  Formulas', 'zh-Hans': '经典名方', 'zh-Hant': '經典名方' },
      description: { en: 'From\nSong', 'zh-Hans': '宋', 'zh-Hant': '宋' },
      kind: 'dataset',
      languages: [],
      storedIn: 'CN',
      subjectsIn: [],
      fields: [],
    });
    expect(text).toBe('tcm formulas 经典名方 經典名方 from song 宋 宋 dataset');
  });
});

describe('what is looked for', () => {
  it('is every word by itself, wildcards taken literally', () => {
    expect(searchPatterns('  TCM 100%_a\\b ')).toEqual(['%tcm%', '%100\\%\\_a\\\\b%']);
    expect(searchPatterns('   ')).toEqual([]);
  });

  it('is bounded', () => {
    expect(searchPatterns('a b c d', 2)).toEqual(['%a%', '%b%']);
  });
});
