import { z } from 'zod';
import type { LocalizedText } from '@hetao/kernel';
import type { Fact, Finding, RuleEngine, Requirement } from '@hetao/rules';
import { localizedDto } from '../shared/text.dto.js';

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
    pathway: z.object(named),
    rule: z.object({ ...named, certainty: z.string() }).nullable(),
    waiting_for: z.object({ rule: z.string(), facts: z.array(z.string()) }).nullable(),
    open_rules: z.array(z.string()).describe('Exemptions that may still be granted when more is known'),
    rules: z.array(z.object({ ...named, stage: z.string(), then: z.string(), state: truth })),
    flags: z.array(z.object({ ...named, state: truth, certainty: z.string(), track: z.string().nullable() })),
    doubts: z.array(z.object({ ...named, state: truth })),
    needs_person: z.boolean(),
    requirement: requirementDto.nullable(),
    further: z.array(requirementDto),
    citations: z.array(z.object({ ...named, mark: z.string() })),
    next_questions: z.array(
      z.object({
        key: z.string(),
        type: z.enum(['enum', 'bool', 'int']),
        values: z.array(z.string()).nullable(),
        question: localizedDto,
      }),
    ),
  })
  .meta({ id: 'CustomsFinding' });
export type FindingDto = z.output<typeof findingDto>;

const notice: LocalizedText = {
  en: 'This finding is made by rules from the facts you gave. It is not legal advice and no decision of an authority; only the competent authority or an accredited body clears a transfer.',
  'zh-Hans':
    '本结论由规则依据您提供的事实作出，不构成法律意见，亦非主管部门决定；数据出境须由主管部门或专业认证机构放行。',
  'zh-Hant':
    '本結論由規則依據您提供的事實作出，不構成法律意見，亦非主管部門決定；數據出境須由主管部門或專業認證機構放行。',
};

interface Answered {
  readonly engine: RuleEngine;
  readonly finding: Finding;
  readonly factsSha256: string;
  readonly questions: readonly string[];
}

/** Renders a finding with the texts of the rule set that made it. */
export function toFindingDto({ engine: { ruleSet }, finding, factsSha256, questions }: Answered): FindingDto {
  const texts = new Map(
    [...ruleSet.pathways, ...ruleSet.rules, ...ruleSet.flags, ...ruleSet.doubts].map(({ id, text }) => [id, text]),
  );
  const named = <T extends { readonly id: string }>(entry: T): T & { text: LocalizedText } => ({
    ...entry,
    text: texts.get(entry.id) ?? { en: entry.id, 'zh-Hans': entry.id, 'zh-Hant': entry.id },
  });
  return {
    notice,
    rule_set: finding.ruleSet,
    facts_sha256: factsSha256,
    pathway: named({ id: finding.pathway }),
    rule: finding.rule === null ? null : { ...named({ id: finding.rule }), certainty: finding.certainty ?? 'design' },
    waiting_for: finding.waitingFor === null ? null : { ...finding.waitingFor, facts: [...finding.waitingFor.facts] },
    open_rules: [...finding.openRules],
    rules: finding.rules.map(named),
    flags: finding.flags.map(named),
    doubts: finding.doubts.map(named),
    needs_person: finding.needsPerson,
    requirement: finding.requirement === null ? null : toRequirementDto(finding.requirement),
    further: finding.further.map(toRequirementDto),
    citations: [...finding.citations],
    next_questions: questions.flatMap((key) => ruleSet.facts.filter((fact) => fact.key === key)).map(toQuestionDto),
  };
}

function toRequirementDto({ id, authority, documents, clocks, validity, notes }: Requirement) {
  return {
    id,
    authority,
    documents: [...documents],
    clocks: clocks.map(({ extendableBy: _unused, ...clock }) => clock),
    validity: validity !== null && 'contractTerm' in validity ? { contract_term: true as const } : validity,
    notes: [...notes],
  };
}

function toQuestionDto(fact: Fact): FindingDto['next_questions'][number] {
  return {
    key: fact.key,
    type: fact.type,
    values: fact.type === 'enum' ? [...fact.values] : null,
    question: fact.question,
  };
}
