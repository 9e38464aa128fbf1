/**
 * The tiers of `npm test`: name, which files (by the end of their path), how many at once.
 * Kafka, journeys and browsers want the two cores for themselves.
 */
export const TIERS = [
  { name: 'unit', match: '^(?!.*\\.(int|e2e|kafka|journey|browser)\\.spec\\.ts$).*\\.spec\\.ts$', workers: 2 },
  { name: 'integration', match: '\\.(int|e2e)\\.spec\\.ts$', workers: 2 },
  { name: 'kafka', match: '\\.kafka\\.spec\\.ts$', workers: 1 },
  { name: 'journey', match: '\\.journey\\.spec\\.ts$', workers: 1 },
  { name: 'browser', match: '\\.browser\\.spec\\.ts$', workers: 1 },
];
