import { z } from 'zod';
import type {
  ClauseFinding,
  ConditionFinding,
  DutyFinding,
  PolicyClause,
  PolicyDecision,
  PolicyUse,
} from '@hetao/rules';
import { instant, localized, text } from '@hetao/runtime';
import { odrlDto, policyDto } from './policy.dto.js';

const said = localized(z.string());
const truth = z.enum(['true', 'false', 'unknown']);
const pointer = z.string().describe('Where in the ODRL it stands (RFC 6901)');

/** A policy in either of its forms. */
export const anyPolicyDto = z
  .union([policyDto, z.strictObject({ odrl: odrlDto })])
  .describe('Simple terms, or ODRL alone');

export const policyCheckDto = z
  .strictObject({
    policy: anyPolicyDto,
    term: z.strictObject({ from: instant, until: instant }).describe('When agreements under it would be in force'),
  })
  .meta({ id: 'PolicyCheck' });
export type PolicyCheckDto = z.output<typeof policyCheckDto>;

const clauseDto = z.object({
  pointer,
  kind: z.enum(['permission', 'prohibition', 'obligation', 'duty']),
  text: said,
});
export const checkedPolicyDto = z
  .object({
    policy: policyDto.describe('As an offer takes it'),
    odrl: odrlDto,
    clauses: z.array(clauseDto).describe('The same policy in words'),
  })
  .meta({ id: 'CheckedPolicy' });
export type CheckedPolicyDto = z.output<typeof checkedPolicyDto>;

/** A use somebody made or means to make; what is left out is not known, and grants nothing. */
export const useDto = z
  .strictObject({
    action: text(100).default('use').describe('use, distribute, derive, … of ODRL'),
    at: instant.optional().describe('When; now if left out'),
    purpose: text(100).optional(),
    place: z
      .string()
      .regex(/^[A-Z]{2}(-[A-Z0-9]{1,3})?$/, 'must be an ISO 3166 code such as HK or CN-GD')
      .optional(),
    recipient: text(200).optional().describe('Participant id of whoever gets the data'),
    count: z.int().min(1).max(1_000_000_000).optional().describe('Which use this is, from 1'),
    agreed_at: instant.optional(),
    received_at: instant.optional().describe('When the data came in: duties run from then on'),
    fulfilled: z.array(text(100)).max(50).default([]).describe('Actions of duties that are done'),
  })
  .meta({ id: 'PolicyUse' });
export type UseDto = z.output<typeof useDto>;

export const dryRunDto = z.strictObject({ policy: anyPolicyDto, use: useDto }).meta({ id: 'PolicyDryRun' });
export type DryRunDto = z.output<typeof dryRunDto>;
export const agreementDryRunDto = z.strictObject({ use: useDto }).meta({ id: 'AgreementDryRun' });
export type AgreementDryRunDto = z.output<typeof agreementDryRunDto>;

const conditionDto = z
  .object({
    pointer,
    truth,
    text: said,
    because: said.nullable().describe('What was compared, or why it cannot be'),
    get parts() {
      return z.array(conditionDto);
    },
  })
  .meta({ id: 'PolicyCondition' });
const dutyFindingDto = z.object({
  pointer,
  action: z.string(),
  state: z.enum(['done', 'pending', 'missed', 'unreadable']),
  due: z.iso.datetime().nullable(),
  text: said,
});
export const decisionDto = z
  .object({
    permitted: z.boolean(),
    reason: said,
    clauses: z.array(
      clauseDto.extend({
        effect: z.enum(['grants', 'forbids', 'silent']),
        truth,
        conditions: z.array(conditionDto),
        duties: z.array(dutyFindingDto),
      }),
    ),
    duties: z.array(dutyFindingDto).describe('Of the rules that apply'),
  })
  .meta({ id: 'PolicyDecision' });
export type DecisionDto = z.output<typeof decisionDto>;

/** Reads a use from the wire. */
export function toUse(dto: UseDto, now: Date): PolicyUse {
  const at = dto.at === undefined ? now : new Date(dto.at);
  return {
    action: dto.action,
    at,
    purpose: dto.purpose,
    place: dto.place,
    recipient: dto.recipient,
    count: dto.count,
    agreedAt: dto.agreed_at === undefined ? undefined : new Date(dto.agreed_at),
    receivedAt: dto.received_at === undefined ? undefined : new Date(dto.received_at),
    fulfilled: dto.fulfilled,
  };
}

/** Renders the words of a policy. */
export function toClauseDto({ pointer: place, kind, text: words }: PolicyClause): CheckedPolicyDto['clauses'][number] {
  return { pointer: place, kind, text: { ...words } };
}

/** Renders an answer with everything it was found from. */
export function toDecisionDto({ permitted, reason, clauses, duties }: PolicyDecision): DecisionDto {
  return {
    permitted,
    reason: { ...reason },
    clauses: clauses.map(toClauseFindingDto),
    duties: duties.map(toDutyDto),
  };
}

function toClauseFindingDto(clause: ClauseFinding): DecisionDto['clauses'][number] {
  return {
    ...toClauseDto(clause),
    effect: clause.effect,
    truth: clause.truth,
    conditions: clause.conditions.map(toConditionDto),
    duties: clause.duties.map(toDutyDto),
  };
}

function toConditionDto({ because, parts, text: words, ...rest }: ConditionFinding): z.output<typeof conditionDto> {
  return { ...rest, text: { ...words }, because: because && { ...because }, parts: parts.map(toConditionDto) };
}

function toDutyDto({ due, text: words, ...rest }: DutyFinding): DecisionDto['duties'][number] {
  return { ...rest, due: due?.toISOString() ?? null, text: { ...words } };
}
