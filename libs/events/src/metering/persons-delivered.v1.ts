import { z } from 'zod';
import { defineEvent } from '../define-event.js';
import { id, instant, sha256 } from '../shared/fields.js';
import { personsTopic } from './topics.js';

const MAX_PERSONS = 1000;

const commitments = z.array(sha256).max(MAX_PERSONS);

export const PersonsDeliveredV1 = defineEvent({
  type: 'hetao.metering.persons-delivered.v1',
  topic: personsTopic,
  summary:
    'Data of persons not delivered by this exporter before in this calendar year of the mainland crossed the border. ' +
    'A person is a salted commitment, general or sensitive as their data was.',
  // By exporter: whoever counts persons counts them per exporter and year, and then one consumer does.
  key: (data) => data.merchantId,
  schema: z.object({
    deliveryId: id,
    agreementId: id,
    productId: id,
    merchantId: id,
    buyerId: id,
    year: z.int().min(1970).max(9999),
    general: commitments,
    sensitive: commitments,
    recordedAt: instant,
  }),
});

export type PersonsDeliveredV1 = z.infer<typeof PersonsDeliveredV1.schema>;
