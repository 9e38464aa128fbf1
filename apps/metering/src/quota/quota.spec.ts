import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Decimal } from '@hetao/kernel';
import { type Quota, QuotaBook, type Use } from './quota.js';

const quota = (limit: string, used = '0', meter = 'calls'): Quota => ({
  agreementId: 'agr_1',
  meter,
  limit: Decimal.parse(limit),
  used: Decimal.parse(used),
  isExhausted: false,
});
const use = (quantities: Readonly<Record<string, string>>, agreementId = 'agr_1'): Use => ({
  agreementId,
  quantities: Object.entries(quantities).map(([meter, text]) => ({ meter, quantity: Decimal.parse(text) })),
});
const usedOf = (book: QuotaBook) => book.changed().map((one) => `${one.meter} ${one.used.toString()}`);

describe('a quota', () => {
  it('allows exactly its limit and not a fraction more', () => {
    const book = new QuotaBook([quota('10', '9.5')]);
    expect(book.take(use({ calls: '0.5' }))).toBeUndefined();
    expect(book.take(use({ calls: '0.000000000001' }))?.meter).toBe('calls');
    expect(usedOf(book)).toEqual(['calls 10']);
  });

  it('lets a smaller use in after a larger one was refused', () => {
    const book = new QuotaBook([quota('10', '8')]);
    expect(book.take(use({ calls: '3' }))).toBeDefined();
    expect(book.take(use({ calls: '2' }))).toBeUndefined();
    expect(usedOf(book)).toEqual(['calls 10']);
  });

  it('takes from all its meters or from none', () => {
    const book = new QuotaBook([quota('10'), quota('100', '99', 'bytes')]);
    expect(book.take(use({ calls: '1', bytes: '2' }))?.meter).toBe('bytes');
    expect(usedOf(book)).toEqual(['bytes 99']);
  });

  it('leaves other agreements and other meters alone, and zero costs nothing', () => {
    const book = new QuotaBook([quota('1', '1')]);
    expect(book.take(use({ calls: '5' }, 'agr_2'))).toBeUndefined();
    expect(book.take(use({ rows: '5' }))).toBeUndefined();
    expect(book.take(use({ calls: '0' }))).toBeUndefined();
    expect(book.changed()).toEqual([]);
  });

  it('announces its end once: when it is reached, or when a use is first refused', () => {
    const reached = new QuotaBook([quota('2')]);
    reached.take(use({ calls: '2' }));
    reached.take(use({ calls: '1' }));
    expect(reached.newlyExhausted().map((one) => one.used.toString())).toEqual(['2']);
    const refused = new QuotaBook([quota('2', '1')]);
    refused.take(use({ calls: '2' }));
    expect(refused.newlyExhausted().map((one) => one.used.toString())).toEqual(['1']);
    const again = new QuotaBook([{ ...quota('2', '2'), isExhausted: true }]);
    again.take(use({ calls: '1' }));
    expect(again.newlyExhausted()).toEqual([]);
  });

  it('never lets the sum of what was taken pass the limit, and refuses only what would', () => {
    const amounts = fc.array(fc.nat(30), { maxLength: 40 });
    fc.assert(
      fc.property(fc.nat(200), amounts, (limit, uses) => {
        const book = new QuotaBook([quota(String(limit))]);
        let used = 0;
        for (const amount of uses) {
          const isRefused = book.take(use({ calls: String(amount) })) !== undefined;
          expect(isRefused).toBe(used + amount > limit);
          if (!isRefused) used += amount;
        }
        const [after] = book.changed();
        if (after) expect(after.used.toString()).toBe(String(used));
      }),
    );
  });
});
