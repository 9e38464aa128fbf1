import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ParticipantApprovedV1, ParticipantSuspendedV1 } from '@hetao/events';
import type { TestCaller } from '@hetao/testing';
import { openMarket, operator, type Market } from './market.js';
import { release } from './releases.js';
import { approval, startContracts, type Answer, type RunningContracts } from './running-contracts.js';

let contracts: RunningContracts;
let market: Market;
beforeAll(async () => {
  contracts = await startContracts();
});
afterAll(() => contracts.stop());
beforeEach(async () => {
  market = await openMarket(contracts);
});

const post = (as: TestCaller, id: string, command: string, json: object = { reason: 'because' }): Promise<Answer> =>
  contracts.send(as, 'POST', `/v1/agreements/${id}/${command}`, { json });
const entitlementOf = async (id: string) =>
  (await contracts.send(operator, 'GET', `/v1/entitlements?agreement_id=${id}`)).body.data[0];
const types = async (key: string) =>
  (await contracts.published(key)).map(({ type }) => type.replace('hetao.contracts.', ''));
const history = async (id: string) => (await market.agreement(id)).body.history.map(({ command }) => command);
const signBoth = async ({ id, document_hash }: { id: string; document_hash: string }) => {
  await market.sign(market.merchant, id, document_hash);
  return market.sign(market.buyer, id, document_hash);
};

describe('suspending and resuming', () => {
  it('stops access and gives it back, and tells everybody both times', async () => {
    const { id } = await market.signed();
    const suspended = await post(market.merchant, id, 'suspend', { reason: 'an invoice is overdue' });
    expect([suspended.status, suspended.body.status]).toEqual([200, 'suspended']);
    expect(suspended.body.holds).toEqual([
      { holder: 'merchant', reason: 'an invoice is overdue', since: contracts.clock.now().toISOString() },
    ]);
    const entitlement = await entitlementOf(id);
    expect(entitlement).toMatchObject({ status: 'suspended', suspension_reason: 'an invoice is overdue' });

    const resumed = await post(market.merchant, id, 'resume');
    expect(resumed.body).toMatchObject({ status: 'in_force', holds: [] });
    expect(await entitlementOf(id)).toMatchObject({ status: 'granted', suspended_at: null });
    expect(await types(id)).toEqual(['agreement-concluded.v1', 'agreement-suspended.v1', 'agreement-resumed.v1']);
    expect(await types(String(entitlement?.id))).toEqual([
      'entitlement-granted.v2',
      'entitlement-granted.v1',
      'entitlement-suspended.v1',
      'entitlement-resumed.v1',
    ]);
    expect(await history(id)).toEqual(['draft', 'sign', 'sign', 'activate', 'suspend', 'resume']);
  });

  it('is for each side and the operator on their own; to strangers the agreement does not exist', async () => {
    const { id } = await market.signed();
    const rival = await openMarket(contracts);
    expect((await post(rival.merchant, id, 'suspend')).body.code).toBe('AGREEMENT_UNKNOWN');
    expect((await post({ ...market.buyer, personas: ['merchant'] }, id, 'suspend')).body.code).toBe(
      'AGREEMENT_ROLE_NEEDED',
    );
    for (const who of [market.merchant, market.buyer, operator]) await post(who, id, 'suspend');
    expect((await post(market.merchant, id, 'resume')).body).toMatchObject({ status: 'suspended' });
    expect((await post(operator, id, 'resume')).body).toMatchObject({ status: 'suspended' });
    expect((await post(market.buyer, id, 'resume')).body).toMatchObject({ status: 'in_force' });
    // Three reasons to rest, one rest: outside it was told once.
    expect((await types(id)).filter((type) => type.includes('suspended'))).toHaveLength(1);
  });

  it('is refused of what does not bind, with what it accepts', async () => {
    const { id } = await market.drafted();
    const refused = await post(market.merchant, id, 'suspend');
    expect([refused.status, refused.body.code]).toEqual([409, 'AGREEMENT_TRANSITION_REFUSED']);
    expect(refused.body['meta' as never]).toMatchObject({ status: 'awaiting_signatures' });
  });
});

describe('an organisation that may not trade', () => {
  const tell = async (participantId: string, standing: 'suspended' | 'approved', role: 'merchant' | 'buyer') => {
    contracts.clock.advance({ seconds: 1 });
    const at = contracts.clock.now();
    if (standing === 'approved') await contracts.publish(ParticipantApprovedV1, approval(participantId, [role], at));
    else {
      const suspendedAt = at.toISOString();
      await contracts.publish(ParticipantSuspendedV1, { participantId, reason: 'x', suspendedAt });
    }
    await contracts.arrived();
  };

  it.each(['merchant', 'buyer'] as const)(
    'rests all that binds it, and goes on when it may again: the %s',
    async (role) => {
      const organisation = role === 'merchant' ? market.merchantId : market.buyerId;
      const running = await market.signed();
      const waiting = await market.signed({ term: { from: '2026-12-01T00:00:00Z', until: '2027-03-01T00:00:00Z' } });
      const over = await market.signed({ quota: null });
      await post(market.buyer, over.id, 'end');

      await tell(organisation, 'suspended', role);
      for (const { id } of [running, waiting]) {
        expect((await market.agreement(id)).body).toMatchObject({
          status: 'suspended',
          holds: [{ holder: 'standing', reason: `organisation ${organisation} is suspended` }],
        });
      }
      expect((await market.agreement(over.id)).body.status).toBe('ended');
      expect(await entitlementOf(running.id)).toMatchObject({ status: 'suspended' });
      // Neither side nor the operator lifts what is not theirs.
      expect((await post(operator, running.id, 'resume')).body.status).toBe('suspended');

      await tell(organisation, 'approved', role);
      expect((await market.agreement(running.id)).body.status).toBe('in_force');
      expect((await market.agreement(waiting.id)).body.status).toBe('concluded');
      expect(await entitlementOf(running.id)).toMatchObject({ status: 'granted' });
    },
  );
});

describe('leaving with notice', () => {
  it('is told when it ends, may be taken back, and ends then', async () => {
    const { id } = await market.signed({ notice_days: 30 });
    const left = await post(market.buyer, id, 'end');
    expect(left.body).toMatchObject({
      status: 'in_force',
      ends_at: new Date(contracts.clock.now().getTime() + 30 * 86_400_000).toISOString(),
      notices: [{ party: 'buyer', reason: 'because' }],
    });
    expect(await entitlementOf(id)).toMatchObject({ status: 'granted' });
    expect((await post(market.merchant, id, 'withdraw-notice')).body.notices).toHaveLength(1);
    expect((await post(market.buyer, id, 'withdraw-notice')).body).toMatchObject({
      notices: [],
      ends_at: '2027-03-01T00:00:00.000Z',
    });
    const soon = new Date(contracts.clock.now().getTime() + 86_400_000).toISOString();
    const short = await post(market.buyer, id, 'end', { reason: 'now', ends_at: soon });
    expect([short.status, short.body.code]).toEqual([422, 'AGREEMENT_NOTICE_SHORT']);
    // The operator's termination needs none.
    expect((await post(operator, id, 'end')).body.status).toBe('terminated');
  });
});

describe('an amendment', () => {
  const change = { quota: { meter: 'calls', limit: '90000' }, effective_until: '2027-06-01T00:00:00Z' };

  it('is a text of its own, signed by both, that takes the place of the other at once', async () => {
    const { id, hash } = await market.signed();
    const before = await entitlementOf(id);
    const proposed = await post(market.buyer, id, 'amendments', change);
    expect(proposed.status).toBe(201);
    const next = proposed.body;
    expect(proposed.headers.get('location')).toBe(`/v1/agreements/${next.id}`);
    expect(next).toMatchObject({
      status: 'awaiting_signatures',
      supersedes: { agreement_id: id, document_hash: hash, kind: 'amendment' },
      quota: change.quota,
      effective_until: '2027-06-01T00:00:00.000Z',
    });
    // Until both signed, everything is as it was.
    expect((await market.agreement(id)).body).toMatchObject({ status: 'in_force', successor_id: next.id });

    contracts.clock.advance({ minutes: 1 });
    const signed = await signBoth(next);
    expect(signed.body.status).toBe('in_force');
    expect((await market.agreement(id)).body).toMatchObject({ status: 'superseded', document_hash: hash });
    expect(await types(id)).toEqual(['agreement-concluded.v1', 'agreement-superseded.v1', 'agreement-ended.v1']);
    expect(await types(next.id)).toEqual(['agreement-concluded.v1']);
    expect((await entitlementOf(id))?.status).toBe('revoked');
    expect(await entitlementOf(next.id)).toMatchObject({
      status: 'granted',
      supersedes_agreement_id: id,
      quota: change.quota,
      // What was used before was used under the other.
      valid_from: contracts.clock.now().toISOString(),
    });
    expect(before?.id).not.toBe((await entitlementOf(next.id))?.id);
    expect(await history(id)).toEqual(['draft', 'sign', 'sign', 'activate', 'supersede']);
  });

  it('is one at a time, also when both propose in the same moment; one that came to nothing leaves its place', async () => {
    const { id } = await market.signed();
    const both = await Promise.all([
      post(market.buyer, id, 'amendments', change),
      post(market.merchant, id, 'amendments', { notice_days: 10 }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
    const refused = both.find(({ status }) => status === 409);
    const drawn = both.find(({ status }) => status === 201)?.body;
    expect(refused?.body.code).toBe('AGREEMENT_AMENDMENT_OPEN');
    await post(market.merchant, String(drawn?.id), 'end');
    expect((await market.agreement(id)).body).toMatchObject({ status: 'in_force', successor_id: null });
    expect((await post(market.merchant, id, 'amendments', { notice_days: 10 })).status).toBe(201);
  });

  it('goes with the agreement it was to replace when that is ended', async () => {
    const { id } = await market.signed();
    const { body: next } = await post(market.buyer, id, 'amendments', change);
    await post(market.merchant, id, 'end');
    expect((await market.agreement(next.id)).body.status).toBe('lapsed');
    expect((await market.sign(market.buyer, next.id, next.document_hash)).body.code).toBe(
      'AGREEMENT_TRANSITION_REFUSED',
    );
  });

  it('waits while the agreement rests, so that nobody amends a suspension away', async () => {
    const { id } = await market.signed();
    const { body: next } = await post(market.buyer, id, 'amendments', change);
    await post(operator, id, 'suspend');
    expect((await signBoth(next)).body.status).toBe('concluded');
    expect((await post(market.buyer, id, 'amendments', { notice_days: 3 })).body.code).toBe(
      'AGREEMENT_TRANSITION_REFUSED',
    );
    await post(operator, id, 'resume');
    expect((await market.agreement(next.id)).body.status).toBe('in_force');
    expect((await market.agreement(id)).body.status).toBe('superseded');
  });

  it('needs a release of its own where data crosses a border; until then the other one holds', async () => {
    const abroad = await openMarket(contracts, 'CN');
    const { id } = await abroad.signed();
    await release(contracts, abroad, id);
    expect((await abroad.agreement(id)).body.status).toBe('in_force');
    const { body: next } = await post(abroad.buyer, id, 'amendments', { notice_days: 7 });
    await abroad.sign(abroad.merchant, next.id, next.document_hash);
    expect((await abroad.sign(abroad.buyer, next.id, next.document_hash)).body.status).toBe('concluded');
    expect((await abroad.agreement(id)).body.status).toBe('in_force');
    await release(contracts, abroad, next.id);
    expect((await abroad.agreement(next.id)).body.status).toBe('in_force');
    expect((await abroad.agreement(id)).body.status).toBe('superseded');
  });

  it('raced by signatures, a suspension and an end leaves one truth, and nobody hangs', async () => {
    for (const [index, command] of ['end', 'suspend', 'end', 'suspend'].entries()) {
      const { id } = await market.signed({ quota: { meter: 'calls', limit: String(index + 1) } });
      const { body: next } = await post(market.buyer, id, 'amendments', change);
      const answers = await Promise.all([
        market.sign(market.merchant, next.id, next.document_hash),
        market.sign(market.buyer, next.id, next.document_hash),
        post(operator, id, command),
        post(market.merchant, next.id, 'suspend'),
      ]);
      for (const { status } of answers) expect([200, 409]).toContain(status);
      const [before, after] = [(await market.agreement(id)).body, (await market.agreement(next.id)).body];
      const truths = [
        ['superseded', 'in_force'],
        ['superseded', 'suspended'],
        ['terminated', 'terminated'],
        ['terminated', 'lapsed'],
        ['suspended', 'concluded'],
        ['suspended', 'suspended'],
      ];
      expect(truths).toContainEqual([before.status, after.status]);
      const granted = [await entitlementOf(id), await entitlementOf(next.id)].filter(
        (entitlement) => entitlement?.status === 'granted',
      );
      expect(granted).toHaveLength(after.status === 'in_force' ? 1 : 0);
    }
  });

  it.each([
    ['that changes nothing', { notice_days: 0 }, 422, 'AGREEMENT_AMENDMENT_EMPTY'],
    ['for no purpose the policy allows', { purpose: 'resale' }, 422, 'POLICY_PURPOSE_NOT_ALLOWED'],
    ['that is over before it begins', { effective_until: '2026-01-01T00:00:00Z' }, 422, 'OFFER_TERM_INVALID'],
    ['with a field that is none', { price: 1 }, 422, 'VALIDATION_FAILED'],
  ])('is refused %s', async (_what, json, status, code) => {
    const { id } = await market.signed();
    const refused = await post(market.buyer, id, 'amendments', json);
    expect([refused.status, refused.body.code]).toEqual([status, code]);
    expect((await market.agreement(id)).body.successor_id).toBeNull();
  });

  it('is refused to strangers, and signed by nobody but the two', async () => {
    const { id } = await market.signed();
    const rival = await openMarket(contracts);
    expect((await post(rival.buyer, id, 'amendments', change)).status).toBe(404);
    const { body: next } = await post(market.buyer, id, 'amendments', change);
    expect((await market.sign(rival.merchant, next.id, next.document_hash)).status).toBe(404);
    expect((await market.sign(market.merchant, next.id, 'f'.repeat(64))).body.code).toBe('AGREEMENT_HASH_MISMATCH');
  });
});
