import { languages, type ErrorItem, type LocalizedText } from '@hetao/kernel';
import {
  FLAG_PREFIX,
  HUMAN_REVIEW,
  NEEDS_INFO,
  PATHWAY_FACT,
  type Clause,
  type Condition,
  type Fact,
  type FactValue,
  type RuleSet,
} from '../engine/rule-set.js';
import { clausesOf } from './box.js';
import { fits } from './check-facts.js';

const NUMERIC = new Set(['lt', 'lte', 'gt', 'gte']);
const LISTS = new Set(['in', 'nin']);

/** Names that lead nowhere, values no fact can have, ids given twice, texts that are missing in a language. */
export function checkReferences(ruleSet: RuleSet): readonly ErrorItem[] {
  return [
    ...duplicateIds(ruleSet),
    ...missingTexts(ruleSet),
    ...conditionFaults(ruleSet),
    ...danglingNames(ruleSet),
    ...orderFaults(ruleSet),
  ];
}

function duplicateIds(ruleSet: RuleSet): ErrorItem[] {
  const lists = ['stages', 'pathways', 'contradictions', 'doubts', 'citations', 'requirements'] as const;
  const named: [string, readonly string[]][] = lists.map((list) => [list, ruleSet[list].map(({ id }) => id)]);
  named.push(['facts', ruleSet.facts.map(({ key }) => key)]);
  named.push(['rules', [...ruleSet.rules, ...ruleSet.flags].map(({ id }) => id)]);
  return named.flatMap(([list, ids]) =>
    ids.flatMap((id, at) =>
      ids.indexOf(id) === at ? [] : [fault(`/${list}`, 'ID_TWICE', `"${id}" is given twice in ${list}.`)],
    ),
  );
}

function missingTexts(ruleSet: RuleSet): ErrorItem[] {
  const texts: [string, LocalizedText][] = [
    ...(['pathways', 'rules', 'flags', 'contradictions', 'doubts', 'citations'] as const).flatMap((list) =>
      ruleSet[list].map(({ text }, at): [string, LocalizedText] => [`/${list}/${at}/text`, text]),
    ),
    ...ruleSet.facts.map(({ question }, at): [string, LocalizedText] => [`/facts/${at}/question`, question]),
    ...ruleSet.facts.flatMap((fact, at) =>
      Object.values((fact.type === 'enum' && fact.labels) || {}).map((text): [string, LocalizedText] => [
        `/facts/${at}/labels`,
        text,
      ]),
    ),
  ];
  return texts.flatMap(([pointer, text]) =>
    languages
      .filter((language) => (text[language] ?? '').trim() === '')
      .map((language) => fault(pointer, 'TEXT_MISSING', `The text at ${pointer} has no ${language}.`)),
  );
}

function conditionFaults(ruleSet: RuleSet): ErrorItem[] {
  const facts = new Map(ruleSet.facts.map((fact) => [fact.key, fact]));
  const pathways = ruleSet.pathways.map(({ id }) => id);
  const flags = ruleSet.flags.map(({ id }) => id);
  const pathwayFact = { key: PATHWAY_FACT, type: 'enum', values: pathways } as const;
  const derived = (key: string): Omit<Fact, 'question'> | undefined => {
    if (key === PATHWAY_FACT) return pathwayFact;
    const isFlag = key.startsWith(FLAG_PREFIX) && flags.includes(key.slice(FLAG_PREFIX.length));
    return isFlag ? { key, type: 'bool' } : undefined;
  };
  const lists = ['rules', 'flags', 'contradictions', 'doubts'] as const;
  return lists.flatMap((list) =>
    ruleSet[list].flatMap(({ id, when }: { id: string; when: Condition }, at) =>
      clausesOf(when).flatMap((clause) => {
        const fact = facts.get(clause[0]) ?? (list === 'flags' ? derived(clause[0]) : undefined);
        const why = fact === undefined ? unknownFact(clause[0]) : clauseFault(clause, fact as Fact, facts);
        return why === null ? [] : [fault(`/${list}/${at}/when`, why.code, `${id}: ${why.detail}`)];
      }),
    ),
  );
}

function unknownFact(key: string): { code: string; detail: string } {
  const decided = key === PATHWAY_FACT || key.startsWith(FLAG_PREFIX);
  return decided
    ? { code: 'RULE_CIRCULAR', detail: `it reads "${key}", which rules decide: that is a circle.` }
    : { code: 'FACT_UNKNOWN', detail: `"${key}" is no fact of this rule set.` };
}

function clauseFault([key, operator, value]: Clause, fact: Fact, facts: ReadonlyMap<string, Fact>) {
  if (operator === 'eqfact') {
    const other = facts.get(String(value));
    return other?.type === fact.type
      ? null
      : { code: 'FACT_UNKNOWN', detail: `${key} has no like in "${String(value)}".` };
  }
  if (NUMERIC.has(operator) && fact.type !== 'int') {
    return { code: 'OPERATOR_MISPLACED', detail: `${operator} compares numbers; ${key} is ${fact.type}.` };
  }
  if (LISTS.has(operator) !== Array.isArray(value)) {
    return {
      code: 'OPERATOR_MISPLACED',
      detail: `${operator} on ${key} has ${LISTS.has(operator) ? 'no' : 'a'} list.`,
    };
  }
  const values = (Array.isArray(value) ? value : [value]) as readonly FactValue[];
  const strange = values.filter((each) => !fits(each, fact));
  if (strange.length === 0 && values.length > 0) return null;
  return {
    code: 'FACT_VALUE_INVALID',
    detail: `${key} is never ${strange.map(String).join(', ') || 'in an empty list'}.`,
  };
}

function danglingNames(ruleSet: RuleSet): ErrorItem[] {
  const known = (list: 'pathways' | 'stages' | 'citations' | 'requirements'): Set<string> =>
    new Set(ruleSet[list].map(({ id }) => id));
  const [pathways, stages] = [known('pathways'), known('stages')];
  const [citations, requirements] = [known('citations'), known('requirements')];
  const missing = (pointer: string, what: string, id: string | undefined, among: Set<string>): ErrorItem[] =>
    id === undefined || among.has(id)
      ? []
      : [fault(pointer, 'NAME_UNKNOWN', `${pointer}: there is no ${what} "${id}".`)];
  return [
    ...[NEEDS_INFO, HUMAN_REVIEW].flatMap((id) => missing('/pathways', 'pathway', id, pathways)),
    ...ruleSet.rules.flatMap(({ then, stage, cite }, at) => [
      ...missing(`/rules/${at}/then`, 'pathway', then, pathways),
      ...missing(`/rules/${at}/stage`, 'stage', stage, stages),
      ...cite.flatMap((id) => missing(`/rules/${at}/cite`, 'citation', id, citations)),
    ]),
    ...ruleSet.flags.flatMap(({ cite, requirement }, at) => [
      ...cite.flatMap((id) => missing(`/flags/${at}/cite`, 'citation', id, citations)),
      ...missing(`/flags/${at}/requirement`, 'requirement', requirement, requirements),
    ]),
    ...ruleSet.pathways.flatMap(({ requirement, alternatives = [] }, at) => [
      ...missing(`/pathways/${at}/requirement`, 'requirement', requirement, requirements),
      ...alternatives.flatMap((id) => missing(`/pathways/${at}/alternatives`, 'requirement', id, requirements)),
    ]),
    ...labelFaults(ruleSet),
  ];
}

/** A question with names for its answers names every answer, and nothing else. */
function labelFaults({ facts }: RuleSet): ErrorItem[] {
  return facts.flatMap((fact, at) => {
    if (fact.type !== 'enum' || fact.labels === undefined) return [];
    const named = Object.keys(fact.labels);
    const missing = fact.values.filter((value) => !named.includes(value));
    const extra = named.filter((value) => !fact.values.includes(value));
    return [...missing, ...extra].map((value) =>
      fault(`/facts/${at}/labels`, 'NAME_UNKNOWN', `${fact.key}: "${value}" is named or possible, but not both.`),
    );
  });
}

/** Rules stand in the order of their stages, and the last one answers whatever is left. */
function orderFaults({ rules, stages }: RuleSet): ErrorItem[] {
  const order = stages.map(({ id }) => id);
  const late = rules.flatMap(({ id, stage }, at) => {
    const before = rules[at - 1];
    if (before === undefined || order.indexOf(before.stage) <= order.indexOf(stage)) return [];
    return [fault(`/rules/${at}`, 'STAGE_ORDER', `${id} (${stage}) stands behind ${before.id} (${before.stage}).`)];
  });
  const last = rules.at(-1);
  const open = last === undefined || last.when.all.length > 0 || last.when.any !== undefined;
  return open ? [...late, fault('/rules', 'NO_DEFAULT', 'The last rule must apply to whatever is left.')] : late;
}

function fault(pointer: string, code: string, detail: string): ErrorItem {
  return { pointer, code, detail };
}
