import { describe, expect, it } from '@jest/globals';
import { checkAmount, fapiaoTransitions, note, type Fapiao, type FapiaoNews } from './fapiao.js';

const evidence = { number: '25442000000012345678', evidenceHash: 'a'.repeat(64), date: '2015-06-11' };
const requested: Fapiao = {
  fapiaoId: 'fap_1',
  invoiceId: 'inv_1',
  kind: 'ordinary',
  title: '买方',
  taxpayerNo: null,
  amountMinor: 100n,
  state: 'requested',
  issued: null,
  red: null,
  failure: null,
  requestedAt: new Date('2015-06-10T00:00:00Z'),
};
const after = (...news: readonly FapiaoNews[]): Fapiao =>
  news.reduce((fapiao, one) => {
    const next = note(fapiao, one);
    if (!next.ok) throw new Error(next.error.detail);
    return next.value;
  }, requested);
const issue: FapiaoNews = { command: 'issue', evidence };
const red: FapiaoNews = { command: 'flush_red', evidence: { ...evidence, number: '25442000000087654321' } };

describe('a fapiao', () => {
  it('is issued by the platform and taken back by a red-letter one, never changed', () => {
    expect(after(issue)).toMatchObject({ state: 'issued', issued: evidence });
    expect(after(issue, { command: 'request_red' }, red)).toMatchObject({ state: 'red_flushed', issued: evidence });
    expect(fapiaoTransitions.isFinal('red_flushed')).toBe(true);
  });

  it('takes the same news twice, and other news never', () => {
    expect(after(issue, issue)).toEqual(after(issue));
    for (const news of [
      { ...issue, evidence: { ...evidence, number: '1' } },
      red,
      { command: 'fail', reason: 'x' },
    ] as const) {
      expect(note(after(issue), news)).toMatchObject({ ok: false, error: { code: 'FAPIAO_STATE' } });
    }
  });

  it('is for at most what stands of an invoice in renminbi', () => {
    expect(checkAmount({ currency: 'CNY', openMinor: 100n }, 100n).ok).toBe(true);
    expect(checkAmount({ currency: 'CNY', openMinor: 100n }, 101n)).toMatchObject({ error: { code: 'FAPIAO_AMOUNT' } });
    expect(checkAmount({ currency: 'CNY', openMinor: 100n }, 0n)).toMatchObject({ error: { code: 'FAPIAO_AMOUNT' } });
    expect(checkAmount({ currency: 'HKD', openMinor: 100n }, 1n)).toMatchObject({ error: { code: 'FAPIAO_NOT_CNY' } });
  });
});
