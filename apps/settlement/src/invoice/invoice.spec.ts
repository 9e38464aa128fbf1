import { describe, expect, it } from '@jest/globals';
import { money, type Currency } from '@hetao/kernel';
import fc from 'fast-check';
import { checkPosting } from '../ledger/ledger.js';
import { invoiceIdOf, invoiceNumber, makeInvoice, payInvoice, type InvoiceBasis } from './invoice.js';
import { issuedPosting, paidPosting } from './invoice.postings.js';

const paidAt = new Date('2015-06-10T00:00:00Z');
const basisOf = (amounts: readonly bigint[], change: Partial<Omit<InvoiceBasis, 'charges'>> = {}): InvoiceBasis => ({
  agreement: {
    agreementId: 'agr_1',
    merchantId: 'org_m',
    buyerId: 'org_b',
    channelPartnerId: 'org_c',
    plan: {
      currency: 'CNY',
      fee: { exchangeBps: 500, channelBps: 300 },
      tax: { jurisdiction: 'CN', rateBps: 600, mode: 'exclusive' },
    },
  },
  period: '2015-05',
  charges: amounts.map((amountMinor, index) => ({
    chargeId: `chg_${index}`,
    componentId: `part-${index}`,
    meter: null,
    quantity: '1',
    amountMinor,
  })),
  ratingRule: 'rating-1',
  year: 2015,
  yearNo: 7,
  issuedAt: new Date('2015-06-01T00:00:00Z'),
  dueDate: '2015-07-01',
  ...change,
});

describe('an invoice', () => {
  it('adds charges and the tax on their sum, rounded once', () => {
    // 6 % of 0.09 is 0.0054: rounded line by line it would be nothing, on the sum it is one fen.
    const { invoice, lines } = makeInvoice(basisOf([3n, 3n, 3n]));
    expect(invoice).toMatchObject({
      number: 'HX-2015-000007',
      netMinor: 9n,
      taxMinor: 1n,
      grossMinor: 10n,
      state: 'issued',
      paidAt: null,
    });
    expect(lines.map(({ lineNo, kind, amountMinor }) => [lineNo, kind, amountMinor])).toEqual([
      [1, 'charge', 3n],
      [2, 'charge', 3n],
      [3, 'charge', 3n],
      [4, 'tax', 1n],
    ]);
  });

  it('over nothing is paid as it is issued', () => {
    const { invoice } = makeInvoice(basisOf([0n]));
    expect(invoice).toMatchObject({ grossMinor: 0n, state: 'paid', paidAt: invoice.issuedAt });
  });

  it('has a number that banks carry and an id that follows from what it bills', () => {
    expect(invoiceNumber(2015, 1)).toBe('HX-2015-000001');
    expect(invoiceNumber(2015, 1_234_567)).toBe('HX-2015-1234567');
    expect(invoiceIdOf('agr_1', '2015-05')).toBe(invoiceIdOf('agr_1', '2015-05'));
    expect(invoiceIdOf('agr_1', '2015-05')).not.toBe(invoiceIdOf('agr_1', '2015-06'));
  });

  it.each([
    [10_599n, 'CNY'],
    [10_601n, 'CNY'],
    [10_600n, 'HKD'],
    [0n, 'CNY'],
  ] as const)('over CNY 106.00 is not paid by %s minor units of %s', (amount, currency) => {
    const { invoice } = makeInvoice(basisOf([10_000n]));
    expect(payInvoice(invoice, money(amount, currency), paidAt)).toMatchObject({
      ok: false,
      error: { code: 'INVOICE_NOT_PAYABLE' },
    });
  });

  it('is paid once', () => {
    const { invoice } = makeInvoice(basisOf([10_000n]));
    const paid = payInvoice(invoice, money(10_600n, 'CNY'), paidAt);
    if (!paid.ok) throw new Error(paid.error.detail);
    expect(paid.value.invoice).toMatchObject({ state: 'paid', paidAt });
    expect(payInvoice(paid.value.invoice, money(10_600n, 'CNY'), paidAt)).toMatchObject({
      ok: false,
      error: { code: 'INVOICE_NOT_PAYABLE' },
    });
  });
});

describe('for any charges and terms', () => {
  const bps = fc.integer({ min: 0, max: 5_000 });
  const amounts = fc.array(fc.bigInt(0n, 10n ** 13n), { minLength: 1, maxLength: 8 });
  const terms = fc.record({
    currency: fc.constantFrom<Currency>('CNY', 'VND', 'GBP'),
    exchangeBps: bps,
    channelBps: bps,
    rateBps: bps,
    channelPartnerId: fc.constantFrom(null, 'org_c'),
  });

  it('lines and shares add up to gross, and both postings are ones the ledger takes', () => {
    fc.assert(
      fc.property(amounts, terms, (charges, { currency, exchangeBps, channelBps, rateBps, channelPartnerId }) => {
        const basis = basisOf(charges);
        const plan = { currency, fee: { exchangeBps, channelBps }, tax: { ...basis.agreement.plan.tax, rateBps } };
        const { invoice, lines } = makeInvoice({ ...basis, agreement: { ...basis.agreement, channelPartnerId, plan } });
        expect(lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0n)).toBe(invoice.grossMinor);
        fc.pre(invoice.grossMinor > 0n);
        const paid = payInvoice(invoice, money(invoice.grossMinor, currency), paidAt);
        if (!paid.ok) throw new Error(paid.error.detail);
        const { shares } = paid.value;
        expect(shares.reduce((sum, { amountMinor }) => sum + amountMinor, 0n)).toBe(invoice.grossMinor);
        expect(shares.every(({ amountMinor }) => amountMinor >= 0n)).toBe(true);
        expect(shares.some(({ share }) => share === 'channel')).toBe(channelPartnerId !== null);
        expect(shares.find(({ share }) => share === 'tax')?.amountMinor).toBe(invoice.taxMinor);
        expect(checkPosting(issuedPosting(invoice, paidAt)).ok).toBe(true);
        expect(checkPosting(paidPosting(paid.value, paidAt)).ok).toBe(true);
      }),
    );
  });
});
