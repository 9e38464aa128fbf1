import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { TestCaller } from '@hetao/testing';
import { openMarket, operator, type Market } from './market.js';
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

const paper = { name: 'Sample of 1,000 rows', media_type: 'text/csv', sha256: 'b'.repeat(64), note: null };
const claim = { ground: 'quality', claim: 'A third of the rows carry no diagnosis.', evidence: [paper] };
const open = (as: TestCaller, agreementId: string, json: object = claim): Promise<Answer> =>
  contracts.send(as, 'POST', `/v1/agreements/${agreementId}/disputes`, { json });
const act = (as: TestCaller, id: string, command: string, json?: object): Promise<Answer> =>
  contracts.send(as, 'POST', `/v1/agreement-disputes/${id}/${command}`, json === undefined ? {} : { json });
const said = (text: string) => ({ said: text });
const get = (as: TestCaller, id: string) => contracts.send(as, 'GET', `/v1/agreement-disputes/${id}`);

/** Brought to arbitration by both. */
async function arbitrated(): Promise<{ id: string; agreementId: string }> {
  const { id: agreementId } = await market.signed();
  const { body } = await open(market.buyer, agreementId);
  await act(market.merchant, body.id, 'answer', said('They are there.'));
  await act(market.buyer, body.id, 'mediate', said('Please help.'));
  await act(market.merchant, body.id, 'arbitrate', said('To SCIA.'));
  return { id: body.id, agreementId };
}

describe('a dispute', () => {
  it('is settled when one side accepts what the other proposed; all of it stays readable', async () => {
    const { id: agreementId } = await market.signed();
    const opened = await open(market.buyer, agreementId);
    expect(opened.status).toBe(201);
    const { id } = opened.body;
    expect(opened.headers.get('location')).toBe(`/v1/agreement-disputes/${id}`);
    await act(market.merchant, id, 'answer', said('We look into it.'));
    await act(operator, id, 'evidence', { said: 'Our own sample.', evidence: [paper] });
    await act(market.merchant, id, 'propose', said('A tenth off the price of May.'));
    const settled = await act(market.buyer, id, 'accept');
    expect(settled.body).toMatchObject({ status: 'settled', accepts: [], remedy: 'none' });

    const { body } = await get(market.merchant, id);
    expect(body.history.map(({ command }) => command)).toEqual([
      ...['open', 'answer', 'add_evidence', 'propose', 'accept'],
    ]);
    expect(body.history[0]).toMatchObject({ side: 'buyer', said: claim.claim, evidence: [paper] });
    expect((await contracts.published(id)).map(({ type, data }) => [type, data['outcome']])).toEqual([
      ['hetao.contracts.dispute-opened.v1', undefined],
      ['hetao.contracts.dispute-closed.v1', 'settled'],
    ]);
    expect((await market.agreement(agreementId)).body.status).toBe('in_force');
  });

  it.each([
    ['terminate', 'terminated'],
    ['suspend', 'suspended'],
    ['none', 'in_force'],
  ])('that is upheld acts on the agreement: %s', async (remedy, status) => {
    const { id, agreementId } = await arbitrated();
    const ruling = { outcome: 'upheld', remedy, said: 'Award of 2026-03-01.', evidence: [paper] };
    expect((await act(operator, id, 'decide', ruling)).body).toMatchObject({ status: 'upheld', remedy });
    expect((await market.agreement(agreementId)).body.status).toBe(status);
    if (remedy !== 'suspend') return;
    const end = (as: TestCaller) =>
      contracts.send(as, 'POST', `/v1/agreements/${agreementId}/resume`, { json: { reason: 'mended' } });
    expect((await end(market.merchant)).body.status).toBe('suspended');
    expect((await end(operator)).body.status).toBe('in_force');
  });

  it('that is rejected changes nothing, and can have no remedy', async () => {
    const { id, agreementId } = await arbitrated();
    const ruling = { outcome: 'rejected', said: 'No breach.', evidence: [paper] };
    const greedy = await act(operator, id, 'decide', { ...ruling, remedy: 'terminate' });
    expect([greedy.status, greedy.body.errors[0]?.pointer]).toEqual([422, '/remedy']);
    expect((await act(operator, id, 'decide', ruling)).body.status).toBe('rejected');
    expect((await market.agreement(agreementId)).body.status).toBe('in_force');
  });

  it('is for the two and the exchange: strangers see none, and one side does not speak for the other', async () => {
    const { id: agreementId } = await market.signed();
    const { id } = (await open(market.buyer, agreementId)).body;
    const rival = await openMarket(contracts);
    expect((await get(rival.buyer, id)).status).toBe(404);
    expect((await act(rival.merchant, id, 'answer', said('x'))).body.code).toBe('AGREEMENT_DISPUTE_UNKNOWN');
    expect((await open(rival.buyer, agreementId)).body.code).toBe('AGREEMENT_UNKNOWN');
    expect((await act(market.buyer, id, 'answer', said('x'))).body.code).toBe('AGREEMENT_DISPUTE_ROLE_NEEDED');
    expect((await act(market.merchant, id, 'withdraw')).body.code).toBe('AGREEMENT_DISPUTE_ROLE_NEEDED');
    expect((await act(market.buyer, id, 'arbitrate', said('x'))).body.code).toBe(
      'AGREEMENT_DISPUTE_TRANSITION_REFUSED',
    );
    const list = await contracts.send(rival.buyer, 'GET', '/v1/agreement-disputes');
    expect(list.body.data).toEqual([]);
    expect((await get(operator, id)).status).toBe(200);
  });

  it('is one at a time of each side, also when asked for twice at once, and not before both signed', async () => {
    const { id: agreementId } = await market.signed();
    const both = await Promise.all([open(market.buyer, agreementId), open(market.buyer, agreementId)]);
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect((await open(market.merchant, agreementId)).status).toBe(201);
    const draft = await market.drafted({ quota: null });
    expect((await open(market.buyer, draft.id)).body.code).toBe('AGREEMENT_DISPUTE_TOO_EARLY');
  });

  it.each([
    ['no claim', { ...claim, claim: '' }, '/claim'],
    ['a ground that is none', { ...claim, ground: 'mood' }, '/ground'],
    ['evidence that is no hash', { ...claim, evidence: [{ ...paper, sha256: 'x' }] }, '/evidence/0/sha256'],
    ['too many papers', { ...claim, evidence: Array(21).fill(paper) }, '/evidence'],
  ])('is refused with %s', async (_what, json, pointer) => {
    const { id: agreementId } = await market.signed();
    const refused = await open(market.buyer, agreementId, json);
    expect([refused.status, refused.body.errors[0]?.pointer]).toEqual([422, pointer]);
  });
});
