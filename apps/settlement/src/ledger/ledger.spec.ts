import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  accountId,
  accountKinds,
  breaksLimit,
  checkPosting,
  credit,
  debit,
  permittedMovements,
  postingPayload,
  type AccountKind,
  type Posting,
} from './ledger.js';

const bank = { owner: 'bank:1', kind: 'bank', currency: 'CNY' } as const;
const clearing = { owner: 'exchange', kind: 'clearing:bank_in', currency: 'CNY' } as const;
const posting: Posting = {
  idempotencyKey: 'bank_line:bsl_1',
  movement: 'bank_credit',
  effectiveAt: new Date('2015-06-10T00:00:00Z'),
  period: '2015-05',
  reference: { kind: 'bank_line', id: 'bsl_1' },
  legs: [debit(bank, 100n), credit(clearing, 100n)],
};

describe('a posting by itself', () => {
  it('is sound when it is permitted and balances', () => {
    expect(checkPosting(posting)).toEqual({ ok: true, value: posting });
  });

  it.each<[string, Partial<Posting>, string, string]>([
    ['without a key', { idempotencyKey: '' }, 'POSTING_INVALID', 'the idempotency key'],
    ['with a key of no end', { idempotencyKey: 'x'.repeat(201) }, 'POSTING_INVALID', 'the idempotency key'],
    ['with one leg', { legs: [debit(bank, 1n)] }, 'POSTING_INVALID', '1 legs'],
    ['with too many legs', { legs: Array.from({ length: 101 }, () => debit(bank, 1n)) }, 'POSTING_INVALID', '101 legs'],
    ['over nothing', { legs: [debit(bank, 0n), credit(clearing, 0n)] }, 'POSTING_INVALID', 'leg 0 is 0'],
    ['over less than nothing', { legs: [debit(bank, 1n), credit(clearing, -1n)] }, 'POSTING_INVALID', 'leg 1 is -1'],
    ['beyond this world', { legs: [debit(bank, 10n ** 18n + 1n), credit(clearing, 1n)] }, 'POSTING_INVALID', 'leg 0'],
    [
      'on the wrong side',
      { legs: [credit(bank, 1n), debit(clearing, 1n)] },
      'MOVEMENT_NOT_PERMITTED',
      'may not credit bank',
    ],
    ['one cent out', { legs: [debit(bank, 101n), credit(clearing, 100n)] }, 'POSTING_UNBALANCED', '0.01 CNY'],
    [
      'that balances only across currencies',
      { legs: [debit(bank, 1n), credit({ ...clearing, currency: 'HKD' }, 1n)] },
      'POSTING_UNBALANCED',
      'CNY',
    ],
  ])('is refused %s', (_name, change, code, detail) => {
    const result = checkPosting({ ...posting, ...change });
    expect(result).toMatchObject({ ok: false, error: { code } });
    expect(!result.ok && result.error.detail).toContain(detail);
  });

  it('passes for exactly the movements on the list', () => {
    const kinds = Object.keys(accountKinds) as AccountKind[];
    for (const [movement, sides] of Object.entries(permittedMovements) as [
      Posting['movement'],
      typeof permittedMovements.bank_credit,
    ][]) {
      for (const from of kinds) {
        for (const to of kinds) {
          const legs = [debit({ ...bank, kind: from }, 1n), credit({ ...bank, kind: to }, 1n)];
          const listed =
            (sides.debit as readonly string[]).includes(from) && (sides.credit as readonly string[]).includes(to);
          expect([movement, from, to, checkPosting({ ...posting, movement, legs }).ok]).toEqual([
            movement,
            from,
            to,
            listed,
          ]);
        }
      }
    }
  });

  it('is another posting when anything but its key differs', () => {
    const changes: Partial<Posting>[] = [
      { movement: 'bank_debit' },
      { effectiveAt: new Date('2015-06-10T00:00:00.001Z') },
      { period: null },
      { reference: { kind: 'bank_line', id: 'bsl_2' } },
      { legs: [debit(bank, 101n), credit(clearing, 101n)] },
      { legs: [debit({ ...bank, owner: 'bank:2' }, 100n), credit(clearing, 100n)] },
      { legs: [credit(clearing, 100n), debit(bank, 100n)] },
    ];
    const payloads = [posting, ...changes.map((change) => ({ ...posting, ...change }))].map(postingPayload);
    expect(new Set(payloads).size).toBe(payloads.length);
    expect(postingPayload({ ...posting, idempotencyKey: 'another' })).toBe(postingPayload(posting));
  });
});

describe('accounts', () => {
  it('are one per owner, kind and currency', () => {
    const text = fc.stringMatching(/^[a-z:_]{1,12}$/);
    fc.assert(
      fc.property(text, text, (one, other) => {
        fc.pre(one !== other);
        expect(accountId({ ...bank, owner: one })).not.toBe(accountId({ ...bank, owner: other }));
      }),
    );
    expect(accountId(bank)).not.toBe(accountId({ ...bank, currency: 'HKD' }));
    expect(accountId(bank)).not.toBe(accountId({ ...bank, kind: 'clearing:bank_in' }));
    expect(accountId(bank)).toBe(accountId({ ...bank }));
  });

  it.each<[AccountKind, bigint, boolean]>([
    ['receivable:buyer', -1n, true],
    ['receivable:buyer', 0n, false],
    ['payable:merchant', 1n, true],
    ['payable:channel', -1n, false],
    ['revenue:exchange_fee', 1n, true],
    ['tax_payable', 1n, true],
    ['bank', -1n, false],
    ['clearing:bank_out', 1n, false],
  ])('%s at %s stands on the wrong side: %s', (kind, balance, wrong) => {
    expect(breaksLimit(kind, balance)).toBe(wrong);
  });
});
