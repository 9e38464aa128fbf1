import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AgreementConcludedV1, UsagePeriodClosedV1, UsagePeriodCompletedV1 } from '@hetao/events';
import { parseMoney } from '@hetao/kernel';
import { leafHash, verifyInclusion } from '@hetao/proofs';
import { CALLER_HEADER, routesOf, type MoneyDto, type Page, type Problem } from '@hetao/runtime';
import { callerToken, eventually, type TestCaller } from '@hetao/testing';
import { buildCamt053, type StatementContent } from '../../../tools/trade/src/camt053.js';
import type { InvoiceDetailDto, InvoiceDto, InvoicingResultDto } from '../src/invoice/invoice.dto.js';
import type { AccountDto, EntryDto, TrialBalanceDto } from '../src/ledger/ledger.dto.js';
import type { PayoutDetailDto, PayoutDto, PayoutRunDto } from '../src/payout/payout.dto.js';
import type { EquationDto, PeriodStatusDto } from '../src/period/equation.dto.js';
import type { ChargeDto } from '../src/rating/charge.dto.js';
import {
  agreementIdOf,
  agreementOf,
  auditor,
  buyerOf,
  id,
  merchantOf,
  operator,
  settlementFixture,
  tellMonth,
  usageOf,
  type Deal,
  type SettlementFixture,
} from './settlement-fixture.js';

interface PartyStatement {
  readonly document: string;
  readonly proof: {
    readonly leaf_index: number;
    readonly tree_size: number;
    readonly path: string[];
    readonly root_hash: string;
  };
}

const deals: readonly Deal[] = [
  { name: 'one', merchant: 'lingnan', buyer: 'harbour', channel: 'broker' },
  { name: 'two', merchant: 'lingnan', buyer: 'straits', calls: '333' },
  { name: 'three', merchant: 'macau', buyer: 'harbour', currency: 'HKD' },
];
const PERIOD = '2015-05';
const periodPath = `/v1/settlement/periods/${PERIOD}`;

let exchange: SettlementFixture;
beforeAll(async () => {
  exchange = await settlementFixture();
});
afterAll(() => exchange.stop());

const minor = ({ amount, currency }: MoneyDto): bigint => parseMoney(amount, currency).amountMinor;
const account = (currency: 'CNY' | 'HKD') => ({
  accountNumber: `4000-${currency}`,
  ownerName: 'Hetao Exchange',
  currency,
});
const allInvoices = async (): Promise<readonly InvoiceDto[]> =>
  (await exchange.get<Page<InvoiceDto>>(`/v1/invoices?period=${PERIOD}&limit=100`)).body.data;
const allPayouts = async (): Promise<readonly PayoutDto[]> =>
  (await exchange.get<Page<PayoutDto>>(`/v1/payouts?period=${PERIOD}&limit=100`)).body.data;
const statement = (content: Omit<StatementContent, 'openingMinor'> & { openingMinor?: bigint }): string =>
  buildCamt053({ openingMinor: 0n, ...content }).xml;

describe('a month of settlement, over HTTP', () => {
  it('cannot be invoiced before its usage is complete, and says what is missing', async () => {
    const before = await exchange.post<Problem>(`${periodPath}/invoice`);
    expect(before).toMatchObject({
      status: 409,
      body: { code: 'PERIOD_USAGE_INCOMPLETE', errors: [{ code: 'USAGE_NOT_COMPLETED' }] },
    });
    const [one] = deals;
    if (one === undefined) throw new Error('no deal');
    // Usage comes before its agreement, and the end of the month before most of its usage.
    await exchange.publish(UsagePeriodClosedV1, usageOf(one));
    await exchange.publish(UsagePeriodCompletedV1, {
      period: PERIOD,
      timeZone: 'Asia/Shanghai',
      agreements: 3,
      closedAt: '2015-06-01T00:00:05.000Z',
    });
    await eventually(async () => {
      const { status, body } = await exchange.post<Problem>(`${periodPath}/invoice`);
      expect(status).toBe(409);
      expect(body.errors?.map(({ code, detail }) => [code, detail])).toEqual([
        ['USAGE_MISSING', 'usage of 3 agreements is expected, that of 1 has arrived.'],
        ['AGREEMENT_MISSING', `the terms of 1 agreements with usage have not arrived: ${agreementIdOf(one)}.`],
      ]);
    });
    await exchange.publish(AgreementConcludedV1, agreementOf(one));
    await tellMonth(exchange, deals);
    expect(await exchange.deadLetters()).toEqual([]);
  });

  it('rates usage to charges that can be done again by hand', async () => {
    const { body } = await exchange.get<Page<ChargeDto>>(
      `/v1/charges?period=${PERIOD}&agreement_id=${id('agr', 'one')}`,
    );
    expect(
      body.data.map(({ component_id, quantity, exact_amount, amount }) => [
        component_id,
        quantity,
        exact_amount,
        amount.amount,
      ]),
    ).toEqual([
      ['access', '1', '500', '500.00'],
      ['calls', '10000', '123', '123.00'],
      // 1,000,000,000 bytes at 0.08 and 1,747,282,505 at 0.05 a million
      ['traffic', '2747282505', '167.36412525', '167.36'],
    ]);
    expect(body.data[2]?.steps.join(' ')).toContain('0.05');
  });

  it('issues one invoice per agreement, numbered without gaps, once', async () => {
    const first = await exchange.post<InvoicingResultDto>(`${periodPath}/invoice`);
    expect(first).toMatchObject({ status: 200, body: { period: PERIOD, issued: 3, invoices: 3 } });
    const again = await exchange.post<InvoicingResultDto>(`${periodPath}/invoice`);
    expect(again.body).toEqual({ ...first.body, issued: 0 });
    const invoices = await allInvoices();
    expect(invoices.map(({ number }) => number)).toEqual(['HX-2015-000003', 'HX-2015-000002', 'HX-2015-000001']);
    const one = invoices.find(({ agreement_id }) => agreement_id === id('agr', 'one'));
    expect(one).toMatchObject({
      net: { amount: '790.36', currency: 'CNY' },
      tax: { amount: '47.42', currency: 'CNY' },
      gross: { amount: '837.78', currency: 'CNY' },
      status: 'issued',
      due_date: '2015-07-10',
      merchant_name: { en: 'lingnan' },
    });
    const detail = await exchange.get<InvoiceDetailDto>(`/v1/invoices/${one?.id ?? ''}`);
    expect(detail.body.lines.map(({ kind, component_id, amount }) => [kind, component_id, amount.amount])).toEqual([
      ['charge', 'access', '500.00'],
      ['charge', 'calls', '123.00'],
      ['charge', 'traffic', '167.36'],
      ['tax', 'tax', '47.42'],
    ]);
    expect(detail.body).toMatchObject({
      shares: null,
      statement_line_id: null,
      tax_terms: { jurisdiction: 'CN', rate_bps: 600 },
    });
  });

  it('leaves a tenant its own documents only', async () => {
    const seen = async (as = buyerOf('harbour')): Promise<string[]> =>
      (await exchange.get<Page<InvoiceDto>>('/v1/invoices', as)).body.data
        .map(({ agreement_id }) => agreement_id)
        .sort();
    const of = (...names: string[]): string[] => names.map((name) => id('agr', name)).sort();
    expect(await seen()).toEqual(of('one', 'three'));
    expect(await seen(buyerOf('straits'))).toEqual(of('two'));
    expect(await seen(merchantOf('lingnan'))).toEqual(of('one', 'two'));
    expect(await seen(merchantOf('stranger'))).toEqual([]);
    // A buyer's organisation is no merchant of the same invoice.
    expect(await seen(merchantOf('harbour'))).toEqual([]);
    expect(await seen(auditor)).toEqual(of('one', 'two', 'three'));
    const foreign = (await allInvoices()).find(({ agreement_id }) => agreement_id === id('agr', 'two'));
    expect(await exchange.get(`/v1/invoices/${foreign?.id ?? ''}`, buyerOf('harbour'))).toMatchObject({
      status: 404,
      body: { code: 'INVOICE_NOT_FOUND' },
    });
    const charges = await exchange.get<Page<ChargeDto>>('/v1/charges', buyerOf('straits'));
    expect(new Set(charges.body.data.map(({ agreement_id }) => agreement_id))).toEqual(new Set(of('two')));
  });

  it('refuses everybody but those a route is for', async () => {
    for (const route of routesOf(exchange.service.app)) {
      if (route.policy?.access !== 'callers' || !route.path.startsWith('/v1/')) continue;
      const path = route.path.replace(':period', PERIOD).replace(':id', id('inv', 'none')).replace(':table', 'payouts');
      const stranger = { personas: [], organisationId: 'org_none' };
      const ask = async (to: string, as: TestCaller): Promise<Response> =>
        fetch(`${exchange.service.url}${to}`, {
          method: route.method,
          headers: { [CALLER_HEADER]: await callerToken(as) },
        });
      expect({ path, status: (await ask(path, stranger)).status }).toEqual({ path, status: 403 });
      const { allow } = route.policy;
      if (allow.includes('buyer')) continue;
      for (const as of [buyerOf('harbour'), ...(allow.includes('merchant') ? [] : [merchantOf('lingnan')])]) {
        expect({ path, status: (await ask(path, as)).status }).toEqual({ path, status: 403 });
      }
      if (route.method !== 'GET')
        expect({ path, status: (await ask(path, auditor)).status }).toEqual({ path, status: 403 });
    }
  });

  it('cannot be closed while anything is open, and names all of it', async () => {
    const { status, body } = await exchange.post<Problem>(`${periodPath}/close`);
    expect(status).toBe(409);
    expect(body.code).toBe('PERIOD_NOT_READY');
    expect(body.errors?.map(({ code }) => code)).toEqual([
      'INVOICES_UNPAID',
      'RATES_MISSING',
      'CLEARING_NOT_ZERO',
      'EQUATION_BROKEN',
    ]);
    expect(body.errors?.[0]?.detail).toContain('3 invoices are not paid');
  });

  it('collects what bank statements show, by EndToEndId and by remittance text', async () => {
    const invoices = await allInvoices();
    const credits = invoices
      .filter(({ gross }) => gross.currency === 'CNY')
      .map(({ number, gross }, index) => ({
        endToEndId: index === 0 ? number : 'NOTPROVIDED',
        remittance: index === 0 ? '' : `payment of ${number.toLowerCase().replaceAll('-', ' ')}`,
        amountMinor: minor(gross),
        payerName: 'A buyer',
      }));
    const cny = statement({ account: account('CNY'), date: '2015-06-10', credits, debits: [], batchCredits: true });
    const imported = await exchange.importXml(cny);
    expect(imported).toMatchObject({
      status: 200,
      body: { entries: 1, lines: 2, matched: 2, unmatched: [], unmatched_total: 0 },
    });
    // The same file again, and the same statement in another file: the same answer, and nothing happens twice.
    expect((await exchange.importXml(cny)).body).toEqual(imported.body);
    expect((await exchange.importXml(cny.replace('</Document>', '</Document>\n<!-- copy -->'))).body).toEqual(
      imported.body,
    );
    const hkd = invoices.find(({ gross }) => gross.currency === 'HKD');
    if (hkd === undefined) throw new Error('no HKD invoice');
    const paid = statement({
      account: account('HKD'),
      date: '2015-06-10',
      credits: [
        {
          endToEndId: hkd.id.replace('_', '').toUpperCase(),
          remittance: '',
          amountMinor: minor(hkd.gross),
          payerName: 'harbour',
        },
      ],
      debits: [],
    });
    expect((await exchange.importXml(paid)).body).toMatchObject({ matched: 1, unmatched: [] });
    expect((await allInvoices()).map(({ status, paid_at }) => [status, paid_at])).toEqual(
      invoices.map(() => ['paid', '2015-06-09T16:00:00.000Z']),
    );
  });

  it('divides what was paid among merchant, channel, exchange and tax, to the cent', async () => {
    const one = (await allInvoices()).find(({ agreement_id }) => agreement_id === id('agr', 'one'));
    const { body } = await exchange.get<InvoiceDetailDto>(`/v1/invoices/${one?.id ?? ''}`, merchantOf('lingnan'));
    expect(body.shares?.map(({ share, owner, amount }) => [share, owner, amount.amount])).toEqual([
      ['channel', id('par', 'broker'), '23.71'],
      ['exchange', 'exchange', '39.52'],
      ['merchant', id('par', 'lingnan'), '727.13'],
      ['tax', 'tax:CN', '47.42'],
    ]);
    expect(body.statement_line_id).toMatch(/^bsl_/);
    const asBuyer = await exchange.get<InvoiceDetailDto>(`/v1/invoices/${one?.id ?? ''}`, buyerOf('harbour'));
    expect(asBuyer.body.shares).toBeNull();
  });

  it('pays out every share once', async () => {
    const run = await exchange.post<PayoutRunDto>(`${periodPath}/payouts`);
    expect(run).toMatchObject({ status: 200, body: { instructed: 3, payouts: 3, held: [] } });
    expect((await exchange.post<PayoutRunDto>(`${periodPath}/payouts`)).body).toEqual({ ...run.body, instructed: 0 });
    const payouts = await allPayouts();
    for (const payout of payouts) {
      expect(payout.end_to_end_id).toMatch(/^PAY[0-9A-Z]{26}$/);
      expect(payout).toMatchObject({ status: 'instructed', settled_at: null });
    }
    const lingnan = payouts.find(({ beneficiary_id }) => beneficiary_id === id('par', 'lingnan'));
    const { body } = await exchange.get<PayoutDetailDto>(`/v1/payouts/${lingnan?.id ?? ''}`, merchantOf('lingnan'));
    expect(body.items.map(({ invoice_number }) => invoice_number)).toHaveLength(2);
    expect(body.bank_account).toEqual({ name: 'lingnan', iban: null, account_number: '6222-lingnan', bic: null });
    expect((await exchange.get(`/v1/payouts/${lingnan?.id ?? ''}`, merchantOf('macau'))).status).toBe(404);
    expect((await exchange.get<Page<PayoutDto>>('/v1/payouts', merchantOf('macau'))).body.data).toHaveLength(1);
  });

  it('sees payouts settled on the bank’s next statement', async () => {
    const payouts = await allPayouts();
    for (const currency of ['CNY', 'HKD'] as const) {
      const own = payouts.filter(({ amount }) => amount.currency === currency);
      const xml = statement({
        account: account(currency),
        date: '2015-06-12',
        openingMinor: 200_000n,
        credits: [],
        debits: own.map(({ end_to_end_id, amount }) => ({
          endToEndId: end_to_end_id,
          amountMinor: minor(amount),
          beneficiaryName: 'M',
        })),
      });
      expect((await exchange.importXml(xml)).body).toMatchObject({ matched: own.length, unmatched: [] });
    }
    expect(new Set((await allPayouts()).map(({ status }) => status))).toEqual(new Set(['settled']));
  });

  it('ends in an equation that balances, with the documents behind each term', async () => {
    const { body } = await exchange.get<EquationDto>(`${periodPath}/equation`, auditor);
    expect(body.balanced).toBe(true);
    expect(body.currencies.map(({ currency }) => currency)).toEqual(['CNY', 'HKD']);
    const [cny] = body.currencies;
    const terms = [cny?.usage, cny?.rated, cny?.invoiced, cny?.split, cny?.settled];
    expect(new Set(terms.map((term) => term?.amount.amount)).size).toBe(1);
    expect(cny?.usage.ids).toEqual([id('agr', 'one'), id('agr', 'two')].sort());
    expect([cny?.rated.count, cny?.invoiced.count, cny?.split.count, cny?.settled.count]).toEqual([6, 2, 2, 2]);
    expect(cny?.clearing.map(({ balance }) => balance.amount)).toEqual(['0.00', '0.00', '0.00']);
    expect(body.meters).toEqual([
      { meter: 'bytes', usage: '8241847515', rated: '8241847515', unpriced: '0' },
      { meter: 'calls', usage: '20333', rated: '20333', unpriced: '0' },
      { meter: 'seats', usage: '9', rated: '0', unpriced: '9' },
    ]);
    const trial = await exchange.get<TrialBalanceDto>(`/v1/ledger/trial-balance?period=${PERIOD}`);
    expect(trial.body.totals.every(({ balanced }) => balanced)).toBe(true);
    const open = trial.body.rows.filter(({ balance }) => minor(balance) !== 0n).map(({ kind }) => kind);
    expect(new Set(open)).toEqual(new Set(['bank', 'revenue:exchange_fee', 'tax_payable']));
  });

  it('cannot be closed while an exchange rate is missing, and says which', async () => {
    const { status, body } = await exchange.post<Problem>(`${periodPath}/close`);
    expect(status).toBe(409);
    expect(body.errors?.map(({ code }) => code)).toEqual(['RATES_MISSING']);
    expect(body.errors?.[0]?.detail).toContain('HKD/CNY');
    const rates = 'date,base,quote,side,rate,inverse,source';
    const days = ['2015-05-29', '2015-06-09', '2015-06-10', '2015-06-11', '2015-06-12'];
    const csv = [rates, ...days.map((day) => `${day},HKD,CNY,mid,0.8000,1.2500,BOC`)].join('\n');
    const imported = await exchange.importFile(csv, 'text/csv', '', { path: '/v1/settlement/fx/rates' });
    expect(imported.status).toBe(200);
  });

  it('closes once, whoever else closes at the same moment', async () => {
    const answers = await Promise.all([1, 2, 3].map(() => exchange.post<PeriodStatusDto>(`${periodPath}/close`)));
    expect(answers.map(({ status, body }) => [status, body.status])).toEqual([1, 2, 3].map(() => [200, 'closed']));
    expect(new Set(answers.map(({ body }) => body.closed_at)).size).toBe(1);
    const events = await exchange.sql<{ n: string }>(
      `SELECT count(*) AS n FROM outbox WHERE type = 'hetao.settlement.period-closed.v1'`,
    );
    expect(events).toEqual([{ n: '1' }]);
  });

  it('shows usage, invoices and bank side by side, with nothing left to explain', async () => {
    const { status, body } = await exchange.get<Page<{ differences: unknown[]; bank: MoneyDto }>>(
      `${periodPath}/three-way`,
      auditor,
    );
    expect(status).toBe(200);
    expect(body.data.map(({ differences }) => differences)).toEqual([[], [], []]);
    expect(body.data.map(({ bank }) => bank.amount)).toContain('837.78');
  });

  it('leaves its tables as CSV', async () => {
    const table = async (name: string, as: TestCaller) => {
      const headers = { [CALLER_HEADER]: await callerToken(as) };
      const answer = await fetch(`${exchange.service.url}${periodPath}/exports/${name}`, { headers });
      return { status: answer.status, lines: (await answer.text()).split('\r\n') };
    };
    const trial = await table('trial-balance', auditor);
    expect(trial.lines[0]).toBe('kind,currency,debit,credit,balance');
    expect(trial.lines.find((one) => one.startsWith('clearing:bank_in,CNY'))).toMatch(/,0\.00$/);
    expect((await table('invoices', operator)).lines).toHaveLength(5);
    expect((await table('payouts', operator)).lines).toHaveLength(5);
    expect((await table('payouts', merchantOf('lingnan'))).status).toBe(403);
    expect((await table('secrets', operator)).status).toBe(404);
  });

  it('seals a statement for each party, which anybody checks without us', async () => {
    const path = `${periodPath}/statements/${id('par', 'lingnan')}`;
    const { body } = await exchange.get<PartyStatement>(path, merchantOf('lingnan'));
    const { proof } = body;
    const claim = {
      leafHash: leafHash(Buffer.from(body.document)),
      index: proof.leaf_index,
      size: proof.tree_size,
      path: proof.path,
    };
    expect(verifyInclusion({ ...claim, root: proof.root_hash })).toBe(true);
    const cheated = leafHash(Buffer.from(body.document.replace('727.13', '727.14')));
    expect(verifyInclusion({ ...claim, leafHash: cheated, root: proof.root_hash })).toBe(false);
    const told = JSON.parse(body.document) as {
      shares: { amount: { amount: string } }[];
      payouts: { status: string }[];
    };
    expect(told.shares.map(({ amount }) => amount.amount)).toContain('727.13');
    expect(told.payouts).toMatchObject([{ status: 'settled' }]);
    expect((await exchange.get(path, merchantOf('macau'))).status).toBe(404);
    expect((await exchange.get(path, auditor)).status).toBe(200);
  });

  it('takes nothing more once closed, and a second run of everything changes nothing', async () => {
    const counts = () =>
      exchange.sql(`SELECT (SELECT count(*) FROM ledger_entries) AS entries, (SELECT count(*) FROM invoices) AS invoices,
                           (SELECT count(*) FROM payouts) AS payouts, (SELECT count(*) FROM outbox) AS events`);
    const before = await counts();
    const run = [`${periodPath}/invoice`, `${periodPath}/payouts`, `${periodPath}/close`];
    for (const path of run) expect((await exchange.post(path)).status).toBe(200);
    expect(await counts()).toEqual(before);
    const late: Deal = { name: 'late', merchant: 'lingnan', buyer: 'harbour' };
    await exchange.publish(UsagePeriodClosedV1, usageOf(late));
    await eventually(
      async () => {
        const [letter] = await exchange.deadLetters();
        expect(letter?.error).toContain('PERIOD_CLOSED');
      },
      { withinMs: 25_000 },
    );
  });

  it('shows an account’s entries, newest first, page by page', async () => {
    const accounts = await exchange.get<Page<AccountDto>>('/v1/ledger/accounts?kind=clearing:invoiced&currency=CNY');
    const [clearing] = accounts.body.data;
    expect(clearing).toMatchObject({ owner: 'exchange', balance: { amount: '0.00' }, version: 4 });
    const path = `/v1/ledger/accounts/${clearing?.id ?? ''}/entries?limit=3`;
    const first = await exchange.get<Page<EntryDto>>(path);
    const second = await exchange.get<Page<EntryDto>>(`${path}&cursor=${first.body.next_cursor ?? ''}`);
    expect(
      [...first.body.data, ...second.body.data].map(({ version, movement, side }) => [version, movement, side]),
    ).toEqual([
      [4, 'invoice_paid', 'debit'],
      [3, 'invoice_paid', 'debit'],
      [2, 'invoice_issued', 'credit'],
      [1, 'invoice_issued', 'credit'],
    ]);
    expect(await exchange.get(`/v1/ledger/accounts/${id('acc', 'none')}/entries`)).toMatchObject({
      status: 404,
      body: { code: 'LEDGER_ACCOUNT_NOT_FOUND' },
    });
  });
});

describe('what cannot be', () => {
  it.each([
    ['/v1/settlement/periods/2015-13/equation', 404, 'RESOURCE_NOT_FOUND'],
    ['/v1/settlement/periods/2014-01/equation', 404, 'PERIOD_NOT_FOUND'],
    ['/v1/invoices/inv_nonsense', 404, 'RESOURCE_NOT_FOUND'],
    ['/v1/invoices?status=lost', 422, 'VALIDATION_FAILED'],
    ['/v1/invoices?cursor=damaged', 422, 'CURSOR_INVALID'],
    ['/v1/ledger/trial-balance?period=May', 422, 'VALIDATION_FAILED'],
  ])('GET %s is answered %i %s', async (path, status, code) => {
    expect(await exchange.get(path)).toMatchObject({ status, body: { code } });
  });

  it('POST for a period nobody used', async () => {
    expect(await exchange.post('/v1/settlement/periods/2014-01/invoice')).toMatchObject({
      status: 409,
      body: { code: 'PERIOD_USAGE_INCOMPLETE' },
    });
    expect(await exchange.post('/v1/settlement/periods/2014-01/payouts')).toMatchObject({
      status: 404,
      body: { code: 'PERIOD_NOT_FOUND' },
    });
    expect(await exchange.post('/v1/settlement/periods/2014-01/close')).toMatchObject({
      status: 404,
      body: { code: 'PERIOD_NOT_FOUND' },
    });
  });
});

describe('the service', () => {
  it('documents every route it serves', async () => {
    // Every service has a desk of dead letters; the gateway asks them all, and describes them once for the world.
    const isDescribedByGateway = (path: string) => path.startsWith('/v1/dead-letters');
    const answer = await exchange.get<{ paths: Record<string, Record<string, unknown>> }>('/openapi.json');
    expect(answer.status).toBe(200);
    const documented = Object.entries(answer.body.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replaceAll(/[{}]/g, '')}`),
    );
    const served = routesOf(exchange.service.app).flatMap(({ method, path, handler }) =>
      handler === 'raw' || !path.startsWith('/v1/') || isDescribedByGateway(path)
        ? []
        : [`${method} ${path.replaceAll(':', '')}`],
    );
    expect(served.length).toBeGreaterThan(15);
    expect(documented).toEqual(expect.arrayContaining(served));
  });
});
