import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { atomsOf, normalised, stemOf } from './atoms.js';
import { Concepts, concepts } from './concepts.js';
import { isSyllable } from './pinyin.js';
import { clausesOf, plainWords } from './question.js';
import { deletionsOf, slipsBetween, toleranceOf } from './spelling.js';
import { termsOf, wordsIn } from './terms.js';

describe('one form for many scripts', () => {
  it.each([
    ['中醫藥', '中医药'],
    ['衞生', '卫生'],
    ['衛生', '卫生'],
    ['臺灣', '台湾'],
    ['裏', '里'],
    ['裡', '里'],
    ['ＴＣＭ', 'tcm'],
    ['Dữ liệu Đà Nẵng', 'du lieu da nang'],
    ['Ⅳ', 'iv'],
    ['㎎', 'mg'],
  ])('%s is %s', (typed, form) => expect(normalised(typed)).toBe(form));

  it('cuts Chinese into characters and other scripts into stems, breaks at punctuation', () => {
    expect(atomsOf('The formulas of 中醫藥, cross-border!')).toEqual([
      'formula',
      '中',
      '医',
      '药',
      null,
      'cross',
      'border',
      null,
    ]);
  });

  it.each([
    ['studies', 'study'],
    ['boxes', 'box'],
    ['analysis', 'analysis'],
    ['glass', 'glass'],
    ['gas', 'gas'],
    ['viruses', 'viruse'],
    ['data', 'data'],
    ['zdjs', 'zdjs'],
  ])('the stem of %s is %s', (word, stem) => expect(stemOf(word)).toBe(stem));
});

describe('things with many names', () => {
  const named = (text: string) => concepts.longestIn(atomsOf(text)).map(({ concept }) => concept);

  it('are one thing in every script', () => {
    for (const name of ['中医药', '中醫藥', 'TCM', 'traditional Chinese medicine', 'Ｔｃｍ', '中药']) {
      expect(named(name)).toEqual(['=traditional-chinese-medicine']);
    }
  });

  it('are read the longest first, and all of them where a text is indexed', () => {
    expect(named('跨境物流')).toEqual(['=cross-border-logistics']);
    const all = concepts.allIn(atomsOf('跨境物流')).map(({ concept }) => concept);
    expect(all).toEqual(['=cross-border', '=cross-border-logistics', '=logistics']);
  });

  it('are known by their reading in full and by initials of three or more', () => {
    expect(concepts.readAs('zhongyiyao')).toEqual(['=traditional-chinese-medicine']);
    expect(concepts.readAs('zyy')).toEqual(['=traditional-chinese-medicine']);
    expect(concepts.readAs('sj')).toEqual([]);
  });

  it('hold every row of the glossary in its three languages', () => {
    for (const [en, hans, hant] of [
      ['Data exchange', '数据交易所', '數據交易所'],
      ['Transaction certificate', '交易凭证', '交易憑證'],
      ['Usage record', '使用记录', '使用紀錄'],
      ['Privacy computing', '隐私计算', '私隱計算'],
      ['Transparency log', '透明日志', '透明日誌'],
    ] as const) {
      expect([named(hans), named(hant)]).toEqual([named(en), named(en)]);
      expect(named(en)).toHaveLength(1);
    }
  });

  it('refuse a name that two of them claim', () => {
    expect(() => new Concepts(['Weather = 天气', 'Sky = 天氣'])).toThrow('names both =weather and =sky');
    expect(() => new Concepts(['A = b,c'])).toThrow('punctuation');
  });
});

describe('what a document is found by', () => {
  const terms = new Set(termsOf({ names: ['岭南本草数据集'], texts: ['Formulas of 宋代'] }));

  it.each([
    '岭南',
    '本草',
    '南本',
    '草',
    '=data',
    '=dataset',
    '^岭南',
    '^=dataset',
    'y:lingnanbencao',
    'y:lnbc',
    'formula',
    '宋代',
  ])('has %s', (term) => expect(terms.has(term)).toBe(true));
  it.each(['^formula', '^宋代', 'y:songdai', 'of'])('has no %s', (term) => expect(terms.has(term)).toBe(false));

  it('is bounded, whatever the text', () => {
    const long = Array.from({ length: 30_000 }, (_, at) => String.fromCodePoint(0x4e00 + (at % 20_000))).join('');
    expect(termsOf({ names: [], texts: [long, long] }).length).toBeLessThanOrEqual(6_000);
  });

  it('gives the words a slip is compared with, and no readings, things or characters', () => {
    expect(wordsIn(['formula', '^formula', '=data', 'y:zyy', '中', '中医', 'ab', 'gb18030'])).toEqual(['formula']);
  });
});

describe('what a question asks for', () => {
  it('is the same in three scripts where its things have names', () => {
    const asked = clausesOf('中医药跨境物流数据');
    expect(clausesOf('中醫藥跨境物流數據')).toEqual(asked);
    expect(clausesOf('TCM cross-border logistics data')).toEqual(asked);
    expect(asked).toHaveLength(3);
  });

  it('takes a word as it is, or as a reading', () => {
    expect(clausesOf('lingnan')).toEqual([{ anyOf: [['lingnan'], ['y:lingnan']] }]);
    expect(clausesOf('ling nan')).toEqual([{ anyOf: [['y:lingnan'], ['ling', 'nan']] }]);
    expect(clausesOf('zyy')).toEqual([{ anyOf: [['=traditional-chinese-medicine'], ['zyy'], ['y:zyy']] }]);
  });

  it('asks for the characters of an unknown word in their order', () => {
    expect(clausesOf('薏苡仁')).toEqual([{ anyOf: [['薏苡', '苡仁']] }]);
    expect(clausesOf('薏')).toEqual([{ anyOf: [['薏']] }]);
  });

  it('takes what was meant in the place of what was typed', () => {
    expect(plainWords('tradtional Chinese medicine')).toEqual(['tradtional']);
    const mended = clausesOf('tradtional Chinese medicine', new Map([['tradtional', ['traditional']]]));
    expect(mended).toEqual(clausesOf('中医药'));
  });

  it('is bounded, and no text breaks it', () => {
    expect(clausesOf('a1 b2 c3 d4 e5 f6 g7 h8 i9 j0')).toHaveLength(8);
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        expect(clausesOf(text).length).toBeLessThanOrEqual(8);
        termsOf({ names: [text], texts: [text] });
      }),
      { numRuns: 300 },
    );
  });

  it('finds every document by any part of its own name', () => {
    const name = fc.string({
      unit: fc.constantFrom(...'岭南本草数据中医药方跨境物流香港'),
      minLength: 2,
      maxLength: 12,
    });
    fc.assert(
      fc.property(name, fc.nat(), fc.nat(), (text, one, other) => {
        const [from, to] = [one % text.length, other % text.length].sort((a, b) => a - b);
        const terms = new Set(termsOf({ names: [text], texts: [] }));
        for (const { anyOf } of clausesOf(text.slice(from, (to ?? 0) + 1))) {
          expect(anyOf.some((way) => way.every((term) => terms.has(term)))).toBe(true);
        }
      }),
    );
  });
});

describe('slips of the keyboard', () => {
  it.each([
    ['health', 'helath', 1],
    ['medicine', 'medcine', 1],
    ['logistics', 'logitsic', 2],
    ['same', 'same', 0],
    ['a', 'b', 1],
  ])('from %s to %s are %i', (one, other, slips) => expect(slipsBetween(one, other)).toBe(slips));

  it('within tolerance always share a deletion, so that none is overlooked', () => {
    const word = fc.string({ unit: fc.constantFrom(...'abcde'), minLength: 4, maxLength: 12 });
    const slip = fc.record({
      at: fc.nat(11),
      letter: fc.constantFrom(...'abcde'),
      kind: fc.constantFrom('add', 'drop', 'swap', 'change'),
    });
    fc.assert(
      fc.property(word, fc.array(slip, { maxLength: 2 }), (one, slips) => {
        const other = slips.reduce(slipped, one);
        if (slipsBetween(one, other) > Math.min(toleranceOf(one), toleranceOf(other))) return;
        const shared = new Set(deletionsOf(one));
        expect(deletionsOf(other).some((shorter) => shared.has(shorter))).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });

  it.each(['zhong', 'yi', 'nv', 'shuang', 'er'])('%s is a syllable', (word) => expect(isSyllable(word)).toBe(true));
  it.each(['data', 'x', 'tcm', 'zhongyi'])('%s is none', (word) => expect(isSyllable(word)).toBe(false));
});

function slipped(word: string, { at, letter, kind }: { at: number; letter: string; kind: string }): string {
  const place = at % word.length;
  const [before, here, after] = [word.slice(0, place), word[place] ?? '', word.slice(place + 1)];
  if (kind === 'add') return before + letter + here + after;
  if (kind === 'drop') return before + after;
  return kind === 'change' ? before + letter + after : before + after.slice(0, 1) + here + after.slice(1);
}
