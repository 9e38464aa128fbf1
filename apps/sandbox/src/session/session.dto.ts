import { cursorQuery, idSchema, instant, text } from '@hetao/runtime';
import { z } from 'zod';
import { workbenchLanguages } from '../workbench/workbench-words.js';
import { sessionTransitions, type PixelSession } from './session.js';

const status = z.enum(sessionTransitions.states as [PixelSession['status'], ...PixelSession['status'][]]);

/** POST /v1/sandbox/sessions */
export const newSession = z
  .strictObject({
    enclave_id: idSchema('enc'),
    purpose: text(200),
    language: z.enum(workbenchLanguages).default('en'),
  })
  .meta({ id: 'NewPixelSession' });

export const sessionQuery = cursorQuery.extend({ status: status.optional() });

export const sessionDto = z
  .object({
    id: idSchema('pxs'),
    status,
    person: z.string(),
    person_name: z.string(),
    organisation_id: z.string(),
    enclave_id: z.string(),
    agreement_id: z.string(),
    product_id: z.string(),
    custodian_id: z.string(),
    /** From where it is looked at. */
    place: z.string(),
    /** On what grounds pixels may be seen where they are seen. */
    legal_basis: z.object({ kind: z.string(), reference: z.string() }),
    /** The release of customs by which looking from abroad is allowed. */
    release_id: z.string().nullable(),
    purpose: z.string(),
    language: z.string(),
    thaw_votes: z.array(z.object({ operator: z.string(), at: instant })),
    requested_at: instant,
    started_at: instant.nullable(),
    ended_at: instant.nullable(),
    end_reason: z.string().nullable(),
    /** Where its pixels come from, as a WebSocket. */
    stream: z.string(),
  })
  .meta({ id: 'PixelSession' });
export type SessionDto = z.output<typeof sessionDto>;

export const deedDto = z.object({
  number: z.int(),
  command: z.string(),
  status,
  at: instant,
  by: z.string(),
  note: z.string().nullable(),
});
export type DeedDto = z.output<typeof deedDto>;
export const historyDto = z.object({ data: z.array(deedDto) }).meta({ id: 'PixelSessionHistory' });

export function toSessionDto(session: PixelSession): SessionDto {
  return {
    id: session.id,
    status: session.status,
    person: session.person,
    person_name: session.personName,
    organisation_id: session.organisationId,
    enclave_id: session.enclaveId,
    agreement_id: session.grounds.agreementId,
    product_id: session.grounds.productId,
    custodian_id: session.grounds.custodianId,
    place: session.grounds.place,
    legal_basis: session.grounds.basis,
    release_id: session.grounds.releaseId,
    purpose: session.purpose,
    language: session.language,
    thaw_votes: [...session.thawVotes],
    requested_at: session.requestedAt,
    started_at: session.startedAt,
    ended_at: session.endedAt,
    end_reason: session.endReason,
    stream: `/v1/sandbox/sessions/${session.id}/stream`,
  };
}
