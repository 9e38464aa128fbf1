import { describe, expect, it } from '@jest/globals';
import type { AccessRequest, Agreement, Invoice, Payout, Product } from '@hetao/client';
import type { BuyerWork } from '../work/buyer-work.rules.js';
import type { MerchantWork } from '../work/merchant-work.rules.js';
import { countNew, newsOfBuyer, newsOfMerchant, newsOfOperator } from './news.rules.js';

const request = (change: Partial<AccessRequest>) =>
  ({
    id: 'req_1',
    product_id: 'prd_1',
    status: 'requested',
    offered_by: 'buyer',
    requested_at: '2026-11-01T00:00:00Z',
    answered_at: null,
    ...change,
  }) as AccessRequest;
const agreement = (change: Partial<Agreement>) =>
  ({
    id: 'agr_1',
    product_id: 'prd_1',
    status: 'awaiting_signatures',
    drafted_at: '2026-11-02T00:00:00Z',
    in_force_since: null,
    signatures: [],
    notices: [],
    ...change,
  }) as unknown as Agreement;
const invoice = (change: Partial<Invoice>) =>
  ({
    id: 'inv_1',
    number: 'HX-1',
    status: 'issued',
    issued_at: '2026-11-03T00:00:00Z',
    due_date: '2026-11-20',
    ...change,
  }) as Invoice;
const buyers = (change: Partial<BuyerWork>): BuyerWork => ({
  requests: [],
  agreements: [],
  invoices: [],
  approvals: [],
  ...change,
});
const merchants = (change: Partial<MerchantWork>) =>
  ({ requests: [], agreements: [], products: [], payouts: [], approvals: [], ...change }) as unknown as MerchantWork;

const kinds = (news: readonly { readonly kind: string }[]) => news.map(({ kind }) => kind);

describe('what is new for a buyer', () => {
  it('is told the newest first: answers, licences, invoices', () => {
    const news = newsOfBuyer(
      buyers({
        requests: [request({ status: 'agreed', answered_at: '2026-11-04T00:00:00Z' })],
        agreements: [agreement({})],
        invoices: [invoice({ status: 'overdue' })],
      }),
    );
    expect(kinds(news)).toEqual(['overdue', 'agreed', 'invoice', 'toSign']);
    expect(news[0]?.number).toBe('HX-1');
  });

  it('is nothing while the merchant thinks, an offer when one is made, and no draft of an invoice', () => {
    expect(newsOfBuyer(buyers({ requests: [request({})], invoices: [invoice({ status: 'draft' })] }))).toEqual([]);
    expect(kinds(newsOfBuyer(buyers({ requests: [request({ offered_by: 'merchant' })] })))).toEqual(['offered']);
  });

  it('asks for no signature that was given, and hears of the notice of the other side alone', () => {
    const signed = { signatures: [{ party: 'buyer' }] } as unknown as Partial<Agreement>;
    const notices = ['buyer', 'merchant'].map((party) => ({ party, given_at: '2026-11-05T00:00:00Z' }));
    expect(newsOfBuyer(buyers({ agreements: [agreement(signed)] }))).toEqual([]);
    const ending = {
      status: 'in_force',
      in_force_since: '2026-11-03T00:00:00Z',
      notices,
    } as unknown as Partial<Agreement>;
    expect(kinds(newsOfBuyer(buyers({ agreements: [agreement(ending)] })))).toEqual(['notice', 'inForce']);
  });
});

it('a merchant hears who asks, what became of listings, and money that arrived', () => {
  const product = (change: object) =>
    ({ id: 'prd_1', status: 'draft', listed_at: null, submitted_at: null, ...change }) as Product;
  const news = newsOfMerchant(
    merchants({
      requests: [request({}), request({ offered_by: 'merchant' })],
      products: [
        product({}),
        product({ status: 'listed', listed_at: '2026-11-02T00:00:00Z' }),
        product({ status: 'returned', submitted_at: '2026-11-03T00:00:00Z' }),
      ],
      payouts: [
        { id: 'pay_1', settled_at: '2026-11-04T00:00:00Z' },
        { id: 'pay_2', settled_at: null },
      ] as Payout[],
    }),
  );
  expect(kinds(news)).toEqual(['paidOut', 'returned', 'listed', 'asked']);
});

it('an operator hears of what began to wait; what was looked at is not new', () => {
  const waits = (id: string, since: string) =>
    ({ id, queue: 'listings', title: id, status: 'submitted', since, due: null, to: { to: '/' } }) as const;
  const news = newsOfOperator([waits('old', '2026-11-01T00:00:00Z'), waits('young', '2026-11-02T00:00:00Z')]);
  expect(news.map(({ key }) => key)).toEqual(['young', 'old']);
  expect([countNew(news, ''), countNew(news, '2026-11-01T12:00:00Z'), countNew(news, '2026-11-02T00:00:00Z')]).toEqual([
    2, 1, 0,
  ]);
});
