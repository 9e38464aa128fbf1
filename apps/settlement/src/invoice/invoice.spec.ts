import { describe, expect, it } from '@jest/globals';
import { money, type Currency } from '@hetao/kernel';
import fc from 'fast-check';
import { checkPosting } from '../ledger/ledger.js';
import {
  invoiceIdOf,
  invoiceNumber,
  makeInvoice,
  outstandingMinor,
  type Invoice,
  type InvoiceBasis,
} from './invoice.js';
import { creditedPosting, issuedPosting, paidPosting, reversedPosting, voidedPosting } from './invoice.postings.js';
import { creditInvoice, payInvoice, reversePayment, type SettledInvoice } from './invoice.settling.js';
import { accountMovesOf, holdingsAfter, noHoldings, type AccountMove } from './party-accounts.js';
import { entitledOf, leftNetMinor, leftTaxMinor } from './shares.js';

const paidAt = new Date('2015-06-10T00:00:00Z');
const basisOf = (amounts: readonly bigint[], change: Partial<Omit<InvoiceBasis, 'charges'>> = {}): InvoiceBasis => ({
  agreement: {
    agreementId: 'agr_1',
    merchantId: 'org_m',
    buyerId: 'org_b',
    channelPartnerId: 'org_c',
    plan: {
      currency: 'CNY',
      components: [],
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
  attempt: 1,
  purchaseOrder: null,
  taxCategory: 'standard',
  taxRateId: null,
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

  it('that is an export bears no tax, and says so', () => {
    const { invoice, lines } = makeInvoice(
      basisOf([10_000n], { taxCategory: 'export', taxRateId: 'cn-vat-export-2016' }),
    );
    expect(invoice).toMatchObject({ taxMinor: 0n, grossMinor: 10_000n, tax: { rateBps: 0 }, taxCategory: 'export' });
    expect(lines.at(-1)).toMatchObject({ kind: 'tax', amountMinor: 0n });
  });

  it('has another id when it is issued again after it was made void', () => {
    expect(makeInvoice(basisOf([1n], { attempt: 2 })).invoice.invoiceId).not.toBe(
      makeInvoice(basisOf([1n])).invoice.invoiceId,
    );
  });

  it.each([
    [10_601n, 'CNY'],
    [10_600n, 'HKD'],
    [0n, 'CNY'],
    [-1n, 'CNY'],
  ] as const)('over CNY 106.00 is not paid by %s minor units of %s', (amount, currency) => {
    const { invoice } = makeInvoice(basisOf([10_000n]));
    expect(payInvoice(invoice, new Map(), { paid: money(amount, currency), at: paidAt })).toMatchObject({
      ok: false,
      error: { code: 'INVOICE_NOT_PAYABLE' },
    });
  });

  it('is paid in parts, and not beyond', () => {
    const { invoice } = makeInvoice(basisOf([10_000n]));
    const first = pay(invoice, 600n);
    expect(first.invoice).toMatchObject({ state: 'part_paid', paidAt: null, paidMinor: 600n });
    expect(outstandingMinor(first.invoice)).toBe(10_000n);
    const second = pay(first.invoice, 10_000n, heldBy(first));
    expect(second.invoice).toMatchObject({ state: 'paid', paidAt });
    expect(payInvoice(second.invoice, heldBy(first, second), { paid: money(1n, 'CNY'), at: paidAt })).toMatchObject({
      ok: false,
      error: { code: 'INVOICE_NOT_PAYABLE' },
    });
  });

  it.each([
    [10_001n, 0n],
    [0n, 601n],
    [0n, 0n],
    [-1n, 0n],
  ])('of 100.00 + 6.00 has no %s + %s minor units to take back', (netMinor, taxMinor) => {
    const { invoice } = makeInvoice(basisOf([10_000n]));
    expect(creditInvoice(invoice, new Map(), { netMinor, taxMinor })).toMatchObject({
      ok: false,
      error: { code: 'INVOICE_NOT_CREDITABLE' },
    });
  });

  it('that was credited in full owes nothing, is owed nothing, and cannot be credited again', () => {
    const { invoice } = makeInvoice(basisOf([10_000n]));
    const credited = creditInvoice(invoice, new Map(), { netMinor: 10_000n, taxMinor: 600n });
    if (!credited.ok) throw new Error(credited.error.detail);
    expect(credited.value).toMatchObject({
      loweredMinor: 10_600n,
      refundMinor: 0n,
      moves: [],
      invoice: { state: 'credited' },
    });
    expect(creditInvoice(credited.value.invoice, new Map(), { netMinor: 1n, taxMinor: 0n })).toMatchObject({
      ok: false,
    });
  });

  it('takes from a party’s account what is there, and lets it owe what was paid out', () => {
    const { invoice } = makeInvoice(basisOf([10_000n]));
    const paid = pay(invoice, 10_600n);
    const held = heldBy(paid);
    const credited = creditInvoice(paid.invoice, held, { netMinor: 10_000n, taxMinor: 600n });
    if (!credited.ok) throw new Error(credited.error.detail);
    const { legs } = creditedPosting(credited.value, {
      causeId: 'crn_1',
      effectiveAt: paidAt,
      period: '2015-05',
      moves: accountMovesOf(credited.value.moves, {
        held,
        paidOut: new Map([['merchant', 9_000n]]),
        owedBack: new Map(),
      }),
    });
    expect(legs.map(({ side, account, amountMinor }) => [side, account.kind, amountMinor])).toEqual([
      ['debit', 'payable:merchant', 200n],
      ['debit', 'receivable:party', 9_000n],
      ['debit', 'payable:channel', 300n],
      ['debit', 'revenue:exchange_fee', 500n],
      ['debit', 'tax_payable', 600n],
      ['credit', 'payable:buyer', 10_600n],
    ]);
  });
});

function pay(invoice: Invoice, amountMinor: bigint, held: ReadonlyMap<Share, bigint> = new Map()): SettledInvoice {
  const paid = payInvoice(invoice, held, { paid: money(amountMinor, invoice.currency), at: paidAt });
  if (!paid.ok) throw new Error(paid.error.detail);
  return paid.value;
}

type Share = SettledInvoice['moves'][number]['share'];

/** What everybody holds after some movements. */
function heldBy(...settled: readonly SettledInvoice[]): Map<Share, bigint> {
  const held = new Map<Share, bigint>();
  for (const { share, deltaMinor } of settled.flatMap(({ moves }) => moves)) {
    held.set(share, (held.get(share) ?? 0n) + deltaMinor);
  }
  return held;
}

describe('for any charges, terms and course of events', () => {
  const bps = fc.integer({ min: 0, max: 2_000 });
  const amounts = fc.array(fc.bigInt(0n, 10n ** 13n), { minLength: 1, maxLength: 8 });
  const terms = fc.record({
    currency: fc.constantFrom<Currency>('CNY', 'VND', 'GBP'),
    exchangeBps: bps,
    channelBps: bps,
    rateBps: bps,
    sourceBps: bps,
    withheldBps: bps,
    channelPartnerId: fc.constantFrom(null, 'org_c'),
  });
  const steps = fc.array(
    fc.record({
      kind: fc.constantFrom('pay', 'credit', 'reverse', 'pay out'),
      thousandths: fc.integer({ min: 1, max: 1_000 }),
    }),
    { maxLength: 14 },
  );

  it('lines and shares add up, every posting is one the ledger takes, and nobody is left with a fen', () => {
    fc.assert(
      fc.property(amounts, terms, steps, (charges, deal, moves) => {
        const basis = basisOf(charges);
        const plan = {
          version: 2 as const,
          currency: deal.currency,
          components: [],
          trial: null,
          fee: { exchangeBps: deal.exchangeBps, channelBps: deal.channelBps },
          parties: [{ role: 'source' as const, participantId: 'par_s', bps: deal.sourceBps }],
          withholding: { jurisdiction: 'CN' as const, rateBps: deal.withheldBps },
          tax: { ...basis.agreement.plan.tax, rateBps: deal.rateBps },
        };
        const { channelPartnerId } = deal;
        const { invoice: issued, lines } = makeInvoice({
          ...basis,
          agreement: { ...basis.agreement, channelPartnerId, plan },
        });
        expect(lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0n)).toBe(issued.grossMinor);
        fc.pre(issued.grossMinor > 0n);
        expect(checkPosting(issuedPosting(issued, paidAt)).ok).toBe(true);
        expect(checkPosting(voidedPosting(issued, paidAt)).ok).toBe(true);

        let holdings = noHoldings;
        const left = new Map<Share, bigint>();
        const setOffs = new Map<Share, bigint>();
        const payments: bigint[] = [];
        let invoice = issued;
        const minorOf = (of: ReadonlyMap<Share, bigint>, share: Share): bigint => of.get(share) ?? 0n;
        const take = (settled: SettledInvoice): readonly AccountMove[] => {
          invoice = settled.invoice;
          const placed = accountMovesOf(settled.moves, holdings);
          holdings = holdingsAfter(holdings, placed);
          expect([...holdings.held.values()].every((minor) => minor >= 0n)).toBe(true);
          expect([...holdings.held.values()].reduce((a, b) => a + b, 0n)).toBe(invoice.paidMinor);
          for (const [share, held] of holdings.held) {
            expect(held - minorOf(holdings.paidOut, share)).toBeGreaterThanOrEqual(0n);
            const owed = minorOf(left, share) - minorOf(setOffs, share) - held;
            expect([share, minorOf(holdings.owedBack, share)]).toEqual([share, owed > 0n ? owed : 0n]);
          }
          return placed;
        };
        const context = { causeId: 'c', effectiveAt: paidAt, period: '2015-05' };
        const payPart = (amountMinor: bigint): void => {
          if (amountMinor === 0n) return;
          const paid = pay(invoice, amountMinor, holdings.held);
          expect(paid.moves.every(({ deltaMinor }) => deltaMinor > 0n)).toBe(true);
          payments.push(amountMinor);
          const payment = { paymentId: 'ipy_1', amountMinor, effectiveAt: paidAt, period: invoice.period };
          expect(checkPosting(paidPosting(paid, { ...payment, moves: take(paid) })).ok).toBe(true);
        };
        const creditPart = (netMinor: bigint, taxMinor: bigint): void => {
          const credited = creditInvoice(invoice, holdings.held, { netMinor, taxMinor });
          if (!credited.ok) return expect(netMinor + taxMinor).toBe(0n);
          const posting = creditedPosting(credited.value, { ...context, moves: take(credited.value) });
          expect(checkPosting(posting).ok).toBe(true);
        };
        /** A payout of the merchant's share, or one that is set off against what he owes back. */
        const payOut = (thousandths: bigint): void => {
          const owed = minorOf(holdings.owedBack, 'merchant');
          const there = minorOf(holdings.held, 'merchant') - minorOf(holdings.paidOut, 'merchant');
          const change = (to: ReadonlyMap<Share, bigint>, minor: bigint): Map<Share, bigint> =>
            new Map(to).set('merchant', minorOf(to, 'merchant') + minor);
          const part = ((owed > 0n ? owed : there) * thousandths) / 1_000n;
          if (owed > 0n) {
            holdings = { ...holdings, owedBack: change(holdings.owedBack, -part) };
            setOffs.set('merchant', minorOf(setOffs, 'merchant') + part);
          } else {
            holdings = { ...holdings, paidOut: change(holdings.paidOut, part) };
            left.set('merchant', minorOf(left, 'merchant') + part);
          }
        };
        for (const { kind, thousandths } of moves) {
          const part = (of: bigint): bigint => (of * BigInt(thousandths)) / 1_000n;
          if (kind === 'pay') payPart(part(outstandingMinor(invoice)));
          else if (kind === 'credit') creditPart(part(leftNetMinor(invoice)), part(leftTaxMinor(invoice)));
          else if (kind === 'pay out') payOut(BigInt(thousandths));
          else {
            const amountMinor = payments.pop();
            if (amountMinor === undefined) continue;
            const reversed = reversePayment(invoice, holdings.held, amountMinor);
            if (!reversed.ok) throw new Error(reversed.error.detail);
            const posting = reversedPosting(reversed.value, { ...context, moves: take(reversed.value) });
            expect(checkPosting(posting).ok).toBe(true);
          }
        }
        payPart(outstandingMinor(invoice));
        const ends = new Map([...entitledOf(invoice)].filter(([, minor]) => minor > 0n));
        expect(new Map([...holdings.held].filter(([, minor]) => minor > 0n))).toEqual(ends);
        creditPart(leftNetMinor(invoice), leftTaxMinor(invoice));
        expect([...holdings.held.values()].every((minor) => minor === 0n)).toBe(true);
      }),
    );
  });
});
