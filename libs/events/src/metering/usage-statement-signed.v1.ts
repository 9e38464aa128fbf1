import { z } from 'zod';
import { defineEvent } from '../define-event.js';
import { count, id, instant, meterTotal, sha256 } from '../shared/fields.js';
import { usageStatementTopic } from './topics.js';

export const UsageStatementSignedV1 = defineEvent({
  type: 'hetao.metering.usage-statement-signed.v1',
  topic: usageStatementTopic,
  summary:
    'The exchange signed which usage events an agreement had in a window: `rootHash` is the RFC 9162 tree over them, ' +
    '`signature` a compact JWS (Ed25519) over the whole statement.',
  key: (data) => data.agreementId,
  schema: z.object({
    statementId: id,
    agreementId: id,
    merchantId: id,
    buyerId: id,
    windowStart: instant,
    windowEnd: instant,
    events: count,
    rootHash: sha256,
    totals: z.array(meterTotal).max(50),
    keyId: z.string().min(1).max(64),
    signature: z.string().min(1).max(64_000),
    signedAt: instant,
  }),
});

export type UsageStatementSignedV1 = z.infer<typeof UsageStatementSignedV1.schema>;
