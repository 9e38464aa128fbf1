import { err, ok, type DomainError, type ErrorItem, type Result } from '@hetao/kernel';
import type { RuleSet } from '../engine/rule-set.js';
import { rulesErrors } from './rules.errors.js';
import { checkLogic } from './check-logic.js';
import { checkReferences } from './check-references.js';

/**
 * What is asked of a rule set before it may be published: every name it uses exists, no rule is out of reach, none
 * reads what it decides, and where two rules of one stage disagree about a case, the order was meant.
 *
 * @returns the rule set, or RULE_SET_INVALID with one item a fault (pointer into the rule set).
 */
export function checkRuleSet(ruleSet: RuleSet): Result<RuleSet, DomainError> {
  const names = checkReferences(ruleSet);
  // Logic is only looked at where every name means something.
  const items: readonly ErrorItem[] = names.length > 0 ? names : checkLogic(ruleSet);
  if (items.length === 0) return ok(ruleSet);
  const shown = items.slice(0, 5).map(({ detail }) => detail);
  return err(rulesErrors.RULE_SET_INVALID(`${items.length} fault(s): ${shown.join(' ')}`, { items }));
}
