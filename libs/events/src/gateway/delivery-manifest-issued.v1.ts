import { z } from 'zod';
import { defineEvent } from '../define-event.js';
import { id, instant, sha256 } from '../shared/fields.js';
import { deliveryManifestTopic } from './topics.js';

export const DeliveryManifestIssuedV1 = defineEvent({
  type: 'hetao.gateway.delivery-manifest-issued.v1',
  topic: deliveryManifestTopic,
  summary:
    'The exchange said, signed, which bytes of a file one recipient is given under one agreement. Who finds these bytes ' +
    'elsewhere can tell from the log to whom they were given.',
  key: (data) => data.manifestId,
  schema: z.object({
    manifestId: id,
    agreementId: id,
    productId: id,
    merchantId: id,
    buyerId: id,
    /** Of the whole file, as this recipient is given it. */
    fileHash: sha256,
    /** In bytes. */
    size: z.int().min(0),
    /** Of the signed manifest (JWS, compact). */
    manifestHash: sha256,
    issuedAt: instant,
  }),
});

export type DeliveryManifestIssuedV1 = z.infer<typeof DeliveryManifestIssuedV1.schema>;
