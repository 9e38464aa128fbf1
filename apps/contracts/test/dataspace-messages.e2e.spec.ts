import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId, newUuid } from '@hetao/kernel';
import { eventually, type TestCaller } from '@hetao/testing';
import {
  mayCommand,
  transferTransitions,
  type TransferCommand,
  type TransferState,
} from '../src/dataspace/transfer/transfer.js';
import { NIL_PID, type WireMessage } from '../src/dataspace/wire/context.js';
import { validateSent } from '../src/dataspace/wire/validate-sent.js';
import { startPair, type Exchange, type WireAnswer } from './dataspace-pair.js';
import { scriptedPeer, seedAgreement, type ScriptedPeer } from './dataspace-peers.js';

const somebody: TestCaller = { personas: ['merchant', 'buyer'], organisationId: 'org_exchange', subject: 'usr_1' };
const NAMES = {
  start: ['TransferStartMessage', 'start'],
  suspend: ['TransferSuspensionMessage', 'suspension'],
  complete: ['TransferCompletionMessage', 'completion'],
  terminate: ['TransferTerminationMessage', 'termination'],
} as const;

let pair: Awaited<ReturnType<typeof startPair>>;
let alba: Exchange;
let peer: ScriptedPeer;
let stranger: ScriptedPeer;
beforeAll(async () => {
  pair = await startPair({ DATASPACE_RETRY_MS: '20,20,20,20' });
  alba = pair.alba;
  [peer, stranger] = [await scriptedPeer(alba), await scriptedPeer(alba)];
});
afterAll(async () => {
  await peer.stop();
  await stranger.stop();
  await pair.stop();
});

interface Process {
  readonly id: string;
  readonly ownPid: string;
  readonly consumerPid: string;
  readonly providerPid: string;
  readonly ref: string;
}

async function seeded(role: 'provider' | 'consumer'): Promise<string> {
  const ref = newId('ref');
  await seedAgreement(alba, { ref, peerId: peer.id, role });
  return ref;
}

const request = (ref: string, change: object = {}) => ({
  '@type': 'TransferRequestMessage',
  '@id': `urn:uuid:${newUuid()}`,
  consumerPid: `urn:uuid:${newUuid()}`,
  agreementId: ref,
  format: 'HttpData-PULL',
  callbackAddress: peer.url,
  ...change,
});

const idOf = async (pid: string): Promise<string> => {
  const [row] = await alba.sql<{ id: string }>(
    'SELECT id FROM dataspace_transfers WHERE provider_pid = $1 OR consumer_pid = $1',
    [pid],
  );
  return row?.id ?? '';
};

/** A transfer in which alba has this role, in this state, with nothing on its way. */
async function inState(role: 'provider' | 'consumer', state: TransferState): Promise<Process> {
  const process = role === 'provider' ? await providing() : await consuming();
  const { id } = process;
  // The state is set by hand: what leads to it is the subject of other specs.
  await alba.sql(`UPDATE dataspace_transfers SET state = $2, pending = NULL WHERE id = $1`, [id, state]);
  return process;
}

async function providing(): Promise<Process> {
  const ref = await seeded('provider');
  peer.answers(() => ({ status: 200 }));
  const { status, body } = await peer.says('POST', '/transfers/request', request(ref));
  expect(status).toBe(201);
  const id = await idOf(body.providerPid);
  await settled(id, 'STARTED');
  return { id, ownPid: body.providerPid, consumerPid: body.consumerPid, providerPid: body.providerPid, ref };
}

async function consuming(): Promise<Process> {
  const ref = await seeded('consumer');
  const providerPid = `urn:uuid:${newUuid()}`;
  peer.answers(({ message }) => ({
    status: 201,
    body: JSON.stringify({ ...message, providerPid, state: 'REQUESTED' }),
  }));
  const wish = { peer_id: peer.id, agreement_id: ref, format: 'HttpData-PULL' };
  const { body } = await alba.send(somebody, 'POST', '/v1/dataspace/transfers', wish);
  await settled(body.id, 'REQUESTED');
  const consumerPid = String(body['consumer_pid']);
  return { id: body.id, ownPid: consumerPid, consumerPid, providerPid, ref };
}

async function settled(id: string, state: string): Promise<WireAnswer> {
  return eventually(async () => {
    const answer = await alba.send(somebody, 'GET', `/v1/dataspace/transfers/${id}`);
    expect(answer.body).toMatchObject({ state, pending: null });
    return answer;
  });
}

const said = (command: TransferCommand, { consumerPid, providerPid }: Process, change: object = {}) => ({
  '@type': NAMES[command][0],
  '@id': `urn:uuid:${newUuid()}`,
  consumerPid,
  providerPid,
  ...change,
});
const says = (process: Process, command: TransferCommand, change: object = {}) =>
  peer.says('POST', `/transfers/${process.ownPid}/${NAMES[command][1]}`, said(command, process, change));
const stateOf = async ({ ownPid }: Process) => (await peer.says('GET', `/transfers/${ownPid}`)).body.state;

describe('every message in every state', () => {
  const commands = Object.keys(NAMES) as TransferCommand[];
  const cells = (['provider', 'consumer'] as const).flatMap((role) =>
    transferTransitions.states.flatMap((state) => commands.map((command) => ({ role, state, command }))),
  );

  it.each(cells)('as the $role, $state, the peer says $command', async ({ role, state, command }) => {
    const process = await inState(role, state);
    const by = role === 'provider' ? 'consumer' : 'provider';
    const { status, body } = await says(process, command);
    const [target] = transferTransitions.targets(state, command);
    if (mayCommand(state, { command, by })) {
      expect([status, body['@type'], body.state]).toEqual([200, 'TransferProcess', target]);
      expect(await stateOf(process)).toBe(target);
    } else {
      expect([status, body['@type'], body.code]).toEqual([
        400,
        'TransferError',
        target === undefined ? 'INVALID_STATE' : 'WRONG_ROLE',
      ]);
      expect(body.reason[0]).toMatch(/transfer/i);
      expect(await stateOf(process)).toBe(state);
    }
    validateSent(body as unknown as WireMessage);
  });
});

describe('a request that cannot be granted opens nothing', () => {
  const cases: readonly [string, (ref: string) => object, number, string][] = [
    ['under an agreement nobody made', () => ({ agreementId: 'urn:none' }), 400, 'UNKNOWN_AGREEMENT'],
    ['in an unknown format', () => ({ format: 'Carrier-Pigeon' }), 400, 'FORMAT_NOT_SUPPORTED'],
    [
      'for a sandbox, where the data itself is given',
      () => ({ format: 'HetaoSandboxSession' }),
      400,
      'FORMAT_NOT_SUPPORTED',
    ],
    ['to push nowhere', () => ({ format: 'HttpData-PUSH' }), 400, 'FORMAT_NOT_SUPPORTED'],
    [
      'to pull from an address of its own',
      () => ({ dataAddress: address('http://127.0.0.1:1') }),
      400,
      'FORMAT_NOT_SUPPORTED',
    ],
    [
      'to push to an address with credentials',
      () => ({ format: 'HttpData-PUSH', dataAddress: address('http://a:b@x/') }),
      400,
      'CALLBACK_NOT_SUPPORTED',
    ],
    [
      'to push to what is no address',
      () => ({ format: 'HttpData-PUSH', dataAddress: address('file:///etc/passwd') }),
      400,
      'CALLBACK_NOT_SUPPORTED',
    ],
    [
      'with a callback somewhere else',
      () => ({ callbackAddress: 'http://127.0.0.1:9' }),
      400,
      'CALLBACK_NOT_SUPPORTED',
    ],
    ['with a callback that is none', () => ({ callbackAddress: 'gopher://x' }), 400, 'CALLBACK_NOT_SUPPORTED'],
    ['without a consumerPid', () => ({ consumerPid: undefined }), 400, 'BAD_MESSAGE'],
    ['with a consumerPid that is a number', () => ({ consumerPid: 7 }), 400, 'BAD_MESSAGE'],
    ['of another type', () => ({ '@type': 'TransferStartMessage' }), 400, 'BAD_MESSAGE'],
    ['in another context', () => ({ '@context': ['https://w3id.org/dspace/2024/1/context.json'] }), 400, 'BAD_MESSAGE'],
    ['without a context', () => ({ '@context': undefined }), 400, 'BAD_MESSAGE'],
  ];
  const address = (endpoint: string) => ({ '@type': 'DataAddress', endpointType: 'HTTP', endpoint });

  it.each(cases)('%s', async (_what, change, status, code) => {
    const ref = await seeded('provider');
    const message = request(ref, change(ref));
    const answer = await peer.says('POST', '/transfers/request', message);
    expect([answer.status, answer.body['@type'], answer.body.code]).toEqual([status, 'TransferError', code]);
    expect(answer.body.reason.length).toBeGreaterThan(0);
    validateSent(answer.body as unknown as WireMessage);
    expect(await alba.sql('SELECT 1 FROM dataspace_transfers WHERE agreement_ref = $1', [ref])).toEqual([]);
  });

  it.each([
    ['terminated', `state = 'terminated'`, 'UNKNOWN_AGREEMENT'],
    ['not finalized yet', `state = 'agreed'`, 'UNKNOWN_AGREEMENT'],
    [
      'over by its own terms',
      `agreement = '{"permission":[{"action":"use","constraint":[{"leftOperand":"odrl:dateTime","operator":"lteq","rightOperand":"2020-01-01T00:00:00Z"}]}]}'`,
      'POLICY_REJECTED',
    ],
    [
      'limited by what nobody here knows',
      `agreement = '{"permission":[{"action":"use","constraint":[{"leftOperand":"urn:x:moon","operator":"eq","rightOperand":"full"}]}]}'`,
      'POLICY_REJECTED',
    ],
  ])('under an agreement that is %s', async (_what, change, code) => {
    const ref = await seeded('provider');
    await alba.sql(`UPDATE peer_agreements SET ${change} WHERE agreement_ref = $1`, [ref]);
    const { status, body } = await peer.says('POST', '/transfers/request', request(ref));
    expect([status, body.code]).toEqual([400, code]);
  });

  it('when it is no JSON, too large, a list, or of another kind', async () => {
    const send = (body: string, type = 'application/json') =>
      fetch(`${alba.base}/transfers/request`, {
        method: 'POST',
        body,
        headers: { 'content-type': type, authorization: peer.authorization },
      });
    for (const [answer, status] of [
      [await send('{"@context": ['), 400],
      [await send('[]'), 400],
      [await send('"text"'), 400],
      [await send('{"a":1}', 'text/plain'), 400],
      [await send(JSON.stringify({ filler: 'x'.repeat(2_000_000) })), 413],
    ] as const) {
      const body = (await answer.json()) as WireMessage;
      expect([answer.status, body['@type']]).toEqual([status, 'TransferError']);
      expect([body['consumerPid'], body['providerPid']]).toEqual([NIL_PID, NIL_PID]);
      validateSent(body);
    }
  });
});

describe('the same message again', () => {
  it('opens one process, however often and however fast a request comes', async () => {
    const message = request(await seeded('provider'));
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => peer.says('POST', '/transfers/request', message)),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    expect(new Set(answers.map(({ body }) => body.providerPid)).size).toBe(1);
    await settled(await idOf(message.consumerPid), 'STARTED');
  });

  it('is answered as before when it has its @id, and refused when it has another', async () => {
    const process = await inState('provider', 'STARTED');
    const message = said('suspend', process);
    const path = `/transfers/${process.ownPid}/suspension`;
    const answers = [await peer.says('POST', path, message), await peer.says('POST', path, message)];
    expect(answers.map(({ status, body }) => [status, body.state])).toEqual([
      [200, 'SUSPENDED'],
      [200, 'SUSPENDED'],
    ]);
    expect((await says(process, 'suspend')).status).toBe(400);
    expect(await stateOf(process)).toBe('SUSPENDED');
  });
});

describe('whose process it is', () => {
  it('is told to its other side alone, and a body about another process is refused', async () => {
    const process = await inState('provider', 'STARTED');
    for (const [method, path] of [
      ['GET', ''],
      ['POST', '/suspension'],
    ] as const) {
      const { status, body } = await stranger.says(
        method,
        `/transfers/${process.ownPid}${path}`,
        method === 'POST' ? said('suspend', process) : undefined,
      );
      expect([status, body.code]).toEqual([404, 'UNKNOWN_PROCESS']);
      validateSent(body as unknown as WireMessage);
    }
    expect((await peer.says('GET', '/transfers/urn:uuid:none')).status).toBe(404);
    for (const change of [{ consumerPid: 'urn:other' }, { providerPid: 'urn:other' }]) {
      expect(await says(process, 'suspend', change)).toMatchObject({ status: 400, body: { code: 'BAD_MESSAGE' } });
    }
    expect(await stateOf(process)).toBe('STARTED');
  });

  it('takes what peers send beyond the schema', async () => {
    const process = await inState('provider', 'STARTED');
    const odd = {
      reason: [{}, { '@value': 'tired' }],
      code: { '@value': 'X' },
      extra: { deep: [1] },
      '@context': [{ x: 'y' }, 'https://w3id.org/dspace/2025/1/context.jsonld'],
    };
    const { status } = await says(process, 'terminate', odd);
    expect(status).toBe(200);
    expect((await settled(process.id, 'TERMINATED')).body).toMatchObject({ code: 'X', reasons: ['tired'] });
  });
});

describe('a peer that', () => {
  const order = (process: Process, command: string) =>
    alba.send(somebody, 'POST', `/v1/dataspace/transfers/${process.id}/${command}`, {});

  it('answers late changes nothing until it did, and refuses nothing meanwhile', async () => {
    const process = await inState('provider', 'STARTED');
    peer.answers(() => ({ status: 200, afterMs: 150 }));
    expect((await order(process, 'suspend')).body).toMatchObject({ state: 'STARTED', pending: 'suspend' });
    expect(await stateOf(process)).toBe('STARTED');
    await settled(process.id, 'SUSPENDED');
  });

  it('goes on before it answered shows that it got our message', async () => {
    const process = await inState('provider', 'STARTED');
    peer.answers(() => null);
    await order(process, 'suspend');
    await eventually(() => expect(peer.heard.at(-1)?.path).toBe(`/transfers/${process.consumerPid}/suspension`));
    expect(await says(process, 'start')).toMatchObject({ status: 200, body: { state: 'STARTED' } });
    await settled(process.id, 'STARTED');
  });

  it('is in trouble is asked again with the same @id, and answers twice count once', async () => {
    const process = await inState('provider', 'STARTED');
    let tries = 0;
    const ids = new Set<unknown>();
    peer.answers(({ message }) => {
      ids.add(message['@id']);
      tries += 1;
      return { status: [503, 409, 429, 200][tries - 1] ?? 200, body: 'no json {' };
    });
    await order(process, 'complete');
    await settled(process.id, 'COMPLETED');
    expect([tries, ids.size]).toEqual([4, 1]);
  });

  it.each([
    ['refuses for good', 400, 3],
    ['is broken for good', 500, 5],
  ])('%s ends the transfer here, and the operator reads why', async (_what, status, attempts) => {
    const process = await inState('provider', 'STARTED');
    let tries = 0;
    peer.answers(() => {
      tries += 1;
      return { status, body: JSON.stringify({ code: 'NO', reason: ['Not today.'] }) };
    });
    await order(process, 'suspend');
    const { body } = await settled(process.id, 'TERMINATED');
    expect(body['code']).toBe('PEER_UNREACHABLE');
    expect(String(body['reasons'])).toContain(`answered ${status}: NO Not today.`);
    expect(tries).toBe(attempts);
  });

  it('answers a request with garbage has opened nothing that could go on', async () => {
    const ref = await seeded('consumer');
    peer.answers(() => ({ status: 201, body: '{"hello":"world"}' }));
    const wish = { peer_id: peer.id, agreement_id: ref, format: 'HttpData-PULL' };
    const { body } = await alba.send(somebody, 'POST', '/v1/dataspace/transfers', wish);
    expect((await settled(body.id, 'TERMINATED')).body).toMatchObject({ code: 'BAD_ANSWER' });
  });

  it('starts the transfer before it answered the request is believed', async () => {
    const ref = await seeded('consumer');
    peer.answers(() => null);
    const wish = { peer_id: peer.id, agreement_id: ref, format: 'HttpData-PULL' };
    const { body } = await alba.send(somebody, 'POST', '/v1/dataspace/transfers', wish);
    const consumerPid = String(body['consumer_pid']);
    await eventually(() => expect(peer.heard.at(-1)?.message['consumerPid']).toBe(consumerPid));
    const process = { id: body.id, ownPid: consumerPid, consumerPid, providerPid: `urn:uuid:${newUuid()}`, ref };
    const dataAddress = {
      '@type': 'DataAddress',
      endpointType: 'https://w3id.org/idsa/v4.1/HTTP',
      endpointProperties: [
        {
          '@type': 'EndpointProperty',
          name: 'https://w3id.org/edc/v0.0.1/ns/endpoint',
          value: 'https://data.example/1',
        },
        { '@type': 'EndpointProperty', name: 'https://w3id.org/edc/v0.0.1/ns/authorization', value: 'secret' },
      ],
    };
    expect((await says(process, 'start', { dataAddress })).body).toMatchObject({
      state: 'STARTED',
      providerPid: process.providerPid,
    });
    const { body: got } = await alba.send(somebody, 'GET', `/v1/dataspace/transfers/${process.id}/address`);
    expect(got).toEqual({ endpoint: 'https://data.example/1', authorization: 'secret' });
  });
});
