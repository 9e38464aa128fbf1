import { z } from 'zod';
import { jurisdictions } from '@hetao/kernel';
import { cursorQuery, idSchema, pageOf, reasonDto, text } from '@hetao/runtime';
import type { OdrlPolicy } from '@hetao/rules';
import { odrlDto } from '../policy/policy.dto.js';
import type { Negotiation } from './negotiation.js';
import { progressDto, toProgress } from './negotiation.dto.js';
import { negotiationTransitions } from './negotiation-protocol.js';

const use = {
  purpose: text(100).describe('What the data is wanted for; the offer’s rules must allow it'),
  place_of_use: z.enum(jurisdictions),
};

export const newPeerNegotiationDto = z
  .strictObject({
    peer_id: idSchema('per'),
    dataset_id: z.string().min(1).max(2_000).describe('`@id` of the dataset in the peer’s catalog'),
    offer_id: z.string().min(1).max(2_000).describe('`@id` of the offer in the peer’s catalog'),
    rules: odrlDto.describe('The rules of the offer, word for word; or other ones, to be refused or countered'),
    ...use,
    buyer_id: idSchema('org').optional().describe('For whom, where an operator asks; else the caller’s organisation'),
  })
  .meta({ id: 'NewPeerNegotiation' });
export type NewPeerNegotiationDto = z.output<typeof newPeerNegotiationDto>;

export const acceptPeerOfferDto = z
  .strictObject({ buyer_id: idSchema('org'), ...use })
  .partial()
  .describe('Only for what a peer offered unasked: whose it becomes, and what for')
  .meta({ id: 'AcceptPeerOffer' });
export type AcceptPeerOfferDto = z.output<typeof acceptPeerOfferDto>;

export const counterPeerOfferDto = z
  .strictObject({ rules: odrlDto, note: text(500).optional().describe('Kept here; the protocol has no place for it') })
  .meta({ id: 'CounterPeerOffer' });
export type CounterPeerOfferDto = z.output<typeof counterPeerOfferDto>;

export const withdrawalDto = reasonDto.meta({ id: 'WithdrawPeerNegotiation' });
export type WithdrawalDto = z.output<typeof withdrawalDto>;

export const peerNegotiationQueryDto = cursorQuery.extend({
  state: z.enum(negotiationTransitions.states).optional(),
  peer_id: idSchema('per').optional(),
});
export type PeerNegotiationQueryDto = z.output<typeof peerNegotiationQueryDto>;

export const peerNegotiationDto = z
  .object({
    id: z.string(),
    dataset_id: z.string(),
    offer_id: z.string().nullable().describe('`@id` of the offer on the table'),
    rules: z.record(z.string(), z.unknown()).describe('Rules of the offer on the table, ODRL'),
    merchant_id: z.string().describe('The organisation here that the peer stands for'),
    buyer_id: z.string().nullable().describe('Null while nobody here has taken up what the peer offered'),
    purpose: z.string().nullable(),
    place_of_use: z.enum(jurisdictions).nullable(),
    provider_pid: z.string().nullable(),
    consumer_pid: z.string().nullable(),
    agreement: z.record(z.string(), z.unknown()).nullable().describe('As the peer sent it'),
    requested_at: z.iso.datetime(),
    expires_at: z.iso.datetime(),
    ...progressDto,
  })
  .meta({ id: 'PeerNegotiation' });
export type PeerNegotiationDto = z.output<typeof peerNegotiationDto>;

export const peerNegotiationPageDto = pageOf(peerNegotiationDto).meta({ id: 'PeerNegotiationPage' });

/** Reads rules from the wire: their shape was checked, what they mean is for the policy to say. */
export function toRules(rules: z.output<typeof odrlDto>): OdrlPolicy {
  return rules;
}

/** Renders a negotiation in which a peer provides. */
export function toPeerNegotiationDto(negotiation: Negotiation, agreement: object | null): PeerNegotiationDto {
  const { offer } = negotiation;
  return {
    id: negotiation.id,
    dataset_id: negotiation.datasetId,
    offer_id: offer.wire?.id ?? null,
    rules: { ...offer.wire?.rules },
    merchant_id: negotiation.merchantId,
    buyer_id: negotiation.buyerId,
    purpose: offer.use?.purpose ?? null,
    place_of_use: offer.use?.placeOfUse ?? null,
    provider_pid: negotiation.providerPid,
    consumer_pid: negotiation.consumerPid,
    agreement: agreement && { ...agreement },
    requested_at: negotiation.requestedAt.toISOString(),
    expires_at: offer.validUntil.toISOString(),
    ...toProgress(negotiation),
  };
}
