import { describe, expect, it } from '@jest/globals';
import { unwrap } from '@hetao/kernel';
import { actOf, negotiationIn, nextOffer } from '../../test/sample-negotiation.js';
import { day } from '../../test/sample-terms.js';
import {
  acknowledge,
  act,
  actsFor,
  dueAt,
  giveUp,
  MAX_OFFERS,
  meaningFor,
  ourSide,
  peerSide,
  receive,
  statusOf,
  type Negotiation,
  type NegotiationRole,
} from './negotiation.js';
import { negotiationMessages, negotiationTransitions, nextState, type Side } from './negotiation-protocol.js';

const roles: readonly NegotiationRole[] = ['provider', 'consumer', 'both'];
const sides: readonly Side[] = ['provider', 'consumer'];
const { states } = negotiationTransitions;

const cells = roles.flatMap((role) =>
  states.flatMap((state) =>
    negotiationMessages.flatMap((message) => sides.map((side) => [role, state, message, side] as const)),
  ),
);

describe('every role × state × message × side: an act of ours', () => {
  it('is two hundred and ninety-four cells', () => expect(cells).toHaveLength(3 * 7 * 7 * 2));

  it.each(cells)('%s, %s: %s of the %s', (role, state, message, side) => {
    const before = negotiationIn(role, state);
    const acted = act(before, side, actOf(message, side), day(1));
    const next = nextState(state, message, side);
    if (!actsFor(before, side)) {
      expect(acted).toMatchObject({ error: { code: 'NEGOTIATION_WRONG_SIDE' } });
    } else if (!next.ok) {
      expect(acted).toEqual(next);
    } else {
      const { negotiation, step } = unwrap(acted);
      const isDone = role === 'both';
      // Towards a peer the state waits for the acknowledgement.
      expect(negotiation.state).toBe(isDone ? next.value : state);
      expect(negotiation.pending).toBe(isDone ? null : message);
      expect(step).toMatchObject({ event: isDone ? 'done' : 'sent', from: state, message, side });
      if (isDone) return;
      const arrived = acknowledge(negotiation, message, day(2)).negotiation;
      expect([arrived.state, arrived.pending]).toEqual([next.value, null]);
      expect(acknowledge(arrived, message, day(3))).toEqual({ negotiation: arrived, step: null });
    }
  });
});

describe('every role × state × message: a word of the peer', () => {
  const heard = roles
    .filter((role) => role !== 'both')
    .flatMap((role) =>
      states.flatMap((state) => negotiationMessages.map((message) => [role, state, message] as const)),
    );

  it.each(heard)('%s, %s: %s', (role, state, message) => {
    const before = negotiationIn(role, state);
    const side = peerSide(before);
    const next = nextState(state, message, side);
    const received = receive(before, actOf(message, side), day(1));
    if (!next.ok) {
      expect(received).toEqual(next);
    } else {
      expect(unwrap(received)).toMatchObject({
        negotiation: { state: next.value, pending: null },
        step: { event: 'received', side, from: state, to: next.value },
      });
    }
  });
});

describe('a message under way', () => {
  const sent = (role: 'provider' | 'consumer', state: (typeof states)[number], message: 'agreement' | 'accepted') =>
    unwrap(act(negotiationIn(role, state), ourSide({ role }), actOf(message, ourSide({ role })), day(1))).negotiation;

  it('lets nothing else be said but that it is over', () => {
    const agreeing = sent('provider', 'REQUESTED', 'agreement');
    expect(act(agreeing, 'provider', actOf('offer', 'provider'), day(1))).toMatchObject({
      error: { code: 'NEGOTIATION_MESSAGE_UNDER_WAY', meta: { pending: 'agreement', retryable: true } },
    });
    const ending = unwrap(act(agreeing, 'provider', actOf('termination', 'provider'), day(1))).negotiation;
    expect([ending.state, ending.pending, dueAt(ending)]).toEqual(['REQUESTED', 'termination', null]);
    expect(unwrap(act(ending, 'provider', actOf('termination', 'provider'), day(1))).step).toBeNull();
    // What was sent before arrives before it.
    const arrived = acknowledge(ending, 'agreement', day(2)).negotiation;
    expect([arrived.state, arrived.pending]).toEqual(['AGREED', 'termination']);
    expect(acknowledge(arrived, 'termination', day(2)).negotiation.state).toBe('TERMINATED');
  });

  it('is acknowledged by what can only be an answer to it, and overtaken by what needs it not', () => {
    const agreeing = sent('provider', 'REQUESTED', 'agreement');
    expect(meaningFor(agreeing, 'verification')).toBe('acknowledges');
    expect(meaningFor(agreeing, 'termination')).toBe('overtakes');
    expect(meaningFor(agreeing, 'accepted')).toBe('nothing');
    const accepting = sent('consumer', 'OFFERED', 'accepted');
    expect(meaningFor(accepting, 'agreement')).toBe('acknowledges');
    expect(meaningFor(accepting, 'finalized')).toBe('nothing');
    expect(meaningFor(negotiationIn('provider', 'REQUESTED'), 'verification')).toBe('nothing');
  });

  it('that is our end leaves room for nothing but the peer’s own end, which crossed it', () => {
    const ending: Negotiation = { ...negotiationIn('provider', 'AGREED'), pending: 'termination' };
    expect(receive(ending, actOf('verification', 'consumer'), day(1))).toMatchObject({
      error: { code: 'REQUEST_TRANSITION_REFUSED', meta: { state: 'TERMINATED' } },
    });
    expect(unwrap(receive(ending, actOf('termination', 'consumer'), day(1))).negotiation).toMatchObject({
      state: 'TERMINATED',
      end: { side: 'consumer' },
    });
  });

  it('that never arrives ends it, with why, unless it is over', () => {
    const agreeing = sent('provider', 'REQUESTED', 'agreement');
    const failure = { message: 'agreement', code: 'PEER_DID_NOT_TAKE_IT', reason: 'The peer answered 400' } as const;
    expect(giveUp(agreeing, failure, day(2)).negotiation).toMatchObject({
      state: 'TERMINATED',
      pending: null,
      end: { side: 'consumer', code: 'PEER_DID_NOT_TAKE_IT', reason: 'The peer answered 400' },
    });
    const own = unwrap(act(agreeing, 'provider', actOf('termination', 'provider'), day(1))).negotiation;
    expect(giveUp(own, failure, day(2)).negotiation.end).toMatchObject({ side: 'provider', reason: 'no need' });
    const over: Negotiation = { ...negotiationIn('provider', 'FINALIZED'), pending: 'termination' };
    expect(giveUp(over, failure, day(2))).toEqual({ negotiation: { ...over, pending: null }, step: null });
  });

  it('to a peer that has not answered yet is not needed to end it: it ends here', () => {
    const asking: Negotiation = { ...negotiationIn('consumer', 'REQUESTED'), providerPid: null, pending: 'request' };
    const ended = unwrap(act(asking, 'consumer', actOf('termination', 'consumer'), day(1))).negotiation;
    expect([ended.state, ended.pending]).toEqual(['TERMINATED', null]);
  });
});

describe('the chain of offers', () => {
  it('has an end', () => {
    const offered = negotiationIn('both', 'OFFERED');
    const last = { message: 'request', offer: nextOffer('consumer', MAX_OFFERS) } as const;
    expect(act(offered, 'consumer', last, day(1)).ok).toBe(true);
    const further = { message: 'request', offer: nextOffer('consumer', MAX_OFFERS + 1) } as const;
    expect(act(offered, 'consumer', further, day(1))).toMatchObject({
      error: { code: 'NEGOTIATION_OFFERS_EXHAUSTED' },
    });
    const peers = negotiationIn('provider', 'OFFERED');
    expect(receive(peers, further, day(1))).toMatchObject({ error: { code: 'NEGOTIATION_OFFERS_EXHAUSTED' } });
  });
});

describe('in one word', () => {
  it.each([
    ['REQUESTED', 'requested'],
    ['OFFERED', 'requested'],
    ['ACCEPTED', 'requested'],
    ['AGREED', 'agreed'],
    ['VERIFIED', 'agreed'],
    ['FINALIZED', 'agreed'],
    ['TERMINATED', 'withdrawn'],
  ] as const)('%s is %s', (state, status) => {
    expect(statusOf(negotiationIn('both', state))).toBe(status);
  });

  it('an end is whose doing it was, and what was agreed stays agreed', () => {
    const ended = negotiationIn('both', 'TERMINATED');
    const by = (side: 'provider' | 'time') => statusOf({ ...ended, end: ended.end && { ...ended.end, side } });
    expect([by('provider'), by('time')]).toEqual(['declined', 'expired']);
    expect(statusOf({ ...ended, agreementId: 'agr_1' })).toBe('agreed');
  });
});
