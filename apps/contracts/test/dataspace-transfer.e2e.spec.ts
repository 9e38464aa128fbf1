import type { Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@hetao/kernel';
import { eventually, type TestCaller } from '@hetao/testing';
import { checkToken, startPair, type Exchange, type WireAnswer } from './dataspace-pair.js';
import { closed, listening, openDoor, seedAgreement, textOf, urlOf } from './dataspace-peers.js';

const DATA = 'formula,grams\nginseng,9\n';
const buyer: TestCaller = { personas: ['buyer'], organisationId: 'org_exchange', subject: 'usr_buyer' };
const merchant: TestCaller = { personas: ['merchant'], organisationId: 'org_exchange', subject: 'usr_merchant' };

let pair: Awaited<ReturnType<typeof startPair>>;
let door: Server;
beforeAll(async () => {
  door = await openDoor(() => pair.alba, DATA);
  pair = await startPair({ DATASPACE_DELIVERY_URL: urlOf(door) });
});
afterAll(async () => {
  await pair.stop();
  await closed(door);
});

/** Alba provides, Bruma consumes: the same agreement on both sides. */
async function agreed(): Promise<string> {
  const ref = `agreement-${newId('ref')}`;
  await seedAgreement(pair.alba, { ref, peerId: pair.alba.peerId, role: 'provider' });
  await seedAgreement(pair.bruma, { ref, peerId: pair.bruma.peerId, role: 'consumer' });
  return ref;
}

async function requested(format = 'HttpData-PULL', pushTo: object | null = null): Promise<string> {
  const wish = { peer_id: pair.bruma.peerId, agreement_id: await agreed(), format, push_to: pushTo };
  const { status, body } = await pair.bruma.send(buyer, 'POST', '/v1/dataspace/transfers', wish);
  expect([status, body]).toMatchObject([201, { state: 'REQUESTED' }]);
  return body.id;
}

const get = (exchange: Exchange, id: string) => exchange.send(buyer, 'GET', `/v1/dataspace/transfers/${id}`);

/** The provider's side of a transfer, once both sides are in this state with nothing on its way. */
async function both(id: string, state: string): Promise<{ readonly albaId: string }> {
  return eventually(async () => {
    const ours = (await get(pair.bruma, id)).body;
    expect([ours.state, ours['pending']]).toEqual([state, null]);
    const [theirs] = await pair.alba.sql<{ id: string; state: string; pending: string | null }>(
      'SELECT id, state, pending FROM dataspace_transfers WHERE consumer_pid = $1',
      [ours['consumer_pid']],
    );
    expect(theirs).toMatchObject({ state, pending: null });
    return { albaId: theirs?.id ?? '' };
  });
}

const say = (exchange: Exchange, as: TestCaller, id: string, command: string): Promise<WireAnswer> =>
  exchange.send(
    as,
    'POST',
    `/v1/dataspace/transfers/${id}/${command}`,
    command.match(/suspend|terminate/) ? {} : undefined,
  );

async function read(id: string): Promise<{ status: number; text: string; token: string }> {
  const { body } = await pair.bruma.send(buyer, 'GET', `/v1/dataspace/transfers/${id}/address`);
  const token = String(body['authorization']);
  return { ...(await fetchWith(String(body['endpoint']), token)), token };
}

async function fetchWith(endpoint: string, token: string) {
  const answer = await fetch(endpoint, { headers: { authorization: `Bearer ${token}` } });
  return { status: answer.status, text: await answer.text(), endpoint };
}

describe('a pull between two exchanges', () => {
  it('is started by the provider, and the consumer reads the bytes with the token it was given', async () => {
    const id = await requested();
    await both(id, 'STARTED');
    expect(await read(id)).toMatchObject({ status: 200, text: DATA });
    const { body } = await get(pair.bruma, id);
    expect(
      (body['history'] as { message: string; event: string }[]).map(({ message, event }) => `${event} ${message}`),
    ).toEqual(expect.arrayContaining(['sent TransferRequestMessage', 'received start']));
  });

  it('opens nothing from the moment it is suspended, and gives a fresh token when the provider goes on', async () => {
    const id = await requested();
    const { albaId } = await both(id, 'STARTED');
    const first = await read(id);
    expect((await say(pair.alba, merchant, albaId, 'suspend')).status).toBe(200);
    // Decided is enough: the peer need not have heard of it yet.
    expect((await read(id)).status).toBe(403);
    await both(id, 'SUSPENDED');
    expect((await say(pair.alba, merchant, albaId, 'resume')).status).toBe(200);
    await both(id, 'STARTED');
    const second = await read(id);
    expect(second).toMatchObject({ status: 200, text: DATA });
    expect(second.token).not.toBe(first.token);
    expect((await checkToken(pair.alba, first.token)).body['active']).toBe(false);
    expect((await checkToken(pair.alba, second.token)).body).toMatchObject({
      active: true,
      organisation_id: pair.alba.theirs,
    });
  });

  it('is suspended, resumed and completed by the consumer as well', async () => {
    const id = await requested();
    await both(id, 'STARTED');
    for (const [command, state, flows] of [
      ['suspend', 'SUSPENDED', 403],
      ['resume', 'STARTED', 200],
      ['complete', 'COMPLETED', 403],
    ] as const) {
      expect((await say(pair.bruma, buyer, id, command)).status).toBe(200);
      await both(id, state);
      expect((await read(id)).status).toBe(flows);
    }
    expect(await say(pair.bruma, buyer, id, 'terminate')).toMatchObject({
      status: 400,
      body: { code: 'DSP_INVALID_STATE' },
    });
  });

  it('is terminated by either side, and a token alone opens no other agreement', async () => {
    const id = await requested();
    const { albaId } = await both(id, 'STARTED');
    const { token } = await read(id);
    expect((await fetchWith(`${urlOf(door)}/another/`, token)).status).toBe(403);
    expect((await say(pair.alba, merchant, albaId, 'terminate')).status).toBe(200);
    await both(id, 'TERMINATED');
    expect((await read(id)).status).toBe(403);
  });

  it('is hidden from other organisations, also its address', async () => {
    const id = await requested();
    await both(id, 'STARTED');
    const stranger: TestCaller = { ...buyer, organisationId: newId('org') };
    for (const path of ['', '/address']) {
      expect((await pair.bruma.send(stranger, 'GET', `/v1/dataspace/transfers/${id}${path}`)).status).toBe(404);
    }
    const elsewhere = { personas: ['operator'], organisationId: 'org_other' } as const;
    expect((await pair.bruma.send(elsewhere, 'GET', `/v1/dataspace/transfers/${id}/address`)).status).toBe(403);
    expect((await pair.bruma.send(stranger, 'GET', '/v1/dataspace/transfers')).body['data']).toEqual([]);
    expect((await say(pair.bruma, stranger, id, 'complete')).status).toBe(404);
  });
});

describe('a push between two exchanges', () => {
  async function inbox(statuses: readonly number[]) {
    const received: { text: string; authorization: string | undefined }[] = [];
    const server = await listening((request, response) => {
      void textOf(request).then((text) => {
        const status = statuses[received.length] ?? 200;
        received.push({ text, authorization: request.headers.authorization });
        response.writeHead(status).end();
      });
    });
    return { server, received };
  }

  it('brings the bytes to the address the consumer gave, again until they are taken, and is complete then', async () => {
    const { server, received } = await inbox([503, 503]);
    const id = await requested('HttpData-PUSH', { endpoint: `${urlOf(server)}/inbox`, authorization: 'one-time' });
    await both(id, 'COMPLETED');
    expect(received.length).toBe(3);
    expect(received.at(-1)).toEqual({ text: DATA, authorization: 'Bearer one-time' });
    await closed(server);
  });

  it('is terminated with the reason when the address refuses', async () => {
    const { server } = await inbox([410, 410, 410, 410]);
    const id = await requested('HttpData-PUSH', { endpoint: urlOf(server), authorization: null });
    await both(id, 'TERMINATED');
    expect((await get(pair.bruma, id)).body).toMatchObject({ code: 'PUSH_FAILED', reasons: ['The peer answered 410'] });
    await closed(server);
  });
});

describe('an exchange that was away', () => {
  it('goes on with everything that was open', async () => {
    const id = await requested();
    const { albaId } = await both(id, 'STARTED');
    // Bruma is away while alba speaks; alba is stopped with its message undelivered.
    await pair.bruma.service.stop();
    expect((await say(pair.alba, merchant, albaId, 'suspend')).status).toBe(200);
    await pair.alba.restart({ DATASPACE_RETRY_MS: '100,200,400,800,1600,3200' });
    await pair.bruma.restart();
    await both(id, 'SUSPENDED');
    expect((await say(pair.bruma, buyer, id, 'resume')).status).toBe(200);
    await both(id, 'STARTED');
  });
});
