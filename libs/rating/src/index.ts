export type * from './charge-v2.js';
export {
  allotAnew,
  allotInstalment,
  allotmentRuleVersion,
  total as allotmentTotal,
  type Allotment,
} from './allotment.js';
export { monthIn, monthsLater, monthsTouched } from './calendar-months.js';
export type { CreditLot } from './credit.js';
export type * from './price-plan.js';
export * from './price-plan-v2.js';
export * from './rate.js';
export * from './rate-any.js';
export * from './rate-v2.js';
export * from './rating.errors.js';
export * from './split.js';
export * from './split-v2.js';
export * from './tax.js';
export { termOf, type InForce } from './term.js';
export { validatePlan, type PlanFault } from './validate-plan.js';
export { validatePlanV2 } from './validate-plan-v2.js';
