import { z } from 'zod';
import { jurisdictions } from '@hetao/kernel';
import { instant, reasonDto, text } from '@hetao/runtime';
import { noticeDaysDto, quotaDto, renewalDto } from '../offer/offer.dto.js';
import { pricePlanDto, toPlan } from '../offer/price-plan.dto.js';
import { policyDto, toPolicy } from '../policy/policy.dto.js';
import type { Amendment } from './agreement-successor.js';

export const holdDto = reasonDto.meta({ id: 'HoldAgreement' });
export type HoldDto = z.output<typeof holdDto>;

export const amendmentDto = z
  .strictObject({
    plan: pricePlanDto,
    time_zone: z.string().min(1).max(64),
    policy: policyDto,
    quota: quotaDto.nullable(),
    notice_days: noticeDaysDto,
    renewal: renewalDto.nullable(),
    purpose: text(100),
    place_of_use: z.enum(jurisdictions),
    effective_from: instant.describe('At the earliest; left out: as soon as both signed'),
    effective_until: instant,
  })
  .partial()
  .describe('What is to be said anew; what is left out stays as it was')
  .meta({ id: 'Amendment' });
export type AmendmentDto = z.output<typeof amendmentDto>;

/** Reads an amendment from the wire: only what it names. */
export function toAmendment(dto: AmendmentDto): Amendment {
  return {
    ...(dto.plan === undefined ? {} : { plan: toPlan(dto.plan) }),
    ...(dto.time_zone === undefined ? {} : { timeZone: dto.time_zone }),
    ...(dto.policy === undefined ? {} : { policy: toPolicy(dto.policy) }),
    ...(dto.quota === undefined ? {} : { quota: dto.quota }),
    ...(dto.notice_days === undefined ? {} : { noticeDays: dto.notice_days }),
    ...(dto.renewal === undefined ? {} : { renewal: dto.renewal }),
    ...(dto.purpose === undefined ? {} : { purpose: dto.purpose }),
    ...(dto.place_of_use === undefined ? {} : { placeOfUse: dto.place_of_use }),
    ...(dto.effective_from === undefined ? {} : { effectiveFrom: new Date(dto.effective_from) }),
    ...(dto.effective_until === undefined ? {} : { effectiveUntil: new Date(dto.effective_until) }),
  };
}
