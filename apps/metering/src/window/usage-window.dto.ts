import { z } from 'zod';
import { cursorQuery } from '@hetao/runtime';
import { formatInstant, parseInstant } from './instant.js';
import { windowEndMs, windowId } from './usage-window.js';
import type { WindowView } from './usage-window.queries.js';

const agreementId = z.string().min(1).max(200).describe('Id of the agreement');

/** First and last instant that RFC 3339 and PostgreSQL both know (there is no year 0 in the latter). */
export const earliestMs = -62_135_596_800_000;
export const latestMs = 253_402_300_799_999;

/** A time in a query, as milliseconds since 1970. */
const instantField = z
  .string()
  .max(40)
  .transform((text, context): number => {
    const ms = parseInstant(text);
    if (ms !== undefined && ms >= earliestMs) return ms;
    context.addIssue('must be an RFC 3339 time with its offset, such as 2015-05-17T00:00:00Z, from the year 1 on');
    return z.NEVER;
  });

export const windowsQuery = cursorQuery.extend({
  agreement_id: agreementId,
  from: instantField.optional().describe('Windows that start at or after this time'),
  to: instantField.optional().describe('Windows that start before this time'),
});

export const summaryQuery = z.object({
  agreement_id: agreementId,
  period: z.string().max(20).describe('YYYY-MM'),
  time_zone: z.string().min(1).max(64).optional().describe('Zone of an open month; a closed one keeps its own'),
});

const meterTotalDto = z
  .object({ meter: z.string(), quantity: z.string().describe('Exact decimal'), events: z.int() })
  .meta({ id: 'MeterTotal' });

export const usageWindowDto = z
  .object({
    window_id: z.string(),
    agreement_id: z.string(),
    window_start: z.string(),
    window_end: z.string(),
    state: z.enum(['open', 'closed']),
    totals: z.array(meterTotalDto),
  })
  .meta({ id: 'UsageWindow' });
export type UsageWindowDto = z.infer<typeof usageWindowDto>;

export const usageSummaryDto = z
  .object({
    agreement_id: z.string(),
    period: z.string(),
    time_zone: z.string(),
    state: z.enum(['open', 'closing', 'closed']),
    windows: z.int().describe('Hours with usage'),
    totals: z.array(meterTotalDto),
  })
  .meta({ id: 'UsageSummary' });
export type UsageSummaryDto = z.infer<typeof usageSummaryDto>;

export function toWindowDto(agreement: string, view: WindowView): UsageWindowDto {
  return {
    window_id: windowId(agreement, view.windowStartMs),
    agreement_id: agreement,
    window_start: formatInstant(view.windowStartMs),
    window_end: formatInstant(windowEndMs(view.windowStartMs)),
    state: view.isClosed ? 'closed' : 'open',
    totals: [...view.totals],
  };
}
