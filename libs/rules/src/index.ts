export type { Truth } from './engine/truth.js';
export type * from './engine/rule-set.js';
export { HUMAN_REVIEW, NEEDS_INFO } from './engine/rule-set.js';
export type * from './engine/finding.js';
export { RuleEngine } from './engine/engine.js';
export { checkFacts } from './checks/check-facts.js';
export { checkRuleSet } from './checks/check-rule-set.js';
export { rulesErrors } from './checks/rules.errors.js';
export { addDays, addMonths, isCalendarDate, yearOf, type CalendarDate } from './calendar/date.js';
export {
  addWorkingDays,
  calendarFaults,
  workCalendar,
  type WorkCalendar,
  type YearCalendar,
} from './calendar/working-days.js';
export { readClock, type ClockReading, type ClockRule, type Pause } from './calendar/clock.js';
export { builtInCalendars } from './calendar/calendars-2026.js';
export { szdexCrossBorder202611 } from './szdex/szdex-2026-11.js';
export {
  checkReleaseUse,
  releaseTokenErrors,
  signReleaseToken,
  verifyReleaseToken,
  type ReleaseClaims,
  type ReleasePrivateKey,
  type ReleasePublicKey,
  type ReleaseScope,
  type ReleaseUse,
} from './release/release-token.js';
export { personCommitment } from './counter/person-commitment.js';
export {
  findSplitting,
  volumeThresholds,
  type CountedDeclaration,
  type SplittingSuspicion,
} from './counter/splitting.js';
