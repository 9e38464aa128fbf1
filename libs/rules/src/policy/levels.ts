import { and, FALSE, or, TRUE, UNKNOWN, type TruthLevel } from '../engine/truth.js';
import type { Condition, Test } from './compiled.js';
import { liesIn, readValue, type Comparable } from './values.js';
import { operands, type OperandName, type OperatorName, type PolicyUse } from './vocabulary.js';

/** What is known of a use, each fact read as its kind of value; undefined where nobody said, or it is none. */
export type Facts = Readonly<Record<OperandName, Comparable | undefined>>;

/** Reads the facts of a use, once for all comparisons. */
export function factsOf(use: PolicyUse): Facts {
  const facts: Partial<Record<OperandName, Comparable | undefined>> = {};
  for (const operand of operands.values()) {
    const value = operand.fact(use);
    facts[operand.name] = typeof value === 'string' ? readValue(operand.kind, value) : value;
  }
  return facts as Facts;
}

/** Whether a condition holds for these facts; {@link UNKNOWN} when a fact is missing or the condition cannot be read. */
export function levelOf(condition: Condition, facts: Facts): TruthLevel {
  if (condition.kind === 'test') return testLevel(condition, facts);
  if (condition.unreadable) return UNKNOWN;
  switch (condition.kind) {
    case 'or': {
      let level: TruthLevel = FALSE;
      for (const part of condition.parts) level = or(level, levelOf(part, facts));
      return level;
    }
    case 'xone':
      return exactlyOne(condition.parts, facts);
    // In order or not, all must hold: the order says when to look, and here all is looked at in one instant.
    case 'and':
    case 'andSequence':
      return allOf(condition.parts, facts);
  }
}

/** Whether all conditions hold; no condition always does. */
export function allOf(conditions: readonly Condition[], facts: Facts): TruthLevel {
  let level: TruthLevel = TRUE;
  for (const condition of conditions) level = and(level, levelOf(condition, facts));
  return level;
}

function exactlyOne(parts: readonly Condition[], facts: Facts): TruthLevel {
  let [trues, unknowns] = [0, 0];
  for (const part of parts) {
    const level = levelOf(part, facts);
    if (level === TRUE) trues += 1;
    else if (level === UNKNOWN) unknowns += 1;
  }
  if (trues > 1) return FALSE;
  if (unknowns > 0) return UNKNOWN;
  return trues === 1 ? TRUE : FALSE;
}

function testLevel(test: Test, facts: Facts): TruthLevel {
  if (test.unreadable !== null || test.operator === null || test.operand === null) return UNKNOWN;
  const fact = facts[test.operand.name];
  if (fact === undefined) return UNKNOWN;
  return test.operand.kind === 'place'
    ? placeLevel(test.operator, fact, test.values)
    : levelIf(compares(test.operator, fact, test.values));
}

function levelIf(holds: boolean): TruthLevel {
  return holds ? TRUE : FALSE;
}

/** In Guangdong is in China as well; who says only "in China" may or may not be in Guangdong. */
function placeLevel(operator: OperatorName, fact: Comparable, places: readonly Comparable[]): TruthLevel {
  let inside: TruthLevel = FALSE;
  for (const place of places) inside = or(inside, liesIn(fact, place) ? TRUE : liesIn(place, fact) ? UNKNOWN : FALSE);
  const negated = operator === 'neq' || operator === 'isNoneOf';
  return negated && inside !== UNKNOWN ? levelIf(inside === FALSE) : inside;
}

function compares(operator: OperatorName, fact: Comparable, values: readonly Comparable[]): boolean {
  const [value = ''] = values;
  switch (operator) {
    case 'eq':
    case 'isPartOf':
      return fact === value;
    case 'neq':
      return fact !== value;
    case 'gt':
      return fact > value;
    case 'gteq':
      return fact >= value;
    case 'lt':
      return fact < value;
    case 'lteq':
      return fact <= value;
    case 'isAnyOf':
      return values.includes(fact);
    case 'isNoneOf':
      return !values.includes(fact);
  }
}
