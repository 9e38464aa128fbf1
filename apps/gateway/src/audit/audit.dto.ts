import { z } from 'zod';
import { cursorQuery, pageOf } from '@hetao/runtime';
import { auditActions, type AuditEntry } from './audit.js';

const word = z.string().min(1).max(200);

const filters = {
  organisation_id: word.optional().describe('Whose account, key or endpoint it was about'),
  actor: word.optional().describe('Id of the account, key or client that did it'),
  action: z.enum(auditActions).optional(),
  object: word.optional().describe('Id of what it was done to'),
  result: z.enum(['done', 'refused']).optional(),
  request_id: word.optional(),
  from: z.iso.datetime({ offset: true }).optional(),
  until: z.iso.datetime({ offset: true }).optional().describe('Exclusive'),
};

export const auditExportQuery = z.object(filters);
export type AuditFilter = z.output<typeof auditExportQuery>;

export const auditQuery = cursorQuery.extend(filters);
export type AuditQuery = z.output<typeof auditQuery>;

export const auditEntryDto = z
  .object({
    id: z.string(),
    sequence: z.int().describe('Place in the chain, from 1'),
    at: z.iso.datetime(),
    actor: z.object({
      subject: z.string(),
      account_id: z.string().nullable(),
      organisation_id: z.string(),
      via: z.string(),
      request_id: z.string().nullable(),
      address: z.string().nullable(),
    }),
    action: z.enum(auditActions),
    object: z.string(),
    organisation_id: z.string(),
    result: z.enum(['done', 'refused']),
    detail: z.looseObject({}),
    previous_hash: z.string(),
    hash: z.string().describe('SHA-256 of the canonical JSON (RFC 8785) of this entry without it'),
  })
  .meta({ id: 'AuditEntry' });
export type AuditEntryDto = z.output<typeof auditEntryDto>;
export const auditPageDto = pageOf(auditEntryDto).meta({ id: 'AuditEntryPage' });

export function toAuditEntryDto(entry: AuditEntry): AuditEntryDto {
  const { id, sequence, actor, action, object, organisationId, result, detail, hash } = entry;
  return {
    ...{ id, sequence, at: entry.at.toISOString() },
    actor: {
      ...{ subject: actor.subject, account_id: actor.accountId, organisation_id: actor.organisationId },
      ...{ via: actor.via, request_id: actor.requestId, address: actor.address },
    },
    ...{ action, object, organisation_id: organisationId, result, detail: { ...detail } },
    ...{ previous_hash: entry.previousHash, hash },
  };
}
