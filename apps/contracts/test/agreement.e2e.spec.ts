import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ParticipantSuspendedV1 } from '@hetao/events';
import { newId } from '@hetao/kernel';
import { documentHash } from '@hetao/proofs';
import type { TestCaller } from '@hetao/testing';
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

const end = (as: TestCaller, id: string, reason = 'no longer needed'): Promise<Answer> =>
  contracts.send(as, 'POST', `/v1/agreements/${id}/end`, { json: { reason } });
const entitlements = async (agreementId: string, as: TestCaller = operator) =>
  (await contracts.send(as, 'GET', `/v1/entitlements?agreement_id=${agreementId}`)).body.data;
const types = async (key: string) => (await contracts.published(key)).map(({ type }) => type);
const future = { term: { from: '2028-01-01T00:00:00Z', until: '2029-01-01T00:00:00Z' } };

describe('from the second signature to the entitlement', () => {
  it('concludes, comes into force, grants, and tells everybody, at once', async () => {
    const { id, hash } = await market.drafted();
    const draft = await market.agreement(id, market.buyer);
    expect(documentHash(draft.body.document)).toBe(hash);
    expect(draft.body.document).toMatchObject({ type: 'hetao.agreement.v3', agreement_id: id, release: null });

    const first = await market.sign(market.merchant, id, hash);
    expect(first.body).toMatchObject({ status: 'awaiting_signatures', signatures: [{ party: 'merchant' }] });
    expect(await contracts.published(id)).toEqual([]);

    contracts.clock.advance({ hours: 1 });
    const at = contracts.clock.now().toISOString();
    const second = await market.sign(market.buyer, id, hash);
    expect(second.body.status).toBe('in_force');
    expect(second.body.signatures[1]).toEqual({
      party: 'buyer',
      organisation_id: market.buyerId,
      subject: 'usr_b',
      display_name: 'B',
      document_hash: hash,
      signed_at: at,
    });

    const [concluded] = await contracts.published(id);
    expect(concluded).toEqual({
      type: 'hetao.contracts.agreement-concluded.v1',
      data: {
        agreementId: id,
        offerId: draft.body.offer_id,
        productId: market.productId,
        merchantId: market.merchantId,
        buyerId: market.buyerId,
        channelPartnerId: null,
        plan: expect.objectContaining({ currency: 'CNY', fee: { exchangeBps: 500, channelBps: 0 } }) as unknown,
        policy: { purposes: ['research'], placesOfUse: ['HK', 'CN'], onwardUse: false, retentionDays: 30 },
        quota: { meter: 'calls', limit: '50000' },
        documentHash: hash,
        effectiveFrom: '2015-04-30T16:00:00.000Z',
        effectiveUntil: '2027-03-01T00:00:00.000Z',
        concludedAt: at,
      },
    });
    const [entitlement] = await entitlements(id);
    expect(entitlement).toMatchObject({
      agreement_id: id,
      meters: ['calls', 'bytes'],
      quota: { meter: 'calls', limit: '50000' },
      purposes: ['research'],
      valid_from: '2015-04-30T16:00:00.000Z',
      status: 'granted',
    });
    const [inFull, granted] = await contracts.published(String(entitlement?.id));
    expect(inFull).toMatchObject({
      type: 'hetao.contracts.entitlement-granted.v2',
      data: {
        ...granted?.data,
        ...{ documentHash: hash, productVersion: 3, placesOfUse: ['HK'], recipients: [market.buyerId], release: null },
        supersedesAgreementId: null,
        odrl: expect.stringContaining('"permission"') as unknown,
      },
    });
    expect(granted).toMatchObject({
      type: 'hetao.contracts.entitlement-granted.v1',
      data: { agreementId: id, validUntil: '2027-03-01T00:00:00.000Z', grantedAt: at },
    });
  });

  it('keeps the whole way in the history', async () => {
    const { id } = await market.signed();
    await end(market.buyer, id);
    const { body } = await market.agreement(id, auditor);
    expect(body.history.map(({ command, status_to }) => [command, status_to])).toEqual([
      ['draft', 'awaiting_signatures'],
      ['sign', 'awaiting_signatures'],
      ['sign', 'concluded'],
      ['activate', 'in_force'],
      ['end', 'ended'],
    ]);
    expect(body.history[3]?.by).toBeNull();
    expect(body.history[4]).toMatchObject({
      reason: 'no longer needed',
      by: { subject: 'usr_b', organisation_id: market.buyerId },
    });
  });

  it('waits for the effective date', async () => {
    const { id } = await market.signed(future);
    const { body } = await market.agreement(id);
    expect(body).toMatchObject({ status: 'concluded', effective_from: '2028-01-01T00:00:00.000Z' });
    expect(await types(id)).toEqual(['hetao.contracts.agreement-concluded.v1']);
    expect(await entitlements(id)).toEqual([]);
  });
});

describe('signing', () => {
  it('twice is one signature', async () => {
    const { id, hash } = await market.drafted();
    const first = await market.sign(market.buyer, id, hash);
    contracts.clock.advance({ seconds: 1 });
    const again = await market.sign({ ...market.buyer, subject: 'usr_colleague' }, id, hash);
    expect([first.status, again.status]).toEqual([200, 200]);
    expect(again.body).toEqual(first.body);
  });

  it('raced by both sides, each several times, concludes once', async () => {
    const { id, hash } = await market.drafted();
    const signers = [market.merchant, market.buyer, market.merchant, market.buyer, market.merchant, market.buyer];
    const answers = await Promise.all(signers.map((signer) => market.sign(signer, id, hash)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200]);
    expect((await market.agreement(id)).body).toMatchObject({ status: 'in_force' });
    expect(await types(id)).toEqual(['hetao.contracts.agreement-concluded.v1']);
    expect(await entitlements(id)).toHaveLength(1);
  });

  it('another hash is refused, and changes nothing', async () => {
    const { id } = await market.drafted();
    const wrong = await market.sign(market.buyer, id, 'f'.repeat(64));
    expect([wrong.status, wrong.body.code]).toEqual([409, 'AGREEMENT_HASH_MISMATCH']);
    expect(wrong.body.errors).toMatchObject([{ pointer: '/document_hash' }]);
    for (const malformed of ['', 'F'.repeat(64), 'f'.repeat(63), 7, null]) {
      const answer = await contracts.send(market.buyer, 'POST', `/v1/agreements/${id}/sign`, {
        json: { document_hash: malformed },
      });
      expect([answer.status, answer.body.code]).toEqual([422, 'VALIDATION_FAILED']);
    }
    expect((await market.agreement(id)).body.signatures).toEqual([]);
  });

  it('is for the parties, each in its own role; to others the agreement does not exist', async () => {
    const { id, hash } = await market.drafted();
    const rival = await openMarket(contracts);
    for (const outsider of [rival.merchant, rival.buyer]) {
      expect((await market.sign(outsider, id, hash)).body.code).toBe('AGREEMENT_UNKNOWN');
      expect((await market.agreement(id, outsider)).status).toBe(404);
      expect((await end(outsider, id)).status).toBe(404);
    }
    expect((await market.sign(operator, id, hash)).status).toBe(403);
    const wrongRole = await market.sign({ ...market.buyer, personas: ['merchant'] }, id, hash);
    expect([wrongRole.status, wrongRole.body.code]).toEqual([403, 'AGREEMENT_ROLE_NEEDED']);
    expect((await market.sign(market.merchant, newId('agr'), hash)).body.code).toBe('AGREEMENT_UNKNOWN');
    expect((await market.agreement('agr_1')).status).toBe(404);
  });

  it('is refused to an organisation suspended meanwhile, and when the time for it is over', async () => {
    const { id, hash } = await market.drafted();
    const suspendedAt = contracts.clock.now().toISOString();
    await contracts.publish(ParticipantSuspendedV1, { participantId: market.buyerId, reason: 'x', suspendedAt });
    await contracts.arrived();
    expect((await market.sign(market.buyer, id, hash)).body.code).toBe('PARTY_NOT_APPROVED');
    contracts.clock.advance({ days: 30 });
    const late = await market.sign(market.merchant, id, hash);
    expect([late.status, late.body.code]).toEqual([409, 'AGREEMENT_SIGNING_OVER']);
    contracts.clock.set('2026-03-01T00:00:00Z');
  });
});

describe('ending', () => {
  it('by a party takes the entitlement back and tells everybody, once', async () => {
    const { id } = await market.signed();
    contracts.clock.advance({ hours: 1 });
    const at = contracts.clock.now().toISOString();
    const first = await end(market.merchant, id);
    contracts.clock.advance({ hours: 1 });
    const again = await end(market.buyer, id, 'another reason');
    expect([first.body.status, again.status]).toEqual(['ended', 200]);
    expect(again.body).toEqual(first.body);
    expect((await contracts.published(id)).slice(1)).toEqual([
      { type: 'hetao.contracts.agreement-ended.v1', data: { agreementId: id, reason: 'ended', endedAt: at } },
    ]);
    const [entitlement] = await entitlements(id);
    expect(entitlement).toMatchObject({ status: 'revoked', revoked_at: at, revocation_reason: 'agreement ended' });
    expect((await types(String(entitlement?.id)))[2]).toBe('hetao.contracts.entitlement-revoked.v1');
  });

  it('by the operator is a termination', async () => {
    const { id } = await market.signed();
    expect((await end(operator, id, 'breach of the rules')).body.status).toBe('terminated');
    const refused = await end(market.buyer, id);
    expect([refused.status, refused.body.code]).toEqual([409, 'AGREEMENT_TRANSITION_REFUSED']);
    expect((await contracts.published(id))[1]?.data).toMatchObject({ reason: 'terminated' });
  });

  it('before both signed lets it lapse, of which nobody else ever hears', async () => {
    const { id, hash } = await market.drafted();
    await market.sign(market.merchant, id, hash);
    expect((await end(market.buyer, id)).body.status).toBe('lapsed');
    expect((await market.sign(market.buyer, id, hash)).body.code).toBe('AGREEMENT_TRANSITION_REFUSED');
    expect(await contracts.published(id)).toEqual([]);
  });

  it('before the effective date ends what was concluded and granted nothing', async () => {
    const { id } = await market.signed(future);
    expect((await end(market.merchant, id)).body.status).toBe('ended');
    expect(await types(id)).toEqual(['hetao.contracts.agreement-concluded.v1', 'hetao.contracts.agreement-ended.v1']);
    expect(await entitlements(id)).toEqual([]);
  });

  it('raced by party and operator happens once', async () => {
    const { id } = await market.signed();
    const answers = await Promise.all([end(market.buyer, id), end(operator, id), end(market.merchant, id)]);
    expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThan(0);
    expect(await types(id)).toHaveLength(2);
  });

  it('needs a reason, and a party or the operator', async () => {
    const { id } = await market.signed();
    expect((await contracts.send(market.buyer, 'POST', `/v1/agreements/${id}/end`, { json: {} })).status).toBe(422);
    expect((await end(auditor, id)).status).toBe(403);
  });
});

describe('what is signed', () => {
  it('cannot be rewritten, not even in the database', async () => {
    const { id } = await market.signed();
    const statements = [
      `UPDATE agreements SET purpose = 'resale' WHERE id = '${id}'`,
      `DELETE FROM agreement_steps WHERE agreement_id = '${id}'`,
      `UPDATE agreement_signatures SET subject = 'usr_x' WHERE agreement_id = '${id}'`,
      'TRUNCATE agreement_signatures CASCADE',
    ];
    for (const sql of statements) {
      await expect(contracts.service.database.withClient((client) => client.query(sql))).rejects.toThrow(
        'never edited',
      );
    }
  });

  it('is listed for both sides and the exchange alone', async () => {
    const { id } = await market.signed();
    const rival = await openMarket(contracts);
    const list = async (as: TestCaller) => {
      const { body } = await contracts.send(as, 'GET', `/v1/agreements?product_id=${market.productId}&status=in_force`);
      return body.data.map((agreement) => agreement.id);
    };
    for (const insider of [market.merchant, market.buyer, operator, auditor]) expect(await list(insider)).toEqual([id]);
    for (const outsider of [rival.merchant, rival.buyer]) {
      expect(await list(outsider)).toEqual([]);
      expect(await entitlements(id, outsider)).toEqual([]);
    }
    expect(await entitlements(id, market.buyer)).toHaveLength(1);
  });

  it('turns pages', async () => {
    const made = [await market.signed(), await market.signed(), await market.signed()].map(({ id }) => id);
    const first = await contracts.send(market.buyer, 'GET', '/v1/agreements?limit=2');
    const second = await contracts.send(market.buyer, 'GET', `/v1/agreements?limit=2&cursor=${first.body.next_cursor}`);
    const seen = [...first.body.data, ...second.body.data];
    expect(seen.map(({ id }) => id)).toEqual(made.reverse());
    expect(seen.every(({ signatures }) => signatures.length === 2)).toBe(true);
  });
});
