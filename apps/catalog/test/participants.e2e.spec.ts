import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@hetao/kernel';
import { startCatalog, type Answer, type RunningCatalog } from './running-catalog.js';
import { auditor, buyer, draft, merchantOf, operator, registration } from './sample-bodies.js';

let catalog: RunningCatalog;
beforeAll(async () => {
  catalog = await startCatalog();
});
afterAll(() => catalog.stop());

const register = (change: object = {}): Promise<Answer> =>
  catalog.send(operator, 'POST', '/v1/participants', { json: registration(change) });
const decide = (id: string, command: string, json?: object): Promise<Answer> =>
  catalog.send(operator, 'POST', `/v1/participants/${id}/${command}`, json === undefined ? {} : { json });
async function registered(change: object = {}): Promise<string> {
  const { status, body } = await register(change);
  expect(status).toBe(201);
  return body.id;
}

describe('onboarding', () => {
  it('registers, approves, suspends and reinstates an organisation, and says so to everybody', async () => {
    const answer = await register();
    expect(answer.status).toBe(201);
    expect(answer.headers.get('location')).toBe(`/v1/participants/${answer.body.id}`);
    expect(answer.body).toMatchObject({ ...registration(), status: 'registered', approved_at: null });
    const id = answer.body.id;

    catalog.clock.advance({ hours: 1 });
    expect((await decide(id, 'approve')).body).toMatchObject({
      status: 'approved',
      approved_at: '2026-03-01T09:00:00.000Z',
    });
    catalog.clock.advance({ hours: 1 });
    expect((await decide(id, 'suspend', { reason: 'licence lapsed' })).body).toMatchObject({
      status: 'suspended',
      suspension_reason: 'licence lapsed',
    });
    // The clock does not move: the next decision still comes after the last for whoever orders them by time.
    expect((await decide(id, 'reinstate')).body).toMatchObject({
      status: 'approved',
      approved_at: '2026-03-01T10:00:00.001Z',
      suspended_at: null,
    });

    const events = await catalog.published(id);
    expect(events.map(({ type }) => type)).toEqual([
      'hetao.catalog.participant-registered.v1',
      'hetao.catalog.participant-approved.v2',
      'hetao.catalog.participant-approved.v1',
      'hetao.catalog.participant-suspended.v1',
      'hetao.catalog.participant-approved.v2',
      'hetao.catalog.participant-approved.v1',
    ]);
    expect(events[2]?.data).toEqual({
      participantId: id,
      name: registration().name,
      jurisdiction: 'CN',
      roles: ['merchant'],
      approvedAt: '2026-03-01T09:00:00.000Z',
      approvedBy: 'usr_operator',
      homeCurrency: 'CNY',
      bankAccount: { name: 'Lingnan Herbal Data Co., Ltd.', accountNumber: '6222021234567890', bic: 'BKCHCNBJ' },
    });
  });

  it('does nothing twice: repeated decisions answer the same state and publish nothing', async () => {
    const id = await registered();
    for (const [command, json] of [['approve'], ['suspend', { reason: 'audit' }], ['reinstate']] as const) {
      const first = await decide(id, command, json);
      const again = await decide(id, command, json && { reason: 'another reason' });
      expect([first.status, again.status]).toEqual([200, 200]);
      expect(again.body).toEqual(first.body);
    }
    // Registered, approved (in two versions), suspended, approved again.
    expect(await catalog.published(id)).toHaveLength(6);
  });

  it('never lifts a suspension by a late repeat of the approval', async () => {
    const id = await registered();
    await decide(id, 'approve');
    await decide(id, 'suspend', { reason: 'audit' });
    const late = await decide(id, 'approve');
    expect([late.status, late.body.code]).toEqual([409, 'PARTICIPANT_TRANSITION_REFUSED']);
    expect(late.body.meta).toEqual({ status: 'suspended', accepted: ['reinstate', 'end'] });
  });

  it('lets decisions of two operators race to one outcome', async () => {
    const id = await registered();
    const answers = await Promise.all(Array.from({ length: 6 }, () => decide(id, 'approve')));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200]);
    expect(await catalog.published(id)).toHaveLength(3);
  });

  it('gives a repeated registration its first answer', async () => {
    const headers = { 'idempotency-key': newId('key') };
    const send = () => catalog.send(operator, 'POST', '/v1/participants', { json: registration(), headers });
    const [first, again] = [await send(), await send()];
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(again.body).toEqual(first.body);
  });

  it('keeps every decision in a history that even the database does not rewrite', async () => {
    const id = await registered();
    await decide(id, 'approve');
    const { body } = await catalog.send(auditor, 'GET', `/v1/participants/${id}/history`);
    expect(body.data).toMatchObject([
      { command: 'approve', status_from: 'registered', status_to: 'approved', by: { subject: 'usr_operator' } },
      { command: 'register', status_from: null, status_to: 'registered', by: { organisation_id: 'org_exchange' } },
    ]);
    for (const sql of ['UPDATE history SET reason = NULL', 'DELETE FROM history', 'TRUNCATE history']) {
      await expect(catalog.service.database.withClient((client) => client.query(sql))).rejects.toThrow(
        'only ever added',
      );
    }
  });
});

describe('who sees whom', () => {
  it('shows approved organisations to all, others to themselves and the exchange, and bank accounts to nobody else', async () => {
    const hidden = await registered();
    const open = await registered();
    await decide(open, 'approve');

    const path = (id: string) => `/v1/participants/${id}`;
    expect((await catalog.send(buyer, 'GET', path(hidden))).status).toBe(404);
    expect((await catalog.send(merchantOf(hidden), 'GET', path(hidden))).body.bank_account).toBeDefined();
    expect((await catalog.send(auditor, 'GET', path(hidden))).body.bank_account).toBeDefined();
    const seen = await catalog.send(buyer, 'GET', path(open));
    expect(seen.status).toBe(200);
    expect(seen.body).not.toHaveProperty('bank_account');
    expect((await catalog.send(buyer, 'GET', `${path(open)}/history`)).status).toBe(403);

    const ids = (answer: Answer) => answer.body.data.map(({ id }) => id);
    expect(ids(await catalog.send(buyer, 'GET', '/v1/participants?limit=100'))).not.toContain(hidden);
    expect(ids(await catalog.send(operator, 'GET', '/v1/participants?limit=100'))).toContain(hidden);
  });

  it('lists by status and role in pages', async () => {
    const first = await registered({ roles: ['buyer'], bank_account: null });
    const second = await registered({ roles: ['buyer'], bank_account: null });
    const query = '/v1/participants?role=buyer&status=registered&limit=1';
    const one = await catalog.send(operator, 'GET', query);
    expect(one.body).toMatchObject({ has_more: true, data: [{ id: second }] });
    const two = await catalog.send(operator, 'GET', `${query}&cursor=${one.body.next_cursor}`);
    expect(two.body).toMatchObject({ has_more: false, next_cursor: null, data: [{ id: first }] });
    const other = await catalog.send(operator, 'GET', `/v1/participants?limit=1&cursor=${one.body.next_cursor}`);
    expect([other.status, other.body.code]).toEqual([422, 'CURSOR_INVALID']);
  });

  it('finds those that are named, and says nothing of whom the reader may not see', async () => {
    const [hidden, open] = [await registered(), await registered()];
    await decide(open, 'approve');
    const named = `/v1/participants?limit=100&id=${hidden},${open},org_nobody`;
    const seenBy = async (caller: typeof buyer) =>
      (await catalog.send(caller, 'GET', named)).body.data.map(({ id }: { id: string }) => id);
    expect(await seenBy(buyer)).toEqual([open]);
    expect(await seenBy(operator)).toEqual([open, hidden]);
    const wrong = await catalog.send(buyer, 'GET', '/v1/participants?id=a,,b');
    expect([wrong.status, wrong.body.code]).toEqual([422, 'VALIDATION_FAILED']);
  });
});

describe('bad input', () => {
  it.each([
    ['broken JSON', { text: '{"name":' }, 400, 'JSON_MALFORMED'],
    ['no body', { text: '' }, 422, 'VALIDATION_FAILED'],
    ['a body far too large', { text: JSON.stringify({ name: 'x'.repeat(300_000) }) }, 413, 'BODY_TOO_LARGE'],
    ['another media type', { text: '<x/>', headers: { 'content-type': 'text/xml' } }, 415, 'MEDIA_TYPE_UNSUPPORTED'],
  ])('refuses %s', async (_what, request, status, code) => {
    const answer = await catalog.send(operator, 'POST', '/v1/participants', request);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });

  it.each([
    ['an unknown jurisdiction', { jurisdiction: 'XX' }, '/jurisdiction'],
    ['a missing language', { name: { en: 'A', 'zh-Hans': '甲' } }, '/name/zh-Hant'],
    ['an unknown field', { colour: 'red' }, '/colour'],
    ['a NUL in a name', { name: { ...registration().name, en: 'A\u0000B' } }, '/name/en'],
    ['a name of blanks', { name: { ...registration().name, en: '   ' } }, '/name/en'],
    ['no role', { roles: [] }, '/roles'],
    ['a currency we do not settle in', { home_currency: 'EUR' }, '/home_currency'],
  ])('says where: %s', async (_what, change, pointer) => {
    const { status, body } = await register(change);
    expect([status, body.code]).toEqual([422, 'VALIDATION_FAILED']);
    expect(body.errors.map((item) => item.pointer)).toContain(pointer);
    expect(body.fix).not.toBe('');
  });

  it.each([
    ['a merchant nobody could pay', { bank_account: null }, 'PARTICIPANT_BANK_ACCOUNT_MISSING', '/bank_account'],
    [
      'an IBAN with a slip',
      { bank_account: { name: 'A', iban: 'GB28NWBK60161331926819' } },
      'BANK_ACCOUNT_INVALID',
      '/bank_account/iban',
    ],
    ['an auditor who trades', { roles: ['auditor', 'buyer'] }, 'PARTICIPANT_ROLES_INVALID', '/roles'],
  ])('refuses %s', async (_what, change, code, pointer) => {
    const { status, body } = await register(change);
    expect([status, body.code]).toEqual([422, code]);
    expect(body.errors).toMatchObject([{ pointer, code }]);
  });

  it('answers 404 for ids that do not exist or cannot', async () => {
    for (const id of [newId('org'), newId('prd'), 'org_1', '%00', 'x'.repeat(90)]) {
      expect((await catalog.send(operator, 'GET', `/v1/participants/${id}`)).status).toBe(404);
      expect((await decide(id, 'approve')).status).toBe(404);
    }
  });

  it('is the operator’s desk alone', async () => {
    const id = await registered();
    for (const caller of [buyer, auditor, merchantOf(id)]) {
      expect((await catalog.send(caller, 'POST', '/v1/participants', { json: registration() })).status).toBe(403);
      expect((await catalog.send(caller, 'POST', `/v1/participants/${id}/approve`)).status).toBe(403);
    }
    const nobody = await fetch(`${catalog.service.url}/v1/participants`);
    expect(nobody.status).toBe(401);
  });

  it('lets nobody start a product whose organisation is no merchant here', async () => {
    const buyerId = await registered({ roles: ['buyer'], bank_account: null });
    for (const organisation of [buyerId, newId('org'), '']) {
      const answer = await catalog.send(merchantOf(organisation), 'POST', '/v1/products', { json: draft() });
      expect([answer.status, answer.body.code]).toEqual([403, 'PRODUCT_MERCHANT_UNKNOWN']);
    }
  });
});
