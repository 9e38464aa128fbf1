/** Members, keys, deliveries and webhooks: see access-table.ts. */
export const gatewayRows = `
  POST   /v1/api-keys                           everyone                 own
  GET    /v1/api-keys                           everyone                 own
  DELETE /v1/api-keys/:id                       everyone                 own
  GET    /v1/delivery-calls                     everyone                 parties
  PUT    /v1/delivery-endpoints/:product_id     merchant                 own
  GET    /v1/delivery-endpoints/:product_id     merchant                 own
  GET    /v1/me                                 everyone                 self
  POST   /v1/members                            merchant,buyer,operator  own
  POST   /v1/webhook-endpoints                  merchant,buyer,operator  own
  GET    /v1/webhook-endpoints                  merchant,buyer,operator  own
  PUT    /v1/webhook-endpoints/:id              merchant,buyer,operator  own
  DELETE /v1/webhook-endpoints/:id              merchant,buyer,operator  own
  POST   /v1/webhook-endpoints/:id/roll-secret  merchant,buyer,operator  own
  POST   /v1/webhook-endpoints/:id/enable       merchant,buyer,operator  own
  POST   /v1/webhook-endpoints/:id/disable      merchant,buyer,operator  own
  POST   /v1/webhook-endpoints/:id/tests        merchant,buyer,operator  own
  POST   /v1/webhook-endpoints/:id/replays      merchant,buyer,operator  own
  GET    /v1/webhook-deliveries                 merchant,buyer,operator  own
  GET    /v1/webhook-deliveries/:id             merchant,buyer,operator  own
  POST   /v1/webhook-deliveries/:id/replay      merchant,buyer,operator  own
  *      /v1/deliveries/:agreementId/*          everyone                 own
`;
