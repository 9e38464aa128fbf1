import { z } from 'zod';
import { jurisdictions } from '@hetao/kernel';
import { cursorQuery, idSchema, instant, pageOf, reasonDto, text } from '@hetao/runtime';
import { quotaDto } from '../offer/offer.dto.js';
import { pricePlanDto, toPlan } from '../offer/price-plan.dto.js';
import { publicPlan, publicQuota } from '../offer/public-terms.js';
import { policyDto, toPolicy } from '../policy/policy.dto.js';
import { publicPolicy } from '../policy/policy.js';
import { requestStatuses, statusOf, type Negotiation } from './negotiation.js';
import type { Counter, OfferMade, TermsChange } from './negotiation-offer.js';
import { negotiationMessages, negotiationTransitions } from './negotiation-protocol.js';

export const newRequestDto = z
  .strictObject({
    offer_id: idSchema('off'),
    purpose: text(100).describe('One of the purposes the offer allows'),
    place_of_use: z.enum(jurisdictions).describe('One of the places the offer allows'),
  })
  .meta({ id: 'NewAccessRequest' });
export type NewRequestDto = z.output<typeof newRequestDto>;

export const refusalDto = reasonDto.meta({ id: 'Refusal' });
export type RefusalDto = z.output<typeof refusalDto>;

const term = z.strictObject({ from: instant, until: instant });

/** Terms that differ; what is not named stays as it lies on the table. */
const changes = {
  plan: pricePlanDto.optional(),
  policy: policyDto.optional(),
  quota: quotaDto.nullable().optional(),
  term: term.optional(),
};

export const counterOfferDto = z
  .strictObject({
    ...changes,
    valid_until: instant.optional().describe('Until when it can be answered; else as long as what lies on the table'),
    note: text(500).optional().describe('To the other side'),
  })
  .meta({ id: 'CounterOffer' });
export type CounterOfferDto = z.output<typeof counterOfferDto>;

export const offerToPeerDto = z
  .strictObject({ offer_id: idSchema('off'), peer_id: idSchema('per') })
  .meta({ id: 'OfferToPeer' });
export type OfferToPeerDto = z.output<typeof offerToPeerDto>;

export const requestQueryDto = cursorQuery.extend({
  status: z.enum(requestStatuses).optional(),
  state: z.enum(negotiationTransitions.states).optional(),
  offer_id: idSchema('off').optional(),
});
export type RequestQueryDto = z.output<typeof requestQueryDto>;

/** How far a negotiation has come: the same for requests among ourselves and for those with a peer. */
export const progressDto = {
  state: z.enum(negotiationTransitions.states).describe('In the words of the Dataspace Protocol 2025-1'),
  peer: z
    .object({ id: z.string(), participant_id: z.string() })
    .nullable()
    .describe('The participant of another exchange on the other side; null where both are at home here'),
  under_way: z.enum(negotiationMessages).nullable().describe('Sent to the peer and not acknowledged yet'),
  offers_made: z.int().describe('How many offers were made so far; the last one lies on the table'),
  offered_by: z.enum(['merchant', 'buyer']).describe('Whose offer lies on the table: the other side answers'),
  ended: z
    .object({
      by: z.enum(['merchant', 'buyer', 'time']),
      code: z.string(),
      reason: z.string().nullable(),
      at: z.iso.datetime(),
    })
    .nullable()
    .describe('How it ended without an agreement in force'),
};

export const requestDto = z
  .object({
    id: z.string(),
    offer_id: z.string(),
    product_id: z.string(),
    merchant_id: z.string(),
    buyer_id: z.string(),
    purpose: z.string(),
    place_of_use: z.enum(jurisdictions),
    status: z.enum(requestStatuses),
    requested_at: z.iso.datetime(),
    expires_at: z.iso.datetime(),
    answered_at: z.iso.datetime().nullable(),
    reason: z.string().nullable(),
    agreement_id: z.string().nullable().describe('The agreement to sign, once agreed'),
    ...progressDto,
  })
  .meta({ id: 'AccessRequest' });
export type RequestDto = z.output<typeof requestDto>;

export const requestPageDto = pageOf(requestDto).meta({ id: 'AccessRequestPage' });

export const offerMadeDto = z
  .object({
    number: z.int(),
    by: z.enum(['merchant', 'buyer']),
    change: z.object(changes).describe('How its terms differ from the published offer; empty where they do not'),
    rules: z.record(z.string(), z.unknown()).nullable().describe('Towards a peer: the rules word for word, ODRL'),
    note: z.string().nullable(),
    valid_until: z.iso.datetime(),
    made_at: z.iso.datetime(),
  })
  .meta({ id: 'OfferMade' });
export type OfferMadeDto = z.output<typeof offerMadeDto>;

export const offerMadePageDto = pageOf(offerMadeDto).meta({ id: 'OfferMadePage' });

/** Reads a counter-offer from the wire. */
export function toCounter({ plan, policy, quota, term: dates, valid_until, note }: CounterOfferDto): Counter {
  const change: TermsChange = {
    ...(plan === undefined ? {} : { plan: toPlan(plan) }),
    ...(policy === undefined ? {} : { policy: toPolicy(policy) }),
    ...(quota === undefined ? {} : { quota }),
    ...(dates === undefined ? {} : { term: { from: new Date(dates.from), until: new Date(dates.until) } }),
  };
  return { change, note: note ?? null, validUntil: valid_until === undefined ? null : new Date(valid_until) };
}

/** Renders one offer of the chain. */
export function toOfferMadeDto({ number, side, change, wire, note, validUntil, madeAt }: OfferMade): OfferMadeDto {
  const { plan, policy, quota, term: dates } = change;
  return {
    number,
    by: partyOf(side),
    change: {
      ...(plan === undefined ? {} : { plan: publicPlan(plan) }),
      ...(policy === undefined ? {} : { policy: publicPolicy(policy) }),
      ...(quota === undefined ? {} : { quota: publicQuota(quota) }),
      ...(dates === undefined ? {} : { term: { from: dates.from.toISOString(), until: dates.until.toISOString() } }),
    },
    rules: wire === null ? null : { ...wire.rules },
    note,
    valid_until: validUntil.toISOString(),
    made_at: madeAt.toISOString(),
  };
}

/** Renders how far a negotiation has come. */
export function toProgress({ state, peer, pending, offer, end }: Negotiation) {
  return {
    state,
    peer: peer && { id: peer.peerId, participant_id: peer.participantId },
    under_way: pending,
    offers_made: offer.number,
    offered_by: partyOf(offer.side),
    ended:
      end && (state === 'TERMINATED' || pending === 'termination')
        ? { by: partyOf(end.side), code: end.code, reason: end.reason, at: end.at.toISOString() }
        : null,
  };
}

/** Renders a negotiation about an offer of ours. */
export function toRequestDto(request: Negotiation): RequestDto {
  const { offer, consent, end } = request;
  return {
    id: request.id,
    offer_id: request.offerId ?? '',
    product_id: request.datasetId,
    merchant_id: request.merchantId,
    buyer_id: request.buyerId ?? '',
    purpose: offer.use?.purpose ?? '',
    place_of_use: offer.use?.placeOfUse ?? 'CN',
    status: statusOf(request),
    requested_at: request.requestedAt.toISOString(),
    expires_at: offer.validUntil.toISOString(),
    answered_at: (consent ?? end)?.at.toISOString() ?? null,
    reason: end?.reason ?? null,
    agreement_id: request.agreementId,
    ...toProgress(request),
  };
}

function partyOf<T extends string>(side: T): 'merchant' | 'buyer' | Exclude<T, 'provider' | 'consumer'> {
  if (side === 'provider') return 'merchant';
  if (side === 'consumer') return 'buyer';
  return side as Exclude<T, 'provider' | 'consumer'>;
}
