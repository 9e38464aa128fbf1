/** Everything that may wait for an operator, by kind. */
export const queues = [
  'listings',
  'participants',
  'declarations',
  'holds',
  'exceptions',
  'invoiceDisputes',
  'agreementDisputes',
  'bankDetails',
  'alarms',
] as const;
export type Queue = (typeof queues)[number];
