import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId, type Result } from '@hetao/kernel';
import { HoldBook } from '../src/holds/hold.book.js';
import type { Reservation } from '../src/holds/hold.js';
import { HoldRepository } from '../src/holds/hold.repository.js';
import { credit, debit, type AccountKey } from '../src/ledger/ledger.js';
import { bankCredit, ledgerFixture, type LedgerFixture } from './ledger-fixture.js';

let now = new Date('2015-06-10T08:00:00Z');
let fixture: LedgerFixture;
let holds: HoldBook;
beforeAll(async () => {
  const clock = { now: () => now };
  fixture = await ledgerFixture(clock);
  holds = new HoldBook(new HoldRepository(), fixture.ledger, clock);
});
afterAll(() => fixture.close());

const sql = <R extends object>(text: string, params: unknown[] = []): Promise<R[]> =>
  fixture.database.withClient(async (client) => (await client.query<R>(text, params)).rows);
const outcome = <T, E extends { code: string }>(result: Result<T, E>): T | string =>
  result.ok ? result.value : result.error.code;
const out: AccountKey = { owner: 'exchange', kind: 'clearing:bank_out', currency: 'CNY' };
const payable = (owner: string): AccountKey => ({ owner, kind: 'payable:merchant', currency: 'CNY' });

/** Owes somebody money, so that there is something to reserve. */
async function owe(owner: string, amountMinor: bigint): Promise<AccountKey> {
  const account = payable(owner);
  const clearing: AccountKey = { owner: 'exchange', kind: 'clearing:invoiced', currency: 'CNY' };
  const posting = bankCredit(1n, {
    movement: 'invoice_paid',
    legs: [debit(clearing, amountMinor), credit(account, amountMinor)],
  });
  expect(await fixture.post(posting)).toEqual(['fresh']);
  return account;
}

function reservation(account: AccountKey, amountMinor: bigint, change: Partial<Reservation> = {}): Reservation {
  return {
    ...bankCredit(1n),
    movement: 'payout_instructed',
    legs: [debit(account, amountMinor), credit(out, amountMinor)],
    expiresAt: new Date(now.getTime() + 60_000),
    ...change,
  };
}

const reserve = (one: Reservation) => fixture.uow.runResult((tx) => holds.reserve(tx, one));
const post = (holdId: string, use = {}) => fixture.uow.runResult((tx) => holds.post(tx, holdId, use));
const giveUp = (holdId: string) =>
  fixture.uow.runResult((tx) => holds.void(tx, holdId, { by: 'usr_1', reason: 'not needed' }));
const expire = () => fixture.uow.run((tx) => holds.expire(tx, 100));
async function reserved(one: Reservation): Promise<string> {
  const made = await reserve(one);
  if (!made.ok) throw new Error(made.error.detail);
  return made.value.holdId;
}
const headOf = async (account: AccountKey) => {
  const [row] = await sql<{ balance_minor: string; held_debit_minor: string; held_credit_minor: string }>(
    `SELECT h.* FROM ledger_heads h JOIN ledger_accounts a USING (account_no) WHERE a.owner = $1 AND a.kind = $2`,
    [account.owner, account.kind],
  );
  return [row?.balance_minor, row?.held_debit_minor, row?.held_credit_minor].map(Number);
};

describe('a reserve', () => {
  it('counts against the limit until it is resolved, and is set free by a void', async () => {
    const account = await owe('org_limit', 100n);
    const holdId = await reserved(reservation(account, 70n));
    expect(await headOf(account)).toEqual([-100, 70, 0]);
    expect(outcome(await reserve(reservation(account, 31n)))).toBe('LEDGER_LIMIT_REACHED');
    const direct = bankCredit(1n, { movement: 'payout_instructed', legs: [debit(account, 31n), credit(out, 31n)] });
    expect(await fixture.post(direct)).toEqual(['LEDGER_LIMIT_REACHED']);
    expect(outcome(await reserve(reservation(account, 30n)))).toMatchObject({ state: 'reserved' });
    expect(outcome(await giveUp(holdId))).toMatchObject({ state: 'voided' });
    expect(outcome(await giveUp(holdId))).toMatchObject({ state: 'voided' });
    expect(await fixture.post(direct)).toEqual(['fresh']);
    expect(outcome(await post(holdId))).toBe('HOLD_RESOLVED');
    expect(await headOf(account)).toEqual([-69, 30, 0]);
  });

  it('is posted in whole, once, also when it is asked for twice or by several at once', async () => {
    const account = await owe('org_whole', 100n);
    const holdId = await reserved(reservation(account, 100n));
    const answers = (await Promise.all(Array.from({ length: 6 }, () => post(holdId)))).map(outcome);
    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).toMatch(/^txn_/);
    expect(await headOf(account)).toEqual([0, 0, 0]);
    expect(outcome(await giveUp(holdId))).toBe('HOLD_RESOLVED');
  });

  it('is posted in part, and the rest is free', async () => {
    const account = await owe('org_part', 100n);
    const holdId = await reserved(reservation(account, 100n));
    const part = (amountMinor: bigint) => ({ legs: [debit(account, amountMinor), credit(out, amountMinor)] });
    expect(outcome(await post(holdId, part(101n)))).toBe('HOLD_EXCEEDED');
    expect(outcome(await post(holdId, { legs: [debit(account, 1n), credit(payable('org_x'), 1n)] }))).toBe(
      'HOLD_EXCEEDED',
    );
    const transactionId = outcome(await post(holdId, part(40n)));
    expect(outcome(await post(holdId, part(40n)))).toBe(transactionId);
    expect(outcome(await post(holdId, part(41n)))).toBe('POSTING_KEY_REUSED');
    expect(await headOf(account)).toEqual([-60, 0, 0]);
  });

  it('has one effect per key', async () => {
    const account = await owe('org_key', 100n);
    const one = reservation(account, 60n);
    const ids = (await Promise.all([reserve(one), reserve(one), reserve(one)])).map(
      (made) => made.ok && made.value.holdId,
    );
    expect(new Set(ids).size).toBe(1);
    expect(outcome(await reserve({ ...one, expiresAt: new Date(now.getTime() + 1) }))).toBe('POSTING_KEY_REUSED');
    expect(await headOf(account)).toEqual([-100, 60, 0]);
  });

  it('expires: nothing is posted from it at that instant, and the timer sets it free', async () => {
    const account = await owe('org_expiry', 100n);
    const holdId = await reserved(reservation(account, 100n));
    now = new Date(now.getTime() + 59_999);
    expect(await expire()).toBe(0);
    now = new Date(now.getTime() + 1);
    expect(outcome(await post(holdId))).toBe('HOLD_EXPIRED');
    expect(await expire()).toBeGreaterThanOrEqual(1);
    expect(await headOf(account)).toEqual([-100, 0, 0]);
    expect(outcome(await post(holdId))).toBe('HOLD_RESOLVED');
    expect(outcome(await giveUp(holdId))).toBe('HOLD_RESOLVED');
  });

  it('races with its void, its expiry and other reserves, and one of them wins', async () => {
    for (let round = 0; round < 8; round += 1) {
      const account = await owe(`org_race${round}`, 100n);
      const holdId = await reserved(reservation(account, 60n, { expiresAt: new Date(now.getTime() + 1) }));
      const again = Array.from({ length: 3 }, () => reserve(reservation(account, 40n)));
      const [posted, voided] = await Promise.all([post(holdId), giveUp(holdId), ...again]);
      expect([posted.ok, voided.ok].filter(Boolean)).toHaveLength(1);
      const held = (await Promise.all(again)).filter((made) => made.ok).length;
      // The first always fits beside the 60; a second and third only where the 60 came free, which a posting never does.
      expect(held).toBeGreaterThanOrEqual(1);
      expect(await headOf(account)).toEqual([posted.ok ? -40 : -100, 40 * held, 0]);
      expect((posted.ok ? 60 : 0) + 40 * held).toBeLessThanOrEqual(100);
    }
  });

  it.each<[string, Partial<Reservation>, string]>([
    ['that has ended before it begins', { expiresAt: new Date(0) }, 'HOLD_EXPIRY_INVALID'],
    ['without a date', { expiresAt: new Date(Number.NaN) }, 'HOLD_EXPIRY_INVALID'],
    ['for ever', { expiresAt: new Date('2100-01-01T00:00:00Z') }, 'HOLD_EXPIRY_INVALID'],
    ['that does not balance', { legs: [debit(payable('o'), 1n), credit(out, 2n)] }, 'POSTING_UNBALANCED'],
    ['of what is not permitted', { legs: [debit(out, 1n), credit(payable('o'), 1n)] }, 'MOVEMENT_NOT_PERMITTED'],
  ])('is refused %s', async (_name, change, code) => {
    expect(outcome(await reserve(reservation(payable('org_bad'), 1n, change)))).toBe(code);
  });

  it('of something unknown is not found', async () => {
    expect(outcome(await post(newId('hld')))).toBe('HOLD_NOT_FOUND');
    expect(outcome(await giveUp(newId('hld')))).toBe('HOLD_NOT_FOUND');
  });
});

describe('against a statement typed by hand', () => {
  it('a hold stays balanced, is resolved once, and posts no more than it reserved', async () => {
    const account = await owe('org_hand', 100n);
    const holdId = await reserved(reservation(account, 10n));
    const [row] = await sql<{ hold_no: string }>('SELECT hold_no FROM ledger_holds WHERE hold_id = $1', [holdId]);
    const resolve = (outcomeOf: string, txn: string | null) =>
      sql(`INSERT INTO ledger_hold_resolutions VALUES ($1, $2, $3, NULL, 'hand', now())`, [
        row?.hold_no,
        outcomeOf,
        txn,
      ]);
    await expect(resolve('posted', newId('txn'))).rejects.toMatchObject({ code: 'HX009' });
    await resolve('voided', null);
    await expect(resolve('expired', null)).rejects.toMatchObject({ code: '23505' });
    await expect(sql('UPDATE ledger_heads SET held_debit_minor = 0')).rejects.toMatchObject({ code: 'HX004' });
    await expect(sql('DELETE FROM ledger_open_holds')).rejects.toMatchObject({ code: 'HX004' });
    await expect(sql('DELETE FROM ledger_hold_resolutions')).rejects.toMatchObject({ code: 'HX004' });
    await expect(
      sql(`INSERT INTO ledger_holds (hold_id, idempotency_key, payload_hash, rules, movement, reference_kind, reference_id,
             legs, effective_at, reserved_at, expires_at)
           VALUES ('hld_x', 'hand', sha256('x'), 'movements-2', 'bank_credit', 'x', 'x', 2, now(), now(), now() + interval '1 s')`),
    ).rejects.toMatchObject({ code: 'HX001' });
  });
});

describe('a limit set on an account', () => {
  const limit = (account: AccountKey, floor: bigint | null, ceiling: bigint | null) =>
    sql(
      `INSERT INTO ledger_account_limits (account_no, floor_minor, ceiling_minor, reason, set_by, set_at)
       SELECT account_no, $3, $4, 'test', 'usr_1', now() FROM ledger_accounts WHERE owner = $1 AND kind = $2`,
      [account.owner, account.kind, floor, ceiling],
    );

  it('holds for postings and reserves, lets money move the right way, and never loosens the limit of the kind', async () => {
    const bank: AccountKey = { owner: 'bank:limited', kind: 'bank', currency: 'CNY' };
    await fixture.post(bankCredit(50n, { bank: 'bank:limited' }));
    await limit(bank, 20n, 60n);
    expect(await fixture.post(bankCredit(11n, { bank: 'bank:limited' }))).toEqual(['LEDGER_LIMIT_REACHED']);
    expect(await fixture.post(bankCredit(10n, { bank: 'bank:limited' }))).toEqual(['fresh']);
    const leaves = (amountMinor: bigint) =>
      bankCredit(1n, { movement: 'bank_debit', legs: [debit(out, amountMinor), credit(bank, amountMinor)] });
    expect(await fixture.post(leaves(41n))).toEqual(['LEDGER_LIMIT_REACHED']);
    await limit(bank, 100n, null);
    expect(await fixture.post(bankCredit(5n, { bank: 'bank:limited' }))).toEqual(['fresh']);
    expect(await fixture.post(leaves(1n))).toEqual(['LEDGER_LIMIT_REACHED']);
    await limit(bank, null, null);
    expect(await fixture.post(leaves(65n))).toEqual(['fresh']);
    const owed = await owe('org_loose', 5n);
    await limit(owed, null, 1_000n);
    const more = bankCredit(1n, { movement: 'payout_instructed', legs: [debit(owed, 6n), credit(out, 6n)] });
    expect(await fixture.post(more)).toEqual(['LEDGER_LIMIT_REACHED']);
  });
});
