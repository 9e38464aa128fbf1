/** What the page of dead letters can be narrowed to: its address, as the API takes it. */
export const deadLetterStates = ['parked', 'discard_proposed', 'replay_requested', 'replayed', 'discarded'] as const;
export const services = [
  'attestation',
  'catalog',
  'contracts',
  'customs',
  'gateway',
  'metering',
  'sandbox',
  'settlement',
] as const;
