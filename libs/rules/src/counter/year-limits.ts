import type { RuleEngine } from '../engine/engine.js';
import type { Facts, RuleSet } from '../engine/rule-set.js';
import { clausesOf } from '../checks/box.js';

/** Numbers of distinct persons in the exporter's year from which a pathway no longer holds; null: no number ends it. */
export interface YearLimits {
  readonly general: number | null;
  readonly sensitive: number | null;
}

/**
 * From how many persons in the year on the rules ask for a heavier mechanism than they do for these facts, so that
 * delivery can stop there: found by asking the rules at every number they compare with, never written down twice. It
 * relies on volume being monotone, which the properties of the engine show.
 */
export function yearLimits(engine: RuleEngine, facts: Facts): YearLimits {
  return { general: limit(engine, facts, 'ytd.general'), sensitive: limit(engine, facts, 'ytd.sensitive') };
}

function limit(engine: RuleEngine, facts: Facts, key: string): number | null {
  const weights = new Map(engine.ruleSet.pathways.map(({ id, weight }) => [id, weight]));
  const allowed = weights.get(engine.evaluate(facts).pathway);
  if (allowed === undefined) return null;
  const now = typeof facts[key] === 'number' ? facts[key] : 0;
  const heavier = boundsOf(engine.ruleSet, key).filter((bound) => {
    const weight = weights.get(engine.evaluate({ ...facts, [key]: bound }).pathway);
    return bound > now && weight !== undefined && weight > allowed;
  });
  return heavier[0] ?? null;
}

/** Every number a rule compares the fact with, and the one after it: where an answer may change. Ascending. */
function boundsOf({ rules }: RuleSet, key: string): readonly number[] {
  const compared = rules
    .flatMap(({ when }) => clausesOf(when))
    .flatMap(([fact, , value]) => (fact === key && typeof value === 'number' ? [value, value + 1] : []));
  return [...new Set(compared)].sort((a, b) => a - b);
}
