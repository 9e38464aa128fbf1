export const auditSearch = {
  lead: 'Who did what: every entry carries the hash of the one before it.',
  export: 'Export in the order of the chain',
  by: {
    actor: 'Who',
    object: 'Object',
    request_id: 'Request',
  },
  result: 'Result',
  none: 'No such entry',
  noneHint: 'Search for less.',
  action: 'Action',
  at: 'When',
  hash: 'Hash',
  lastAudit: 'Last audit of the books',
};
