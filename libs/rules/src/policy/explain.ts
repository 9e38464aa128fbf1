import { languages, type Language, type LocalizedText } from '@hetao/kernel';
import type { CompiledRule, Condition, Test } from './compiled.js';
import type { Facts } from './levels.js';
import { termOf } from './odrl.js';
import type { PolicyPhrases, SpanUnit } from './phrases.js';
import { english } from './phrases-en.js';
import { simplified } from './phrases-zh-hans.js';
import { traditional } from './phrases-zh-hant.js';
import { actionWords, operandWords, placeName } from './policy-words.js';
import type { Comparable, ValueKind } from './values.js';
import type { Refusal } from './vocabulary.js';

/** `zh-Hant` in Hong Kong's words. */
const phrases: Readonly<Record<Language, PolicyPhrases>> = {
  en: english,
  'zh-Hans': simplified,
  'zh-Hant': traditional,
};

const UNITS: readonly (readonly [SpanUnit, number])[] = [
  ['days', 86_400_000],
  ['hours', 3_600_000],
  ['minutes', 60_000],
  ['seconds', 1_000],
];

/** What the decision comes to, in a sentence. */
export function verdictText(refusal: Refusal, action: string): LocalizedText {
  return inEach((language, { permitted, refused }) => {
    const done = actionIn(termOf(action), language);
    return refusal === null ? permitted(done) : refused[refusal](done);
  });
}

/** A rule as a sentence. */
export function textOfRule(rule: CompiledRule): LocalizedText {
  return remembered(rule, () => sentenceOf(rule));
}

function sentenceOf(rule: CompiledRule): LocalizedText {
  return inEach((language, say) => {
    const action = actionIn(rule.action, language);
    if (rule.kind === 'obligation' || rule.kind === 'duty') return say.must(action, deadlineTexts(rule, language));
    const strange = rule.unknownMembers.map((member) => say.unsayable(member));
    const all = [...rule.conditions.map((condition) => textIn(condition, language)), ...strange];
    const conditions = all.length === 0 ? null : say.and(all);
    return rule.kind === 'permission' ? say.may(action, conditions) : say.mustNot(action, conditions);
  });
}

/** A condition as part of a sentence. */
export function textOfCondition(condition: Condition): LocalizedText {
  return remembered(condition, () => inEach((language) => textIn(condition, language)));
}

/** What a policy says does not change with who asks: it is put into words once, and forgotten with the policy. */
const texts = new WeakMap<object, LocalizedText>();
function remembered(said: CompiledRule | Condition, say: () => LocalizedText): LocalizedText {
  const before = texts.get(said);
  if (before !== undefined) return before;
  const text = say();
  texts.set(said, text);
  return text;
}

/** What a comparison was made from, or why it cannot be made; null for conditions put together. */
export function becauseOf(condition: Condition, facts: Facts): LocalizedText | null {
  if (condition.kind !== 'test') return null;
  const { operand, unreadable, spelled } = condition;
  return inEach((language, say) => {
    if (unreadable !== null || operand === null) return say.cannotCheck[unreadable ?? 'operand'](faulty(condition));
    const subject = operandWords[operand.name][language];
    const fact = facts[operand.name];
    return fact === undefined ? say.missing(subject) : say.given(subject, valueIn(operand.kind, fact, language));
  });

  function faulty({ unreadable: what }: Test): string {
    if (what === 'operator') return spelled.operator;
    return what === 'value' ? spelled.values.join(', ') : spelled.operand;
  }
}

function inEach(say: (language: Language, phrases: PolicyPhrases) => string): LocalizedText {
  return Object.fromEntries(languages.map((language) => [language, say(language, phrases[language])])) as LocalizedText;
}

function textIn(condition: Condition, language: Language): string {
  const say = phrases[language];
  if (condition.kind === 'test') return testIn(condition, language);
  const parts = condition.parts.map((part) => textIn(part, language));
  if (condition.unreadable) return say.unsayable(condition.kind);
  return say[condition.kind === 'andSequence' ? 'and' : condition.kind](parts);
}

function testIn(test: Test, language: Language): string {
  const { operand, operator, values, unreadable, spelled } = test;
  const say = phrases[language];
  if (unreadable !== null || operand === null || operator === null) {
    return say.unsayable(`${spelled.operand} ${spelled.operator} ${spelled.values.join(', ')}`);
  }
  const subject = operandWords[operand.name][language];
  const value = say.list(values.map((each) => valueIn(operand.kind, each, language)));
  const timed = operand.kind === 'instant' ? say.compareTimes : {};
  const compare = { ...say.compare, ...timed }[operator];
  return compare(subject, value);
}

function deadlineTexts(duty: CompiledRule, language: Language): readonly string[] {
  const say = phrases[language];
  const { deadlines } = duty;
  const strange = duty.unknownMembers.map((member) => say.unsayable(member));
  if (deadlines === undefined) return [say.unsayable(duty.conditions.map((each) => textIn(each, language)).join('; '))];
  return [
    ...deadlines.map(({ kind, ms }) =>
      kind === 'instant' ? say.by(valueIn('instant', ms, language)) : say.within(valueIn('span', ms, language)),
    ),
    ...strange,
  ];
}

function valueIn(kind: ValueKind, value: Comparable, language: Language): string {
  switch (kind) {
    case 'instant':
      return new Date(Number(value)).toISOString();
    case 'span':
      return spanIn(Number(value), language);
    case 'place':
      return placeName(String(value))[language];
    case 'count':
      return String(value);
    case 'name':
      return phrases[language].quote(String(value));
  }
}

/** In the largest unit that says it exactly. */
function spanIn(ms: number, language: Language): string {
  const [unit, size] = UNITS.find(([, each]) => ms % each === 0) ?? (['seconds', 1_000] as const);
  return phrases[language].span(ms / size, unit);
}

function actionIn(action: string, language: Language): string {
  return actionWords[action]?.[language] ?? phrases[language].quote(action);
}
