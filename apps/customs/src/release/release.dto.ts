import { cursorQuery, idSchema, pageOf } from '@hetao/runtime';
import { z } from 'zod';
import { commitmentsDto } from '../counter/counter.dto.js';
import { dateDto, text } from '../shared/text.dto.js';
import { releaseTransitions, type Release } from './release.js';

const quota = z.int().min(1).max(2_000_000_000).nullable();
export const newReleaseDto = z
  .strictObject({
    quota: z.strictObject({ general: quota, sensitive: quota }),
    valid_from: dateDto.optional().describe('First day it covers, not before the decision; left away: from now on'),
  })
  .meta({ id: 'NewRelease' });
export const releaseReasonDto = z.strictObject({ reason: text(1000) }).meta({ id: 'ReleaseReason' });
export const deliveryDto = z
  .strictObject({
    purpose: text(64),
    fields: z.array(text(200)).min(1).max(500),
    recipient_id: text(64),
    destination: text(8),
    general: commitmentsDto,
    sensitive: commitmentsDto,
  })
  .meta({ id: 'ReleaseUse' });

const scopeDto = z.object({
  purpose: z.string(),
  fields: z.array(z.string()),
  recipient_id: z.string(),
  destination: z.string(),
  onward: z.boolean(),
});
const receiptDto = z
  .object({
    record_id: z.string(),
    leaf_hash: z.string(),
    leaf_index: z.int(),
    tree_size: z.int(),
    inclusion_path: z.array(z.string()),
    checkpoint: z.string(),
  })
  .meta({ id: 'ReleaseLogReceipt' });
const countsDto = z.object({ general: z.int().nullable(), sensitive: z.int().nullable() });
export const releaseDto = z
  .object({
    id: z.string(),
    declaration_id: z.string(),
    agreement_id: z.string().nullable(),
    exporter_id: z.string(),
    status: z.enum(releaseTransitions.states),
    scope: scopeDto,
    pathway: z.string(),
    rule: z.string(),
    quota: countsDto,
    year_limits: countsDto.describe('From how many persons in the exporter’s year on the pathway no longer holds'),
    valid_from: z.iso.datetime(),
    valid_until: z.iso.datetime(),
    token: z.string().describe('Compact JWS (EdDSA); check it offline with the keys of /v1/customs/release-keys'),
    sealed_token: z.string().nullable().describe('The token signed again with the receipt of the log in it'),
    log_receipt: receiptDto.nullable(),
    reason: z.string().nullable(),
    issued_at: z.iso.datetime(),
    changed_at: z.iso.datetime(),
  })
  .meta({ id: 'Release' });
export type ReleaseDto = z.output<typeof releaseDto>;
export const releasePageDto = pageOf(releaseDto).meta({ id: 'ReleasePage' });

export const releaseListQuery = cursorQuery.extend({
  agreement_id: idSchema('agr').optional(),
  status: z.enum(releaseTransitions.states).optional(),
});
export type ReleaseListQuery = z.output<typeof releaseListQuery>;
export const releaseUseDto = z
  .object({ release_id: z.string(), used: countsDto, remaining: countsDto })
  .meta({ id: 'ReleaseUsed' });
export const releaseKeysDto = z
  .object({
    keys: z.array(
      z.object({ kty: z.string(), crv: z.string(), x: z.string(), kid: z.string(), alg: z.string(), use: z.string() }),
    ),
  })
  .meta({ id: 'ReleaseKeys' });

/** Renders a release. */
export function toReleaseDto(release: Release): ReleaseDto {
  return {
    id: release.id,
    declaration_id: release.declarationId,
    agreement_id: release.agreementId,
    exporter_id: release.exporterId,
    status: release.status,
    scope: { ...release.scope, fields: [...release.scope.fields] },
    pathway: release.pathway,
    rule: release.ruleId,
    quota: release.quota,
    year_limits: release.yearLimits,
    valid_from: release.validFrom.toISOString(),
    valid_until: release.validUntil.toISOString(),
    token: release.token,
    sealed_token: release.sealedToken,
    log_receipt:
      release.logReceipt === null
        ? null
        : { ...release.logReceipt, inclusion_path: [...release.logReceipt.inclusion_path] },
    reason: release.reason,
    issued_at: release.issuedAt.toISOString(),
    changed_at: release.changedAt.toISOString(),
  };
}
