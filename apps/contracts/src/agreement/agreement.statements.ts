import { prepared } from '../database/prepared.js';
import type { Agreement, Signature } from './agreement.js';

/** What of an agreement is in its head: the one row of it that changes. */
type Head = Pick<Agreement, 'status' | 'step' | 'holds' | 'notices' | 'inForceSince' | 'successorId'>;

// What is asked about an agreement with every signature and every step: written by hand, and prepared.

export const TEXT = prepared<Omit<Agreement, keyof Head | 'signatures'>>(
  'contracts.agreement.text',
  `SELECT id, request_id AS "requestId", offer_id AS "offerId", product_id AS "productId",
     product_version AS "productVersion", merchant_id AS "merchantId", buyer_id AS "buyerId",
     channel_partner_id AS "channelPartnerId", plan, time_zone AS "timeZone", policy, quota, purpose,
     place_of_use AS "placeOfUse", release, effective_from AS "effectiveFrom", effective_until AS "effectiveUntil",
     notice_days AS "noticeDays", renewal, supersedes, sign_by AS "signBy", document, document_hash AS "documentHash",
     drafted_at AS "draftedAt"
   FROM agreements WHERE id = $1`,
);

export const WRITE_TEXT = prepared(
  'contracts.agreement.write-text',
  `INSERT INTO agreements (id, request_id, offer_id, product_id, product_version, merchant_id, buyer_id,
     channel_partner_id, plan, time_zone, policy, quota, purpose, place_of_use, release, effective_from,
     effective_until, notice_days, renewal, supersedes, sign_by, document, document_hash, drafted_at)
   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24)`,
);

export const HEAD = prepared<Head & { readonly dueAt: Date | null }>(
  'contracts.agreement.head',
  `SELECT status, step, holds, notices, in_force_since AS "inForceSince",
     successor_id AS "successorId", due_at AS "dueAt"
   FROM agreement_heads WHERE agreement_id = $1 FOR UPDATE`,
);

/** Apart from the head: who waited for that must see what was signed meanwhile. */
export const SIGNATURES = prepared<Signature>(
  'contracts.agreement.signatures',
  `SELECT party, subject, display_name AS "displayName",
     organisation_id AS "organisationId", document_hash AS "documentHash", signed_at AS "signedAt"
   FROM agreement_signatures WHERE agreement_id = $1 ORDER BY signed_at, party DESC`,
);

/** $1 agreement, $2 its new steps, $3 the new signature if any (both JSON lists), $4 to $10 the head after them. */
export const APPEND = prepared(
  'contracts.agreement.append',
  `WITH stepped AS (
     INSERT INTO agreement_steps (agreement_id, step, command, status_from, status_to, at, by_subject, by_organisation,
       reason)
     SELECT $1, s.step, s.command, s."from", s."to", s.at, s."bySubject", s."byOrganisation", s.reason
     FROM jsonb_to_recordset($2::jsonb) AS s(step integer, command text, "from" text, "to" text, at timestamptz,
       "bySubject" text, "byOrganisation" text, reason text)),
   signed AS (
     INSERT INTO agreement_signatures (agreement_id, party, subject, display_name, organisation_id, document_hash,
       signed_at)
     SELECT $1, s.party, s.subject, s."displayName", s."organisationId", s."documentHash", s."signedAt"
     FROM jsonb_to_recordset($3::jsonb) AS s(party text, subject text, "displayName" text, "organisationId" text,
       "documentHash" text, "signedAt" timestamptz))
   INSERT INTO agreement_heads (agreement_id, status, step, holds, notices, in_force_since, successor_id, due_at)
   VALUES ($1, $4, $5, $6, $7, $8, $9, $10)
   ON CONFLICT (agreement_id) DO UPDATE SET status = excluded.status, step = excluded.step, holds = excluded.holds,
     notices = excluded.notices, in_force_since = excluded.in_force_since, successor_id = excluded.successor_id,
     due_at = excluded.due_at`,
);

export const RESCHEDULE = prepared(
  'contracts.agreement.reschedule',
  'UPDATE agreement_heads SET due_at = $2 WHERE agreement_id = $1',
);
