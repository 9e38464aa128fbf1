import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@hetao/kernel';
import { DSP_CONTEXT } from '../src/dataspace/wire/context.js';
import { sentSchemas } from '../src/dataspace/wire/schemas.js';
import type { NegotiationMessage, NegotiationState } from '../src/negotiation/negotiation-protocol.js';
import { startPair, type WireAnswer } from './dataspace-pair.js';
import { scriptedPeer, seedOffer, type ScriptedPeer } from './dataspace-peers.js';
import { PeerPlayer, urn, type Played, type Role } from './peer-player.js';
import { onSale, RULES, setAutomatic } from './trading-pair.js';

let pair: Awaited<ReturnType<typeof startPair>>;
let peer: ScriptedPeer;
let stranger: ScriptedPeer;
let player: PeerPlayer;
const open = new Map<NegotiationMessage, Played>();

/** Each message, and a process in which it would have a place. */
const stages: readonly (readonly [NegotiationMessage, Role, NegotiationState])[] = [
  ['request', 'provider', 'OFFERED'],
  ['offer', 'consumer', 'REQUESTED'],
  ['accepted', 'provider', 'OFFERED'],
  ['agreement', 'consumer', 'REQUESTED'],
  ['verification', 'provider', 'AGREED'],
  ['finalized', 'consumer', 'VERIFIED'],
  ['termination', 'provider', 'REQUESTED'],
];

beforeAll(async () => {
  pair = await startPair({ DATASPACE_RETRY_MS: '300000' });
  peer = await scriptedPeer(pair.alba);
  stranger = await scriptedPeer(pair.alba);
  await setAutomatic(pair.alba, false, false);
  player = new PeerPlayer(pair.alba, peer, await onSale(pair.alba));
  for (const [message, role, state] of stages) open.set(message, await player.reach(role, state));
}, 60_000);
afterAll(async () => {
  await pair.stop();
  await Promise.all([peer.stop(), stranger.stop()]);
});

const played = (message: NegotiationMessage): Played => open.get(message) as Played;

/** The message with one thing changed; `undefined` takes it away. */
type Change = Readonly<Record<string, unknown>>;
const within = (name: 'offer' | 'agreement', change: Change) => (message: Change) => ({
  [name]: { ...(message[name] as object), ...change },
});
type Mutation = readonly [why: string, change: Change | ((message: Change) => Change), pointer: string | RegExp];

const everywhere: readonly Mutation[] = [
  ['no @context', { '@context': undefined }, /@context/],
  ['another @context', { '@context': ['https://w3id.org/dspace/2024/1/context.json'] }, /@context/],
  ['an inline @context', { '@context': [{ use: 'x' }] }, /@context/],
  ['no @type', { '@type': undefined }, /@type/],
  ['another @type', { '@type': 'ContractNegotiation' }, /@type/],
  ['a number as @type', { '@type': 7 }, /@type/],
  ['no providerPid', { providerPid: undefined }, /providerPid/],
  ['an empty providerPid', { providerPid: '' }, /providerPid/],
  ['a number as providerPid', { providerPid: 7 }, /providerPid/],
  ['a list as consumerPid', { consumerPid: ['a', 'b'] }, /consumerPid/],
  ['no consumerPid', { consumerPid: undefined }, /consumerPid/],
  ['a providerPid as long as a book', { providerPid: 'x'.repeat(2_001) }, /providerPid/],
  ['another providerPid', { providerPid: urn() }, /not those of this process/],
  ['another consumerPid', { consumerPid: urn() }, /not those of this process/],
];
const offering: readonly Mutation[] = [
  ['no offer', { offer: undefined }, /offer/],
  ['a text as offer', { offer: 'urn:hetao:offer:1' }, /offer/],
  ['an offer without @id', within('offer', { '@id': undefined }), /@id/],
  ['an offer of another @type', within('offer', { '@type': 'Agreement' }), /@type/],
  ['an offer for another dataset', within('offer', { target: 'urn:hetao:product:prd_other' }), /negotiated is/],
  ['a rule without an action', within('offer', { permission: [{ constraint: [] }] }), /action/],
  [
    'a constraint without an operator',
    within('offer', { permission: [{ action: 'use', constraint: [{ leftOperand: 'odrl:count' }] }] }),
    /constraint/,
  ],
  ['a text as permission', within('offer', { permission: 'all' }), /permission/],
  ['callbackAddress in an open negotiation', { callbackAddress: 'https://bruma.example/dsp' }, /callbackAddress/],
];
const agreeing: readonly Mutation[] = [
  ['no agreement', { agreement: undefined }, /agreement/],
  ['a list as agreement', { agreement: [] }, /agreement/],
  ['an agreement without @id', within('agreement', { '@id': undefined }), /@id/],
  ['an agreement without target', within('agreement', { target: undefined }), /target/],
  ['an agreement without assignee', within('agreement', { assignee: undefined }), /assignee/],
  ['an agreement without timestamp', within('agreement', { timestamp: undefined }), /timestamp/],
  ['a timestamp that is none', within('agreement', { timestamp: 'yesterday' }), /timestamp/],
  ['a timestamp of long ago', within('agreement', { timestamp: '2001-01-01T00:00:00Z' }), /timestamp/],
  ['another assigner', within('agreement', { assigner: 'did:web:mallory.example' }), /assigner/],
  ['another assignee', within('agreement', { assignee: 'did:web:mallory.example' }), /assignee/],
  ['another dataset', within('agreement', { target: 'urn:ds:other' }), /target/],
  ['other rules', within('agreement', { ...RULES, permission: [{ action: 'use' }] }), /policy/],
  ['rules in another order', within('agreement', { prohibition: [...RULES.prohibition].reverse() }), /policy/],
  ['a prohibition taken away', within('agreement', { prohibition: undefined }), /policy/],
];
const events: readonly Mutation[] = [
  ['no eventType', { eventType: undefined }, /eventType/],
  ['an eventType that is none', { eventType: 'AGREED' }, /eventType/],
];

const mutationsOf = (message: NegotiationMessage): readonly Mutation[] => [
  ...everywhere,
  ...(message === 'request' || message === 'offer' ? offering : []),
  ...(message === 'agreement' ? agreeing : []),
  ...(message === 'accepted' || message === 'finalized' ? events : []),
];

function expectRefusal({ status, body }: WireAnswer, code: number, why: string | RegExp): void {
  expect([status, body['@type'], body['@context']]).toEqual([code, 'ContractNegotiationError', [DSP_CONTEXT]]);
  expect(sentSchemas.ContractNegotiationError.safeParse(body).error).toBeUndefined();
  expect(body.reason.join(' ')).toMatch(why);
}

describe.each(stages.map(([message]) => message))('a %s', (message) => {
  it.each(mutationsOf(message))('with %s is refused and changes nothing', async (_why, change, why) => {
    const process = played(message);
    const before = await player.record(process);
    const whole = player.message(message, process);
    const mutated = { ...whole, ...(typeof change === 'function' ? change(whole) : change) };
    expectRefusal(await peer.says('POST', player.pathOf(message, process.pid), mutated), 400, why);
    expect(await player.record(process)).toEqual(before);
  });

  it('that is no JSON, or no object, is refused', async () => {
    const { pid } = played(message);
    for (const text of ['{"@context":', '', 'null', '[]', '"x"', '7']) {
      const response = await fetch(`${pair.alba.base}${player.pathOf(message, pid)}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: peer.authorization },
        body: text,
      });
      const body = (await response.json()) as WireAnswer['body'];
      expectRefusal({ status: response.status, headers: response.headers, body }, 400, /\S/);
    }
  });

  it('is for who takes part: to others, and of processes that are not, there is nothing', async () => {
    const process = played(message);
    const before = await player.record(process);
    const whole = player.message(message, process);
    const path = player.pathOf(message, process.pid);
    expectRefusal(await stranger.says('POST', path, whole), 404, /no negotiation/);
    expectRefusal(await peer.says('POST', player.pathOf(message, urn()), whole), 404, /no negotiation/);
    // The id the other side made is not the one it is found by here.
    const theirs = process.role === 'provider' ? process.consumerPid : process.providerPid;
    expectRefusal(await peer.says('POST', player.pathOf(message, theirs), whole), 404, /no negotiation/);
    const nobody = await pair.alba.speak('POST', path, whole, 'Bearer nobody');
    expectRefusal(nobody, 401, /Authorization/);
    expect(await player.record(process)).toEqual(before);
    expect((await stranger.says('GET', `/negotiations/${process.pid}`)).status).toBe(404);
  });
});

describe('liberal reading', () => {
  it('takes ids as objects, terms with prefix or in full, single values for lists, and properties nobody knows', async () => {
    const process = await player.reach('provider', 'OFFERED');
    const { providerPid, consumerPid } = process;
    const { offer } = player.message('request', process) as { offer: Record<string, unknown> };
    const [permission] = RULES.permission;
    const spelled = {
      ...player.message('request', process),
      '@context': [DSP_CONTEXT, 'https://example.org/more'],
      '@type': 'dspace:ContractRequestMessage',
      providerPid: { '@id': providerPid },
      consumerPid: { '@value': consumerPid },
      offer: {
        ...offer,
        '@type': 'odrl:Offer',
        permission: { ...permission, action: 'odrl:use' },
        'edc:extra': { deep: [1, 2] },
      },
      unknown: true,
    };
    const { status, body } = await peer.says('POST', player.pathOf('request', process.pid), spelled);
    expect([status, body.state]).toEqual([200, 'REQUESTED']);
  });
});

describe('opening', () => {
  it.each([
    ['no callbackAddress', { callbackAddress: undefined }, 'BAD_MESSAGE', /callbackAddress/],
    ['both callbackAddress and providerPid', { providerPid: urn() }, 'BAD_MESSAGE', /providerPid/],
    ['an address that is none', { callbackAddress: 'bruma' }, 'CALLBACK_NOT_SUPPORTED', /address/],
    ['an address of another scheme', { callbackAddress: 'file:///etc/passwd' }, 'CALLBACK_NOT_SUPPORTED', /address/],
    ['an address elsewhere', { callbackAddress: 'http://169.254.169.254/latest' }, 'CALLBACK_NOT_SUPPORTED', /live/],
    ['no consumerPid', { consumerPid: undefined }, 'BAD_MESSAGE', /consumerPid/],
  ])('with %s opens nothing', async (_why, change, code, why) => {
    const count = () => pair.alba.sql<{ n: string }>('SELECT count(*) AS n FROM negotiations');
    const before = await count();
    const refused = await peer.says('POST', '/negotiations/request', player.opening(change));
    expectRefusal(refused, 400, why);
    expect(refused.body.code).toBe(code);
    expect(await count()).toEqual(before);
  });

  it('needs an offer that is there, of that dataset, open, for this peer, and for its place', async () => {
    const { alba } = pair;
    const [expired, withdrawn, foreign, productId] = [newId('off'), newId('off'), newId('off'), newId('prd')];
    await seedOffer(alba, { id: expired, productId, validUntil: '2020-01-01T00:00:00Z' });
    await seedOffer(alba, { id: withdrawn, productId, status: 'withdrawn' });
    await seedOffer(alba, { id: foreign, productId, buyerId: newId('org') });
    const { offer } = player.opening() as { offer: Record<string, unknown> };
    const elsewhere = JSON.parse(JSON.stringify(RULES).replace('"HK"', '"US"')) as object;
    const asked = [
      [{ ...offer, '@id': 'urn:hetao:offer:off_nothing' }, 'UNKNOWN_OFFER', /no offer/],
      [{ ...offer, target: 'urn:hetao:product:prd_other' }, 'UNKNOWN_OFFER', /not one of dataset/],
      [{ ...offer, '@id': expired, target: productId }, 'UNKNOWN_OFFER', /valid until/],
      [{ ...offer, '@id': withdrawn, target: productId }, 'UNKNOWN_OFFER', /withdrawn/],
      [{ ...offer, '@id': foreign, target: productId }, 'UNKNOWN_OFFER', /no offer/],
      [{ ...offer, ...elsewhere }, 'POLICY_REJECTED', /HK/],
    ] as const;
    for (const [wanted, code, why] of asked) {
      const refused = await peer.says('POST', '/negotiations/request', player.opening({ offer: wanted }));
      expectRefusal(refused, 400, why);
      expect(refused.body.code).toBe(code);
    }
  });

  it('twice for one id is one process, also when raced twenty times', async () => {
    const opening = player.opening();
    const raced = await Promise.all(
      Array.from({ length: 20 }, () => peer.says('POST', '/negotiations/request', { ...opening, '@id': urn() })),
    );
    expect(raced.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(new Set(raced.map(({ body }) => body.providerPid)).size).toBe(1);
    expect(raced.every(({ status, body }) => status < 300 && body.state === 'REQUESTED')).toBe(true);
    // The id is the peer's own: another peer's process of the same id is another one.
    const other = await stranger.says('POST', '/negotiations/request', { ...opening, callbackAddress: stranger.url });
    expect([other.status, other.body.providerPid === raced[0]?.body.providerPid]).toEqual([201, false]);
  });

  it('an offer of the peer’s, raced as well, is one process here', async () => {
    const offer = player.message('offer', { providerPid: urn(), consumerPid: '' });
    const opening = { ...offer, consumerPid: undefined, callbackAddress: peer.url };
    const raced = await Promise.all(
      Array.from({ length: 10 }, () => peer.says('POST', '/negotiations/offers', { ...opening, '@id': urn() })),
    );
    expect(raced.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(new Set(raced.map(({ body }) => body.consumerPid)).size).toBe(1);
    expect(raced[0]?.body.state).toBe('OFFERED');
  });
});

describe('a message again', () => {
  it('with the same @id is answered the same, in whatever state it is now', async () => {
    const process = await player.reach('provider', 'OFFERED');
    const accepted = player.message('accepted', process);
    const path = player.pathOf('accepted', process.pid);
    const first = await peer.says('POST', path, accepted);
    const again = await peer.says('POST', path, accepted);
    expect([again.status, again.body]).toEqual([200, first.body]);
    await player.says('termination', process);
    const late = await peer.says('POST', path, accepted);
    expect([late.status, late.body]).toEqual([200, first.body]);
    expect(await player.state(process)).toBe('TERMINATED');
  });

  it('without an @id has no place any more', async () => {
    const process = await player.reach('provider', 'OFFERED');
    const accepted = { ...player.message('accepted', process), '@id': undefined };
    const path = player.pathOf('accepted', process.pid);
    expect((await peer.says('POST', path, accepted)).status).toBe(200);
    expectRefusal(await peer.says('POST', path, accepted), 400, /ACCEPTED/);
  });

  it('raced is applied once', async () => {
    const process = await player.reach('provider', 'OFFERED');
    const accepted = player.message('accepted', process);
    const path = player.pathOf('accepted', process.pid);
    const raced = await Promise.all(Array.from({ length: 10 }, () => peer.says('POST', path, accepted)));
    expect(new Set(raced.map(({ status }) => status))).toEqual(new Set([200]));
    const steps = await pair.alba.sql(
      `SELECT 1 FROM negotiation_steps WHERE negotiation_id = $1 AND message = 'accepted' AND event = 'received'`,
      [process.id],
    );
    expect(steps).toHaveLength(1);
  });
});
