import { describe, expect, it } from '@jest/globals';
import { currencies, currencyDigits, money, type Currency } from '@hetao/kernel';
import fc from 'fast-check';
import { amountInChinese, type ChineseScript } from './chinese-amount.js';

const cny = (minor: bigint): string => amountInChinese(money(minor, 'CNY'), 'zh-Hans');

describe('an amount in Chinese capitals', () => {
  it.each([
    [0n, '人民币零元整'],
    [1n, '人民币壹分'],
    [10n, '人民币壹角整'],
    [100n, '人民币壹元整'],
    [101n, '人民币壹元零壹分'],
    [110n, '人民币壹元壹角整'],
    [1_000n, '人民币壹拾元整'],
    [208_699n, '人民币贰仟零捌拾陆元玖角玖分'],
    [140_950n, '人民币壹仟肆佰零玖元伍角整'],
    [600_714n, '人民币陆仟零柒元壹角肆分'],
    [1_640_902n, '人民币壹万陆仟肆佰零玖元零贰分'],
    [10_000_000n, '人民币壹拾万元整'],
    [10_000_050_000n, '人民币壹亿零伍佰元整'],
    [1_000_000_000_000n, '人民币壹佰亿元整'],
    [10n ** 18n, '人民币壹亿亿元整'],
    [-12_345n, '人民币负壹佰贰拾叁元肆角伍分'],
  ])('%s fen is %s', (minor, text) => {
    expect(cny(minor)).toBe(text);
  });

  it('is written in traditional characters too, and without parts of the dong', () => {
    expect(amountInChinese(money(208_699n, 'HKD'), 'zh-Hant')).toBe('港幣貳仟零捌拾陸元玖角玖分');
    expect(amountInChinese(money(30_000n, 'VND'), 'zh-Hant')).toBe('越南盾參萬元整');
  });

  it('can be read back to the same amount, whatever it is', () => {
    const amount = fc.oneof(fc.bigInt(-(10n ** 18n), 10n ** 18n), fc.bigInt(-100_000n, 100_000n));
    const script = fc.constantFrom<ChineseScript>('zh-Hans', 'zh-Hant');
    fc.assert(
      fc.property(amount, fc.constantFrom<Currency>(...currencies), script, (minor, currency, variant) => {
        const text = amountInChinese(money(minor, currency), variant);
        expect(text).not.toMatch(/零零|零[元万萬亿億整]..*零元|零[拾佰仟万萬亿億]/);
        expect(readBack(text) * 10n ** BigInt(currencyDigits[currency])).toBe(minor * 100n);
      }),
      { numRuns: 400 },
    );
  });
});

/** Reads such an amount by its own rules, in hundredths. */
function readBack(text: string): bigint {
  const plain = [...text.replace(/^[^零壹贰貳叁參肆伍陆陸柒捌玖负負]+/u, '')]
    .map((character) => ('零〇'.includes(character) ? '' : character))
    .join('');
  const negative = /^[负負]/u.test(plain);
  const body = plain.replace(/^[负負]/u, '').replace('整', '');
  const [yuan = '', rest = ''] = body.includes('元') ? body.split('元') : ['', body];
  const part = (unit: string): bigint => digitOf(rest[rest.indexOf(unit) - 1] ?? '');
  const hundredths = (rest.includes('角') ? part('角') * 10n : 0n) + (rest.includes('分') ? part('分') : 0n);
  const value = wholeOf(yuan) * 100n + hundredths;
  return negative ? -value : value;
}

function wholeOf(text: string): bigint {
  for (const [units, scale] of [
    ['亿億', 10n ** 8n],
    ['万萬', 10n ** 4n],
    ['仟', 1000n],
    ['佰', 100n],
    ['拾', 10n],
  ] as const) {
    const at = Math.max(...[...units].map((unit) => text.lastIndexOf(unit)));
    if (at >= 0) return wholeOf(text.slice(0, at)) * scale + wholeOf(text.slice(at + 1));
  }
  return text === '' ? 0n : digitOf(text);
}

function digitOf(character: string): bigint {
  const found = ['零', '壹', '贰貳', '叁參', '肆', '伍', '陆陸', '柒', '捌', '玖'].findIndex(
    (forms) => character !== '' && forms.includes(character),
  );
  if (found < 0) throw new Error(`no digit: ${character}`);
  return BigInt(found);
}
