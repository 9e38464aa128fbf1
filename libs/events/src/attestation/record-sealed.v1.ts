import { z } from 'zod';
import { defineEvent } from '../define-event.js';
import { count, id, instant, sha256 } from '../shared/fields.js';
import { recordTopic } from './topics.js';

/** A path in a tree of 2^60 leaves. */
const MAX_PATH = 60;

export const RecordSealedV1 = defineEvent({
  type: 'hetao.attestation.record-sealed.v1',
  topic: recordTopic,
  summary:
    'What another service stated is in the transparency log, under a signed checkpoint. With `inclusionPath` (RFC 9162, ' +
    'from the leaf upwards) anybody can check it against `checkpoint` (C2SP signed note), which names `rootHash`.',
  // By what the record is about: whoever keeps receipts beside their own aggregate gets them in the order of the log.
  key: (data) => data.recordSubject,
  schema: z.object({
    /** The id of the event that was logged; also the record's id at /v1/attestation-records. */
    recordId: id,
    /** The type of that event. */
    record: z.string().min(1).max(100),
    /** The key of that event: the id of an agreement, a release, an invoice; for a period its name. */
    recordSubject: z.string().min(1).max(100),
    leafHash: sha256,
    leafIndex: count,
    treeSize: count,
    rootHash: sha256,
    inclusionPath: z.array(sha256).max(MAX_PATH),
    checkpoint: z.string().min(1).max(8_000),
    sealedAt: instant,
  }),
});

export type RecordSealedV1 = z.infer<typeof RecordSealedV1.schema>;
