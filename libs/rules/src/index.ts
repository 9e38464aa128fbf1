export type { Truth } from './engine/truth.js';
export type * from './engine/rule-set.js';
export { HUMAN_REVIEW, NEEDS_INFO } from './engine/rule-set.js';
export type * from './engine/finding.js';
export { RuleEngine } from './engine/engine.js';
export { conditionState } from './engine/condition-state.js';
export { checkFacts } from './checks/check-facts.js';
export { checkRuleSet } from './checks/check-rule-set.js';
export { rulesErrors } from './checks/rules.errors.js';
export { addDays, addMonths, isCalendarDate, yearOf, type CalendarDate } from './calendar/date.js';
export {
  addWorkingDays,
  calendarFaults,
  workCalendar,
  type CalendarCertainty,
  type WorkCalendar,
  type YearCalendar,
} from './calendar/working-days.js';
export { readClock, type ClockReading, type ClockRule, type Pause } from './calendar/clock.js';
export { builtInCalendars } from './calendar/built-in-calendars.js';
export { timeToClear, type TimeToClear } from './calendar/time-to-clear.js';
export { szdexCrossBorder202611 } from './szdex/szdex-2026-11.js';
export { szdexCrossBorder2026111 } from './szdex/szdex-2026-11-1.js';
export { builtInRuleSets } from './szdex/built-in.js';
export { Wizard, type ImpliedFact, type WizardState } from './wizard/wizard.js';
export {
  checkReleaseUse,
  releaseTokenErrors,
  signReleaseToken,
  verifyReleaseToken,
  type ReceiptCheck,
  type ReleaseClaims,
  type ReleaseLogReceipt,
  type ReleasePrivateKey,
  type ReleasePublicKey,
  type ReleaseScope,
  type ReleaseUse,
} from './release/release-token.js';
export { personCommitment } from './counter/person-commitment.js';
export {
  addToSketch,
  emptySketch,
  estimatePersons,
  mergeSketches,
  raiseRegister,
  SKETCH_ERROR,
  sketchFromText,
  sketchToText,
  type PersonEstimate,
  type PersonSketch,
} from './counter/person-sketch.js';
export {
  findSplitting,
  volumeThresholds,
  type DeclaredPart,
  type SplittingRule,
  type SplittingSuspicion,
} from './counter/splitting.js';
export { splittingRules } from './counter/splitting-rules.js';
export { yearLimits, type YearLimits } from './counter/year-limits.js';
export * from './policy/index.js';
