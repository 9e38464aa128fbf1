import { z } from 'zod';
import { cursorQuery, idSchema, pageOf } from '@hetao/runtime';
import { factsDto } from '../policy-query/policy-query.dto.js';
import { dateDto, localizedDto, sha256Dto, text } from '../shared/text.dto.js';
import { declarationTransitions, type Declaration } from './declaration.js';
import type { DeclarationForm } from './form.js';

const field = z.strictObject({
  name: text(200),
  personal: z.boolean(),
  sensitive: z.boolean(),
  health: z.boolean(),
  gene: z.boolean(),
  minor: z.boolean(),
  reason: text(1000),
  source: text(500),
  legal_basis: text(500),
});
const persons = z.int().min(0).max(2_000_000_000);
const formDto = z
  .strictObject({
    title: text(200),
    product_id: idSchema('prd').nullable().default(null),
    agreement_id: idSchema('agr').nullable().default(null),
    recipient_id: text(64),
    recipient_name: text(300),
    recipient_control: text(500),
    scenario: text(2000),
    necessity: text(2000),
    fields: z.array(field).min(1).max(500),
    deidentification: text(2000).nullable().default(null),
    storage_place: text(500),
    retention_days: z.int().min(0).max(36_500),
    onward_transfers: text(1000).nullable().default(null),
    persons: z.strictObject({ general: persons, sensitive: persons }),
    existing_numbers: z.array(text(100)).max(50).default([]),
    documents: z
      .array(z.strictObject({ id: text(64), name: text(300), sha256: sha256Dto }))
      .max(100)
      .default([]),
  })
  .meta({ id: 'DeclarationForm' });
export const declarationContentDto = z
  .strictObject({ form: formDto, facts: factsDto })
  .meta({ id: 'DeclarationContent' });
export type DeclarationContentDto = z.output<typeof declarationContentDto>;

export const noteDto = z.strictObject({ reason: text(2000) }).meta({ id: 'DeclarationNote' });
export const decisionDto = z
  .strictObject({ reference: text(200), evidence_sha256: sha256Dto, decided_on: dateDto, valid_until: dateDto })
  .meta({ id: 'OfficialDecision' });
export const eventDto = z
  .strictObject({
    name: z.string().regex(/^[a-z_]{1,60}$/, 'must be an event of a clock, such as contract_effective'),
    on: dateDto,
  })
  .meta({ id: 'DeclarationEvent' });
export const clockTurnDto = z
  .strictObject({ turn: z.enum(['pause', 'resume', 'meet']), on: dateDto })
  .meta({ id: 'ClockTurn' });
export const trackDecisionDto = z
  .strictObject({ state: z.enum(['cleared', 'refused']), reference: text(200), evidence_sha256: sha256Dto })
  .meta({ id: 'TrackDecision' });
export const declarationQuery = cursorQuery.extend({
  status: z.enum(declarationTransitions.states).optional(),
  exporter_id: idSchema('org').optional(),
});

const trackDto = z.object({
  id: z.string(),
  flag: z.string(),
  state: z.enum(['open', 'cleared', 'refused']),
  reference: z.string().nullable(),
});
const clockDto = z.object({
  id: z.string(),
  text: localizedDto,
  by: z.enum(['exporter', 'authority']),
  started_on: z.string(),
  due: z.string().nullable(),
  paused: z.boolean(),
  met_on: z.string().nullable(),
  problem: z.string().nullable().describe('Why there is no due date; a date is never guessed'),
});
export const declarationDto = z
  .object({
    id: z.string(),
    exporter_id: z.string(),
    status: z.enum(declarationTransitions.states),
    commands: z.array(z.string()).describe('Commands the status accepts'),
    year: z.int(),
    title: z.string(),
    recipient_id: z.string(),
    facts_sha256: z.string(),
    rule_set_version: z.string(),
    pathway: z.string(),
    rule: z.string().nullable(),
    needs_person: z.boolean(),
    tracks: z.array(trackDto),
    clocks: z.array(clockDto),
    next_due: z.string().nullable(),
    decision: z
      .object({
        kind: z.enum(['official', 'exempt_memo']),
        reference: z.string(),
        evidence_sha256: z.string(),
        decided_on: z.string(),
        valid_until: z.string(),
      })
      .nullable(),
    return_reason: z.string().nullable(),
    revision: z.int(),
    created_at: z.iso.datetime(),
    submitted_at: z.iso.datetime().nullable(),
    released_at: z.iso.datetime().nullable(),
  })
  .meta({ id: 'Declaration' });
export type DeclarationDto = z.output<typeof declarationDto>;
export const declarationPageDto = pageOf(declarationDto).meta({ id: 'DeclarationPage' });

export function toForm({ form }: DeclarationContentDto): DeclarationForm {
  return {
    title: form.title,
    productId: form.product_id,
    agreementId: form.agreement_id,
    recipientId: form.recipient_id,
    recipientName: form.recipient_name,
    recipientControl: form.recipient_control,
    scenario: form.scenario,
    necessity: form.necessity,
    fields: form.fields.map(({ legal_basis: legalBasis, ...rest }) => ({ ...rest, legalBasis })),
    deidentification: form.deidentification,
    storagePlace: form.storage_place,
    retentionDays: form.retention_days,
    onwardTransfers: form.onward_transfers,
    persons: form.persons,
    existingNumbers: form.existing_numbers,
    documents: form.documents,
  };
}

/** Renders a declaration. */
export function toDeclarationDto(declaration: Declaration): DeclarationDto {
  const { decision, finding, form } = declaration;
  return {
    id: declaration.id,
    exporter_id: declaration.exporterId,
    status: declaration.status,
    commands: [...declarationTransitions.commandsFrom(declaration.status)],
    year: declaration.year,
    title: form.title,
    recipient_id: form.recipientId,
    facts_sha256: declaration.factsSha256,
    rule_set_version: finding.ruleSet.version,
    pathway: finding.pathway,
    rule: finding.rule,
    needs_person: finding.needsPerson,
    tracks: declaration.tracks.map(({ id, flag, state, reference }) => ({ id, flag, state, reference })),
    clocks: declaration.clocks.map((clock) => ({
      id: clock.id,
      text: clock.text,
      by: clock.by,
      started_on: clock.startedOn,
      due: clock.due,
      paused: clock.pauses.some(({ until }) => until === null),
      met_on: clock.metOn,
      problem: clock.problem,
    })),
    next_due: declaration.nextDue,
    decision:
      decision === null
        ? null
        : {
            kind: decision.kind,
            reference: decision.reference,
            evidence_sha256: decision.evidenceSha256,
            decided_on: decision.decidedOn,
            valid_until: decision.validUntil,
          },
    return_reason: declaration.returnReason,
    revision: declaration.revision,
    created_at: declaration.createdAt.toISOString(),
    submitted_at: declaration.submittedAt?.toISOString() ?? null,
    released_at: declaration.releasedAt?.toISOString() ?? null,
  };
}
