import { compileConditions } from './compile-conditions.js';
import type { Condition, Facts } from './rule-set.js';
import { truthOf, type Truth } from './truth.js';

/** Whether one condition holds for these facts, in the same three-valued logic as the rules of law. */
export function conditionState(when: Condition, facts: Facts): Truth {
  const table = compileConditions([when]);
  table.load(facts);
  return truthOf(table.stateOf(0));
}
