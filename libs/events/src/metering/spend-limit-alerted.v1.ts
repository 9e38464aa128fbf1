import { z } from 'zod';
import { defineEvent } from '../define-event.js';
import { id, instant, money } from '../shared/fields.js';
import { quotaTopic } from './topics.js';

export const SpendLimitAlertedV1 = defineEvent({
  type: 'hetao.metering.spend-limit-alerted.v1',
  topic: quotaTopic,
  summary:
    'What usage costs passed a share of a budget in money, reached it, or is forecast to pass it before its period ends. ' +
    'A `hard` budget that is reached refuses further usage; a `soft` one does not.',
  key: (data) => data.agreementId,
  schema: z.object({
    alertId: id,
    budgetId: id,
    agreementId: id,
    merchantId: id,
    buyerId: id,
    scope: z.enum(['agreement', 'key', 'project']),
    scopeValue: z.string().min(1).max(200).nullable(),
    cause: z.enum(['threshold', 'reached', 'forecast']),
    strength: z.enum(['hard', 'soft']),
    percent: z.int().min(1).max(1000),
    limit: money,
    spent: money,
    periodStart: instant,
    periodEnd: instant,
    alertedAt: instant,
  }),
});

export type SpendLimitAlertedV1 = z.infer<typeof SpendLimitAlertedV1.schema>;
