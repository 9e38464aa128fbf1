import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sentSchemas } from '../src/dataspace/wire/schemas.js';
import { otherSide } from '../src/negotiation/negotiation.js';
import {
  messageSenders,
  negotiationMessages,
  negotiationTransitions,
  nextState,
  type NegotiationState,
} from '../src/negotiation/negotiation-protocol.js';
import { startPair } from './dataspace-pair.js';
import { scriptedPeer, type ScriptedPeer } from './dataspace-peers.js';
import { PeerPlayer, type Played, type Role } from './peer-player.js';
import { onSale, setAutomatic } from './trading-pair.js';

let pair: Awaited<ReturnType<typeof startPair>>;
let peer: ScriptedPeer;
let player: PeerPlayer;
beforeAll(async () => {
  // What the peer is too busy for stays under way for as long as the table takes.
  pair = await startPair({ DATASPACE_RETRY_MS: '300000' });
  peer = await scriptedPeer(pair.alba);
  await setAutomatic(pair.alba, false, false);
  player = new PeerPlayer(pair.alba, peer, await onSale(pair.alba));
});
afterAll(async () => {
  await pair.stop();
  await peer.stop();
});

const cells = (['provider', 'consumer'] as const).flatMap((role) =>
  negotiationTransitions.states.map((state) => ({
    role,
    state,
    taken: negotiationMessages.filter((message) => nextState(state, message, otherSide(role)).ok),
    refused: negotiationMessages.filter((message) => !nextState(state, message, otherSide(role)).ok),
  })),
);

/** Refused messages change nothing, so one negotiation hears them all. */
const shared = new Map<string, Promise<Played>>();
function at(role: Role, state: NegotiationState): Promise<Played> {
  const key = `${role} ${state}`;
  const known = shared.get(key) ?? player.reach(role, state);
  shared.set(key, known);
  return known;
}

it('the table has ninety-eight cells over HTTP, seventeen of which lead on', () => {
  expect(cells.flatMap(({ taken, refused }) => [...taken, ...refused])).toHaveLength(2 * 7 * 7);
  expect(cells.flatMap(({ taken }) => taken)).toHaveLength(17);
});

describe.each(cells)('as $role in $state', ({ role, state, taken, refused }) => {
  it.each(refused)('refuses the message "%s" and is unchanged', async (message) => {
    const played = await at(role, state);
    const before = await player.record(played);
    const { status, body } = await player.says(message, played);
    expect(status).toBe(400);
    const { success } = sentSchemas.ContractNegotiationError.safeParse(body);
    const { providerPid, consumerPid } = played;
    const isTheirs = messageSenders[message].includes(otherSide(role));
    expect([success, body.providerPid, body.consumerPid, body.code]).toEqual([
      true,
      providerPid,
      consumerPid,
      isTheirs ? 'INVALID_STATE' : 'WRONG_ROLE',
    ]);
    expect(body.reason[0]).toMatch(isTheirs ? new RegExp(`while the negotiation is ${state}`) : /is not for the/);
    expect(await player.record(played)).toEqual(before);
    expect(await player.state(played)).toBe(state);
  });

  if (taken.length === 0) return;

  it.each(taken)('takes the message "%s"', async (message) => {
    const played = await player.reach(role, state);
    const { status, body } = await player.says(message, played);
    const next = nextState(state, message, otherSide(role));
    expect([status, body['@type'], body.state]).toEqual([200, 'ContractNegotiation', next.ok ? next.value : '']);
    expect(sentSchemas.ContractNegotiation.safeParse(body).success).toBe(true);
    // Said again with another id, it has no place any more; said again with the same, it is answered the same.
    const again = await player.says(message, played);
    expect([again.status, again.body['@type']]).toEqual([400, 'ContractNegotiationError']);
  });
});
