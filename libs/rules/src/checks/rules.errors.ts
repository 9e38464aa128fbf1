import { defineErrors } from '@hetao/kernel';

export const rulesErrors = defineErrors({
  FACTS_INVALID: {
    kind: 'unprocessable',
    title: 'The facts cannot be used',
    fix: 'Mend the facts named in errors; leave out, or send null for, what you do not know.',
  },
  RULE_SET_INVALID: {
    kind: 'unprocessable',
    title: 'The rule set cannot be published',
    fix: 'Mend every place named in errors and send the rule set again as a new version.',
  },
  CALENDAR_MISSING: {
    kind: 'conflict',
    title: 'No calendar of working days for that place and year',
    fix: 'Enter the official table of holidays and make-up days of that place and year; nothing is guessed without it.',
  },
  SKETCH_INVALID: {
    kind: 'invalid',
    title: 'Not a sketch of persons',
    fix: 'Send what sketchToText of @hetao/rules writes: "hll14:" and 16,384 registers of one byte in base64.',
  },
  CLOCK_INPUT_INVALID: {
    kind: 'invalid',
    title: 'The clock cannot be computed from this',
    fix: 'Give calendar dates as YYYY-MM-DD, a whole number of units, and pauses that end after they begin.',
  },
});
