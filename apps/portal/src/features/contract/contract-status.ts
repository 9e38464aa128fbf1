/** How a licence may stand. */
export const agreementStatuses = [
  'awaiting_signatures',
  'concluded',
  'in_force',
  'suspended',
  'ended',
  'terminated',
  'expired',
  'superseded',
  'lapsed',
] as const;
