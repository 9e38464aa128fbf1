import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { currencies, type Currency } from '@hetao/kernel';
import { beanCheck, beancountInstalled } from '../../test/beancount.js';
import { hledger, hledgerInstalled } from '../../test/hledger.js';
import type { JournalAccount, JournalLeg, JournalTransaction } from './journal.js';
import { writeJournal } from './journal.writer.js';

const withHledger = hledgerInstalled ? it : it.skip;
const withBeancount = beancountInstalled ? it : it.skip;

const bank = { owner: 'bank:4000 0215;09', kind: 'bank', currency: 'CNY', normal: 'debit' } as const;
const clearing = { owner: 'exchange', kind: 'clearing:bank_in', currency: 'CNY', normal: 'credit' } as const;
const one: JournalTransaction = {
  transactionId: 'txn_1',
  movement: 'bank_credit',
  period: null,
  referenceKind: 'bank_line',
  referenceId: 'bsl_1',
  date: '2015-06-10',
  recordedAt: new Date('2015-06-11T08:00:00Z'),
  legs: [
    { ...bank, amountMinor: 10n ** 18n },
    { ...clearing, amountMinor: -(10n ** 18n) },
  ],
};
const accounts: JournalAccount[] = [
  { ...bank, balanceMinor: 10n ** 18n },
  { ...clearing, balanceMinor: -(10n ** 18n) },
];

/** Any ledger, in every currency: some transfers, and the balances they lead to. */
const ledgers = (() => {
  const owners = fc.constantFrom(
    'exchange',
    'par_01jz8r8t2vf3q0w9c5m7n4x6ka',
    'bank:CN 12;3',
    '匿名',
    'tax:CN',
    'a_u002d',
  );
  const kinds = fc.constantFrom<Pick<JournalLeg, 'kind' | 'normal'>>(
    { kind: 'bank', normal: 'debit' },
    { kind: 'payable:merchant', normal: 'credit' },
    { kind: 'revenue:exchange_fee', normal: 'credit' },
    { kind: 'expense:bank_fees', normal: 'debit' },
    { kind: 'trading:fx', normal: 'credit' },
  );
  const account = fc.tuple(owners, kinds).map(([owner, kind]) => ({ owner, ...kind }));
  const move = fc.record({
    from: account,
    to: account,
    currency: fc.constantFrom<Currency>(...currencies),
    amountMinor: fc.bigInt(1n, 10n ** 18n),
    day: fc.integer({ min: 1, max: 28 }),
  });
  return fc.array(move, { minLength: 1, maxLength: 30 }).map((moves) => {
    const balances = new Map<string, JournalAccount>();
    const transactions = moves.map(({ from, to, currency, amountMinor, day }, index): JournalTransaction => {
      const legs = [
        { ...to, currency, amountMinor },
        { ...from, currency, amountMinor: -amountMinor },
      ];
      for (const { amountMinor: minor, ...leg } of legs) {
        const key = JSON.stringify([leg.owner, leg.kind, leg.currency]);
        balances.set(key, { ...leg, balanceMinor: (balances.get(key)?.balanceMinor ?? 0n) + minor });
      }
      return { ...one, transactionId: `txn_${index}`, date: `2015-06-${String(day).padStart(2, '0')}`, legs };
    });
    return { balances: [...balances.values()], transactions };
  });
})();

describe('the hledger journal', () => {
  it('says everything the ledger knows, each on its line', () => {
    expect(writeJournal('hledger', accounts, [one]).split('\n').slice(-13)).toEqual([
      'account assets:bank:bank/4000%00200215%003b09  ; type: A',
      'account liabilities:clearing:bank_in:exchange  ; type: L',
      '',
      '2015-06-10 * (txn_1) bank_credit  ; reference: bank_line bsl_1, period: none, recorded: 2015-06-11T08:00:00.000Z',
      '    assets:bank:bank/4000%00200215%003b09  10000000000000000.00 CNY',
      '    liabilities:clearing:bank_in:exchange  -10000000000000000.00 CNY',
      '',
      '2015-06-10 * balance of the ledger',
      '    (assets:bank:bank/4000%00200215%003b09)  0.00 CNY = 10000000000000000.00 CNY',
      '',
      '2015-06-10 * balance of the ledger',
      '    (liabilities:clearing:bank_in:exchange)  0.00 CNY = -10000000000000000.00 CNY',
      '',
    ]);
  });

  withHledger('is accepted by hledger, strictly', () => {
    expect(hledger(writeJournal('hledger', accounts, [one]), 'check', '-s')).toBe('');
  });

  withHledger('is refused by hledger when the running balance and the entries differ by a cent', () => {
    const [first, ...rest] = accounts;
    if (first === undefined) throw new Error('no account');
    const wrong = writeJournal('hledger', [{ ...first, balanceMinor: first.balanceMinor - 1n }, ...rest], [one]);
    expect(() => hledger(wrong, 'check', '-s')).toThrow(/assert/i);
  });

  withHledger('is refused by hledger when a transaction does not balance', () => {
    const [first, ...rest] = one.legs;
    if (first === undefined) throw new Error('no leg');
    const wrong = { ...one, legs: [{ ...first, amountMinor: first.amountMinor + 1n }, ...rest] };
    expect(() => hledger(writeJournal('hledger', [], [wrong]), 'check')).toThrow(/could not balance/);
  });

  withHledger('of any ledger, in every currency, adds up to the same balances in hledger', () => {
    fc.assert(
      fc.property(ledgers, ({ balances, transactions }) => {
        const journal = writeJournal('hledger', balances, transactions);
        expect(hledger(journal, 'check', '-s')).toBe('');
      }),
      { numRuns: 15 },
    );
  });
});

describe('the Beancount journal', () => {
  it('opens accounts, writes transactions with what caused them, and ends with balance directives', () => {
    expect(writeJournal('beancount', accounts, [one]).split('\n').slice(10)).toEqual([
      '2015-06-10 open Assets:Bank:Obank-u003a4000-u00200215-u003b09:CNY CNY',
      '  owner: "bank:4000 0215;09"',
      '2015-06-10 open Liabilities:Clearing:Bank-in:Oexchange:CNY CNY',
      '  owner: "exchange"',
      '',
      '2015-06-10 * "bank_credit" "bsl_1"',
      '  id: "txn_1"',
      '  reference: "bank_line bsl_1"',
      '  period: "none"',
      '  recorded: "2015-06-11T08:00:00.000Z"',
      '  Assets:Bank:Obank-u003a4000-u00200215-u003b09:CNY  10000000000000000.00 CNY',
      '  Liabilities:Clearing:Bank-in:Oexchange:CNY  -10000000000000000.00 CNY',
      '',
      '2015-06-11 balance Assets:Bank:Obank-u003a4000-u00200215-u003b09:CNY 10000000000000000.00 ~ 0 CNY',
      '',
      '2015-06-11 balance Liabilities:Clearing:Bank-in:Oexchange:CNY -10000000000000000.00 ~ 0 CNY',
      '',
    ]);
  });

  withBeancount('is accepted by bean-check, and refused when a balance or a transaction is off by a cent', () => {
    beanCheck(writeJournal('beancount', accounts, [one]));
    const [first, ...rest] = accounts;
    const [leg, ...legs] = one.legs;
    if (first === undefined || leg === undefined) throw new Error('an account and a leg');
    const offBalance = [{ ...first, balanceMinor: first.balanceMinor - 1n }, ...rest];
    expect(() => beanCheck(writeJournal('beancount', offBalance, [one]))).toThrow(/Balance failed/);
    const offLeg = { ...one, legs: [{ ...leg, amountMinor: leg.amountMinor + 1n }, ...legs] };
    expect(() => beanCheck(writeJournal('beancount', accounts, [offLeg]))).toThrow(/does not balance/);
  });

  withBeancount('of any ledger adds up to the same balances in Beancount', () => {
    const accepted = fc.property(ledgers, ({ balances, transactions }) => {
      beanCheck(writeJournal('beancount', balances, transactions));
    });
    fc.assert(accepted, { numRuns: 5 });
  });
});
