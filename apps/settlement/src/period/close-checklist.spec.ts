import { describe, expect, it } from '@jest/globals';
import { checklistOf, type CloseFacts } from './close-checklist.js';

const nothing = { count: 0, ids: [] };
const ready: CloseFacts = {
  period: {
    period: '2015-05',
    timeZone: 'UTC',
    startsAt: new Date('2015-05-01T00:00:00Z'),
    endsAt: new Date('2015-06-01T00:00:00Z'),
    agreementsExpected: 2,
    usageCompletedAt: new Date('2015-06-01T01:00:00Z'),
    closedAt: null,
    closedBy: null,
  },
  nowMs: Date.parse('2015-06-10T00:00:00Z'),
  arrival: { expected: 2, rated: 2, waiting: [] },
  uninvoiced: nothing,
  drafts: nothing,
  disputed: nothing,
  adjustmentsOwed: nothing,
  alarms: nothing,
  unpaidInvoices: nothing,
  unpaidShares: nothing,
  unsettledPayouts: nothing,
  openLines: nothing,
  statementGaps: nothing,
  missingRates: [],
  clearing: [{ kind: 'clearing:bank_in', currency: 'CNY', balanceMinor: 0n }],
  equations: [],
};
const blockers = (change: Partial<CloseFacts>) => checklistOf({ ...ready, ...change }).filter(({ ok }) => !ok);

describe('the checklist of a close', () => {
  it('names each missing rate, and never guesses one', () => {
    const missingRates = [{ base: 'HKD', quote: 'CNY', date: '2015-05-31' }];
    expect(blockers({ missingRates })).toMatchObject([
      { code: 'RATES_MISSING', detail: 'Rates are missing: HKD/CNY of 2015-05-31.' },
    ]);
  });

  it('has no blocker when all is done', () => {
    expect(blockers({})).toEqual([]);
    expect(checklistOf(ready).map(({ code }) => code)).toEqual([
      'PERIOD_NOT_OVER',
      'USAGE_INCOMPLETE',
      'INVOICES_MISSING',
      'INVOICES_DRAFT',
      'DISPUTES_OPEN',
      'ADJUSTMENTS_OWED',
      'INVOICES_UNPAID',
      'SHARES_NOT_PAID_OUT',
      'PAYOUTS_NOT_SETTLED',
      'STATEMENTS_MISSING',
      'BANK_LINES_OPEN',
      'RATES_MISSING',
      'CLEARING_NOT_ZERO',
      'EQUATION_BROKEN',
      'ALARMS_OPEN',
    ]);
  });

  it.each<[string, Partial<CloseFacts>, string]>([
    ['PERIOD_NOT_OVER', { nowMs: Date.parse('2015-05-31T23:59:59.999Z') }, 'ends at 2015-06-01'],
    ['USAGE_INCOMPLETE', { arrival: { expected: null, rated: 2, waiting: [] } }, 'metering has not said'],
    [
      'USAGE_INCOMPLETE',
      { arrival: { expected: 3, rated: 2, waiting: [] } },
      'usage of 3 agreements is expected, that of 2',
    ],
    ['USAGE_INCOMPLETE', { arrival: { expected: 3, rated: 2, waiting: ['agr_1'] } }, 'agr_1'],
    [
      'INVOICES_MISSING',
      { uninvoiced: { count: 1, ids: ['agr_1'] } },
      '1 agreements have rated usage without an invoice',
    ],
    ['INVOICES_UNPAID', { unpaidInvoices: { count: 7, ids: ['inv_1'] } }, '7 invoices are not paid'],
    ['SHARES_NOT_PAID_OUT', { unpaidShares: { count: 1, ids: ['inv_1'] } }, 'no payout covers'],
    ['PAYOUTS_NOT_SETTLED', { unsettledPayouts: { count: 1, ids: ['pay_1'] } }, 'on no bank statement'],
    ['BANK_LINES_OPEN', { openLines: { count: 1, ids: ['bsl_1'] } }, '1 bank lines'],
    [
      'CLEARING_NOT_ZERO',
      { clearing: [{ kind: 'clearing:bank_in', currency: 'CNY', balanceMinor: -5n }] },
      'clearing:bank_in CNY -0.05',
    ],
    [
      'EQUATION_BROKEN',
      {
        equations: [
          {
            currency: 'CNY',
            amounts: { usage: 1n, rated: 0n, invoiced: 0n, split: 0n, settled: 0n },
            differences: [{ left: 'usage', right: 'rated', amountMinor: 1n }],
            balanced: false,
          },
        ],
      },
      'Σ usage exceeds Σ rated by CNY 0.01',
    ],
  ])('%s blocks and says why and what to do', (code, change, detail) => {
    const found = blockers(change);
    expect(found.map((one) => one.code)).toEqual([code]);
    expect(found[0]?.detail).toContain(detail);
    expect(found[0]?.fix).not.toBe('');
  });
});
