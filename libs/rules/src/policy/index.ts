export { checkUsagePolicy, readUsagePolicy, type PolicyContext } from './check-policy.js';
export type { RuleKind } from './compiled.js';
export { describePolicy, type PolicyClause } from './describe-policy.js';
export type { DutyState } from './duty.js';
export {
  evaluatePolicy,
  PolicyEvaluator,
  type ClauseFinding,
  type ConditionFinding,
  type DutyFinding,
  type PolicyDecision,
} from './evaluate.js';
export {
  termOf as odrlTerm,
  type OdrlConstraint,
  type OdrlDuty,
  type OdrlLogic,
  type OdrlPolicy,
  type OdrlRule,
  type OdrlTest,
} from './odrl.js';
export { findGrant, summaryOf, type GivenFacts, type PolicySummary } from './find-grant.js';
export { usagePolicyErrors } from './policy.errors.js';
export { odrlOf, plainTerms, termsOf, type PolicyTerms } from './policy-terms.js';
export { placeName } from './policy-words.js';
export { policyLimits } from './read-policy.js';
export { policyKey, samePolicy } from './same-policy.js';
export type { PolicyUse, Refusal } from './vocabulary.js';
export type { PolicyWindow } from './witness.js';
