import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@hetao/kernel';
import { ledgerProofFault, type LedgerProof } from '@hetao/proofs';
import { CALLER_HEADER, type Page } from '@hetao/runtime';
import { callerToken, eventually, type TestCaller } from '@hetao/testing';
import type { ChainHeadDto } from '../src/chain/chain.dto.js';
import type { HoldDto } from '../src/holds/hold.dto.js';
import { HoldBook } from '../src/holds/hold.book.js';
import { HoldRepository } from '../src/holds/hold.repository.js';
import type { BalanceDto } from '../src/ledger/balance.dto.js';
import type { AccountDto } from '../src/ledger/ledger.dto.js';
import { accountId, credit, debit, type AccountKey, type Posting } from '../src/ledger/ledger.js';
import { LedgerRepository } from '../src/ledger/ledger.repository.js';
import type { LedgerTransactionDto } from '../src/ledger/transaction.dto.js';
import { bankCredit } from './ledger-fixture.js';
import {
  auditor,
  merchantOf,
  operator,
  settlementFixture,
  type Answer,
  type SettlementFixture,
} from './settlement-fixture.js';

const bank: AccountKey = { owner: 'bank:main', kind: 'bank', currency: 'CNY' };
const bankId = accountId(bank);
let fixture: SettlementFixture;
let ledger: LedgerRepository;
beforeAll(async () => {
  fixture = await settlementFixture();
  ledger = new LedgerRepository(fixture.clock);
});
afterAll(() => fixture.stop());

async function post(...postings: Posting[]): Promise<readonly string[]> {
  const result = await fixture.service.uow.runResult((tx) => ledger.post(tx, postings));
  if (!result.ok) throw new Error(result.error.detail);
  return result.value.map(({ transactionId }) => transactionId);
}

async function send<T>(path: string, body: unknown, as: TestCaller = operator): Promise<Answer<T>> {
  const answer = await fetch(`${fixture.service.url}${path}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'idempotency-key': newId('key'),
      [CALLER_HEADER]: await callerToken(as),
    },
    body: JSON.stringify(body),
  });
  return { status: answer.status, body: (await answer.json()) as T };
}

const balance = async (query: string) =>
  (await fixture.get<BalanceDto>(`/v1/ledger/accounts/${bankId}/balance${query}`)).body;

describe('what an operator reads of the ledger', () => {
  it('the balance now and then, by the time of recording and by the time it counts', async () => {
    const late = new Date('2015-05-31T00:00:00Z');
    await post(bankCredit(100n));
    fixture.clock.advance({ minutes: 1 });
    await post(bankCredit(20n), bankCredit(3n, { effectiveAt: late }));
    fixture.clock.advance({ minutes: 1 });
    expect(await balance('')).toMatchObject({ balance: { amount: '1.23', currency: 'CNY' }, version: 3, at: null });
    const recorded: [string, string, number][] = [
      ['2015-06-10T07:59:59Z', '0.00', 0],
      ['2015-06-10T08:00:00Z', '1.00', 1],
      ['2015-06-10T08:00:59Z', '1.00', 1],
      ['2015-06-10T08:01:00Z', '1.23', 3],
      ['2015-06-10T16:01:00%2B08:00', '1.23', 3],
    ];
    for (const [at, amount, version] of recorded) {
      expect(await balance(`?at=${at}`)).toMatchObject({ balance: { amount }, version });
    }
    const effective: [string, string][] = [
      ['2015-05-30T00:00:00Z', '0.00'],
      ['2015-05-31T00:00:00Z', '0.03'],
      ['2015-06-10T00:00:00Z', '1.23'],
    ];
    for (const [at, amount] of effective) {
      expect(await balance(`?by=effective&at=${at}`)).toMatchObject({ balance: { amount }, version: null });
    }
    expect((await fixture.get(`/v1/ledger/accounts/${bankId}/balance?at=yesterday`)).status).toBe(422);
    expect((await fixture.get(`/v1/ledger/accounts/${newId('acc')}/balance`)).status).toBe(404);
  });

  it('a transaction with its reason, its source and its legs, and later its proof', async () => {
    const payout = newId('pay');
    const [id = ''] = await post(bankCredit(5n, { reference: { kind: 'payout', id: payout } }));
    const found = await fixture.get<LedgerTransactionDto>(`/v1/ledger/transactions/${id}`);
    expect(found).toMatchObject({
      status: 200,
      body: {
        id,
        because: 'Money arrived at the bank.',
        source: { kind: 'payout', id: payout, href: `/v1/payouts/${payout}` },
        legs: [
          { kind: 'bank', side: 'debit', amount: { amount: '0.05' } },
          { kind: 'clearing:bank_in', side: 'credit', amount: { amount: '0.05' } },
        ],
      },
    });
    const proof = await eventually(async () => {
      const answer = await fixture.get<LedgerProof>(`/v1/ledger/transactions/${id}/proof`, auditor);
      expect(answer.status).toBe(200);
      return answer.body;
    });
    expect(ledgerProofFault(proof)).toBeUndefined();
    const head = await fixture.get<ChainHeadDto>('/v1/ledger/chain', auditor);
    expect(head.body).toMatchObject({ segments: expect.any(Number), root: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(await fixture.get(`/v1/ledger/chain/segments?limit=1`)).toMatchObject({
      status: 200,
      body: { data: [{ no: 1 }] },
    });
    expect(await fixture.get(`/v1/ledger/chain/rows?after=0&limit=2`)).toMatchObject({
      status: 200,
      body: { data: [{ sequence: 1 }, { sequence: 2 }], has_more: true },
    });
    const sealed = await fixture.get<LedgerTransactionDto>(`/v1/ledger/transactions/${id}`);
    expect(sealed.body.sequence).toBe(proof.sequence);
    expect((await fixture.get(`/v1/ledger/transactions/${newId('txn')}`)).status).toBe(404);
    expect((await fixture.get(`/v1/ledger/transactions/${newId('txn')}/proof`)).status).toBe(404);
  });

  it('limits, which only an operator sets, and which hold', async () => {
    const path = `/v1/ledger/accounts/${bankId}/limits`;
    const body = { floor_minor: '0', ceiling_minor: '1000', reason: 'An agreed ceiling' };
    expect((await send(path, body, auditor)).status).toBe(403);
    expect((await send(path, { ...body, floor_minor: '2000' })).status).toBe(422);
    expect((await send(path, { ...body, floor_minor: '1.5' })).status).toBe(422);
    expect((await send(`/v1/ledger/accounts/${newId('acc')}/limits`, body)).status).toBe(404);
    expect(await send(path, body)).toMatchObject({ status: 200, body: { ceiling_minor: '1000' } });
    const account = await fixture.get<AccountDto>(`/v1/ledger/accounts/${bankId}`);
    expect(account.body.limits).toEqual({
      floor: { amount: '0.00', currency: 'CNY' },
      ceiling: { amount: '10.00', currency: 'CNY' },
    });
    await expect(post(bankCredit(1_000n))).rejects.toThrow('would take account');
    expect((await send(path, { ...body, ceiling_minor: null })).status).toBe(200);
    await post(bankCredit(1_000n));
  });

  it('holds, which an operator gives up with a reason, once', async () => {
    const holds = new HoldBook(new HoldRepository(), ledger, fixture.clock);
    const out: AccountKey = { owner: 'exchange', kind: 'clearing:bank_out', currency: 'CNY' };
    const made = await fixture.service.uow.runResult((tx) =>
      holds.reserve(tx, {
        ...bankCredit(1n, { movement: 'bank_debit', legs: [debit(out, 7n), credit(bank, 7n)] }),
        expiresAt: new Date(fixture.clock.now().getTime() + 3_600_000),
      }),
    );
    if (!made.ok) throw new Error(made.error.detail);
    const { holdId } = made.value;
    const list = await fixture.get<Page<HoldDto>>(`/v1/ledger/holds?state=reserved&account=${bankId}`);
    expect(list.body.data).toMatchObject([
      { id: holdId, legs: [{ side: 'debit' }, { account_id: bankId, side: 'credit' }] },
    ]);
    const held = await fixture.get<AccountDto>(`/v1/ledger/accounts/${bankId}`);
    expect(held.body.held.credit).toEqual({ amount: '0.07', currency: 'CNY' });
    expect((await send(`/v1/ledger/holds/${holdId}/void`, { reason: 'x' }, auditor)).status).toBe(403);
    expect((await send(`/v1/ledger/holds/${holdId}/void`, {})).status).toBe(422);
    expect(await send(`/v1/ledger/holds/${holdId}/void`, { reason: 'Not needed' })).toMatchObject({
      status: 200,
      body: { id: holdId, state: 'voided' },
    });
    const after = await fixture.get<HoldDto>(`/v1/ledger/holds/${holdId}`);
    expect(after.body).toMatchObject({ state: 'voided', resolution: { reason: 'Not needed', by: 'usr_operator' } });
    expect((await fixture.get(`/v1/ledger/holds/${newId('hld')}`)).status).toBe(404);
  });

  it('a hold that is forgotten is set free by the timer', async () => {
    const holds = new HoldBook(new HoldRepository(), ledger, fixture.clock);
    const out: AccountKey = { owner: 'exchange', kind: 'clearing:bank_out', currency: 'CNY' };
    const made = await fixture.service.uow.runResult((tx) =>
      holds.reserve(tx, {
        ...bankCredit(1n, { movement: 'bank_debit', legs: [debit(out, 7n), credit(bank, 7n)] }),
        expiresAt: new Date(fixture.clock.now().getTime() + 1_000),
      }),
    );
    if (!made.ok) throw new Error(made.error.detail);
    fixture.clock.advance({ seconds: 1 });
    await eventually(async () => {
      const { body } = await fixture.get<HoldDto>(`/v1/ledger/holds/${made.value.holdId}`);
      expect(body.state).toBe('expired');
    });
  });

  it('nothing of it to a merchant', async () => {
    for (const path of [
      'chain',
      'chain/rows',
      'holds',
      `accounts/${bankId}/balance`,
      `transactions/${newId('txn')}/proof`,
    ]) {
      expect((await fixture.get(`/v1/ledger/${path}`, merchantOf('lingnan'))).status).toBe(403);
    }
  });
});
