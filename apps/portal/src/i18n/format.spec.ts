import { describe, expect, it } from '@jest/globals';
import {
  bytesText,
  countText,
  dayText,
  distanceText,
  groupDigits,
  languageText,
  moneyText,
  monthText,
  placeText,
  shareText,
  timeText,
} from './format.js';

describe('figures', () => {
  it.each([
    ['0', '0'],
    ['999', '999'],
    ['1000', '1,000'],
    ['-1234567.80', '−1,234,567.80'],
    ['90071992547409931234.05', '90,071,992,547,409,931,234.05'],
    ['no figure', 'no figure'],
  ])('groups %s as %s and keeps every digit', (decimal, grouped) => {
    expect(groupDigits(decimal)).toBe(grouped);
  });

  it('names currencies by their code', () => {
    expect(moneyText({ amount: '1234.50', currency: 'HKD' })).toBe('HKD 1,234.50');
  });

  it('counts, shares and bytes', () => {
    expect(countText(10_000, 'en')).toBe('10,000');
    expect(countText('12345678901234567890', 'zh-Hans')).toBe('12,345,678,901,234,567,890');
    expect(shareText(0.125, 'en')).toBe('12.5%');
    expect(bytesText(0, 'en')).toBe('0 byte');
    expect(bytesText(1_500_000, 'en')).toBe('1.5 MB');
  });
});

describe('times', () => {
  it('are told in the zone of the exchange, whatever zone the browser is in', () => {
    expect(timeText('2026-11-22T17:30:00Z', 'en')).toBe('23 Nov 2026, 01:30');
    expect(dayText('2026-11-22T17:30:00Z', 'zh-Hans')).toBe('2026年11月23日');
  });

  it('a plain date is that day everywhere', () => {
    expect(dayText('2026-11-22', 'en', 'America/Los_Angeles')).toBe('22 Nov 2026');
  });

  it('months and distances', () => {
    expect(monthText('2026-10', 'zh-Hant')).toBe('2026年10月');
    expect(monthText('2026-10', 'en')).toBe('October 2026');
    const now = Date.parse('2026-11-22T12:00:00Z');
    expect(distanceText('2026-11-25T12:00:00Z', now, 'en')).toBe('in 3 days');
    expect(distanceText('2026-11-22T10:00:00Z', now, 'zh-Hans')).toBe('2小时前');
  });
});

it('places have names', () => {
  expect(placeText('HK', 'en')).toBe('Hong Kong');
  expect(placeText('CN', 'zh-Hant')).toBe('中國內地');
});

it.each(['Guangzhou, Guangdong', '珠海横琴', ''])('a place in words of its own stays: %s', (place) => {
  expect(placeText(place, 'en')).toBe(place);
});

it('languages have names; what is no tag stays as it was written', () => {
  expect([languageText('zh-Hant', 'en'), languageText('en', 'zh-Hans')]).toEqual(['Traditional Chinese', '英语']);
  expect(languageText('Cantonese, mostly', 'en')).toBe('Cantonese, mostly');
});
