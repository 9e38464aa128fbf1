import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@hetao/testing';
import { SweepDeadlines } from '../src/sweep/sweep.use-cases.js';
import { operator, startPair } from './dataspace-pair.js';
import { scriptedPeer, type Manner, type ScriptedPeer } from './dataspace-peers.js';
import { PeerPlayer, urn } from './peer-player.js';
import { answer, ask, buyerOf, merchantOf, onSale, setAutomatic } from './trading-pair.js';

let pair: Awaited<ReturnType<typeof startPair>>;
let peer: ScriptedPeer;
let player: PeerPlayer;
beforeAll(async () => {
  pair = await startPair({ DATASPACE_RETRY_MS: '20,40' });
  peer = await scriptedPeer(pair.alba);
  player = new PeerPlayer(pair.alba, peer, await onSale(pair.alba));
});
afterAll(async () => {
  await pair.stop();
  await peer.stop();
});

const pid = 'their-process';
const named = (consumerPid: unknown) =>
  JSON.stringify({ '@type': 'ContractNegotiation', providerPid: `${pid}-${String(consumerPid)}`, consumerPid });

async function asked(manner: Manner) {
  peer.answers(manner);
  const { id, ...body } = await ask(pair.alba, player.sale, { peer_id: peer.id });
  return { id, consumerPid: String(body['consumer_pid']) };
}

const seen = async (id: string) =>
  (await pair.alba.send(buyerOf(pair.alba), 'GET', `/v1/peer-negotiations/${id}`)).body;

const over = (id: string, reason: RegExp) =>
  eventually(async () => {
    const body = await seen(id);
    expect([body.state, body['under_way']]).toEqual(['TERMINATED', null]);
    expect(body['ended']).toMatchObject({
      by: 'merchant',
      code: 'PEER_DID_NOT_TAKE_IT',
      reason: expect.stringMatching(reason),
    });
  });

describe('a peer that is asked and', () => {
  it.each<readonly [string, Manner, RegExp]>([
    ['is never there', () => ({ status: 503 }), /503; 3 attempts/],
    ['refuses', () => ({ status: 400, body: '{"code":"UNKNOWN_OFFER","reason":["sold"]}' }), /400: UNKNOWN_OFFER sold/],
    ['answers with garbage', () => ({ status: 201, body: '<html>' }), /named no process id/],
    ['answers without its id', () => ({ status: 201, body: '{"state":"REQUESTED"}' }), /named no process id/],
    ['answers with a number as its id', () => ({ status: 201, body: '{"providerPid":7}' }), /named no process id/],
  ])('%s ends it, with the reason for the buyer', async (_what, manner, reason) => {
    await over((await asked(manner)).id, reason);
  });

  it('is busy at first is asked again with the same @id', async () => {
    const before = peer.heard.length;
    const { id, consumerPid } = await asked(({ message }, count) =>
      count <= before + 2 ? { status: 503 } : { status: 200, body: named(message['consumerPid']) },
    );
    await eventually(async () => expect((await seen(id))['provider_pid']).toBe(`${pid}-${consumerPid}`));
    const ids = peer.heard.slice(before).map(({ message }) => message['@id']);
    expect([ids.length, new Set(ids).size]).toEqual([3, 1]);
  });

  it('goes on before its answer has arrived is understood', async () => {
    // The offer comes while the answer to the request is still on its way: the peer's id is learned from it.
    const { id, consumerPid } = await asked(({ message }) => ({
      ...{ status: 201, body: named(message['consumerPid']) },
      afterMs: 1_000,
    }));
    const played = {
      role: 'consumer',
      id,
      pid: consumerPid,
      providerPid: `${pid}-${consumerPid}`,
      consumerPid,
    } as const;
    const offered = await player.says('offer', played);
    expect([offered.status, offered.body.state, offered.body.providerPid]).toEqual([
      200,
      'OFFERED',
      played.providerPid,
    ]);
    expect(await seen(id)).toMatchObject({ state: 'OFFERED', under_way: null, provider_pid: played.providerPid });
  });

  it('is told the end of what the buyer withdrew before it had answered', async () => {
    const { id, consumerPid } = await asked(({ message }) => ({
      ...{ status: 201, body: named(message['consumerPid']) },
      afterMs: message['@type'] === 'ContractRequestMessage' ? 300 : 0,
    }));
    const withdrawn = await pair.alba.send(buyerOf(pair.alba), 'POST', `/v1/peer-negotiations/${id}/withdraw`, {
      reason: 'a mistake',
    });
    expect(withdrawn.body.state).toBe('TERMINATED');
    await eventually(() => {
      const last = peer.heard.find(
        ({ path, message }) => path.endsWith('/termination') && message['consumerPid'] === consumerPid,
      );
      expect(last?.message).toMatchObject({ providerPid: `${pid}-${consumerPid}`, reason: ['a mistake'] });
    });
  });
});

describe('a peer that asks and', () => {
  const opened = async () => {
    player.takes();
    const { body } = await peer.says('POST', '/negotiations/request', player.opening());
    const [row] = await pair.alba.sql<{ id: string }>('SELECT id FROM negotiations WHERE provider_pid = $1', [
      body.providerPid,
    ]);
    const { providerPid, consumerPid } = body;
    return { role: 'provider', id: row?.id ?? '', pid: providerPid, providerPid, consumerPid } as const;
  };

  it('verifies before it acknowledged the agreement has acknowledged it', async () => {
    const played = await opened();
    peer.answers(({ message }) => ({
      status: 200,
      afterMs: message['@type'] === 'ContractAgreementMessage' ? 1_000 : 0,
    }));
    await answer(pair.alba, played.id, 'agree');
    await eventually(() =>
      expect(player.heard(played)).toMatchObject([{ message: { '@type': 'ContractAgreementMessage' } }]),
    );
    const verified = await player.says('verification', played);
    expect([verified.status, verified.body.state]).toEqual([200, 'VERIFIED']);
    await eventually(async () => expect(await player.state(played)).toBe('FINALIZED'));
  });

  it('breaks off while the agreement is on its way ends it, and the agreement lapses', async () => {
    const played = await opened();
    peer.answers(() => ({ status: 200, afterMs: 500 }));
    const { body } = await answer(pair.alba, played.id, 'agree');
    const ended = await player.says('termination', played);
    expect([ended.status, ended.body.state]).toEqual([200, 'TERMINATED']);
    const agreement = await pair.alba.send(
      merchantOf(pair.alba),
      'GET',
      `/v1/agreements/${String(body['agreement_id'])}`,
    );
    expect(agreement.body).toMatchObject({ status: 'lapsed' });
    expect(await player.state(played)).toBe('TERMINATED');
  });

  it('does not take the agreement ends it: access request, agreement and what was agreed', async () => {
    const played = await opened();
    peer.answers(() => ({ status: 400, body: '{"code":"POLICY_REJECTED","reason":["not these terms"]}' }));
    const { body } = await answer(pair.alba, played.id, 'agree');
    await eventually(async () => expect(await player.state(played)).toBe('TERMINATED'));
    const request = await pair.alba.send(merchantOf(pair.alba), 'GET', `/v1/access-requests/${played.id}`);
    expect(request.body['ended']).toMatchObject({ by: 'buyer', reason: expect.stringMatching(/not these terms/) });
    const agreement = await pair.alba.send(
      merchantOf(pair.alba),
      'GET',
      `/v1/agreements/${String(body['agreement_id'])}`,
    );
    expect(agreement.body).toMatchObject({ status: 'lapsed' });
    const [kept] = await pair.alba.sql('SELECT state FROM peer_agreements WHERE negotiation_id = $1', [played.id]);
    expect(kept).toEqual({ state: 'terminated' });
  });

  it('is suspended meanwhile gets no further word, and its messages find nobody', async () => {
    const other = await scriptedPeer(pair.alba);
    const guest = new PeerPlayer(pair.alba, other, player.sale);
    const { body } = await other.says('POST', '/negotiations/request', { ...guest.opening(), '@id': urn() });
    expect(body.state).toBe('REQUESTED');
    const suspended = await pair.alba.send(operator, 'POST', `/v1/dataspace/peers/${other.id}/suspend`);
    expect(suspended.status).toBe(200);
    expect((await other.says('GET', `/negotiations/${body.providerPid}`)).status).toBe(401);
    await other.stop();
  });
});

describe('time', () => {
  it.each(['provider', 'consumer'] as const)(
    'ends, as %s, what nobody answered, and the peer is told',
    async (role) => {
      const played = await player.reach(role, 'OFFERED');
      const past = new Date(Date.now() - 1_000).toISOString();
      await pair.alba.sql(
        `UPDATE negotiations SET due_at = $2::text::timestamptz, offer = offer || jsonb_build_object('validUntil', $2::text) WHERE id = $1`,
        [played.id, past],
      );
      await pair.alba.service.app.get(SweepDeadlines, { strict: false }).execute();
      await eventually(async () => expect(await player.state(played)).toBe('TERMINATED'));
      const told = player.heard(played).at(-1);
      expect(told?.message).toMatchObject({ code: 'EXPIRED', reason: [expect.stringContaining(past)] });
    },
  );
});

describe('settings', () => {
  it('of the merchant hold for peers as for everybody', async () => {
    await setAutomatic(pair.alba, true);
    player.takes();
    const { body } = await peer.says('POST', '/negotiations/request', player.opening());
    await eventually(async () => {
      const { body: process } = await peer.says('GET', `/negotiations/${body.providerPid}`);
      expect(process.state).toBe('AGREED');
    });
  });
});
