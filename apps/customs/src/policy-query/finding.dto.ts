import { z } from 'zod';
import type { LocalizedText } from '@hetao/kernel';
import {
  timeToClear,
  type Fact,
  type FactValue,
  type Finding,
  type Requirement,
  type RuleSet,
  type TimeToClear,
  type WizardState,
} from '@hetao/rules';
import { wordText } from '../document/paper-words.js';
import { localizedDto } from '../shared/text.dto.js';
import { findingNotice } from './notice.js';

const truth = z.enum(['true', 'false', 'unknown']);
const named = { id: z.string(), text: localizedDto };

const requirementDto = z
  .object({
    id: z.string(),
    authority: localizedDto,
    documents: z.array(z.object(named)),
    clocks: z.array(
      z.object({
        ...named,
        by: z.enum(['exporter', 'authority']),
        from: z.string(),
        count: z.int(),
        unit: z.enum(['working_day', 'calendar_day', 'month']),
        direction: z.enum(['forward', 'before']),
        extendable: z.boolean(),
        extendable_by: z.int().nullable().describe('By how many more; null where the text gives no number'),
      }),
    ),
    validity: z
      .union([z.object({ years: z.int(), from: z.string() }), z.object({ contract_term: z.literal(true) })])
      .nullable(),
    notes: z.array(localizedDto),
  })
  .meta({ id: 'CustomsRequirement' });

export const findingDto = z
  .object({
    notice: localizedDto.describe('Must be shown with the finding'),
    rule_set: z.object({ id: z.string(), version: z.string() }),
    facts_sha256: z.string(),
    facts: z
      .record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))
      .describe('The facts the finding was made from: those given, and those that follow from them'),
    implied: z
      .array(
        z.object({
          fact: z.string(),
          values: z.array(z.union([z.string(), z.number(), z.boolean()])),
          because: z.string(),
        }),
      )
      .describe('Facts nobody need ask: the others leave no other value, or none that means anything else'),
    pathway: z.object(named),
    possible_pathways: z
      .array(z.object(named))
      .describe('What the answer may still become; one when nothing can change it any more'),
    rule: z.object({ ...named, certainty: z.string(), certainty_text: localizedDto }).nullable(),
    waiting_for: z.object({ rule: z.string(), facts: z.array(z.string()) }).nullable(),
    open_rules: z.array(z.string()).describe('Exemptions that may still be granted when more is known'),
    rules: z.array(z.object({ ...named, stage: z.string(), then: z.string(), state: truth })),
    flags: z.array(z.object({ ...named, state: truth, certainty: z.string(), track: z.string().nullable() })),
    doubts: z.array(z.object({ ...named, state: truth })),
    needs_person: z.boolean(),
    requirement: requirementDto.nullable(),
    further: z.array(requirementDto),
    alternatives: z.array(requirementDto).describe('What may be chosen instead of requirement'),
    time_to_clear: z.object({
      working_days: z
        .int()
        .describe('Statutory limits of the authorities, added up; procedures beside each other run in parallel'),
      extendable: z.boolean().describe('A statute lets the authority take longer'),
      unlimited: z.array(z.string()).describe('Procedures for which no statute names a limit'),
    }),
    citations: z.array(z.object({ ...named, mark: z.string() })),
    next_questions: z.array(
      z.object({
        key: z.string(),
        type: z.enum(['enum', 'bool', 'int']),
        values: z.array(z.string()).nullable(),
        options: z
          .array(z.object({ value: z.union([z.string(), z.boolean()]), text: localizedDto }))
          .describe('What a person picks from; empty for a count'),
        question: localizedDto,
      }),
    ),
  })
  .meta({ id: 'CustomsFinding' });
export type FindingDto = z.output<typeof findingDto>;

interface Answered {
  readonly ruleSet: RuleSet;
  readonly state: WizardState;
  readonly factsSha256: string;
}

/** A finding, and under which id it can be opened again. */
export const keptFindingDto = findingDto
  .extend({ id: z.string().nullable(), kept_at: z.iso.datetime().nullable() })
  .meta({ id: 'KeptCustomsFinding' });
export type KeptFindingDto = z.output<typeof keptFindingDto>;

export function toKeptFindingDto(
  answered: Answered & { readonly id: string | null; readonly keptAt: Date | null },
): KeptFindingDto {
  return { ...toFindingDto(answered), id: answered.id, kept_at: answered.keptAt?.toISOString() ?? null };
}

/** Renders a finding with the texts of the rule set that made it. */
export function toFindingDto({ ruleSet, state, factsSha256 }: Answered): FindingDto {
  const { finding } = state;
  const texts = new Map(
    [...ruleSet.pathways, ...ruleSet.rules, ...ruleSet.flags, ...ruleSet.doubts].map(({ id, text }) => [id, text]),
  );
  const named = <T extends { readonly id: string }>(entry: T): T & { text: LocalizedText } => ({
    ...entry,
    text: texts.get(entry.id) ?? { en: entry.id, 'zh-Hans': entry.id, 'zh-Hant': entry.id },
  });
  return {
    notice: findingNotice,
    rule_set: finding.ruleSet,
    facts_sha256: factsSha256,
    facts: Object.fromEntries(Object.entries(state.facts).map(([key, value]) => [key, value ?? null])),
    implied: state.implied.map(({ fact, values, because }) => ({ fact, values: [...values], because })),
    pathway: named({ id: finding.pathway }),
    possible_pathways: state.possible.map((id) => named({ id })),
    rule: finding.rule === null ? null : { ...named({ id: finding.rule }), ...certaintyOf(finding) },
    waiting_for: finding.waitingFor === null ? null : { ...finding.waitingFor, facts: [...finding.waitingFor.facts] },
    open_rules: [...finding.openRules],
    rules: finding.rules.map(named),
    flags: finding.flags.map(named),
    doubts: finding.doubts.map(named),
    needs_person: finding.needsPerson,
    requirement: finding.requirement === null ? null : toRequirementDto(finding.requirement),
    further: finding.further.map(toRequirementDto),
    alternatives: finding.alternatives.map(toRequirementDto),
    time_to_clear: toTimeDto(timeToClear(finding)),
    citations: [...finding.citations],
    next_questions: state.questions
      .flatMap((key) => ruleSet.facts.filter((fact) => fact.key === key))
      .map(toQuestionDto),
  };
}

function certaintyOf({ certainty }: Finding) {
  const id = certainty ?? 'design';
  return { certainty: id, certainty_text: wordText(id) };
}

function toRequirementDto({ id, authority, documents, clocks, validity, notes }: Requirement) {
  return {
    id,
    authority,
    documents: [...documents],
    clocks: clocks.map(({ extendableBy, ...clock }) => ({
      ...clock,
      extendable: extendableBy !== undefined,
      extendable_by: extendableBy ?? null,
    })),
    validity: validity !== null && 'contractTerm' in validity ? { contract_term: true as const } : validity,
    notes: [...notes],
  };
}

function toQuestionDto(fact: Fact): FindingDto['next_questions'][number] {
  const options = {
    enum: () => (fact.type === 'enum' ? fact.values : []).map((value) => ({ value, text: labelOf(fact, value) })),
    bool: () => [
      { value: true, text: yes },
      { value: false, text: no },
    ],
    int: () => [],
  };
  return {
    key: fact.key,
    type: fact.type,
    values: fact.type === 'enum' ? [...fact.values] : null,
    options: options[fact.type](),
    question: fact.question,
  };
}

const yes: LocalizedText = { en: 'Yes', 'zh-Hans': '是', 'zh-Hant': '是' };
const no: LocalizedText = { en: 'No', 'zh-Hans': '否', 'zh-Hant': '否' };

/** What a value of a fact is called; the value itself where a version gives it no name. */
export function labelOf(fact: Fact, value: FactValue): LocalizedText {
  if (typeof value === 'boolean') return value ? yes : no;
  const label = fact.type === 'enum' ? fact.labels?.[String(value)] : undefined;
  const plain = String(value);
  return label ?? { en: plain, 'zh-Hans': plain, 'zh-Hant': plain };
}

function toTimeDto({ workingDays, extendable, unlimited }: TimeToClear): FindingDto['time_to_clear'] {
  return { working_days: workingDays, extendable, unlimited: [...unlimited] };
}
