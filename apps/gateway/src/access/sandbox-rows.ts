/** Enclaves, jobs and sessions: see access-table.ts. */
export const sandboxRows = `
  POST   /v1/sandbox/sessions                               buyer                      own
  GET    /v1/sandbox/sessions                               everyone                   parties
  GET    /v1/sandbox/sessions/:id                           everyone                   parties
  GET    /v1/sandbox/sessions/:id/history                   everyone                   parties
  POST   /v1/sandbox/sessions/:id/open                      buyer                      self
  GET    /v1/sandbox/sessions/:id/stream                    buyer                      self
  POST   /v1/sandbox/sessions/:id/unlock                    buyer                      self
  POST   /v1/sandbox/sessions/:id/prove                     buyer                      self
  POST   /v1/sandbox/sessions/:id/end                       buyer,operator             self
  POST   /v1/sandbox/sessions/:id/approve                   merchant,operator          own
  POST   /v1/sandbox/sessions/:id/deny                      merchant,operator          own
  POST   /v1/sandbox/sessions/:id/freeze                    operator                   exchange
  POST   /v1/sandbox/sessions/:id/thaw                      operator                   exchange
  POST   /v1/sandbox/sessions/:id/terminate                 operator                   exchange
  GET    /v1/sandbox/sessions/:id/recording                 merchant,operator,auditor  own
  GET    /v1/sandbox/sessions/:id/recording/checkpoints     merchant,operator,auditor  own
  GET    /v1/sandbox/sessions/:id/recording/verification    merchant,operator,auditor  own
`;
