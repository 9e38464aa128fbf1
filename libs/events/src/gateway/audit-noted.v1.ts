import { z } from 'zod';
import { defineEvent } from '../define-event.js';
import { id, instant, sha256 } from '../shared/fields.js';
import { auditTopic } from './topics.js';

export const AuditNotedV1 = defineEvent({
  type: 'hetao.gateway.audit-noted.v1',
  topic: auditTopic,
  summary:
    'A sensitive act at the door stands in its audit: a sign-in, a member, a key. The entry itself stays there; its hash ' +
    'covers the hash of the entry before it, so that what the log has sealed can be neither changed nor left out.',
  key: (data) => data.organisationId,
  schema: z.object({
    entryId: id,
    /** Whose account, key or endpoint the act was about. */
    organisationId: id,
    /** As in `api_key.made`. */
    action: z.string().regex(/^[a-z_]{1,40}\.[a-z_]{1,40}$/),
    /** Place in the chain, from 1. */
    sequence: z.int().min(1),
    previousHash: sha256,
    entryHash: sha256,
    notedAt: instant,
  }),
});

export type AuditNotedV1 = z.infer<typeof AuditNotedV1.schema>;
