import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { TestCaller } from '@hetao/testing';
import { openMarket, operator, type Market } from './market.js';
import { startContracts, type Answer, type RunningContracts } from './running-contracts.js';

let contracts: RunningContracts;
let market: Market;
/** A second person of the buyer's, and of the merchant's. */
let colleague: TestCaller;
let second: TestCaller;
beforeAll(async () => {
  contracts = await startContracts();
});
afterAll(() => contracts.stop());
beforeEach(async () => {
  market = await openMarket(contracts);
  colleague = { ...market.buyer, subject: 'usr_b2', displayName: 'B2' };
  second = { ...market.merchant, subject: 'usr_m2', displayName: 'M2' };
});

interface Told {
  readonly id: string;
  readonly status: string | number;
  readonly code?: string;
  readonly meta?: { readonly deal: object; readonly reasons: readonly string[] };
  readonly limits?: Readonly<Record<string, unknown>> | null;
  readonly pending?: Told | null;
  readonly data?: readonly Told[];
}
const told = ({ status, body }: Answer) => ({ status, body: body as unknown as Told });
const limits = (change: object = {}) => ({
  ...{ max_value_minor: null, open_ended: false, cross_border: false, onward_use: false, max_term_days: null },
  every_deal: false,
  ...change,
});
const put = async (as: TestCaller, change: object) =>
  told(await contracts.send(as, 'PUT', '/v1/approval-limits', { json: limits(change) }));
const post = async (as: TestCaller, path: string, json: object = {}) =>
  told(await contracts.send(as, 'POST', `/v1/approvals${path}`, { json }));
const plain = async (as: TestCaller, path: string) => told(await contracts.send(as, 'POST', `/v1/approvals${path}`));
/** Offer, request and consent, where nobody on the merchant's side has limits. */
const drafted = () => market.drafted();

describe('above the limits of an organisation', () => {
  it('a person signs once a colleague approved exactly that deal', async () => {
    const { id, hash } = await drafted();
    expect((await put(market.buyer, { max_value_minor: { CNY: '100' } })).status).toBe(200);
    const refused = told(await market.sign(market.buyer, id, hash));
    expect([refused.status, refused.body.code]).toEqual([409, 'APPROVAL_NEEDED']);
    // Calls have a quota, bytes have none: nobody can say what it comes to at most.
    expect(refused.body.meta?.reasons).toEqual(['value_open_ended']);
    expect((await market.agreement(id)).body.signatures).toEqual([]);

    const deal = refused.body.meta?.deal ?? {};
    const asked = await post(market.buyer, '', { deal, note: 'the lab waits for it' });
    expect([asked.status, asked.body.status]).toEqual([201, 'pending']);
    expect((await post(market.buyer, '', { deal })).body.id).toBe(asked.body.id);
    expect((await plain(market.buyer, `/${asked.body.id}/approve`)).body.code).toBe('APPROVAL_OWN');
    expect((await plain(colleague, `/${asked.body.id}/approve`)).body.status).toBe('approved');

    expect((await market.sign(market.buyer, id, hash)).status).toBe(200);
    // Another deal is another question.
    const other = await market.drafted({ quota: { meter: 'calls', limit: '1' } });
    expect((await market.sign(market.buyer, other.id, other.hash)).body.code).toBe('APPROVAL_NEEDED');
  });

  it('a rejected deal stays unsigned; a better story than the true one approves nothing', async () => {
    const { id, hash } = await drafted();
    await put(market.buyer, { every_deal: true });
    const refused = told(await market.sign(market.buyer, id, hash));
    const deal = { ...refused.body.meta?.deal, onward_use: true };
    const asked = await post(market.buyer, '', { deal });
    await plain(colleague, `/${asked.body.id}/approve`);
    expect((await market.sign(market.buyer, id, hash)).body.code).toBe('APPROVAL_NEEDED');
    const honest = await post(market.buyer, '', { deal: refused.body.meta?.deal });
    const rejected = await post(colleague, `/${honest.body.id}/reject`, { reason: 'too dear' });
    expect(rejected.body).toMatchObject({ status: 'rejected', decision_reason: 'too dear' });
    expect((await market.sign(market.buyer, id, hash)).body.code).toBe('APPROVAL_NEEDED');
  });

  it('an approval is of these terms, whoever reads them to the other, and lasts thirty days', async () => {
    const terms = { valid_until: '2026-12-01T00:00:00Z' };
    const { id, hash } = await market.drafted(terms);
    await put(market.buyer, { every_deal: true });
    const refused = told(await market.sign(market.buyer, id, hash));
    const asked = await post(market.buyer, '', { deal: refused.body.meta?.deal });
    await plain(colleague, `/${asked.body.id}/approve`);
    const start = contracts.clock.now();
    const signAnew = async () => {
      const again = await market.drafted(terms);
      return (await market.sign(market.buyer, again.id, again.hash)).status;
    };
    contracts.clock.advance({ days: 29 });
    expect(await signAnew()).toBe(200);
    contracts.clock.advance({ days: 1 });
    expect(await signAnew()).toBe(409);
    contracts.clock.set(start.toISOString());
  });
});

describe('a merchant above his limits', () => {
  it('agrees once a colleague approved, and then signs by the same approval', async () => {
    await put(market.merchant, { every_deal: true });
    const offer = await market.offer();
    const request = await market.request(offer.body.id);
    const refused = told(await market.answer(market.merchant, request.body.id, 'agree'));
    expect([refused.status, refused.body.code]).toEqual([409, 'APPROVAL_NEEDED']);
    const asked = await post(market.merchant, '', { deal: refused.body.meta?.deal });
    await plain(second, `/${asked.body.id}/approve`);
    const agreed = await market.answer(market.merchant, request.body.id, 'agree');
    const { body } = await market.agreement(agreed.body.agreement_id ?? '');
    expect((await market.sign(market.merchant, body.id, body.document_hash)).status).toBe(200);
  });
});

describe('limits', () => {
  it('become stricter at once and looser with four eyes', async () => {
    await put(market.buyer, { max_value_minor: { CNY: '100' }, cross_border: true });
    const looser = await put(market.buyer, { max_value_minor: { CNY: '1000000' }, cross_border: true });
    expect(looser.body.limits).toMatchObject({ max_value_minor: { CNY: '100' } });
    const pending = looser.body.pending?.id ?? '';
    expect((await plain(market.buyer, `/${pending}/approve`)).body.code).toBe('APPROVAL_OWN');
    await plain(colleague, `/${pending}/approve`);
    const now = told(await contracts.send(market.buyer, 'GET', '/v1/approval-limits'));
    expect(now.body.limits).toMatchObject({ max_value_minor: { CNY: '1000000' }, cross_border: true });
  });

  it.each([
    ['a number for money', { max_value_minor: { CNY: 100 } }],
    ['a currency that is none', { max_value_minor: { XXX: '1' } }],
    ['no days', { max_term_days: 0 }],
    ['a field that is none', { approver: 'me' }],
  ])('are refused with %s', async (_what, change) => {
    expect(await put(market.buyer, change)).toMatchObject({ status: 422, body: { code: 'VALIDATION_FAILED' } });
  });
});

describe('who may', () => {
  it('decide: people of the same organisation, and no program', async () => {
    const { id, hash } = await drafted();
    await put(market.buyer, { every_deal: true });
    const deal = told(await market.sign(market.buyer, id, hash)).body.meta?.deal;
    const asked = await post(market.buyer, '', { deal });
    const path = `/${asked.body.id}/approve`;
    const machine: TestCaller = { ...colleague, via: 'api_key', scopes: ['contracts:write'] };
    expect((await plain(machine, path)).body.code).toBe('APPROVAL_NEEDS_PERSON');
    expect((await plain(market.merchant, path)).body.code).toBe('APPROVAL_UNKNOWN');
    expect((await plain(operator, path)).body.code).toBe('PERSONA_NOT_ALLOWED');
    expect((await post(market.merchant, '', { deal })).body.code).toBe('APPROVAL_FOREIGN');
  });

  it('see: the organisation and the exchange', async () => {
    const { id, hash } = await drafted();
    await put(market.buyer, { every_deal: true });
    const deal = told(await market.sign(market.buyer, id, hash)).body.meta?.deal;
    const asked = await post(market.buyer, '', { deal });
    const see = async (as: TestCaller) => (await contracts.send(as, 'GET', `/v1/approvals/${asked.body.id}`)).status;
    expect([await see(market.buyer), await see(operator), await see(market.merchant)]).toEqual([200, 200, 404]);
    const list = told(await contracts.send(colleague, 'GET', '/v1/approvals?status=pending'));
    expect(list.body.data?.map((one) => one.id)).toEqual([asked.body.id]);
    expect(told(await contracts.send(market.merchant, 'GET', '/v1/approvals')).body.data).toEqual([]);
  });

  it('ask: nobody, of what he may do alone', async () => {
    const { id, hash } = await drafted();
    await put(market.buyer, { every_deal: true });
    const deal = told(await market.sign(market.buyer, id, hash)).body.meta?.deal;
    const rival = await openMarket(contracts);
    const mine = { ...deal, organisation_id: rival.buyerId };
    expect((await post(rival.buyer, '', { deal: mine })).body.code).toBe('APPROVAL_NOT_NEEDED');
  });
});
