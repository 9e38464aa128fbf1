import { describe, expect, it } from '@jest/globals';
import { unwrap } from '@hetao/kernel';
import { buyer, day, merchant, product, terms } from '../../test/sample-terms.js';
import { publishOffer, withdrawOffer } from '../offer/offer.js';
import {
  answerRequest,
  requestAccess,
  requestTransitions,
  type AccessRequest,
  type RequestAnswer,
  type RequestCommand,
  type RequestStatus,
} from './negotiation.js';

const offer = unwrap(publishOffer({ id: 'off_1', merchant, product, terms }, day(0)));
const use = { purpose: 'research', placeOfUse: 'HK' as const };
const ask = (input = {}, at = day(1)) =>
  requestAccess({ id: 'req_1', offer, buyer, use, by: 'usr_buyer', ...input }, at);
const open = unwrap(ask());

const answers: Record<RequestCommand, RequestAnswer> = {
  agree: { command: 'agree', by: 'usr_merchant', at: day(2), offer, agreementId: 'agr_1' },
  decline: { command: 'decline', by: 'usr_merchant', at: day(2), reason: 'no capacity' },
  withdraw: { command: 'withdraw', by: 'usr_buyer', at: day(2) },
  expire: { command: 'expire', at: day(30) },
};

const inStatus = (status: RequestStatus): AccessRequest =>
  status === 'requested' ? open : { ...open, status, answeredAt: day(1), answeredBy: 'usr_first' };

describe('asking for access', () => {
  it('opens a request that can be answered while the offer holds', () => {
    expect(open).toMatchObject({
      offerId: 'off_1',
      merchantId: 'org_merchant',
      buyerId: 'org_buyer',
      status: 'requested',
      requestedBy: 'usr_buyer',
      expiresAt: day(30),
      answeredAt: null,
    });
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

describe('every status × command', () => {
  const goal = { agree: 'agreed', decline: 'declined', withdraw: 'withdrawn', expire: 'expired' } as const;
  const cells = requestTransitions.states.flatMap((status) =>
    (Object.keys(answers) as RequestCommand[]).map(
      (command) =>
        [
          status,
          command,
          status === 'requested' ? goal[command] : status === goal[command] ? 'same' : 'refused',
        ] as const,
    ),
  );

  it('is twenty cells', () => {
    expect(cells).toHaveLength(20);
    expect(cells.filter(([, , cell]) => cell === 'refused')).toHaveLength(12);
  });

  it.each(cells)('%s × %s → %s', (status, command, cell) => {
    const before = inStatus(status);
    const answered = answerRequest(before, answers[command]);
    if (cell === 'refused') {
      expect(answered).toMatchObject({ error: { code: 'REQUEST_TRANSITION_REFUSED', meta: { status } } });
    } else if (cell === 'same') {
      expect(answered).toEqual({ ok: true, value: { request: before, changed: false } });
    } else {
      expect(answered).toMatchObject({
        value: { changed: true, request: { status: cell, answeredAt: answers[command].at } },
      });
    }
  });
});

describe('time and answers', () => {
  it.each(['agree', 'decline', 'withdraw'] as const)('lets nobody %s once the request is over', (command) => {
    expect(answerRequest(open, { ...answers[command], at: day(30) })).toMatchObject({
      error: { code: 'REQUEST_EXPIRED' },
    });
  });

  it('lets nothing expire early', () => {
    expect(answerRequest(open, { command: 'expire', at: new Date(day(30).getTime() - 1) })).toMatchObject({
      error: { code: 'REQUEST_TRANSITION_REFUSED' },
    });
  });

  it('lets nobody agree under an offer that was withdrawn meanwhile', () => {
    const withdrawn = withdrawOffer(offer, day(1)).offer;
    expect(answerRequest(open, { ...answers.agree, offer: withdrawn } as RequestAnswer)).toMatchObject({
      error: { code: 'OFFER_WITHDRAWN' },
    });
  });

  it('keeps who answered, what came of it, and the reason of a refusal', () => {
    expect(unwrap(answerRequest(open, answers.agree)).request).toMatchObject({ agreementId: 'agr_1', reason: null });
    expect(unwrap(answerRequest(open, answers.decline)).request).toMatchObject({
      answeredBy: 'usr_merchant',
      reason: 'no capacity',
    });
    expect(unwrap(answerRequest(open, answers.expire)).request).toMatchObject({ answeredBy: null, reason: null });
  });
});
