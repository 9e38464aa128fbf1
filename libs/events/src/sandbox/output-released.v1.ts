import { z } from 'zod';
import { defineEvent } from '../define-event.js';
import { id, instant, sha256 } from '../shared/fields.js';
import { sandboxOutputTopic } from './topics.js';

export const OutputReleasedV1 = defineEvent({
  type: 'hetao.sandbox.output-released.v1',
  topic: sandboxOutputTopic,
  summary: 'A result may leave its enclave: two people who did not make it looked, one of them its custodian’s.',
  key: (data) => data.outputId,
  schema: z.object({
    outputId: id,
    enclaveId: id,
    agreementId: id,
    buyerId: id,
    custodianId: id,
    contentHash: sha256,
    /** SHA-256 of the release record: criteria, checks, votes. */
    recordHash: sha256,
    releasedAt: instant,
  }),
});

export type OutputReleasedV1 = z.infer<typeof OutputReleasedV1.schema>;
