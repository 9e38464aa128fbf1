import { describe, expect, it } from '@jest/globals';
import { unwrap } from '@hetao/kernel';
import { negotiationIn, offer, use } from '../../test/sample-negotiation.js';
import { buyer, day, merchant, plan } from '../../test/sample-terms.js';
import { withdrawOffer } from '../offer/offer.js';
import type { Negotiation } from './negotiation.js';
import { endBy, requestAccess, standingOf, type RequestCommand } from './negotiation-market.js';
import { counterOffer, termsOnTable } from './negotiation-offer.js';
import { negotiationTransitions, type Side } from './negotiation-protocol.js';

const ask = (change: object = {}, at = day(0)) =>
  requestAccess({ id: 'req_1', offer, buyer, use, by: 'usr_buyer', ...change }, at);

describe('asking', () => {
  it('opens a negotiation that can be answered as long as the offer binds', () => {
    const { negotiation, step } = unwrap(ask());
    expect(negotiation).toMatchObject({
      role: 'both',
      state: 'REQUESTED',
      offerId: offer.id,
      datasetId: offer.productId,
      merchantId: merchant.id,
      buyerId: buyer.id,
      offer: { number: 1, side: 'consumer', change: {}, use, validUntil: day(30) },
    });
    expect(step).toMatchObject({ event: 'done', message: 'request', from: null, to: 'REQUESTED' });
  });

  it.each([
    ['of one’s own offer', { buyer: merchant }, day(1), 'REQUEST_TO_ONESELF'],
    ['of an offer that has expired', {}, day(30), 'OFFER_EXPIRED'],
    ['of an offer that was withdrawn', { offer: withdrawOffer(offer, day(1)).offer }, day(1), 'OFFER_WITHDRAWN'],
    ['for another purpose', { use: { ...use, purpose: 'resale' } }, day(1), 'POLICY_PURPOSE_NOT_ALLOWED'],
    ['for another place', { use: { ...use, placeOfUse: 'US' } }, day(1), 'POLICY_PLACE_NOT_ALLOWED'],
  ])('is refused %s', (_why, change, at, code) => {
    expect(ask(change, at)).toMatchObject({ ok: false, error: { code } });
  });
});

/** By state, the commands that have a place: of the merchant, of the buyer, of time. */
const places: Readonly<Record<string, readonly string[]>> = {
  REQUESTED: ['provider agree', 'provider decline', 'provider counter_offer', 'consumer withdraw'],
  OFFERED: ['provider decline', 'consumer accept', 'consumer counter_offer', 'consumer withdraw'],
  ACCEPTED: ['provider agree', 'provider decline', 'consumer withdraw'],
};
/** Repeated: told what was done. */
const repeated: Readonly<Record<string, readonly string[]>> = {
  ACCEPTED: ['consumer accept'],
  AGREED: ['provider agree'],
  VERIFIED: ['provider agree'],
  FINALIZED: ['provider agree'],
  TERMINATED: ['consumer withdraw'],
};
const given: readonly (readonly [Side, RequestCommand])[] = [
  ['provider', 'agree'],
  ['provider', 'decline'],
  ['provider', 'counter_offer'],
  ['consumer', 'accept'],
  ['consumer', 'counter_offer'],
  ['consumer', 'withdraw'],
  ['provider', 'expire'],
];

describe('every state × command', () => {
  const cells = negotiationTransitions.states.flatMap((state) =>
    given.map(([side, command]) => {
      const name = `${side} ${command}`;
      const isOpen = places[state]?.includes(name) ?? false;
      return [state, side, command, isOpen ? 'open' : repeated[state]?.includes(name) ? 'done' : 'refused'] as const;
    }),
  );

  it.each(cells)('%s × %s %s → %s', (state, side, command, cell) => {
    const standing = standingOf(negotiationIn('both', state), command, side, day(1));
    if (cell === 'refused') {
      expect(standing).toMatchObject({ error: { code: 'REQUEST_TRANSITION_REFUSED', meta: { state } } });
    } else {
      expect(standing).toEqual({ ok: true, value: cell });
    }
  });

  it('says whose turn it is', () => {
    const offered: Negotiation = negotiationIn('both', 'OFFERED');
    const mine = { ...offered, offer: { ...offered.offer, side: 'provider' as const } };
    const standing = standingOf(mine, 'agree', 'provider', day(1));
    expect(standing.ok ? '' : standing.error.detail).toMatch(/the other side’s turn/);
  });
});

describe('time', () => {
  const open = (['REQUESTED', 'OFFERED', 'ACCEPTED'] as const).map((state) => negotiationIn('both', state));

  it('lets nobody answer once it is over, and nothing expire early', () => {
    for (const negotiation of open) {
      expect(standingOf(negotiation, 'decline', 'provider', day(30))).toMatchObject({
        error: { code: 'REQUEST_EXPIRED' },
      });
      expect(standingOf(negotiation, 'expire', 'provider', day(30))).toEqual({ ok: true, value: 'open' });
      const early = new Date(day(30).getTime() - 1);
      expect(standingOf(negotiation, 'expire', 'provider', early)).toMatchObject({
        error: { code: 'REQUEST_TRANSITION_REFUSED' },
      });
    }
  });

  it('is nobody’s doing', () => {
    expect(endBy('expire', { by: null, reason: null, at: day(30) })).toMatchObject({ side: 'time', code: 'EXPIRED' });
    expect(endBy('decline', { by: 'usr_1', reason: 'x', at: day(1) })).toMatchObject({ side: 'provider', reason: 'x' });
  });
});

describe('a counter-offer', () => {
  const { offer: onTable } = negotiationIn('both', 'REQUESTED');
  const by = { side: 'provider', subject: 'usr_m' } as const;
  const counter = (change: object, validUntil: Date | null = null) =>
    counterOffer({ published: offer, onTable }, { change, note: 'as discussed', validUntil }, by, day(1));

  it('lies over what was published, and the next one over it', () => {
    const cheaper = { ...plan, fee: { exchangeBps: 400, channelBps: 0 } };
    const first = unwrap(counter({ plan: cheaper }, day(20)));
    expect(first).toMatchObject({ number: 2, side: 'provider', use, note: 'as discussed', validUntil: day(20) });
    const quota = { meter: 'calls', limit: '20000' };
    const second = unwrap(
      counterOffer(
        { published: offer, onTable: first },
        { change: { quota }, note: null, validUntil: null },
        { side: 'consumer', subject: 'usr_b' },
        day(2),
      ),
    );
    expect(second).toMatchObject({ number: 3, side: 'consumer', validUntil: day(20) });
    const agreed = termsOnTable(offer, second);
    expect([agreed.plan, agreed.quota, agreed.policy, agreed.term]).toEqual([cheaper, quota, offer.policy, offer.term]);
  });

  it.each([
    ['changes nothing', {}, null, 'NEGOTIATION_OFFER_EMPTY'],
    ['is over already', { quota: null }, day(1), 'OFFER_EXPIRED'],
    ['has a quota of nothing', { quota: { meter: 'calls', limit: '0' } }, null, 'OFFER_QUOTA_INVALID'],
    ['ends before it begins', { term: { from: day(50), until: day(40) } }, null, 'OFFER_TERM_INVALID'],
    [
      'forbids what was asked for',
      { policy: { purposes: ['teaching'], placesOfUse: ['HK'], onwardUse: false, retentionDays: 30 } },
      null,
      'POLICY_PURPOSE_NOT_ALLOWED',
    ],
    ['has a plan that is none', { plan: { ...plan, components: [] } }, null, 'PRICE_PLAN_INVALID'],
  ])('is refused that %s', (_why, change, validUntil, code) => {
    expect(counter(change, validUntil)).toMatchObject({ ok: false, error: { code } });
  });
});
