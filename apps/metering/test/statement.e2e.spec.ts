import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type UsageStatementKey, verifyUsage, verifyUsageProof } from '@hetao/proofs';
import { eventually, type TestCaller } from '@hetao/testing';
import {
  batch,
  buyer,
  command,
  merchant,
  operator,
  shuffled,
  startWorld,
  usage,
  type World,
} from './metering-world.js';

let world: World;
beforeAll(async () => {
  world = await startWorld('2015-06-15T00:00:00Z');
});
afterAll(() => world.stop());

const stranger: TestCaller = { personas: ['merchant'], organisationId: 'org_stranger' };
const hour = { from: '2015-05-17T10:00:00Z', to: '2015-05-17T11:00:00Z' };
const sign = (agreementId: string, caller = buyer, window: object = hour) =>
  world.call(caller, 'POST', '/v1/usage/statements', command({ agreement_id: agreementId, ...window }));
const send = (events: readonly unknown[]) => world.call(merchant, 'POST', '/v1/usage/events', batch(events));
const keys = async () =>
  (await world.call(buyer, 'GET', '/v1/usage/statement-keys')).body['keys'] as readonly UsageStatementKey[];
interface Signed {
  readonly statement: { readonly statement_id: string; readonly root_hash: string; readonly supersedes: string | null };
}
/** What a party keeps of what it sent or received: spelled in its own way. */
const log = (agreementId: string, count: number) =>
  Array.from({ length: count }, (_, at) =>
    usage(agreementId, `e${at}`, {
      time: `2015-05-17T18:${String(at % 60).padStart(2, '0')}:03.25+08:00`,
      data: { path: `/${at}`, meters: { calls: '1', bytes: at * 10 } },
    }),
  );

describe('a usage statement', () => {
  it('is recomputed by both sides from their own logs, and proves each event', async () => {
    const { agreementId } = await world.grant();
    const mine = log(agreementId, 37);
    await send(mine);
    await send([usage(agreementId, 'later', { time: '2015-05-17T11:00:00Z' })]);
    const { status, body } = await sign(agreementId);
    expect(status).toBe(200);
    const trusted = await keys();
    const checked = await verifyUsage(body, trusted, shuffled(mine, 3));
    expect(checked).toMatchObject({ ok: true, value: { statement: { events: 37, merchant_id: 'org_merchant' } } });
    expect(await verifyUsage(body, trusted, mine.slice(1))).toMatchObject({
      ok: false,
      error: { kind: 'count_differs' },
    });
    const { statement_id: id } = (body as unknown as Signed).statement;
    for (const at of [0, 17, 36]) {
      const path = `/v1/usage/statements/${id}/proof?source=${encodeURIComponent(`/test/${agreementId}`)}&event_id=e${at}`;
      const proof = await world.call(at === 0 ? merchant : buyer, 'GET', path);
      expect(await verifyUsageProof(proof.body, trusted)).toMatchObject({ ok: true });
      expect(await verifyUsageProof({ ...proof.body, leaf_index: 36 - at }, trusted)).toMatchObject({ ok: at === 18 });
    }
    expect((await world.call(buyer, 'GET', `/v1/usage/statements/${id}`)).body).toEqual(body);
    await eventually(() =>
      expect(world.published.statements).toMatchObject([
        { statementId: id, events: 37, keyId: 'demo-metering-statement' },
      ]),
    );
  });

  it('stays the same until the usage is not, and then says what it takes the place of', async () => {
    const { agreementId } = await world.grant();
    await send(log(agreementId, 3));
    const first = (await sign(agreementId)).body as unknown as Signed;
    const answers = await Promise.all([sign(agreementId, merchant), sign(agreementId, operator), sign(agreementId)]);
    for (const { body } of answers) expect(body).toEqual(first);
    await send([usage(agreementId, 'late', { time: '2015-05-17T10:59:59.999Z' })]);
    const [a, b] = await Promise.all([sign(agreementId), sign(agreementId, merchant)]);
    expect(a.body).toEqual(b.body);
    const second = a.body as unknown as Signed;
    expect(second.statement.supersedes).toBe(first.statement.statement_id);
    expect(second.statement.root_hash).not.toBe(first.statement.root_hash);
    // The first one still proves what it proved.
    const path = `/v1/usage/statements/${first.statement.statement_id}/proof?source=/test/${agreementId}&event_id=`;
    expect((await world.call(buyer, 'GET', `${path}e1`)).status).toBe(200);
    expect(await world.call(buyer, 'GET', `${path}late`)).toMatchObject({
      status: 404,
      body: { code: 'USAGE_EVENT_NOT_IN_STATEMENT' },
    });
    const list = await world.call(merchant, 'GET', `/v1/usage/statements?agreement_id=${agreementId}&limit=1`);
    expect(list.body).toMatchObject({ data: [first], has_more: true });
    const next = `&cursor=${String(list.body['next_cursor'])}`;
    const rest = await world.call(merchant, 'GET', `/v1/usage/statements?agreement_id=${agreementId}&limit=1${next}`);
    expect(rest.body).toMatchObject({ data: [second], has_more: false });
  });

  it('of a window without usage says so', async () => {
    const { agreementId } = await world.grant();
    const { body } = await sign(agreementId);
    expect(await verifyUsage(body, await keys(), [])).toMatchObject({ ok: true, value: { statement: { events: 0 } } });
  });

  it('is for the two sides and whoever sees all', async () => {
    const { agreementId } = await world.grant();
    const { statement } = (await sign(agreementId)).body as unknown as Signed;
    expect((await sign(agreementId, stranger)).status).toBe(404);
    for (const path of [
      `/v1/usage/statements/${statement.statement_id}`,
      `/v1/usage/statements/${statement.statement_id}/proof?source=a&event_id=b`,
      `/v1/usage/statements?agreement_id=${agreementId}`,
    ]) {
      expect([path, (await world.call(stranger, 'GET', path)).status]).toEqual([path, 404]);
    }
  });

  it.each([
    [{ from: hour.to, to: hour.from }, 400, 'USAGE_STATEMENT_WINDOW_INVALID'],
    [{ from: hour.from, to: '2015-06-15T00:00:00.001Z' }, 400, 'USAGE_STATEMENT_WINDOW_INVALID'],
    [{ from: '17 May', to: hour.to }, 422, 'VALIDATION_FAILED'],
    [{ ...hour, extra: 1 }, 422, 'VALIDATION_FAILED'],
  ])('for %j is refused with %i %s', async (window, status, code) => {
    const { agreementId } = await world.grant();
    expect(await sign(agreementId, buyer, window)).toMatchObject({ status, body: { code } });
  });
});
