import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId, parseMoney } from '@hetao/kernel';
import { CALLER_HEADER, type Page, type Problem } from '@hetao/runtime';
import { callerToken, type TestCaller } from '@hetao/testing';
import { validateXML } from 'xmllint-wasm';
import { buildCamt053, type StatementContent } from '../../../tools/trade/src/camt053.js';
import type { BankDetailsDto } from '../src/bank-details/bank-details.dto.js';
import type { InvoiceDto } from '../src/invoice/invoice.dto.js';
import type { TrialBalanceDto } from '../src/ledger/ledger.dto.js';
import type { PayoutDto, PayoutRunDto } from '../src/payout/payout.dto.js';
import type { EquationDto, PeriodStatusDto } from '../src/period/equation.dto.js';
import type { ImportResultDto } from '../src/statement/statement.dto.js';
import {
  id,
  merchantOf,
  operator,
  settlementFixture,
  tellMonth,
  type SettlementFixture,
} from './settlement-fixture.js';

/** What a problem adds to an answer. */
type Answered = Partial<Pick<Problem, 'code' | 'errors'>>;

const schema = readFileSync(fileURLToPath(new URL('schemas/pain.001.001.09.xsd', import.meta.url)), 'utf8');
const second: TestCaller = { ...operator, subject: 'usr_second' };
const account = { accountNumber: '4000', ownerName: 'Hetao Exchange', currency: 'CNY' as const };
const path = '/v1/settlement/periods/2015-05';

let exchange: SettlementFixture;
beforeAll(async () => {
  exchange = await settlementFixture();
  const merchants = ['plain', 'small', 'reserved', 'stopped', 'moved', 'weekly'];
  await tellMonth(
    exchange,
    merchants.map((merchant) => ({
      name: merchant,
      merchant,
      buyer: 'harbour',
      calls: merchant === 'small' ? '0' : '10000',
    })),
  );
});
afterAll(() => exchange.stop());

const command = async <T = Record<string, never>>(
  to: string,
  body: unknown = {},
  as: TestCaller = operator,
): Promise<{ status: number; body: T & Answered }> => {
  const answer = await fetch(`${exchange.service.url}${to}`, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: {
      'content-type': 'application/json',
      'idempotency-key': newId('key'),
      [CALLER_HEADER]: await callerToken(as),
    },
  });
  const text = await answer.text();
  return { status: answer.status, body: (text === '' ? {} : JSON.parse(text)) as T & Answered };
};
const minor = ({ amount, currency }: { amount: string; currency: string }): bigint =>
  parseMoney(amount, currency as 'CNY').amountMinor;
let day = 9;
let balance = 0n;
const imported = async (change: Partial<StatementContent>): Promise<ImportResultDto> => {
  day += 1;
  const built = buildCamt053({
    account,
    date: `2015-06-${day}`,
    openingMinor: balance,
    credits: [],
    debits: [],
    ...change,
  });
  balance = built.closingMinor;
  return (await exchange.importXml(built.xml)).body;
};
const payouts = async (): Promise<readonly PayoutDto[]> =>
  (await exchange.get<Page<PayoutDto>>(`/v1/payouts?limit=100`)).body.data;
const payoutOf = async (merchant: string): Promise<PayoutDto> => {
  const found = (await payouts()).find(
    ({ beneficiary_id, status }) => beneficiary_id === id('par', merchant) && status !== 'rejected',
  );
  if (found === undefined) throw new Error(`no payout of ${merchant}`);
  return found;
};
const run = async (): Promise<PayoutRunDto> => (await exchange.post<PayoutRunDto>(`${path}/payouts`)).body;
const deferred = async (): Promise<string | undefined> => {
  const { body } = await exchange.get<TrialBalanceDto>('/v1/ledger/trial-balance');
  return body.rows.find(({ kind }) => kind === 'payable:deferred')?.balance.amount;
};
const accountOf = (name: string) => ({ name, account_number: `6222-${name}-2` });

describe('payouts by the terms of each party', () => {
  it('wait below the minimum, keep a reserve, stop on hold, and follow the party’s own day', async () => {
    const terms = (name: string, change: object) => ({
      participant_id: id('par', name),
      cycle: { kind: 'monthly' },
      ...change,
    });
    expect((await command('/v1/settlement-terms', terms('small', { minimum: { CNY: '700.00' } }))).status).toBe(201);
    expect(
      (await command('/v1/settlement-terms', terms('reserved', { reserve_bps: 1000, reserve_days: 30 }))).status,
    ).toBe(201);
    // 10 June 2015 is a Wednesday.
    expect(
      (await command('/v1/settlement-terms', terms('weekly', { cycle: { kind: 'weekly', weekday: 4 } }))).status,
    ).toBe(201);
    expect(
      (await command('/v1/payout-holds', { participant_id: id('par', 'stopped'), reason: 'Complaint 17' })).status,
    ).toBe(201);
    expect((await exchange.post(`${path}/invoice`)).status).toBe(200);
    const { body } = await exchange.get<Page<InvoiceDto>>('/v1/invoices?limit=100');
    const credits = body.data.map(({ number, gross }) => ({
      endToEndId: number,
      remittance: '',
      amountMinor: minor(gross),
      payerName: 'harbour',
    }));
    expect(await imported({ credits })).toMatchObject({ matched: 6, unmatched: [] });
    const details = { participant_id: id('par', 'moved'), account: accountOf('moved') };
    const proposed = await command<BankDetailsDto>('/v1/bank-details', details);
    expect(await command('/v1/bank-details', details)).toMatchObject({
      status: 409,
      body: { code: 'BANK_DETAILS_PENDING' },
    });
    expect(await command(`/v1/bank-details/${proposed.body.id}/approve`)).toMatchObject({
      status: 403,
      body: { code: 'BANK_DETAILS_SAME_PERSON' },
    });
    const approved = await command<BankDetailsDto>(`/v1/bank-details/${proposed.body.id}/approve`, {}, second);
    expect(approved.body).toMatchObject({ status: 'approved', effective_from: '2015-06-13T08:00:00.000Z' });
    const first = await run();
    expect(first.instructed).toBe(2);
    const heldBy = new Map(first.held.map(({ beneficiary_id: of, code }) => [of, code]));
    expect(heldBy).toEqual(
      new Map([
        [id('par', 'moved'), 'BANK_DETAILS_COOLING'],
        [id('par', 'weekly'), 'NOT_DUE'],
      ]),
    );
    const waiting = new Map(first.deferred.map(({ beneficiary_id: of, reason }) => [of, reason]));
    expect(waiting).toEqual(
      new Map([
        [id('par', 'small'), 'threshold'],
        [id('par', 'stopped'), 'hold'],
      ]),
    );
    const reserved = await payoutOf('reserved');
    expect([reserved.gross.amount, reserved.amount.amount]).toEqual(['750.84', '675.76']);
    // Nothing is paid twice by asking again, and what waits goes on waiting.
    expect(await run()).toMatchObject({ instructed: 0, deferred: [] });
  });

  it('are for the party and operators to propose an account for, and for nobody else', async () => {
    const foreign = { participant_id: id('par', 'plain'), account: accountOf('x') };
    expect(await command('/v1/bank-details', foreign, merchantOf('moved'))).toMatchObject({
      status: 403,
      body: { code: 'PARTY_FORBIDDEN' },
    });
    const iban = { account: { name: 'X', iban: 'GB33BUKB20201555555556' } };
    expect(await command('/v1/bank-details', iban, merchantOf('plain'))).toMatchObject({
      status: 422,
      body: { code: 'VALIDATION_FAILED' },
    });
    const own = await exchange.get<Page<BankDetailsDto>>(
      `/v1/bank-details?participant_id=${id('par', 'moved')}`,
      merchantOf('plain'),
    );
    expect(own.body.data).toEqual([]);
    expect((await exchange.get<Page<BankDetailsDto>>('/v1/bank-details', merchantOf('moved'))).body.data).toHaveLength(
      1,
    );
  });

  it('go on when the day has come and the details have cooled', async () => {
    exchange.clock.set('2015-06-18T08:00:00Z');
    const next = await run();
    expect(next).toMatchObject({ instructed: 2, held: [] });
    expect((await payoutOf('moved')).bank_account.account_number).toBe('6222-moved-2');
  });
});

describe('files for the bank', () => {
  const order = {
    currency: 'CNY',
    debtor: { name: '河套 <Exchange> & Co', account_number: '4000', bic: 'BKCHCNBJ' },
    execution_date: '2015-06-19',
  };
  let xml = '';
  let messageId = '';

  it('hold each payment once and satisfy the schema of pain.001.001.09', async () => {
    const made = await command<{ id: string; payments: number; message_id: string; total: { amount: string } }>(
      '/v1/payment-files',
      order,
    );
    expect(made).toMatchObject({ status: 201, body: { payments: 4 } });
    messageId = made.body.message_id;
    const answer = await fetch(`${exchange.service.url}/v1/payment-files/${made.body.id}/content`, {
      headers: { [CALLER_HEADER]: await callerToken(operator) },
    });
    xml = await answer.text();
    expect(answer.headers.get('content-type')).toContain('application/xml');
    expect(await validateXML({ xml, schema })).toMatchObject({ valid: true, errors: [] });
    expect(xml).toContain(`<CtrlSum>${made.body.total.amount}</CtrlSum>`);
    expect(await command('/v1/payment-files', order)).toMatchObject({ status: 409, body: { code: 'PAYMENTS_NONE' } });
  });

  it('would not satisfy it with a wrong amount, order or length: the schema bites', async () => {
    for (const wrong of [
      xml.replace(/(<InstdAmt[^>]*>)[\d.]+/, '$1-1.00'),
      xml.replace('<PmtMtd>TRF</PmtMtd>', ''),
      xml.replace(/<EndToEndId>[^<]+/, `<EndToEndId>${'X'.repeat(36)}`),
      xml.replace('<ChrgBr>DEBT</ChrgBr>', '<ChrgBr>ME</ChrgBr>'),
    ]) {
      expect((await validateXML({ xml: wrong, schema })).valid).toBe(false);
    }
  });

  it('that the bank refuses in part: the payout is owed again, exactly once', async () => {
    const refused = await payoutOf('plain');
    const before = await deferred();
    const report = `<?xml version="1.0"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"><CstmrPmtStsRpt>
      <GrpHdr><MsgId>R1</MsgId><CreDtTm>2015-06-19T08:00:00Z</CreDtTm></GrpHdr>
      <OrgnlGrpInfAndSts><OrgnlMsgId>${messageId}</OrgnlMsgId><OrgnlMsgNmId>pain.001.001.09</OrgnlMsgNmId><GrpSts>PART</GrpSts></OrgnlGrpInfAndSts>
      <OrgnlPmtInfAndSts><OrgnlPmtInfId>${messageId}</OrgnlPmtInfId><TxInfAndSts><OrgnlEndToEndId>${refused.end_to_end_id}</OrgnlEndToEndId>
      <TxSts>RJCT</TxSts><StsRsnInf><Rsn><Cd>AC04</Cd></Rsn></StsRsnInf></TxInfAndSts></OrgnlPmtInfAndSts></CstmrPmtStsRpt></Document>`;
    const send = async (body: string) => {
      const answer = await fetch(`${exchange.service.url}/v1/payment-status-reports`, {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/xml', [CALLER_HEADER]: await callerToken(operator) },
      });
      return {
        status: answer.status,
        body: (await answer.json()) as { rejected: number; ignored: number; code?: string },
      };
    };
    const answers = await Promise.all([send(report), send(report), send(report)]);
    expect(answers.map(({ status, body }) => [status, body.rejected])).toEqual([
      [200, 1],
      [200, 1],
      [200, 1],
    ]);
    // The same news in other words changes nothing more.
    expect((await send(report.replace('R1', 'R2'))).body).toMatchObject({ rejected: 0, ignored: 1 });
    expect(
      minor({ amount: before ?? '0', currency: 'CNY' }) - minor({ amount: (await deferred()) ?? '0', currency: 'CNY' }),
    ).toBe(minor(refused.amount));
    expect(await send('<a/>')).toMatchObject({ status: 422, body: { code: 'STATUS_REPORT_INVALID' } });
    expect(await send('<!DOCTYPE a><a/>')).toMatchObject({ status: 400, body: { code: 'STATEMENT_XML_FORBIDDEN' } });
    expect(await send(report.replace(messageId, 'UNKNOWN'))).toMatchObject({
      status: 422,
      body: { code: 'STATUS_REPORT_INVALID' },
    });
    const again = await run();
    expect(again.instructed).toBe(1);
    expect((await payoutOf('plain')).amount).toEqual(refused.amount);
  });
});

describe('what the bank sends back', () => {
  it('is owed again once, whether a statement tells it once or twice', async () => {
    const all = (await payouts()).filter(({ status }) => status === 'instructed');
    const debits = all.map(({ end_to_end_id, amount }) => ({
      endToEndId: end_to_end_id,
      amountMinor: minor(amount),
      beneficiaryName: 'M',
    }));
    expect(await imported({ debits })).toMatchObject({ matched: all.length, unmatched: [] });
    const moved = await payoutOf('moved');
    const back = {
      endToEndId: moved.end_to_end_id,
      remittance: 'RETURN',
      amountMinor: minor(moved.amount),
      payerName: 'M',
    };
    const before = await deferred();
    day += 1;
    const built = buildCamt053({ account, date: `2015-06-${day}`, openingMinor: balance, credits: [back], debits: [] });
    balance = built.closingMinor;
    const returned = built.xml.replace('<Refs>', '<RtrInf><Rsn><Cd>AC01</Cd></Rsn></RtrInf><Refs>');
    const answers = await Promise.all([1, 2, 3].map(() => exchange.importXml(returned)));
    expect(answers.map(({ status, body }) => [status, body.matched])).toEqual([
      [200, 1],
      [200, 1],
      [200, 1],
    ]);
    expect((await exchange.get<PayoutDto>(`/v1/payouts/${moved.id}`)).body.status).toBe('returned');
    expect(
      minor({ amount: before ?? '0', currency: 'CNY' }) - minor({ amount: (await deferred()) ?? '0', currency: 'CNY' }),
    ).toBe(minor(moved.amount));
    // A second return of the same payout is no return: a person looks at it.
    const twice = await imported({ credits: [back] });
    expect(twice.unmatched).toHaveLength(1);
  });

  it('and what waits does not keep a period from being closed, nor from being paid later', async () => {
    const wrong = (await exchange.get<Page<{ id: string }>>('/v1/reconciliation/exceptions?limit=10')).body.data;
    for (const one of wrong) {
      expect(
        (
          await command(`/v1/reconciliation/exceptions/${one.id}/resolve`, {
            action: 'credit_on_account',
            buyer_id: id('par', 'harbour'),
          })
        ).status,
      ).toBe(204);
    }
    const equation = await exchange.get<EquationDto>(`${path}/equation`);
    expect(equation.body.currencies.map(({ balanced, differences }) => [balanced, differences])).toEqual([[true, []]]);
    const closed = await exchange.post<PeriodStatusDto & Answered>(`${path}/close`);
    expect(closed.body.errors ?? []).toEqual([]);
    expect(closed.status).toBe(200);
    const total = await exchange.sql<{ n: string }>(
      `SELECT sum(amount_minor)::text AS n FROM payable_deferrals WHERE paid_by IS NULL`,
    );
    expect(minor({ amount: (await deferred()) ?? '0', currency: 'CNY' })).toBe(-BigInt(total[0]?.n ?? 0));
  });
});
