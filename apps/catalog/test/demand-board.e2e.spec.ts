import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@hetao/kernel';
import type { TestCaller } from '@hetao/testing';
import { DemandBoard } from '../src/demand/demand.use-cases.js';
import { desk, fullDraft, onboard, passReview } from './eight-jurisdictions.js';
import { startCatalog, type Answer, type RunningCatalog } from './running-catalog.js';
import { merchantOf, operator, registration } from './sample-bodies.js';

const name = { en: 'Ports', 'zh-Hans': '港口', 'zh-Hant': '港口' };
let catalog: RunningCatalog;
let member: TestCaller;
let buyer: TestCaller;
let productId: string;
beforeAll(async () => {
  catalog = await startCatalog();
  ({ member } = await onboard(catalog, { home: 'HK', currency: 'HKD', name: { ...name, en: 'Harbour Data' } }));
  const { body } = await catalog.send(member, 'POST', '/v1/products', { json: fullDraft(name, 'dataset') });
  productId = body.id;
  await catalog.send(member, 'POST', `/v1/products/${productId}/submit`);
  await passReview(catalog, productId);
  const asBuyer = registration({ roles: ['buyer'], bank_account: null });
  const registered = await catalog.send(operator, 'POST', '/v1/participants', { json: asBuyer });
  await catalog.send(operator, 'POST', `/v1/participants/${registered.body.id}/approve`);
  buyer = { personas: ['buyer'], organisationId: registered.body.id, subject: 'usr_buyer' };
});
afterAll(() => catalog.stop());

const need = (change: object = {}) => ({
  ...{ title: 'Port calls by hour', need: 'Calls of **containers**.', language: 'en', kinds: ['dataset'] },
  ...{ purpose: 'Research', place_of_use: 'HK', budget: { amount: '5000.00', currency: 'HKD' } },
  open_until: '2026-04-01T00:00:00Z',
  ...change,
});
const post = (as: TestCaller, path: string, json?: object): Promise<Answer> =>
  catalog.send(as, 'POST', `/v1/demands${path}`, json === undefined ? {} : { json });
async function posted(change: object = {}): Promise<string> {
  const { status, body } = await post(buyer, '', need(change));
  expect(status).toBe(201);
  return body.id;
}
const answers = async (as: TestCaller, id: string) =>
  (await catalog.send(as, 'GET', `/v1/demands/${id}/answers`)).body.data.length;

describe('a need on the demand board', () => {
  it('is posted, answered with a product, chosen, and told to whoever listens', async () => {
    const id = await posted();
    catalog.clock.advance({ hours: 2 });
    const answered = await post(member, `/${id}/answers`, { product_id: productId, message: 'We have these.' });
    expect(answered.status).toBe(201);
    const board = await catalog.send(member, 'GET', '/v1/demands?kind=dataset');
    expect(board.body.data.map((row) => row.id)).toContain(id);
    // The buyer sees every answer, a merchant his own, another nothing.
    expect([await answers(buyer, id), await answers(member, id)]).toEqual([1, 1]);
    expect(await answers(merchantOf(newId('org')), id)).toBe(0);

    const chosen = await post(buyer, `/${id}/choose`, { answer_id: answered.body.id });
    expect(chosen.body).toMatchObject({
      status: 'met',
      chosen_answer: answered.body.id,
      budget: { amount: '5000.00' },
    });
    const late = await post(member, `/${id}/answers`, { message: 'More.' });
    expect([late.status, late.body.code]).toEqual([409, 'DEMAND_TRANSITION_REFUSED']);
    const events = (await catalog.published(id)).map(({ type }) => type.replace('hetao.catalog.demand-', ''));
    expect(events).toEqual(['posted.v1', 'answered.v1', 'closed.v1']);
  });

  it('goes off the board when its day has come, is withdrawn by its buyer, or removed with a reason', async () => {
    const [ends, withdrawn, removed] = [await posted(), await posted(), await posted()];
    expect((await post(buyer, `/${withdrawn}/withdraw`)).body.status).toBe('withdrawn');
    expect((await post(member, `/${ends}/withdraw`)).status).toBe(403);
    const stranger: TestCaller = { ...buyer, organisationId: newId('org') };
    expect((await post(stranger, `/${ends}/withdraw`)).body.code).toBe('DEMAND_UNKNOWN');
    const spam = await post(desk('first'), `/${removed}/remove`, { reason: 'advertising' });
    expect(spam.body).toMatchObject({ status: 'removed', close_reason: 'advertising' });
    catalog.clock.advance({ days: 40 });
    expect(await catalog.service.app.get(DemandBoard).expire()).toBe(1);
    expect((await catalog.send(buyer, 'GET', `/v1/demands/${ends}`)).body.status).toBe('expired');
  });

  it('is posted by approved buyers and answered by approved merchants, with what is theirs', async () => {
    const unknown: TestCaller = { ...buyer, organisationId: newId('org') };
    const open_until = '2026-06-01T00:00:00Z';
    expect((await post(unknown, '', need({ open_until }))).body.code).toBe('DEMAND_ACTOR_NOT_APPROVED');
    const id = await posted({ open_until });
    expect((await post(merchantOf(newId('org')), `/${id}/answers`, { message: 'x' })).body.code).toBe(
      'DEMAND_ACTOR_NOT_APPROVED',
    );
    const foreign = await post(member, `/${id}/answers`, { product_id: newId('prd'), message: 'x' });
    expect([foreign.status, foreign.body.code]).toEqual([422, 'DEMAND_PRODUCT_NOT_OFFERED']);
    for (let n = 0; n < 5; n += 1) expect((await post(member, `/${id}/answers`, { message: 'x' })).status).toBe(201);
    expect((await post(member, `/${id}/answers`, { message: 'x' })).body.code).toBe('DEMAND_ANSWERED_TWICE');
    expect((await post(buyer, `/${id}/choose`, { answer_id: newId('dan') })).body.code).toBe('DEMAND_ANSWER_UNKNOWN');
  });

  it.each([
    ['HTML', { need: '<b onclick=x>a</b>' }, 'VALIDATION_FAILED'],
    ['a day that has passed', { open_until: '2026-01-01T00:00:00Z' }, 'DEMAND_TERM_INVALID'],
    ['a year', { open_until: '2027-12-01T00:00:00Z' }, 'DEMAND_TERM_INVALID'],
    ['a budget of no money', { budget: { amount: 'much', currency: 'HKD' } }, 'VALIDATION_FAILED'],
  ])('refuses %s', async (_what, change, code) => {
    const { status, body } = await post(buyer, '', need(change));
    expect([status, body.code]).toEqual([422, code]);
  });
});

describe('what was promised and what was kept', () => {
  it('is measured: refreshes against their cadence, answers by their time', async () => {
    const refresh = () => catalog.send(member, 'POST', `/v1/products/${productId}/refreshes`);
    expect((await refresh()).body).toMatchObject({ due_at: null, late: false });
    catalog.clock.advance({ days: 20 });
    expect((await refresh()).body).toMatchObject({ late: false });
    catalog.clock.advance({ days: 45 });
    expect((await refresh()).body).toMatchObject({ late: true });
    const { body } = await catalog.send(buyer, 'GET', `/v1/participants/${member.organisationId}/credit`);
    expect(body).toMatchObject({
      ...{ agreements: 0, invoices_paid_late: 0, refreshes_delivered: 3, refreshes_late: 1 },
      answers_to_demands: { count: 2 },
    });
    expect((await catalog.send(buyer, 'GET', `/v1/products/${productId}/refreshes`)).body.data).toHaveLength(3);
    // Every number opens to what it was counted from.
    const opened = async (kind: string) =>
      (await catalog.send(buyer, 'GET', `/v1/participants/${member.organisationId}/credit/entries?kind=${kind}`)).body
        .data;
    expect(await opened('refresh')).toMatchObject([{ outcome: 'late' }, { outcome: 'in_time' }, { outcome: null }]);
    expect(await opened('answer_to_demand')).toMatchObject([{ seconds: 0 }, { seconds: 7200 }]);
    expect(await opened('answer_to_reviewer')).toEqual([]);
  });
});
