import { describe, expect, it } from '@jest/globals';
import { MASK, maskedData, maskedText } from './masked-data.js';

describe('The data of an event, as it is shown', () => {
  it('keeps what machines wrote: ids, states, amounts, hashes, instants', () => {
    const written = {
      agreementId: 'agr_01jz8r8t2vf3q0w9c5m7n4x6ka',
      state: 'active',
      net: { amountMinor: '196886', currency: 'CNY' },
      hash: 'ab12'.repeat(16),
      at: '2026-11-02T08:00:00.000Z',
      lines: [{ quantity: 12.5, final: true, note: null }],
    };
    expect(maskedData(written)).toEqual(written);
  });

  it('keeps back words that people wrote, in any script', () => {
    const written = {
      reason: 'asked by Chan Tai Man',
      by: 'Schmidt',
      name: { en: 'Herbal records', 'zh-Hant': '嶺南' },
    };
    expect(maskedData(written)).toEqual({ reason: MASK, by: MASK, name: { en: MASK, 'zh-Hant': MASK } });
  });

  it.each([
    ['an address of mail', 'chan@hospital.example'],
    ['a telephone', '+85212345678'],
    ['a mobile of the mainland', '13800138000'],
    ['an identity card', '11010519491231002X'],
  ])('keeps back %s, as a value, as a name and inside an error', (_what, secret) => {
    expect(JSON.stringify(maskedData({ who: secret, [secret]: [secret] }))).not.toContain(secret);
    expect(maskedText(`RangeError: ${secret} cannot be borne`)).toBe(`RangeError: ${MASK} cannot be borne`);
  });

  it('does not go down without end', () => {
    let deep: { in?: object } = {};
    for (let level = 0; level < 2_000; level += 1) deep = { in: deep };
    expect(JSON.stringify(maskedData(deep as never))).toContain(MASK);
  });
});
