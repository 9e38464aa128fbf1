import { z } from 'zod';
import { defineEvent } from '../define-event.js';
import { id, instant, meter, quantity } from '../shared/fields.js';
import { quotaTopic } from './topics.js';

export const UsageLimitAlertedV1 = defineEvent({
  type: 'hetao.metering.usage-limit-alerted.v1',
  topic: quotaTopic,
  summary:
    'Usage passed a share of a budget, reached it, or is forecast to pass it before its period ends. A `hard` budget ' +
    'that is reached refuses further usage; a `soft` one does not.',
  key: (data) => data.agreementId,
  schema: z.object({
    alertId: id,
    budgetId: id,
    agreementId: id,
    merchantId: id,
    buyerId: id,
    scope: z.enum(['agreement', 'key', 'project']),
    scopeValue: z.string().min(1).max(200).nullable(),
    meter,
    cause: z.enum(['threshold', 'reached', 'forecast']),
    strength: z.enum(['hard', 'soft']),
    percent: z.int().min(1).max(1000),
    limit: quantity,
    used: quantity,
    periodStart: instant,
    periodEnd: instant,
    alertedAt: instant,
  }),
});

export type UsageLimitAlertedV1 = z.infer<typeof UsageLimitAlertedV1.schema>;
