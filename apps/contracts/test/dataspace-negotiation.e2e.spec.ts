import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@hetao/kernel';
import { eventually } from '@hetao/testing';
import { startPair, type Exchange, type WireBody } from './dataspace-pair.js';
import {
  answer,
  ask,
  bothIn,
  buyerOf,
  merchantOf,
  onSale,
  reply,
  RULES,
  setAutomatic,
  STRICTER,
  WIDER,
} from './trading-pair.js';

let pair: Awaited<ReturnType<typeof startPair>>;
beforeAll(async () => {
  pair = await startPair();
});
afterAll(() => pair.stop());

/** Either exchange provides, the other consumes. */
const directions = [
  ['alba to bruma', () => ({ provider: pair.alba, consumer: pair.bruma })],
  ['bruma to alba', () => ({ provider: pair.bruma, consumer: pair.alba })],
] as const;

async function peerAgreements(exchange: Exchange, negotiationId: string) {
  return exchange.sql<{ agreement_ref: string; role: string; state: string; agreement: object }>(
    'SELECT agreement_ref, role, state, agreement FROM peer_agreements WHERE negotiation_id = $1',
    [negotiationId],
  );
}

/** What the other exchange offered unasked, as it is known here. */
function arrived(consumer: Exchange, provider: Exchange, offeredId: string): Promise<string> {
  return eventually(async () => {
    const [sent] = await provider.sql<{ pid: string }>('SELECT provider_pid AS pid FROM negotiations WHERE id = $1', [
      offeredId,
    ]);
    const [row] = await consumer.sql<{ id: string }>('SELECT id FROM negotiations WHERE provider_pid = $1', [
      sent?.pid,
    ]);
    expect(row).toBeDefined();
    return row?.id ?? '';
  });
}

function over(exchange: Exchange, id: string): Promise<WireBody> {
  return eventually(async () => {
    const { body } = await exchange.send(buyerOf(exchange), 'GET', `/v1/peer-negotiations/${id}`);
    expect(body.state).toBe('TERMINATED');
    return body;
  });
}

describe.each(directions)('two exchanges, %s', (_name, direction) => {
  it('A: agree by themselves on what was published, where the merchant allowed it', async () => {
    const { provider, consumer } = direction();
    await setAutomatic(provider, true);
    const asked = await ask(consumer, await onSale(provider));
    const { ours, theirs } = await bothIn(consumer, provider, asked.id, 'FINALIZED');
    const [there] = await peerAgreements(provider, theirs.id);
    const [here] = await peerAgreements(consumer, asked.id);
    expect([there?.role, there?.state, here?.role, here?.state]).toEqual([
      'provider',
      'finalized',
      'consumer',
      'finalized',
    ]);
    // Word for word the same on both sides, with the rules that were asked for.
    expect(here?.agreement).toEqual(there?.agreement);
    expect(ours['agreement']).toMatchObject({
      ...RULES,
      '@id': there?.agreement_ref,
      assigner: provider.participantId,
      assignee: consumer.participantId,
    });
    const { body } = await provider.send(merchantOf(provider), 'GET', `/v1/agreements/${theirs.agreement_id}`);
    expect(body).toMatchObject({ status: 'in_force', buyer_id: provider.theirs, request_id: theirs.id });
    expect(body['signatures']).toMatchObject([
      { party: 'buyer', subject: consumer.participantId },
      { party: 'merchant', display_name: 'Mei' },
    ]);
    await setAutomatic(provider, false);
  });

  it('A: wait for the merchant otherwise, and for what asks for more', async () => {
    const { provider, consumer } = direction();
    const asked = await ask(consumer, await onSale(provider));
    const { theirs } = await bothIn(consumer, provider, asked.id, 'REQUESTED');
    expect((await answer(provider, theirs.id, 'agree')).body).toMatchObject({ status: 'agreed' });
    await bothIn(consumer, provider, asked.id, 'FINALIZED');

    await setAutomatic(provider, true);
    const wider = await ask(consumer, await onSale(provider), { rules: WIDER });
    await bothIn(consumer, provider, wider.id, 'REQUESTED');
    const stricter = await ask(consumer, await onSale(provider), { rules: STRICTER });
    await bothIn(consumer, provider, stricter.id, 'FINALIZED');
    await setAutomatic(provider, false);
  });

  it('B, C: make offers to each other until one is taken', async () => {
    const { provider, consumer } = direction();
    const asked = await ask(consumer, await onSale(provider), { rules: WIDER });
    const { theirs } = await bothIn(consumer, provider, asked.id, 'REQUESTED');
    const policy = { purposes: ['research'], places_of_use: ['HK'], onward_use: false, retention_days: 60 };
    expect((await answer(provider, theirs.id, 'counter-offer', { policy, note: 'no teaching' })).status).toBe(200);
    await bothIn(consumer, provider, asked.id, 'OFFERED');
    expect((await reply(consumer, asked.id, 'counter-offer', { rules: STRICTER })).status).toBe(200);
    await bothIn(consumer, provider, asked.id, 'REQUESTED');
    await answer(provider, theirs.id, 'counter-offer', { policy: { ...policy, retention_days: 90 } });
    await bothIn(consumer, provider, asked.id, 'OFFERED');
    expect((await answer(provider, theirs.id, 'agree')).body.code).toBe('REQUEST_TRANSITION_REFUSED');
    expect((await reply(consumer, asked.id, 'accept', {})).status).toBe(200);
    await bothIn(consumer, provider, asked.id, 'ACCEPTED');
    await answer(provider, theirs.id, 'agree');
    const { ours } = await bothIn(consumer, provider, asked.id, 'FINALIZED');
    expect(JSON.stringify(ours['agreement'])).toContain('P90D');
    const { body } = await provider.send(merchantOf(provider), 'GET', `/v1/access-requests/${theirs.id}/offers`);
    expect(body['data']).toMatchObject([
      { number: 1, by: 'buyer' },
      { number: 2, by: 'merchant', note: 'no teaching', change: { policy: { retention_days: 60 } } },
      { number: 3, by: 'buyer', change: { policy: { retention_days: 30 } } },
      { number: 4, by: 'merchant', change: { policy: { retention_days: 90 } } },
    ]);
    const request = await provider.send(merchantOf(provider), 'GET', `/v1/access-requests/${theirs.id}`);
    const agreementId = String(request.body['agreement_id']);
    const agreed = await provider.send(merchantOf(provider), 'GET', `/v1/agreements/${agreementId}`);
    expect(agreed.body).toMatchObject({ status: 'in_force', policy: { retention_days: 90, purposes: ['research'] } });
  });

  it('D: are offered something unasked, and a buyer takes it up', async () => {
    const { provider, consumer } = direction();
    const { offerId } = await onSale(provider);
    const offered = await provider.send(merchantOf(provider), 'POST', '/v1/access-requests/offers', {
      offer_id: offerId,
      peer_id: provider.peerId,
    });
    expect([offered.status, offered.body.state]).toEqual([201, 'OFFERED']);
    const operator = { personas: ['operator'], organisationId: 'org_exchange', subject: 'usr_op' } as const;
    const found = await arrived(consumer, provider, offered.body.id);
    const bare = await consumer.send({ ...operator }, 'POST', `/v1/peer-negotiations/${found}/accept`, {});
    expect([bare.status, bare.body.code]).toEqual([400, 'NEGOTIATION_BUYER_MISSING']);
    const taken = await consumer.send({ ...operator }, 'POST', `/v1/peer-negotiations/${found}/accept`, {
      buyer_id: consumer.ours,
      purpose: 'research',
      place_of_use: 'HK',
    });
    expect(taken.status).toBe(200);
    await bothIn(consumer, provider, found, 'ACCEPTED');
    await answer(provider, offered.body.id, 'agree');
    await bothIn(consumer, provider, found, 'FINALIZED');
  });

  it('E: end it from either side, with the reason on both', async () => {
    const { provider, consumer } = direction();
    const asked = await ask(consumer, await onSale(provider));
    const { theirs } = await bothIn(consumer, provider, asked.id, 'REQUESTED');
    await answer(provider, theirs.id, 'decline', { reason: 'no capacity' });
    const { ours } = await bothIn(consumer, provider, asked.id, 'TERMINATED');
    expect(ours['ended']).toMatchObject({ by: 'merchant', code: 'DECLINED', reason: 'no capacity' });

    const other = await ask(consumer, await onSale(provider));
    const { theirs: open } = await bothIn(consumer, provider, other.id, 'REQUESTED');
    await reply(consumer, other.id, 'withdraw', { reason: 'found another' });
    await bothIn(consumer, provider, other.id, 'TERMINATED');
    const { body } = await provider.send(merchantOf(provider), 'GET', `/v1/access-requests/${open.id}`);
    expect(body).toMatchObject({
      status: 'withdrawn',
      reason: 'found another',
      ended: { by: 'buyer', code: 'WITHDRAWN' },
    });
  });

  it('E: end it when the agreement is let go before it is verified', async () => {
    const { provider, consumer } = direction();
    await setAutomatic(consumer, false, false);
    const asked = await ask(consumer, await onSale(provider));
    const { theirs } = await bothIn(consumer, provider, asked.id, 'REQUESTED');
    const { body } = await answer(provider, theirs.id, 'agree');
    await bothIn(consumer, provider, asked.id, 'AGREED');
    await provider.send(merchantOf(provider), 'POST', `/v1/agreements/${String(body['agreement_id'])}/end`, {
      reason: 'a mistake in the price',
    });
    const { ours } = await bothIn(consumer, provider, asked.id, 'TERMINATED');
    expect(ours['ended']).toMatchObject({ by: 'merchant', code: 'LAPSED', reason: 'a mistake in the price' });
    expect((await peerAgreements(consumer, asked.id))[0]?.state).toBe('terminated');
    await setAutomatic(consumer, false, true);
  });

  it('verify by hand where the buyer wants that, and twice the same is once', async () => {
    const { provider, consumer } = direction();
    await setAutomatic(consumer, false, false);
    const asked = await ask(consumer, await onSale(provider));
    const { theirs } = await bothIn(consumer, provider, asked.id, 'REQUESTED');
    await answer(provider, theirs.id, 'agree');
    await bothIn(consumer, provider, asked.id, 'AGREED');
    const verified = await Promise.all([reply(consumer, asked.id, 'verify'), reply(consumer, asked.id, 'verify')]);
    expect(verified.map(({ status }) => status)).toEqual([200, 200]);
    await bothIn(consumer, provider, asked.id, 'FINALIZED');
    await setAutomatic(consumer, false, true);
  });
});

describe('asking a peer', () => {
  it('is refused where the peer’s rules do not allow the use, and for peers that are none', async () => {
    const { alba, bruma } = pair;
    const sale = await onSale(alba);
    const wish = {
      peer_id: bruma.peerId,
      dataset_id: sale.productId,
      offer_id: sale.offerId,
      rules: RULES,
      purpose: 'research',
      place_of_use: 'HK',
    };
    const send = (change: object, personas: ('buyer' | 'merchant')[] = ['buyer']) =>
      bruma.send({ personas, organisationId: bruma.ours }, 'POST', '/v1/peer-negotiations', { ...wish, ...change });
    const refusals = [
      [await send({ purpose: 'resale' }), 422, 'POLICY_PURPOSE_NOT_ALLOWED'],
      [await send({ place_of_use: 'US' }), 422, 'POLICY_PLACE_NOT_ALLOWED'],
      [await send({ peer_id: newId('per') }), 404, 'PEER_UNKNOWN'],
      [await send({}, ['merchant']), 403, 'PERSONA_NOT_ALLOWED'],
      [await send({ offer_id: '' }), 422, 'VALIDATION_FAILED'],
    ] as const;
    for (const [{ status, body }, code, name] of refusals) expect([status, body.code]).toEqual([code, name]);
  });

  it('ends with the peer’s reason where the peer refuses', async () => {
    const asked = await ask(pair.bruma, { offerId: newId('off'), productId: newId('prd') });
    const ended = await over(pair.bruma, asked.id);
    expect(ended['ended']).toMatchObject({ by: 'merchant', code: 'PEER_DID_NOT_TAKE_IT' });
    expect(JSON.stringify(ended['ended'])).toMatch(/UNKNOWN_OFFER/);
  });
});
