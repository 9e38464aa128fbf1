import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fromWire, toWire } from './wire-names.js';

describe('names on the wire', () => {
  it('follow one rule, and leave values and language tags alone', () => {
    const card = { noticeDays: 30, licence: { mayNot: ['re_identify', 'doNot'] }, text: { 'zh-Hans': 'aB_c' } };
    expect(toWire(card)).toEqual({
      notice_days: 30,
      licence: { may_not: ['re_identify', 'doNot'] },
      text: { 'zh-Hans': 'aB_c' },
    });
  });

  it('come back as they went', () => {
    const key = fc.stringMatching(/^[a-z]{1,5}([A-Z][a-z]{1,4}){0,3}$/);
    const value = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null), fc.array(fc.string()));
    fc.assert(
      fc.property(fc.dictionary(key, fc.oneof(value, fc.array(fc.dictionary(key, value)))), (data) => {
        expect(fromWire(toWire(data))).toEqual({ ...data });
      }),
    );
  });
});
