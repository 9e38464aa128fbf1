import { z } from 'zod';
import { defineEvent } from '../define-event.js';
import { count, id, instant, sha256 } from '../shared/fields.js';
import { sandboxJobTopic } from './topics.js';

export const JobReceiptIssuedV1 = defineEvent({
  type: 'hetao.sandbox.job-receipt-issued.v1',
  topic: sandboxJobTopic,
  summary:
    'A job on an enclave ended, and what it read, ran, used and gave is signed. Receipts of one enclave form a chain: ' +
    'each names the hash of the one before it.',
  key: (data) => data.jobId,
  schema: z.object({
    jobId: id,
    enclaveId: id,
    versionId: id,
    agreementId: id,
    buyerId: id,
    custodianId: id,
    codeHash: sha256,
    isolationLevel: z.string().min(2).max(2),
    /** Place in the enclave's chain, from 1. */
    position: count,
    /** SHA-256 of the receipt's canonical JSON. */
    receiptHash: sha256,
    previousHash: sha256.nullable(),
    /** Ed25519 over `receiptHash`, base64url; the key is at /v1/sandbox/receipt-key. */
    signature: z.string().min(86).max(86),
    issuedAt: instant,
  }),
});

export type JobReceiptIssuedV1 = z.infer<typeof JobReceiptIssuedV1.schema>;
