import { z } from 'zod';
import { defineEvent } from '../define-event.js';
import { currency, instant, minorUnits, period } from '../shared/fields.js';
import { periodTopic } from './topics.js';

/** What the month came to in one currency. */
const currencyTotal = z.object({
  currency,
  usageRated: minorUnits,
  invoiced: minorUnits,
  paidOut: minorUnits,
  fee: minorUnits,
  tax: minorUnits,
  channel: minorUnits,
});

export const PeriodClosedV1 = defineEvent({
  type: 'hetao.settlement.period-closed.v1',
  topic: periodTopic,
  summary: 'A settlement month balanced and was closed.',
  key: (data) => data.period,
  schema: z.object({
    period,
    totals: z.array(currencyTotal).max(20),
    closedAt: instant,
  }),
});

export type PeriodClosedV1 = z.infer<typeof PeriodClosedV1.schema>;
