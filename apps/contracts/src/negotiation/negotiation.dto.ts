import { z } from 'zod';
import { jurisdictions } from '@hetao/kernel';
import { cursorQuery, idSchema, pageOf, reasonDto, text } from '@hetao/runtime';
import { requestTransitions, type AccessRequest } from './negotiation.js';

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

export const requestQueryDto = cursorQuery.extend({
  status: z.enum(requestTransitions.states).optional(),
  offer_id: idSchema('off').optional(),
});
export type RequestQueryDto = z.output<typeof requestQueryDto>;

export const requestDto = z
  .object({
    id: z.string(),
    offer_id: z.string(),
    product_id: z.string(),
    merchant_id: z.string(),
    buyer_id: z.string(),
    purpose: z.string(),
    place_of_use: z.enum(jurisdictions),
    status: z.enum(requestTransitions.states),
    requested_at: z.iso.datetime(),
    expires_at: z.iso.datetime(),
    answered_at: z.iso.datetime().nullable(),
    reason: z.string().nullable(),
    agreement_id: z.string().nullable().describe('The agreement to sign, once agreed'),
  })
  .meta({ id: 'AccessRequest' });
export type RequestDto = z.output<typeof requestDto>;

export const requestPageDto = pageOf(requestDto).meta({ id: 'AccessRequestPage' });

/** Renders an access request. */
export function toRequestDto(request: AccessRequest): RequestDto {
  return {
    id: request.id,
    offer_id: request.offerId,
    product_id: request.productId,
    merchant_id: request.merchantId,
    buyer_id: request.buyerId,
    purpose: request.purpose,
    place_of_use: request.placeOfUse,
    status: request.status,
    requested_at: request.requestedAt.toISOString(),
    expires_at: request.expiresAt.toISOString(),
    answered_at: request.answeredAt?.toISOString() ?? null,
    reason: request.reason,
    agreement_id: request.agreementId,
  };
}
