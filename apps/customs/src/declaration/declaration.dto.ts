import { z } from 'zod';
import { cursorQuery, idSchema, pageOf } from '@hetao/runtime';
import { factsDto } from '../policy-query/policy-query.dto.js';
import { dateDto, localizedDto, sha256Dto, text } from '../shared/text.dto.js';
import { declarationTransitions, type Declaration } from './declaration.js';
import type { SupplementRound } from './supplement-round.js';
import type { ContentChange } from './declaration.use-cases.js';
import { changeForm, formDto, formPatchDto, toForm } from './form.dto.js';

export const declarationContentDto = z
  .strictObject({ form: formDto, facts: factsDto })
  .meta({ id: 'DeclarationContent' });
export type DeclarationContentDto = z.output<typeof declarationContentDto>;

/** Only what changes: members of the form are replaced whole, facts one by one. */
export const declarationChangeDto = z
  .strictObject({ form: formPatchDto.default({}), facts: factsDto.default({}) })
  .meta({ id: 'DeclarationChange' });
export type DeclarationChangeDto = z.output<typeof declarationChangeDto>;

const about = z
  .string()
  .max(200)
  .regex(
    /^\/(form|facts|documents)(\/[A-Za-z0-9_.-]{1,64}){0,4}$/,
    'must be a JSON Pointer into form, facts or documents',
  );
export const supplementRequestDto = z
  .strictObject({
    reason: text(2000),
    items: z
      .array(z.strictObject({ about, request: text(1000) }))
      .max(50)
      .default([]),
  })
  .meta({ id: 'SupplementRequest' });
export const supplementAnswersDto = z
  .strictObject({
    answers: z
      .array(
        z.strictObject({ item: text(20), answer: text(4000), evidence_sha256: sha256Dto.nullable().default(null) }),
      )
      .min(1)
      .max(50),
  })
  .meta({ id: 'SupplementAnswers' });
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
const supplementDto = z.object({
  round: z.int(),
  reason: z.string(),
  asked_on: z.string(),
  items: z.array(
    z.object({
      id: z.string(),
      about: z.string(),
      request: z.string(),
      answer: z.string().nullable(),
      evidence_sha256: z.string().nullable(),
      answered_on: z.string().nullable(),
    }),
  ),
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
    kind: z.enum(['first', 'extension', 'redeclaration']),
    predecessor_id: z.string().nullable(),
    product_id: z.string().nullable(),
    agreement_id: z.string().nullable(),
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
    supplements: z.array(supplementDto),
    revision: z.int(),
    created_at: z.iso.datetime(),
    submitted_at: z.iso.datetime().nullable(),
    released_at: z.iso.datetime().nullable(),
  })
  .meta({ id: 'Declaration' });
export type DeclarationDto = z.output<typeof declarationDto>;
export const declarationPageDto = pageOf(declarationDto).meta({ id: 'DeclarationPage' });

/** Replaces everything that is declared. */
export function toReplacement({ form, facts }: DeclarationContentDto): ContentChange {
  return () => ({ form: toForm(form), facts });
}

/** Replaces only what is named. */
export function toChange({ form, facts }: DeclarationChangeDto): ContentChange {
  return (before) => ({ form: changeForm(before.form, form), facts: { ...before.facts, ...facts } });
}

/** Renders a declaration. */
export function toDeclarationDto(declaration: Declaration): DeclarationDto {
  const { decision, finding, form } = declaration;
  return {
    id: declaration.id,
    exporter_id: declaration.exporterId,
    kind: declaration.kind,
    predecessor_id: declaration.predecessor?.id ?? null,
    product_id: form.productId,
    agreement_id: form.agreementId,
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
    supplements: declaration.supplements.map(toSupplementDto),
    revision: declaration.revision,
    created_at: declaration.createdAt.toISOString(),
    submitted_at: declaration.submittedAt?.toISOString() ?? null,
    released_at: declaration.releasedAt?.toISOString() ?? null,
  };
}

function toSupplementDto({ round, reason, askedOn, items }: SupplementRound): z.output<typeof supplementDto> {
  return {
    round,
    reason,
    asked_on: askedOn,
    items: items.map(({ id, about: place, request, answer, evidenceSha256, answeredOn }) => ({
      ...{ id, about: place, request, answer, evidence_sha256: evidenceSha256, answered_on: answeredOn },
    })),
  };
}
