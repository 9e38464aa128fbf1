import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@hetao/kernel';
import { eventually } from '@hetao/testing';
import fc from 'fast-check';
import {
  accountKinds,
  breaksLimit,
  checkPosting,
  credit,
  debit,
  movementRules,
  permittedMovements,
  signedMinor,
  type AccountKey,
  type Posting,
} from '../src/ledger/ledger.js';
import { LedgerRepository } from '../src/ledger/ledger.repository.js';
import { bankCredit, ledgerFixture, type LedgerFixture } from './ledger-fixture.js';

let fixture: LedgerFixture;
beforeAll(async () => {
  fixture = await ledgerFixture();
});
afterAll(() => fixture.close());

const sql = <R extends object>(text: string, params: unknown[] = []): Promise<R[]> =>
  fixture.database.withClient(async (client) => (await client.query<R>(text, params)).rows);
const bank: AccountKey = { owner: 'bank:main', kind: 'bank', currency: 'CNY' };

/** Every invariant of the ledger, asked of the whole of it. */
async function assertSound(): Promise<void> {
  const unbalanced = await sql(
    `SELECT transaction_no, currency, sum(amount_minor) FROM ledger_entries JOIN ledger_accounts USING (account_no)
      GROUP BY 1, 2 HAVING sum(amount_minor) <> 0`,
  );
  const broken = await sql(
    `SELECT * FROM (SELECT account_no, version, balance_minor,
              row_number() OVER w AS expected_version, sum(amount_minor) OVER w AS expected_balance
         FROM ledger_entries WINDOW w AS (PARTITION BY account_no ORDER BY version)) e
      WHERE version <> expected_version OR balance_minor <> expected_balance`,
  );
  const legs = await sql(
    `SELECT t.transaction_no FROM ledger_transactions t LEFT JOIN ledger_entries e USING (transaction_no)
      GROUP BY t.transaction_no HAVING count(e.account_no) <> max(t.legs)`,
  );
  expect({ unbalanced, broken, legs }).toEqual({ unbalanced: [], broken: [], legs: [] });
}

describe('the database knows the same rules as the code', () => {
  it('account kinds', async () => {
    const rows = await sql<{ kind: string; normal_side: string; may_cross: boolean }>(
      'SELECT * FROM ledger_account_kinds',
    );
    expect(
      Object.fromEntries(rows.map((row) => [row.kind, { normal: row.normal_side, mayCross: row.may_cross }])),
    ).toEqual(accountKinds);
  });

  it('permitted movements', async () => {
    const rows = await sql<{ movement: string; side: string; account_kind: string }>(
      'SELECT movement, side, account_kind FROM ledger_movements WHERE rules = $1',
      [movementRules],
    );
    const listed = Object.entries(permittedMovements).flatMap(([movement, rule]) =>
      (['debit', 'credit'] as const).flatMap((side) => rule[side].map((kind) => `${movement} ${side} ${kind}`)),
    );
    expect(rows.map((row) => `${row.movement} ${row.side} ${row.account_kind}`).sort()).toEqual(listed.sort());
  });
});

describe('a posting', () => {
  it('has one effect per key, however often and however concurrently it is posted', async () => {
    const account = { ...bank, owner: 'bank:replay' };
    const posting = bankCredit(500n, { bank: 'bank:replay' });
    expect(await fixture.post(posting)).toEqual(['fresh']);
    expect(await fixture.post(posting)).toEqual(['replayed']);
    expect(await fixture.post(posting, posting)).toEqual(['replayed', 'replayed']);
    const raced = bankCredit(7n, { bank: 'bank:replay' });
    const outcomes = (await Promise.all(Array.from({ length: 8 }, () => fixture.post(raced)))).flat();
    expect(outcomes.sort()).toEqual(['fresh', ...Array.from({ length: 7 }, () => 'replayed')]);
    expect(await fixture.balance(account)).toBe(507n);
  });

  it('conflicts with another posting under its key, and then nothing of the batch is kept', async () => {
    const posting = bankCredit(500n, { bank: 'bank:conflict' });
    await fixture.post(posting);
    const other = bankCredit(501n, { bank: 'bank:conflict', idempotencyKey: posting.idempotencyKey });
    const innocent = bankCredit(9n, { bank: 'bank:conflict' });
    expect(await fixture.post(innocent, other)).toEqual(['POSTING_KEY_REUSED']);
    const later = { ...posting, effectiveAt: new Date('2015-06-11T00:00:00Z') };
    expect(await fixture.post(later)).toEqual(['POSTING_KEY_REUSED']);
    expect(await fixture.balance({ ...bank, owner: 'bank:conflict' })).toBe(500n);
  });

  it('takes 10^18 minor units and refuses what would leave 64 bits', async () => {
    const huge = 10n ** 18n;
    const dollars = { ...bank, currency: 'USD' as const };
    const clearing: AccountKey = { owner: 'exchange', kind: 'clearing:bank_in', currency: 'USD' };
    const posting = (amountMinor: bigint): Posting =>
      bankCredit(1n, { legs: [debit(dollars, amountMinor), credit(clearing, amountMinor)] });
    expect(new Set(await fixture.post(...Array.from({ length: 9 }, () => posting(huge))))).toEqual(new Set(['fresh']));
    expect(await fixture.balance(dollars)).toBe(9n * huge);
    expect(await fixture.post(posting(huge))).toEqual(['LEDGER_LIMIT_REACHED']);
    expect(await fixture.post(posting(huge + 1n))).toEqual(['POSTING_INVALID']);
    expect(await fixture.balance(clearing)).toBe(-9n * huge);
  });

  it('cannot pay out more than is owed', async () => {
    const owed: AccountKey = { owner: 'org_m', kind: 'payable:merchant', currency: 'HKD' };
    const out: AccountKey = { owner: 'exchange', kind: 'clearing:bank_out', currency: 'HKD' };
    const posting = bankCredit(1n, { movement: 'payout_instructed', legs: [debit(owed, 100n), credit(out, 100n)] });
    expect(await fixture.post(posting)).toEqual(['LEDGER_LIMIT_REACHED']);
    expect(await fixture.balance(owed)).toBe(0n);
  });

  it('balances each currency on its own', async () => {
    const mixed = bankCredit(1n, {
      legs: [
        debit({ ...bank, currency: 'HKD' }, 5n),
        credit({ owner: 'exchange', kind: 'clearing:bank_in', currency: 'CNY' }, 5n),
      ],
    });
    expect(await fixture.post(mixed)).toEqual(['POSTING_UNBALANCED']);
    const wrong = bankCredit(1n, { legs: [debit(bank, 5n), credit({ ...bank, owner: 'bank:x' }, 5n)] });
    expect(await fixture.post(wrong)).toEqual(['MOVEMENT_NOT_PERMITTED']);
  });
});

describe('a run of more than one batch', () => {
  it('is one transaction, locks all its accounts in order first, and meets its mirror image without a deadlock', async () => {
    const names = Array.from({ length: 40 }, (_, n) => `bank:long${n}`);
    const run = (order: readonly string[]): Posting[] =>
      Array.from({ length: 2_500 }, (_, n) => bankCredit(1n, { bank: order[Math.floor(n / 63)] ?? 'bank:long0' }));
    const outcomes = await Promise.all([fixture.post(...run(names)), fixture.post(...run([...names].reverse()))]);
    expect(outcomes.flat().filter((outcome) => outcome !== 'fresh')).toEqual([]);
    const [sum] = await sql<{ held: string }>(
      `SELECT sum(h.balance_minor) AS held FROM ledger_heads h JOIN ledger_accounts a USING (account_no) WHERE a.owner LIKE 'bank:long%'`,
    );
    expect(sum?.held).toBe('5000');
    const last = bankCredit(1n, { bank: 'bank:long0' });
    const failing = [...run(names).slice(0, 1_999), { ...last, idempotencyKey: 'x'.repeat(201) }];
    expect(await fixture.post(...failing)).toEqual(['POSTING_INVALID']);
    await assertSound();
  });

  it('is recorded no earlier than what it follows, even when the clock is set back', async () => {
    let now = new Date('2015-06-10T08:00:00Z');
    const other = new LedgerRepository({ now: () => now });
    const post = () => fixture.uow.runResult((tx) => other.post(tx, [bankCredit(1n, { bank: 'bank:clock' })]));
    await post();
    now = new Date('2015-06-09T08:00:00Z');
    await post();
    now = new Date('2015-06-11T08:00:00Z');
    await post();
    const times = await sql<{ recorded_at: Date }>(
      `SELECT t.recorded_at FROM ledger_entries e JOIN ledger_accounts a USING (account_no) JOIN ledger_transactions t USING (transaction_no)
        WHERE a.owner = 'bank:clock' ORDER BY e.version`,
    );
    expect(times.map(({ recorded_at }) => recorded_at.toISOString().slice(0, 10))).toEqual([
      '2015-06-10',
      '2015-06-10',
      '2015-06-11',
    ]);
  });
});

describe('what is written', () => {
  it.each(['ledger_entries', 'ledger_transactions', 'ledger_accounts', 'ledger_movements', 'ledger_account_kinds'])(
    'cannot be changed or removed: %s',
    async (table) => {
      await fixture.post(bankCredit(1n));
      const column =
        { ledger_entries: 'amount_minor', ledger_transactions: 'movement', ledger_accounts: 'owner' }[table] ?? table;
      for (const text of [
        `UPDATE ${table} SET ${column === table ? 'rules = rules' : `${column} = ${column}`}`,
        `DELETE FROM ${table}`,
        `TRUNCATE ${table} CASCADE`,
      ]) {
        const adapted = table === 'ledger_account_kinds' ? text.replace('rules = rules', 'kind = kind') : text;
        await expect(sql(adapted)).rejects.toMatchObject({
          code: 'HX004',
          message: expect.stringContaining('the ledger is immutable'),
        });
      }
    },
  );

  it('keeps its heads by itself: nobody else may touch them', async () => {
    await fixture.post(bankCredit(1n));
    for (const statement of [
      'UPDATE ledger_heads SET balance_minor = 0',
      'DELETE FROM ledger_heads',
      'TRUNCATE ledger_heads',
      `INSERT INTO ledger_heads (account_no, version, balance_minor, recorded_at) VALUES (0, 0, 0, now())`,
    ]) {
      await expect(sql(statement)).rejects.toMatchObject({ code: 'HX004' });
    }
  });

  it('balances at commit, however many statements wrote it, and in each currency on its own', async () => {
    await fixture.post(
      bankCredit(1n, { bank: 'bank:raw' }),
      bankCredit(1n, {
        legs: [
          debit({ ...bank, owner: 'bank:raw', currency: 'SGD' }, 1n),
          credit({ owner: 'exchange', kind: 'clearing:bank_in', currency: 'SGD' }, 1n),
        ],
      }),
    );
    const write = (...legs: readonly [string, string, number][]): Promise<unknown> =>
      fixture.uow.run(async (tx) => {
        const [row] = await tx.query<{ transaction_no: string }>(
          `INSERT INTO ledger_transactions (transaction_id, idempotency_key, payload_hash, rules, movement, reference_kind,
                                            reference_id, legs, effective_at, recorded_at)
           VALUES ($1, $2, sha256('x'), '${movementRules}', 'bank_credit', 'x', 'x', 2, now(), now()) RETURNING transaction_no`,
          [newId('txn'), newId('key')],
        );
        for (const [leg, [owner, currency, amount]] of legs.entries()) {
          await tx.execute(
            `INSERT INTO ledger_entries SELECT h.account_no, h.version + 1, $1, $2, $3::bigint, h.balance_minor + $3::bigint
               FROM ledger_heads h JOIN ledger_accounts a USING (account_no)
              WHERE a.owner = $4 AND a.currency = $5 AND a.kind = CASE WHEN $3::bigint > 0 THEN 'bank' ELSE 'clearing:bank_in' END`,
            [row?.transaction_no, leg, amount, owner, currency],
          );
        }
      });
    await write(['bank:raw', 'CNY', 7], ['exchange', 'CNY', -7]);
    await expect(write(['bank:raw', 'CNY', 7], ['exchange', 'CNY', -6])).rejects.toMatchObject({ code: 'HX001' });
    await expect(write(['bank:raw', 'CNY', 7], ['exchange', 'SGD', -7])).rejects.toMatchObject({ code: 'HX001' });
    await expect(write(['bank:raw', 'CNY', 7])).rejects.toMatchObject({ code: 'HX001' });
    await assertSound();
  });

  it('cannot be added to by hand: no lone, unbalanced, foreign or skipping entries', async () => {
    const posting = bankCredit(10n, { bank: 'bank:hand' });
    await fixture.post(posting);
    const [account] = await sql<{ account_no: string }>(
      `SELECT account_no FROM ledger_accounts WHERE owner = 'bank:hand'`,
    );
    const [known] = await sql<{ transaction_no: string }>(
      'SELECT transaction_no FROM ledger_transactions WHERE idempotency_key = $1',
      [posting.idempotencyKey],
    );
    const transaction = `INSERT INTO ledger_transactions (transaction_id, idempotency_key, payload_hash, rules, movement,
        reference_kind, reference_id, legs, effective_at, recorded_at)
      VALUES ('${newId('txn')}', '${newId('key')}', sha256('x'), 'movements-1', 'bank_credit', 'x', 'x', 2, now(), now())
      RETURNING transaction_no`;
    const entry = (no: string, version: number, amount: number, balance: number): string =>
      `INSERT INTO ledger_entries VALUES (${account?.account_no}, ${version}, ${no}, 7, ${amount}, ${balance})`;
    // An entry for a transaction that was finished before.
    await expect(sql(entry(known?.transaction_no ?? '', 2, 5, 15))).rejects.toMatchObject({ code: 'HX001' });
    // A transaction without its legs, found at commit.
    await expect(sql(transaction)).rejects.toMatchObject({ code: 'HX001' });
    const own = (version: number, amount: number, balance: number): string =>
      `WITH t AS (${transaction}) INSERT INTO ledger_entries
       SELECT ${account?.account_no}, ${version}, transaction_no, 0, ${amount}, ${balance} FROM t`;
    await expect(sql(own(2, 5, 15))).rejects.toMatchObject({
      code: 'HX001',
      message: expect.stringContaining('1 of 2 legs'),
    });
    await expect(sql(own(3, 5, 15))).rejects.toMatchObject({ code: 'HX006' });
    await expect(sql(own(2, 5, 16))).rejects.toMatchObject({ code: 'HX006' });
    await expect(sql(own(2, -5, 5))).rejects.toMatchObject({ code: 'HX005' });
    expect(await fixture.balance({ ...bank, owner: 'bank:hand' })).toBe(10n);
  });
});

describe('a hot account', () => {
  it('takes concurrent postings without losing one or breaking the running balance', async () => {
    const rounds = 12;
    const outcomes = await Promise.all(
      Array.from({ length: rounds }, (_, writer) =>
        fixture.post(
          ...Array.from({ length: 25 }, (_, n) => bankCredit(BigInt(writer + n + 1), { bank: `bank:hot${n % 3}` })),
        ),
      ),
    );
    expect(outcomes.flat().every((outcome) => outcome === 'fresh')).toBe(true);
    const total = Array.from({ length: rounds }, (_, writer) => 25 * writer + 325).reduce((sum, n) => sum + n, 0);
    const balances = await Promise.all([0, 1, 2].map((n) => fixture.balance({ ...bank, owner: `bank:hot${n}` })));
    expect(balances.reduce((sum, balance) => sum + balance, 0n)).toBe(BigInt(total));
    await assertSound();
  });

  it('takes batches whose accounts come in opposite order', async () => {
    const names = Array.from({ length: 10 }, (_, n) => `bank:ring${n}`);
    const batch = (order: readonly string[]): Posting[] => order.map((name) => bankCredit(1n, { bank: name }));
    const outcomes = await Promise.all(
      Array.from({ length: 6 }, (_, n) => fixture.post(...batch(n % 2 === 0 ? names : [...names].reverse()))),
    );
    expect(outcomes.flat().every((outcome) => outcome === 'fresh')).toBe(true);
    await assertSound();
  });
});

describe('a closed period', () => {
  const close = (period: string): Promise<unknown> =>
    sql(
      `INSERT INTO settlement_periods (period, time_zone, starts_at, ends_at, closed_at, closed_by, totals)
       VALUES ($1, 'UTC', ($1 || '-01T00:00:00Z')::timestamptz, ($1 || '-01T00:00:00Z')::timestamptz + interval '1 month', now(), 'usr_x', '[]')`,
      [period],
    );

  it('takes no posting by effective date or by name, and its neighbours do', async () => {
    await close('2001-02');
    const at = (effectiveAt: string, period: string | null = null): Promise<string[]> =>
      fixture.post(bankCredit(1n, { effectiveAt: new Date(effectiveAt), period }));
    expect(await at('2001-02-01T00:00:00Z')).toEqual(['LEDGER_PERIOD_CLOSED']);
    expect(await at('2001-02-28T23:59:59.999Z')).toEqual(['LEDGER_PERIOD_CLOSED']);
    expect(await at('2001-06-01T00:00:00Z', '2001-02')).toEqual(['LEDGER_PERIOD_CLOSED']);
    expect(await at('2001-01-31T23:59:59.999Z')).toEqual(['fresh']);
    expect(await at('2001-03-01T00:00:00Z')).toEqual(['fresh']);
  });

  it('still answers a repeated posting with what was posted before the close', async () => {
    const posting = bankCredit(1n, { effectiveAt: new Date('2001-05-05T00:00:00Z') });
    expect(await fixture.post(posting)).toEqual(['fresh']);
    await close('2001-05');
    expect(await fixture.post(posting)).toEqual(['replayed']);
  });

  it('makes a posting that races with its close wait, and then refuses it', async () => {
    const locked = Promise.withResolvers<undefined>();
    const posted = Promise.withResolvers<undefined>();
    const closing = fixture.uow.run(async (tx) => {
      await tx.query('SELECT ledger_hold_closing()');
      locked.resolve(undefined);
      await posted.promise;
      await tx.query(
        `INSERT INTO settlement_periods (period, time_zone, starts_at, ends_at, closed_at, closed_by, totals)
         VALUES ('2001-08', 'UTC', '2001-08-01Z', '2001-09-01Z', now(), 'usr_x', '[]')`,
      );
    });
    await locked.promise;
    const late = fixture.post(bankCredit(1n, { effectiveAt: new Date('2001-08-15T00:00:00Z') }));
    await eventually(async () => {
      const waiting = await sql(`SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
                                   AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`);
      expect(waiting).toHaveLength(1);
    });
    posted.resolve(undefined);
    await closing;
    expect(await late).toEqual(['LEDGER_PERIOD_CLOSED']);
  });
});

describe('any sequence of batches', () => {
  const owners = ['org_a', 'org_b'];
  const kinds = Object.keys(accountKinds) as AccountKey['kind'][];
  const account = fc.record({
    owner: fc.constantFrom(...owners),
    kind: fc.constantFrom(...kinds),
    currency: fc.constantFrom('MOP' as const, 'VND' as const),
  });
  const movement = fc.constantFrom(...(Object.keys(permittedMovements) as Posting['movement'][]));
  /** Two legs which the movement permits most of the time, and a key that sometimes comes again. */
  const arbitrary = fc
    .record({
      movement,
      key: fc.integer({ min: 1, max: 25 }),
      amount: fc.bigInt(-2n, 60n),
      wild: fc.option(account, { freq: 12 }),
      pick: fc.nat(9),
      owner: fc.constantFrom(...owners),
      currency: fc.constantFrom('MOP' as const, 'VND' as const),
      skew: fc.constantFrom(0n, 0n, 0n, 0n, 0n, 1n),
    })
    .map(({ movement: kind, key, amount, wild, pick, owner, currency, skew }): Posting => {
      const choose = (side: 'debit' | 'credit'): AccountKey['kind'] => {
        const list = permittedMovements[kind][side];
        return list[pick % list.length] ?? 'bank';
      };
      return {
        idempotencyKey: `model:${key}:${amount}`,
        movement: kind,
        effectiveAt: new Date('2015-06-01T00:00:00Z'),
        period: null,
        reference: { kind: 'test', id: 'model' },
        legs: [
          debit(wild ?? { owner, kind: choose('debit'), currency }, amount),
          credit({ owner, kind: choose('credit'), currency }, amount + skew),
        ],
      };
    });

  it('ends as a plain model ends', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(arbitrary, { minLength: 1, maxLength: 6 }), { maxLength: 12 }),
        async (batches) => {
          const run = newId('run');
          const model = new Model();
          for (const batch of batches) {
            const postings = batch.map((posting) => inRun(run, posting));
            expect(await fixture.post(...postings)).toEqual(model.post(postings));
          }
          for (const [key, balance] of model.balances)
            expect([key, await fixture.balance(model.accounts.get(key) as AccountKey)]).toEqual([key, balance]);
        },
      ),
      { numRuns: 40 },
    );
    await assertSound();
  });
});

/** The ledger in a few lines: what the database must agree with. */
class Model {
  balances = new Map<string, bigint>();
  readonly accounts = new Map<string, AccountKey>();
  #keys = new Map<string, string>();

  post(batch: readonly Posting[]): string[] {
    const fault = this.#fault(batch);
    if (fault !== undefined) return [fault];
    const balances = new Map(this.balances);
    const keys = new Map(this.#keys);
    const outcomes: string[] = [];
    for (const posting of batch) {
      const said = JSON.stringify(posting, (_key, value: unknown) =>
        typeof value === 'bigint' ? value.toString() : value,
      );
      if (keys.has(posting.idempotencyKey)) {
        if (keys.get(posting.idempotencyKey) !== said) return ['POSTING_KEY_REUSED'];
        outcomes.push(this.#keys.has(posting.idempotencyKey) ? 'replayed' : 'fresh');
        continue;
      }
      keys.set(posting.idempotencyKey, said);
      outcomes.push('fresh');
      for (const leg of posting.legs) {
        const key = JSON.stringify(leg.account);
        this.accounts.set(key, leg.account);
        balances.set(key, (balances.get(key) ?? 0n) + signedMinor(leg));
        if (breaksLimit(leg.account.kind, balances.get(key) ?? 0n)) return ['LEDGER_LIMIT_REACHED'];
      }
    }
    [this.balances, this.#keys] = [balances, keys];
    return outcomes;
  }

  /** Postings are compared with each other first, then each by itself, as the ledger does. */
  #fault(batch: readonly Posting[]): string | undefined {
    const seen = new Map<string, string>();
    for (const posting of batch) {
      const said = JSON.stringify(posting, (_key, value: unknown) =>
        typeof value === 'bigint' ? value.toString() : value,
      );
      if ((seen.get(posting.idempotencyKey) ?? said) !== said) return 'POSTING_KEY_REUSED';
      seen.set(posting.idempotencyKey, said);
    }
    for (const posting of batch) {
      const checked = checkPosting(posting);
      if (!checked.ok) return checked.error.code;
    }
    // Keys are claimed before anything is posted, so a reused key wins over a limit.
    const reused = batch.some((posting) => {
      const before = this.#keys.get(posting.idempotencyKey);
      return before !== undefined && before !== seen.get(posting.idempotencyKey);
    });
    return reused ? 'POSTING_KEY_REUSED' : undefined;
  }
}

/** Keeps the accounts and keys of one run apart from those of others. */
function inRun(run: string, posting: Posting): Posting {
  return {
    ...posting,
    idempotencyKey: `${run}:${posting.idempotencyKey}`,
    legs: posting.legs.map((leg) => ({ ...leg, account: { ...leg.account, owner: `${run}:${leg.account.owner}` } })),
  };
}
