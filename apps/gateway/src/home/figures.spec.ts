import { describe, expect, it } from '@jest/globals';
import { countText, grouped, moneyText, shortId } from './figures.js';

describe('figures', () => {
  it.each([
    ['10000', '10,000'],
    ['-1234.50', '-1,234.50'],
    ['0.05', '0.05'],
    ['123456789012345678901234567890', '123,456,789,012,345,678,901,234,567,890'],
    ['9007199254740993.000001', '9,007,199,254,740,993.000001'],
    ['not a number', 'not a number'],
  ])('groups %s as %s, exactly', (text, shown) => {
    expect(grouped(text, 'en')).toBe(shown);
  });

  it('writes money by its code', () => {
    expect(moneyText({ amount: '1234.50', currency: 'HKD' }, 'zh-Hant')).toBe('HKD 1,234.50');
  });

  it('admits what it did not count', () => {
    expect(countText(35, false, 'en')).toBe('35');
    expect(countText(100, true, 'en')).toBe('100+');
  });

  it('shortens ids to what tells them apart', () => {
    expect(shortId('agr_01jz8r8t2vf3q0w9c5m7n4x6ka')).toBe('agr_…n4x6ka');
    expect(shortId('org_exchange')).toBe('org_exchange');
  });
});
