import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '@hetao/kernel';
import type { TestCaller } from '@hetao/testing';
import { SweepDeadlines } from '../src/sweep/sweep.use-cases.js';
import { auditor, openMarket, operator, type Market } from './market.js';
import { startContracts, type Answer, type RunningContracts } from './running-contracts.js';

let contracts: RunningContracts;
let market: Market;
beforeAll(async () => {
  contracts = await startContracts();
});
afterAll(() => contracts.stop());
beforeEach(async () => {
  market = await openMarket(contracts);
});

const post = (as: TestCaller, path: string, json?: object): Promise<Answer> =>
  contracts.send(as, 'POST', path, json === undefined ? {} : { json });
const asked = async (offerChange?: object): Promise<string> =>
  (await market.request((await market.offer(offerChange)).body.id)).body.id;
const order = (as: TestCaller, id: string, command: string, json?: object) => market.answer(as, id, command, json);
const read = async (id: string, as: TestCaller = operator) =>
  (await contracts.send(as, 'GET', `/v1/access-requests/${id}`)).body as unknown as Record<string, unknown>;
const chain = (id: string, as: TestCaller, query = '') =>
  contracts.send(as, 'GET', `/v1/access-requests/${id}/offers${query}`);
const more = { quota: { meter: 'calls', limit: '80000' } };
const less = { quota: { meter: 'calls', limit: '60000' }, note: 'what we need' };

describe('two organisations that make offers to each other', () => {
  it('end with the agreement over what lay on the table last', async () => {
    const { merchant, buyer } = market;
    const id = await asked();
    expect(await read(id)).toMatchObject({ state: 'REQUESTED', offered_by: 'buyer', offers_made: 1, peer: null });
    const offered = await order(merchant, id, 'counter-offer', { ...more, valid_until: '2026-03-20T00:00:00Z' });
    expect([offered.status, offered.body]).toMatchObject([
      200,
      { status: 'requested', state: 'OFFERED', offered_by: 'merchant', expires_at: '2026-03-20T00:00:00.000Z' },
    ]);
    expect((await order(buyer, id, 'counter-offer', less)).body.state).toBe('REQUESTED');
    expect((await order(merchant, id, 'counter-offer', { quota: { meter: 'calls', limit: '70000' } })).status).toBe(
      200,
    );
    expect((await order(buyer, id, 'accept')).body.state).toBe('ACCEPTED');
    // Accepting again is told so; nothing lies on the table any more to be countered.
    expect((await order(buyer, id, 'accept')).body.state).toBe('ACCEPTED');
    expect((await order(buyer, id, 'counter-offer', less)).body.code).toBe('REQUEST_TRANSITION_REFUSED');
    const agreed = await order(merchant, id, 'agree');
    expect(agreed.body).toMatchObject({ status: 'agreed', state: 'AGREED' });
    const { body: agreement } = await market.agreement(agreed.body.agreement_id ?? '');
    expect(agreement).toMatchObject({ request_id: id, quota: { limit: '70000' }, purpose: 'research' });
  });

  it('leave a history of who said what, when and why, for both and for nobody else', async () => {
    const { merchant, buyer } = market;
    const id = await asked();
    await order(merchant, id, 'counter-offer', more);
    await order(buyer, id, 'counter-offer', less);
    await order(merchant, id, 'decline', { reason: 'Too little for us.' });
    const history = (as: TestCaller, query = '') =>
      contracts.send(as, 'GET', `/v1/access-requests/${id}/history${query}`);
    const first = await history(buyer, '?limit=3');
    expect(first.body.data).toMatchObject([
      { message: 'request', side: 'buyer', by: buyer.subject, state_from: null, state_to: 'REQUESTED', reason: null },
      { message: 'offer', side: 'merchant', by: merchant.subject, state_from: 'REQUESTED', state_to: 'OFFERED' },
      { message: 'request', side: 'buyer', by: buyer.subject, reason: 'what we need', state_to: 'REQUESTED' },
    ]);
    const rest = await history(merchant, `?limit=3&cursor=${first.body.next_cursor ?? ''}`);
    expect(rest.body).toMatchObject({
      data: [
        {
          ...{ event: 'done', message: 'termination', side: 'merchant', by: merchant.subject },
          ...{ code: 'DECLINED', reason: 'Too little for us.', state_to: 'TERMINATED' },
        },
      ],
      has_more: false,
    });
    expect((await history({ personas: ['buyer'], organisationId: newId('org') })).status).toBe(404);
    expect((await history(auditor)).status).toBe(200);
    expect((await contracts.send(buyer, 'GET', `/v1/peer-negotiations/${id}/history`)).status).toBe(404);
  });

  it('both see the chain, page by page, and nobody else does', async () => {
    const { merchant, buyer } = market;
    const id = await asked();
    await order(merchant, id, 'counter-offer', more);
    await order(buyer, id, 'counter-offer', less);
    const first = await chain(id, buyer, '?limit=2');
    expect(first.body.data).toMatchObject([
      { number: 1, by: 'buyer', change: {}, rules: null },
      { number: 2, by: 'merchant', change: more },
    ]);
    const rest = await chain(id, merchant, `?limit=2&cursor=${String(first.body.next_cursor)}`);
    expect(rest.body.data).toMatchObject([{ number: 3, by: 'buyer', note: 'what we need' }]);
    const rival = await openMarket(contracts);
    expect((await chain(id, rival.buyer)).body.code).toBe('REQUEST_UNKNOWN');
    expect((await chain(id, auditor)).status).toBe(200);
    const { rows } = await contracts.service.database.withClient((client) =>
      client.query(
        'SELECT event, message, side, state_to FROM negotiation_steps WHERE negotiation_id = $1 ORDER BY seq',
        [id],
      ),
    );
    expect(rows).toMatchObject([
      { message: 'request' },
      { message: 'offer', side: 'provider' },
      { message: 'request' },
    ]);
  });

  it('what was said is never rewritten', async () => {
    await asked();
    for (const table of ['negotiation_offers', 'negotiation_steps']) {
      await expect(
        contracts.service.database.withClient((client) => client.query(`DELETE FROM ${table}`)),
      ).rejects.toThrow(/what was said in a negotiation was said/);
    }
  });

  it('speak in turn', async () => {
    const { merchant, buyer } = market;
    const id = await asked();
    expect((await order(buyer, id, 'accept')).body).toMatchObject({ code: 'REQUEST_TRANSITION_REFUSED' });
    expect((await order(buyer, id, 'counter-offer', less)).body.code).toBe('REQUEST_TRANSITION_REFUSED');
    await order(merchant, id, 'counter-offer', more);
    const twice = await order(merchant, id, 'counter-offer', less);
    expect([twice.status, twice.body.code, twice.body.detail]).toEqual([
      409,
      'REQUEST_TRANSITION_REFUSED',
      expect.stringMatching(/the other side’s turn/),
    ]);
    const [accepted, countered] = await Promise.all([
      order(buyer, id, 'accept'),
      order(buyer, id, 'counter-offer', less),
    ]);
    expect([accepted.status, countered.status].sort((a, b) => a - b)).toEqual([200, 409]);
  });

  it.each([
    ['changes nothing', {}, 400, 'NEGOTIATION_OFFER_EMPTY'],
    ['has a plan that is none', { plan: { currency: 'CNY', components: [] } }, 422, 'VALIDATION_FAILED'],
    ['has a quota of nothing', { quota: { meter: 'calls', limit: '0' } }, 422, 'OFFER_QUOTA_INVALID'],
    ['was over before it was made', { ...more, valid_until: '2026-02-01T00:00:00Z' }, 409, 'OFFER_EXPIRED'],
    ['names a thing nobody offers', { ...more, price: 'less' }, 422, 'VALIDATION_FAILED'],
    ['has a note as long as a book', { ...more, note: 'x'.repeat(501) }, 422, 'VALIDATION_FAILED'],
    [
      'forbids what was asked for',
      { policy: { purposes: ['teaching'], places_of_use: ['HK'], onward_use: false, retention_days: 1 } },
      422,
      'POLICY_PURPOSE_NOT_ALLOWED',
    ],
    [
      'contradicts itself',
      {
        policy: {
          ...{ purposes: ['research'], places_of_use: ['HK'], onward_use: false, retention_days: null },
          odrl: { permission: [{ action: 'use' }], prohibition: [{ action: 'use' }] },
        },
      },
      422,
      /POLICY|VALIDATION/,
    ],
  ])('an offer that %s is refused, and the table is as it was', async (_why, json, status, code) => {
    const id = await asked();
    const before = await read(id);
    const answer = await order(market.merchant, id, 'counter-offer', json);
    expect([answer.status, answer.body.code]).toEqual([
      status,
      typeof code === 'string' ? code : expect.stringMatching(code),
    ]);
    expect(await read(id)).toEqual(before);
  });

  it('is repeated once for one Idempotency-Key', async () => {
    const id = await asked();
    const headers = { 'idempotency-key': newId('key') };
    const send = () =>
      contracts.send(market.merchant, 'POST', `/v1/access-requests/${id}/counter-offer`, { json: more, headers });
    const [first, again] = [await send(), await send()];
    expect([first.status, again.status, again.body]).toEqual([200, 200, first.body]);
    expect((await read(id))['offers_made']).toBe(2);
  });
});

describe('who may', () => {
  it('is the side itself; to others the request does not exist', async () => {
    const id = await asked();
    const rival = await openMarket(contracts);
    expect((await order(rival.merchant, id, 'counter-offer', more)).status).toBe(404);
    expect((await order(rival.buyer, id, 'accept')).status).toBe(404);
    expect((await order(market.merchant, id, 'accept')).status).toBe(403);
    expect((await order({ ...market.merchant, personas: ['buyer'] }, id, 'accept')).status).toBe(404);
    expect((await order(operator, id, 'counter-offer', more)).status).toBe(403);
  });
});

describe('time', () => {
  it('ends an offer nobody answered, and says why', async () => {
    const sweep = contracts.service.app.get(SweepDeadlines, { strict: false });
    const id = await asked();
    await order(market.merchant, id, 'counter-offer', { ...more, valid_until: '2026-03-10T00:00:00Z' });
    contracts.clock.set('2026-03-10T00:00:00Z');
    expect((await order(market.buyer, id, 'accept')).body.code).toBe('REQUEST_EXPIRED');
    await sweep.execute();
    expect(await read(id)).toMatchObject({
      status: 'expired',
      state: 'TERMINATED',
      ended: { by: 'time', code: 'EXPIRED', reason: expect.stringMatching(/2026-03-10/) },
    });
    contracts.clock.set('2026-03-01T00:00:00Z');
  });

  it('ends the negotiation with the agreement nobody signed', async () => {
    const sweep = contracts.service.app.get(SweepDeadlines, { strict: false });
    const id = await asked();
    await order(market.merchant, id, 'agree');
    contracts.clock.set('2026-04-05T00:00:00Z');
    await sweep.execute();
    expect(await read(id)).toMatchObject({
      status: 'agreed',
      state: 'TERMINATED',
      ended: { by: 'time', code: 'LAPSED' },
    });
    contracts.clock.set('2026-03-01T00:00:00Z');
  });
});

describe('signing', () => {
  it.each([
    ['the buyer first', ['buyer', 'merchant'], ['VERIFIED', 'FINALIZED']],
    ['the merchant first', ['merchant', 'buyer'], ['AGREED', 'FINALIZED']],
  ] as const)('%s verifies and finalizes', async (_who, signers, states) => {
    const id = await asked();
    const agreed = await order(market.merchant, id, 'agree');
    const { body } = await market.agreement(agreed.body.agreement_id ?? '');
    for (const [index, signer] of signers.entries()) {
      expect((await market.sign(market[signer], body.id, body.document_hash)).status).toBe(200);
      expect((await read(id))['state']).toBe(states[index]);
    }
  });

  it('ends with who lets the agreement go unsigned', async () => {
    const id = await asked();
    const agreed = await order(market.merchant, id, 'agree');
    await post(market.buyer, `/v1/agreements/${agreed.body.agreement_id}/end`, { reason: 'budget cut' });
    expect(await read(id)).toMatchObject({
      state: 'TERMINATED',
      ended: { by: 'buyer', code: 'LAPSED', reason: 'budget cut' },
    });
  });
});

describe('what a merchant lets the exchange do in his name', () => {
  it('is nothing at first, then what he says', async () => {
    const { merchant } = market;
    const settings = () => contracts.send(merchant, 'GET', '/v1/negotiation-settings');
    expect((await settings()).body).toMatchObject({
      agree_automatically: false,
      verify_automatically: true,
      set_by: null,
    });
    const wanted = { agree_automatically: true, verify_automatically: true };
    const set = await contracts.send(merchant, 'PUT', '/v1/negotiation-settings', { json: wanted });
    expect(set.body).toMatchObject({ agree_automatically: true, set_by: 'M' });
    const id = await asked();
    expect(await read(id)).toMatchObject({ state: 'AGREED', agreement_id: expect.any(String) });
    const refused = await contracts.send(operator, 'PUT', '/v1/negotiation-settings', { json: wanted });
    expect(refused.status).toBe(403);
    const half = await contracts.send(merchant, 'PUT', '/v1/negotiation-settings', {
      json: { agree_automatically: true },
    });
    expect(half.status).toBe(422);
  });
});

/** Limits under which nobody binds his organisation alone. */
const everyDeal = {
  ...{ max_value_minor: null, max_term_days: null, every_deal: true },
  ...{ open_ended: false, cross_border: false, onward_use: false },
};

describe('above the limits of an organisation', () => {
  it('a colleague approves first: agreeing, offering and accepting, also what would be done automatically', async () => {
    const { merchant, merchantId } = market;
    const colleague = { ...merchant, subject: 'usr_colleague', displayName: 'C' };
    const set = await contracts.send(merchant, 'PUT', '/v1/approval-limits', { json: everyDeal });
    expect(set.status).toBe(200);
    const automatic = { agree_automatically: true, verify_automatically: true };
    await contracts.send(merchant, 'PUT', '/v1/negotiation-settings', { json: automatic });

    const id = await asked();
    expect(await read(id)).toMatchObject({ state: 'REQUESTED', agreement_id: null });
    const alone = await order(merchant, id, 'agree');
    expect(alone.body.code).toBe('APPROVAL_NEEDED');
    expect((await order(merchant, id, 'counter-offer', more)).body.code).toBe('APPROVAL_NEEDED');
    expect(await read(id)).toMatchObject({ state: 'REQUESTED', offers_made: 1 });

    const { deal } = alone.body.meta as { deal: object };
    const pending = await post(merchant, '/v1/approvals', { deal, note: 'a good buyer' });
    expect([pending.status, pending.body.status]).toEqual([201, 'pending']);
    expect((await post(merchant, `/v1/approvals/${pending.body.id}/approve`)).status).toBeGreaterThanOrEqual(400);
    const seen = await contracts.send(colleague, 'GET', '/v1/approvals?status=pending');
    expect(seen.body.data.map((approval) => approval.id)).toContain(pending.body.id);
    expect((await post(colleague, `/v1/approvals/${pending.body.id}/approve`)).status).toBe(200);
    expect((await order(merchant, id, 'agree')).body).toMatchObject({ status: 'agreed', merchant_id: merchantId });
  });

  it('a buyer’s colleague approves what he accepts', async () => {
    const { merchant, buyer } = market;
    const colleague = { ...buyer, subject: 'usr_colleague', displayName: 'C' };
    await contracts.send(buyer, 'PUT', '/v1/approval-limits', { json: everyDeal });
    const id = await asked();
    await order(merchant, id, 'counter-offer', more);
    const alone = await order(buyer, id, 'accept');
    expect(alone.body.code).toBe('APPROVAL_NEEDED');
    const { deal } = alone.body.meta as { deal: object };
    const pending = await post(buyer, '/v1/approvals', { deal });
    await post(colleague, `/v1/approvals/${pending.body.id}/approve`);
    expect((await order(buyer, id, 'accept')).body.state).toBe('ACCEPTED');
  });
});
