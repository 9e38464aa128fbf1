export type * from './price-plan.js';
export * from './rate.js';
export * from './rating.errors.js';
export * from './split.js';
export * from './tax.js';
export { validatePlan, type PlanFault } from './validate-plan.js';
