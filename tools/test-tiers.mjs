/**
 * The tiers of `npm test`: name, which files (by the end of their path), and the round in which they run. Tiers of one
 * round run in one Jest, two files at a time: journeys, brokers and browsers mostly wait (for processes to start, for
 * sessions to time out, for pages to be painted), so they wait beside each other.
 */
export const TIERS = [
  { name: 'unit', match: '^(?!.*\\.(int|e2e|kafka|journey|browser)\\.spec\\.ts$).*\\.spec\\.ts$', round: 1 },
  { name: 'integration', match: '\\.(int|e2e)\\.spec\\.ts$', round: 2 },
  { name: 'kafka', match: '\\.kafka\\.spec\\.ts$', round: 3 },
  { name: 'journey', match: '\\.journey\\.spec\\.ts$', round: 3 },
  { name: 'browser', match: '\\.browser\\.spec\\.ts$', round: 3 },
];

/**
 * What takes minutes or nearly, the longest first. A machine that never ran them knows no times and would go by the
 * size of the file: the longest would then begin last and run on alone.
 */
export const LONGEST_FIRST = [
  'portal.browser',
  'sandbox.browser',
  'trade-over-kafka.journey',
  'kafka.contract.kafka',
  '.journey.',
  '.kafka.',
  '.browser.',
  'import-operations.e2e',
  'embedded.contract.int',
  'killed-exchange.e2e',
  'jobs.e2e',
  'training.e2e',
  'pixel-session.e2e',
  'embedded-postgres.int',
  'process.e2e',
  'simulation.',
];
