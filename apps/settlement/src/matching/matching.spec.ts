import { describe, expect, it } from '@jest/globals';
import { newId } from '@hetao/kernel';
import fc from 'fast-check';
import { matchLines, referencesIn, type MatchableLine, type OpenItem, type Verdict } from './matching.js';

const invoiceId = newId('inv');
const payoutId = newId('pay');
const invoice: OpenItem = {
  kind: 'invoice',
  id: invoiceId,
  name: 'HX-2015-000007',
  period: '2015-05',
  amountMinor: 10_600n,
  currency: 'CNY',
  open: true,
};
const other: OpenItem = { ...invoice, id: newId('inv'), name: 'HX-2015-000008', amountMinor: 500n };
const payout: OpenItem = { ...invoice, kind: 'payout', id: payoutId, name: payoutId, amountMinor: 9_000n };
const items = new Map([
  [invoice.name, invoice],
  [invoice.id, invoice],
  [other.name, other],
  [other.id, other],
  [payout.id, payout],
]);

let lines = 0;
const line = (change: Partial<MatchableLine>): MatchableLine => ({
  lineId: `bsl_${(lines += 1)}`,
  side: 'credit',
  amountMinor: 10_600n,
  currency: 'CNY',
  reversal: false,
  endToEndId: null,
  remittance: '',
  ...change,
});
const decide = (change: Partial<MatchableLine>, known: ReadonlyMap<string, OpenItem> = items): Verdict => {
  const one = line(change);
  const verdict = matchLines([one], known).get(one.lineId);
  if (verdict === undefined) throw new Error('no verdict');
  return verdict;
};

describe('references in what a payer wrote', () => {
  it.each([
    ['HX-2015-000007', ['HX-2015-000007']],
    ['hx2015000007', ['HX-2015-000007']],
    ['INV. HX 2015/000007 THANKS', ['HX-2015-000007']],
    ['HX-2015-0000070', ['HX-2015-0000070']],
    ['HX-2015-000007 HX-2015-000008', ['HX-2015-000007', 'HX-2015-000008']],
    ['HX-2015-000007, again HX2015000007', ['HX-2015-000007']],
    [payoutId.replace('_', '').toUpperCase(), [payoutId]],
    [`ref ${invoiceId}`, [invoiceId]],
    [`X${payoutId.replace('_', '')}`, []],
    ['HX-15-7', []],
    ['发票 HX-2015-000007 付款', ['HX-2015-000007']],
    ['', []],
  ])('%s', (text, expected) => {
    expect(referencesIn(text)).toEqual(expected);
  });
});

describe('a line is matched', () => {
  it('by EndToEndId', () => {
    expect(decide({ endToEndId: 'HX-2015-000007' })).toEqual({
      kind: 'match',
      item: invoice,
      foundBy: 'end_to_end_id',
    });
    expect(decide({ endToEndId: invoiceId.replace('_', '').toUpperCase() })).toMatchObject({
      kind: 'match',
      item: invoice,
    });
  });

  it('by our invoice number in the remittance text', () => {
    expect(decide({ endToEndId: 'XYZ/1', remittance: 'for hx2015 000007' })).toEqual({
      kind: 'match',
      item: invoice,
      foundBy: 'remittance',
    });
  });

  it('by payout id when money goes out', () => {
    const endToEndId = payoutId.replace('_', '').toUpperCase();
    expect(decide({ side: 'debit', amountMinor: 9_000n, endToEndId })).toMatchObject({ kind: 'match', item: payout });
  });
});

describe('a line is left to a person', () => {
  it.each<[string, Partial<MatchableLine>, string, string]>([
    ['without any reference', { remittance: 'thank you' }, 'NO_REFERENCE', 'names an invoice'],
    [
      'with an unknown number',
      { remittance: 'HX-2015-999999' },
      'UNKNOWN_REFERENCE',
      'HX-2015-999999 is not an invoice of ours',
    ],
    [
      'naming two invoices',
      { remittance: 'HX-2015-000007 HX-2015-000008' },
      'AMBIGUOUS_REFERENCE',
      'which of them is meant',
    ],
    [
      'whose EndToEndId and text disagree',
      { endToEndId: 'HX-2015-000007', remittance: 'HX-2015-000008' },
      'AMBIGUOUS_REFERENCE',
      'HX-2015-000007, HX-2015-000008',
    ],
    [
      'one cent short',
      { endToEndId: 'HX-2015-000007', amountMinor: 10_599n },
      'UNDERPAID',
      'HX-2015-000007 is CNY 106.00, the bank line CNY 105.99',
    ],
    ['one cent over', { endToEndId: 'HX-2015-000007', amountMinor: 10_601n }, 'OVERPAID', 'CNY 106.01'],
    [
      'in another currency',
      { endToEndId: 'HX-2015-000007', currency: 'HKD' },
      'WRONG_CURRENCY',
      'HX-2015-000007 is in CNY, the bank line in HKD',
    ],
    [
      'in a currency of no use',
      { endToEndId: 'HX-2015-000007', currency: 'EUR' },
      'CURRENCY_NOT_SETTLED',
      'does not settle in EUR',
    ],
    [
      'that takes a booking back',
      { endToEndId: 'HX-2015-000007', reversal: true },
      'REVERSAL',
      'took an earlier booking back',
    ],
    [
      'naming an invoice when money goes out',
      { side: 'debit', endToEndId: 'HX-2015-000007' },
      'UNKNOWN_REFERENCE',
      'is not a payout of ours',
    ],
    ['naming a payout when money comes in', { endToEndId: payoutId }, 'UNKNOWN_REFERENCE', 'is not an invoice of ours'],
  ])('%s', (_name, change, reason, detail) => {
    const verdict = decide(change);
    expect(verdict).toMatchObject({ kind: 'exception', reason });
    expect(verdict.kind === 'exception' && verdict.detail).toContain(detail);
  });

  it('when the invoice was paid before, or by an earlier line of the same statement', () => {
    const paid = new Map([[invoice.name, { ...invoice, open: false }]]);
    expect(decide({ endToEndId: 'HX-2015-000007' }, paid)).toMatchObject({ reason: 'ALREADY_PAID' });
    const [first, second] = [line({ endToEndId: 'HX-2015-000007' }), line({ remittance: 'HX-2015-000007' })];
    const verdicts = matchLines([first, second], items);
    expect(verdicts.get(first.lineId)).toMatchObject({ kind: 'match' });
    expect(verdicts.get(second.lineId)).toMatchObject({ kind: 'exception', reason: 'ALREADY_PAID', item: invoice });
  });
});

describe('for any lines and items', () => {
  const arbitraryLine = fc.record({
    side: fc.constantFrom('credit' as const, 'debit' as const),
    amountMinor: fc.constantFrom(500n, 9_000n, 10_599n, 10_600n, 10_601n),
    currency: fc.constantFrom('CNY', 'HKD', 'EUR'),
    reversal: fc.boolean(),
    endToEndId: fc.option(fc.constantFrom(invoice.name, other.name, payout.id, 'HX-2015-999999', 'NOTHING')),
    remittance: fc.constantFrom('', invoice.name, `${invoice.name} ${other.name}`, payout.id, 'hello'),
  });

  it('every line gets one verdict, no item two lines, and no match differs by a cent or a currency', () => {
    fc.assert(
      fc.property(fc.array(arbitraryLine, { maxLength: 12 }), (changes) => {
        const all = changes.map(line);
        const verdicts = matchLines(all, items);
        expect(verdicts.size).toBe(all.length);
        const matched = all.flatMap((one) => {
          const verdict = verdicts.get(one.lineId);
          return verdict?.kind === 'match' ? [{ one, item: verdict.item }] : [];
        });
        expect(new Set(matched.map(({ item }) => item.id)).size).toBe(matched.length);
        for (const { one, item } of matched) {
          expect([one.amountMinor, one.currency, one.reversal]).toEqual([item.amountMinor, item.currency, false]);
          expect(one.side).toBe(item.kind === 'invoice' ? 'credit' : 'debit');
          expect(
            referencesIn(`${one.endToEndId ?? ''} ${one.remittance}`).map((name) => items.get(name)?.id),
          ).toContain(item.id);
        }
      }),
    );
  });
});
