import { z } from 'zod';
import { formatInstant } from '../window/instant.js';
import type { BillingPeriod } from './billing-period.js';
import type { ClosedPeriod } from './billing-period.repository.js';

export const timeZoneField = z.string().min(1).max(64).describe('IANA name of the zone the month is a month of');

/** Body of the closing command; the exchange's own zone is taken when none is named. */
export const closePeriodDto = z.strictObject({ time_zone: timeZoneField.optional() }).meta({ id: 'CloseUsagePeriod' });
export type ClosePeriodDto = z.infer<typeof closePeriodDto>;

export const usagePeriodDto = z
  .object({
    period: z.string().describe('YYYY-MM'),
    time_zone: z.string(),
    state: z
      .enum(['open', 'closing', 'closed'])
      .describe('closing: takes no more usage; what was durable before is counted, then published'),
    starts_at: z.string(),
    ends_at: z.string().describe('First instant of the next month'),
    agreements: z.int().nullable().describe('How many were closed; null while the period is open'),
    windows: z.int().nullable().describe('How many hours with usage were closed'),
    closed_at: z.string().nullable().describe('Since when no usage is taken'),
  })
  .meta({ id: 'UsagePeriod' });
export type UsagePeriodDto = z.infer<typeof usagePeriodDto>;

export function closedPeriodDto(period: ClosedPeriod): UsagePeriodDto {
  return {
    ...borders(period),
    state: period.state,
    agreements: period.agreements,
    windows: period.windows,
    closed_at: formatInstant(period.sealedAtMs),
  };
}

export function openPeriodDto(period: BillingPeriod): UsagePeriodDto {
  return { ...borders(period), state: 'open', agreements: null, windows: null, closed_at: null };
}

function borders(period: BillingPeriod) {
  return {
    period: period.period,
    time_zone: period.timeZone,
    starts_at: formatInstant(period.startMs),
    ends_at: formatInstant(period.endMs),
  };
}
