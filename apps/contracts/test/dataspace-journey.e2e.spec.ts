import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@hetao/kernel';
import { eventually } from '@hetao/testing';
import { checkToken, operator, startPair, type Exchange } from './dataspace-pair.js';
import { closed, listening, urlOf } from './dataspace-peers.js';
import { filled, guideRequests } from './guide-requests.js';
import { bothIn, buyerOf, merchantOf, onSale, setAutomatic } from './trading-pair.js';

let pair: Awaited<ReturnType<typeof startPair>>;
beforeAll(async () => {
  pair = await startPair();
});
afterAll(() => pair.stop());

interface Dataset {
  readonly '@id': string;
  readonly distribution: readonly { readonly format: string }[];
  readonly hasPolicy: readonly { readonly '@id': string; readonly '@type': string }[];
}

/** The first offer of a dataset: its id, and its rules word for word. */
function offered(dataset: Dataset | undefined) {
  const { '@id': offer, ...rest } = dataset?.hasPolicy[0] as Dataset['hasPolicy'][number];
  return { offer, rules: Object.fromEntries(Object.entries(rest).filter(([name]) => name !== '@type')) };
}

/** From the catalog of the other exchange to data that flows: what a buyer and a merchant see of it. */
async function traded(consumer: Exchange, provider: Exchange, kind = 'dataset') {
  const { productId } = await onSale(provider, kind);
  await setAutomatic(provider, true);
  const buyer = buyerOf(consumer);
  const path = `/v1/dataspace/peers/${consumer.peerId}/catalog?dataset=urn:hetao:product:${productId}`;
  const catalog = await consumer.send(buyer, 'GET', path);
  const [dataset] = catalog.body['datasets'] as Dataset[];
  const { offer, rules } = offered(dataset);
  const asked = await consumer.send(buyer, 'POST', '/v1/peer-negotiations', {
    peer_id: consumer.peerId,
    dataset_id: dataset?.['@id'],
    offer_id: offer,
    rules,
    purpose: 'research',
    place_of_use: 'HK',
  });
  expect(asked.status).toBe(201);
  const { ours, theirs } = await bothIn(consumer, provider, asked.body.id, 'FINALIZED');
  const agreement = ours['agreement'] as { readonly '@id': string };
  const formats = dataset?.distribution.map(({ format }) => format);
  return { formats, agreementRef: agreement['@id'], agreementId: theirs.agreement_id ?? '' };
}

async function flowing(consumer: Exchange, agreementRef: string, format = 'HttpData-PULL') {
  const wish = { peer_id: consumer.peerId, agreement_id: agreementRef, format };
  const { status, body } = await consumer.send(buyerOf(consumer), 'POST', '/v1/dataspace/transfers', wish);
  expect([status, body]).toMatchObject([201, { organisation_id: consumer.ours }]);
  await inState(consumer, body.id, 'STARTED');
  const address = await consumer.send(buyerOf(consumer), 'GET', `/v1/dataspace/transfers/${body.id}/address`);
  return { id: body.id, endpoint: String(address.body['endpoint']), token: String(address.body['authorization']) };
}

const inState = (exchange: Exchange, id: string, state: string) =>
  eventually(async () => {
    const { body } = await exchange.send(buyerOf(exchange), 'GET', `/v1/dataspace/transfers/${id}`);
    expect([body.state, body['pending']]).toEqual([state, null]);
    return body;
  });

describe.each([
  ['bruma buys from alba', () => [pair.bruma, pair.alba] as const],
  ['alba buys from bruma', () => [pair.alba, pair.bruma] as const],
])('%s', (_who, sides) => {
  it('from the catalog to the bytes, and no byte after the agreement has ended', async () => {
    const [consumer, provider] = sides();
    const { agreementRef, agreementId } = await traded(consumer, provider);
    const { id, endpoint, token } = await flowing(consumer, agreementRef);
    expect(endpoint.endsWith(`/${agreementId}/`)).toBe(true);
    const open = (await checkToken(provider, token)).body;
    expect(open).toMatchObject({
      active: true,
      agreement_id: agreementId,
      organisation_id: provider.theirs,
      purpose: 'research',
    });
    const stranger = { ...buyerOf(consumer), organisationId: consumer.theirs };
    const foreign = { peer_id: consumer.peerId, agreement_id: agreementRef, format: 'HttpData-PULL' };
    expect((await consumer.send(stranger, 'POST', '/v1/dataspace/transfers', foreign)).status).toBe(400);

    const ended = await provider.send(merchantOf(provider), 'POST', `/v1/agreements/${agreementId}/end`, {
      reason: 'Sold.',
    });
    expect(ended.status).toBe(200);
    expect((await checkToken(provider, token)).body['active']).toBe(false);
    expect(await inState(consumer, id, 'TERMINATED')).toMatchObject({ code: 'AGREEMENT_ENDED', reasons: ['Sold.'] });
    const again = await consumer.send(buyerOf(consumer), 'POST', '/v1/dataspace/transfers', foreign);
    await eventually(async () => {
      const { body } = await consumer.send(buyerOf(consumer), 'GET', `/v1/dataspace/transfers/${again.body.id}`);
      expect([body.state, String(body['reasons'])]).toEqual([
        'TERMINATED',
        expect.stringContaining('UNKNOWN_AGREEMENT'),
      ]);
    });
  });
});

describe('work that comes to the data', () => {
  const refused = async (agreementRef: string, format: string) => {
    const { alba, bruma } = pair;
    const wish = { peer_id: bruma.peerId, agreement_id: agreementRef, format };
    const { body } = await bruma.send(buyerOf(bruma), 'POST', '/v1/dataspace/transfers', wish);
    await eventually(async () => {
      const { body: transfer } = await bruma.send(buyerOf(bruma), 'GET', `/v1/dataspace/transfers/${body.id}`);
      expect([transfer.state, String(transfer['reasons'])]).toEqual([
        'TERMINATED',
        expect.stringContaining(`FORMAT_NOT_SUPPORTED "${format}" is no format of this dataset`),
      ]);
    });
    const opened = 'SELECT 1 FROM dataspace_transfers WHERE consumer_pid = $1';
    expect(await alba.sql(opened, [body['consumer_pid']])).toEqual([]);
  };

  it('gets the address of the sandbox and a token for sessions alone, until the agreement rests', async () => {
    const { alba, bruma } = pair;
    const { formats, agreementRef, agreementId } = await traded(bruma, alba, 'compute');
    expect(formats).toEqual(['HetaoSandboxSession']);
    const { id, endpoint, token } = await flowing(bruma, agreementRef, 'HetaoSandboxSession');
    expect(endpoint).toBe('http://localhost:8080/v1/sandbox/sessions');
    expect((await checkToken(alba, token, 'sandbox_session')).body).toMatchObject({
      ...{ active: true, agreement_id: agreementId, organisation_id: alba.theirs, purpose: 'research' },
    });
    expect((await checkToken(alba, token)).body).toMatchObject({ active: false, agreement_id: null });
    await refused(agreementRef, 'HttpData-PULL');
    const rest = { reason: 'The disks are being replaced.' };
    const held = await alba.send(merchantOf(alba), 'POST', `/v1/agreements/${agreementId}/suspend`, rest);
    expect(held.status).toBe(200);
    expect((await checkToken(alba, token, 'sandbox_session')).body).toMatchObject({ active: false });
    await inState(bruma, id, 'SUSPENDED');
  });

  it('is not let in where the data itself is given, and a token for data opens no session', async () => {
    const { alba, bruma } = pair;
    const { formats, agreementRef } = await traded(bruma, alba);
    expect(formats).toEqual(['HttpData-PULL', 'HttpData-PUSH']);
    const { token } = await flowing(bruma, agreementRef);
    expect((await checkToken(alba, token)).body).toMatchObject({ active: true });
    expect((await checkToken(alba, token, 'sandbox_session')).body).toMatchObject({ active: false });
    await refused(agreementRef, 'HetaoSandboxSession');
  });
});

describe('the guide to a peer', () => {
  it('leads from its version file to its data, and to the door', async () => {
    const { alba, bruma } = pair;
    const requests = await guideRequests('connect-a-dataspace-peer.md');
    const words: Record<string, unknown> = {};
    const follow = async (path: RegExp, as = buyerOf(bruma)) => {
      const found = requests.filter((request) => path.test(`${request.method} ${request.path}`));
      expect(found.length).toBe(1);
      const { method, path: asked, json } = filled(found[0] as (typeof requests)[number], words);
      const answer = await bruma.send(as, method, asked, json);
      expect([answer.status < 300, answer.body]).toEqual([true, answer.body]);
      return answer.body;
    };
    expect(requests.length).toBe(8);
    const { productId } = await onSale(alba);
    await setAutomatic(alba, true);
    await setAutomatic(bruma, false, false);
    const root = alba.base.replace('/2025-1', '');
    const { keys } = (await (await fetch(`${root}/keys`)).json()) as { keys: readonly object[] };
    Object.assign(words, { participant: alba.participantId, organisation: bruma.theirs, root, key: keys[0] });

    const entered = await follow(/^PUT .*peers$/, operator);
    expect(entered).toMatchObject({ id: bruma.peerId, base_url: alba.base, auth_mode: 'bearer-jwt' });
    Object.assign(words, { peer: entered.id, dataset: `urn:hetao:product:${productId}` });
    const [dataset] = (await follow(/catalog/))['datasets'] as Dataset[];
    Object.assign(words, offered(dataset));
    words['negotiation'] = (await follow(/^POST .*peer-negotiations$/)).id;
    await bothIn(bruma, alba, String(words['negotiation']), 'AGREED');
    const said = ((await follow(/history$/))['data'] as { event: string; message: string; by: string | null }[]).map(
      ({ event, message, by }) => [event, message, by],
    );
    expect(said).toEqual([
      ['sent', 'request', 'usr_buyer'],
      ['acknowledged', 'request', null],
      ['received', 'agreement', null],
    ]);
    await follow(/verify$/);
    const { ours } = await bothIn(bruma, alba, String(words['negotiation']), 'FINALIZED');
    words['agreement'] = (ours['agreement'] as { readonly '@id': string })['@id'];
    words['transfer'] = (await follow(/^POST .*transfers$/)).id;
    await inState(bruma, String(words['transfer']), 'STARTED');
    const { authorization } = await follow(/address$/);
    expect((await checkToken(alba, String(authorization))).body).toMatchObject({ active: true });
    expect(await follow(/suspend$/, operator)).toMatchObject({ id: bruma.peerId, status: 'suspended' });
  });

  it('a peer is entered with an address that can be found, or not at all', async () => {
    const { bruma } = pair;
    const published: unknown[] = [
      { protocolVersions: [{ version: '0.8', path: '/0.8', binding: 'HTTPS' }] },
      { protocolVersions: [{ version: '2025-1', path: 'https://elsewhere.example', binding: 'HTTPS' }] },
      'no version file',
    ];
    const server = await listening((request, response) => {
      const index = Number(/^\/(\d)/.exec(request.url ?? '')?.[1] ?? Number.NaN);
      response.writeHead(index in published ? 200 : 404).end(JSON.stringify(published[index] ?? null));
    });
    const enter = async (where: object) => {
      const auth = { mode: 'static', sends: newId('ours'), expects: newId('theirs') };
      const entry = { participant_id: 'did:web:carla.example', organisation_id: bruma.theirs, auth, ...where };
      const { status, body } = await bruma.send(operator, 'PUT', '/v1/dataspace/peers', entry);
      return [status, body.code];
    };
    expect(await enter({ root_url: `${urlOf(server)}/0` })).toEqual([422, 'PEER_VERSION_UNKNOWN']);
    expect(await enter({ root_url: `${urlOf(server)}/1` })).toEqual([422, 'PEER_VERSION_UNKNOWN']);
    expect(await enter({ root_url: `${urlOf(server)}/2` })).toEqual([503, 'PEER_WITHOUT_ANSWER']);
    expect(await enter({ root_url: `${urlOf(server)}/9` })).toEqual([503, 'PEER_WITHOUT_ANSWER']);
    expect(await enter({})).toEqual([422, 'VALIDATION_FAILED']);
    expect(await enter({ root_url: urlOf(server), base_url: urlOf(server) })).toEqual([422, 'VALIDATION_FAILED']);
    await closed(server);
  });
});
