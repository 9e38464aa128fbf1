import { err, ok, type DomainError, type ErrorItem, type Result } from '@hetao/kernel';
import { compileConditions } from '../engine/compile-conditions.js';
import type { Fact, Facts, FactValue, RuleSet } from '../engine/rule-set.js';
import { TRUE } from '../engine/truth.js';
import { rulesErrors } from './rules.errors.js';

/**
 * Refuses what no rule should see: facts the rule set does not know, values outside a list, numbers that are no
 * counts, and facts that contradict each other. All faults are named at once.
 *
 * @returns the facts, or FACTS_INVALID with one item a fault (pointer is a JSON Pointer into the facts).
 */
export function checkFacts(ruleSet: RuleSet, facts: Readonly<Record<string, unknown>>): Result<Facts, DomainError> {
  const known = new Map(ruleSet.facts.map((fact) => [fact.key, fact]));
  const faults = Object.entries(facts).flatMap(([key, value]) => faultsOf(key, value, known.get(key)));
  const items = faults.length > 0 ? faults : contradictionsIn(ruleSet, facts as Facts);
  if (items.length === 0) return ok(facts as Facts);
  const detail = `${items.length} fault(s) in the facts: ${items.map((item) => item.detail).join(' ')}`;
  return err(rulesErrors.FACTS_INVALID(detail, { items }));
}

function faultsOf(key: string, value: unknown, fact: Fact | undefined): ErrorItem[] {
  const pointer = pointerTo(key);
  if (fact === undefined) {
    return [{ pointer, code: 'FACT_UNKNOWN', detail: `"${key.slice(0, 80)}" is no fact of this rule set.` }];
  }
  if (value === null || value === undefined || fits(value, fact)) return [];
  return [{ pointer, code: 'FACT_VALUE_INVALID', detail: `${key} must be ${expectation(fact)}.` }];
}

function contradictionsIn(ruleSet: RuleSet, facts: Facts): ErrorItem[] {
  const table = compileConditions(ruleSet.contradictions.map(({ when }) => when));
  table.load(facts);
  return ruleSet.contradictions.flatMap(({ id, text, when }, number) => {
    if (table.stateOf(number) !== TRUE) return [];
    const pointer = pointerTo(when.all[0]?.[0] ?? '');
    return [{ pointer, code: 'FACTS_CONTRADICTORY', detail: `${text.en} (${id})` }];
  });
}

/** True when the value is one the fact can have. */
export function fits(value: unknown, fact: Fact): value is FactValue {
  if (fact.type === 'bool') return typeof value === 'boolean';
  if (fact.type === 'int') return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
  return typeof value === 'string' && fact.values.includes(value);
}

function expectation(fact: Fact): string {
  if (fact.type === 'bool') return 'true, false or null';
  if (fact.type === 'int') return 'a whole number of zero or more, or null';
  return `one of ${fact.values.join(', ')}, or null`;
}

function pointerTo(key: string): string {
  return `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}
