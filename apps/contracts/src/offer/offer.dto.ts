import { z } from 'zod';
import { cursorQuery, idSchema, instant, pageOf } from '@hetao/runtime';
import { policyDto, toPolicy } from '../policy/policy.dto.js';
import { requireOpen, type Offer, type OfferTerms } from './offer.js';
import { meterDto, pricePlanDto, toPlan } from './price-plan.dto.js';
import { publicTerms } from './public-terms.js';

export const quotaDto = z
  .strictObject({
    meter: meterDto,
    limit: z.string().regex(/^(0|[1-9][0-9]{0,17})(\.[0-9]{1,9})?$/, 'must be a decimal number in a string'),
  })
  .meta({ id: 'Quota' });

export const noticeDaysDto = z
  .int()
  .min(0)
  .max(365)
  .describe('Days between a party’s notice and the end of an agreement; 0 lets it end at once');

export const renewalDto = z
  .strictObject({
    months: z.int().min(1).max(120).describe('Calendar months of each further term'),
    times: z.int().min(1).max(100).describe('How many further terms at most'),
  })
  .describe('The agreement goes on for another term by itself, unless a party gave notice in time')
  .meta({ id: 'RenewalTerms' });

/** The zone in which the exchange closes its months: what an offer counts by unless it says otherwise. */
export const EXCHANGE_ZONE = 'Asia/Shanghai';

const offerStatuses = ['published', 'expired', 'withdrawn'] as const;

export const newOfferDto = z
  .strictObject({
    product_id: idSchema('prd'),
    plan: pricePlanDto,
    policy: policyDto,
    quota: quotaDto.nullable().default(null).describe('How much of a meter an agreement allows in all'),
    valid_until: instant.describe('Access can be asked for until just before'),
    term: z.strictObject({ from: instant, until: instant }).describe('When agreements from the offer are in force'),
    time_zone: z.string().min(1).max(64).default(EXCHANGE_ZONE).describe('Zone whose days and months the plan counts'),
    notice_days: noticeDaysDto.default(0),
    renewal: renewalDto.nullable().default(null),
    channel_partner_id: idSchema('org').nullable().default(null),
    buyer_id: idSchema('org').nullable().default(null).describe('The one organisation it is for; null for everybody'),
  })
  .meta({ id: 'NewOffer' });
export type NewOfferDto = z.output<typeof newOfferDto>;

export const offerQueryDto = cursorQuery.extend({
  product_id: idSchema('prd').optional(),
  merchant_id: idSchema('org').optional(),
  status: z.enum(offerStatuses).optional(),
});
export type OfferQueryDto = z.output<typeof offerQueryDto>;

export const offerDto = z
  .object({
    id: z.string(),
    product_id: z.string(),
    product_version: z.int(),
    merchant_id: z.string(),
    plan: pricePlanDto,
    policy: policyDto,
    quota: quotaDto.nullable(),
    time_zone: z.string(),
    notice_days: z.int(),
    renewal: renewalDto.nullable(),
    channel_partner_id: z.string().nullable(),
    buyer_id: z.string().nullable().describe('The one organisation the offer is made to; null for everybody'),
    valid_until: z.iso.datetime(),
    term: z.object({ from: z.iso.datetime(), until: z.iso.datetime() }),
    status: z.enum(offerStatuses),
    published_at: z.iso.datetime(),
    withdrawn_at: z.iso.datetime().nullable(),
  })
  .meta({ id: 'Offer' });
export type OfferDto = z.output<typeof offerDto>;

export const offerPageDto = pageOf(offerDto).meta({ id: 'OfferPage' });

/** Reads the terms of a new offer from the wire. */
export function toTerms(dto: NewOfferDto): OfferTerms {
  return {
    plan: toPlan(dto.plan),
    policy: toPolicy(dto.policy),
    quota: dto.quota,
    validUntil: new Date(dto.valid_until),
    term: { from: new Date(dto.term.from), until: new Date(dto.term.until) },
    timeZone: dto.time_zone,
    noticeDays: dto.notice_days,
    renewal: dto.renewal,
    buyerId: dto.buyer_id,
    channelPartnerId: dto.channel_partner_id,
  };
}

/** Renders an offer as it stands at this instant. */
export function toOfferDto(offer: Offer, now: Date): OfferDto {
  const open = requireOpen(offer, now).ok;
  return {
    id: offer.id,
    product_id: offer.productId,
    product_version: offer.productVersion,
    merchant_id: offer.merchantId,
    ...publicTerms(offer),
    buyer_id: offer.buyerId,
    valid_until: offer.validUntil.toISOString(),
    term: { from: offer.term.from.toISOString(), until: offer.term.until.toISOString() },
    status: offer.status === 'published' && !open ? 'expired' : offer.status,
    published_at: offer.publishedAt.toISOString(),
    withdrawn_at: offer.withdrawnAt?.toISOString() ?? null,
  };
}
