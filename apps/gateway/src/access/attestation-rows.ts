/** The log of hashes, consents and verifications: see access-table.ts. */
export const attestationRows = `
  GET    /v1/attestation-meaning                         public            anybody
  GET    /v1/attestation-log/keys                        public            anybody
  GET    /v1/attestation-log/inclusion                   public            anybody
  GET    /v1/attestation-log/consistency                 public            anybody
  GET    /v1/attestation-log/pulse                       public            anybody
  POST   /v1/attestation-issuer-keys                     merchant,buyer    own
  GET    /v1/attestation-issuer-keys                     everyone          market
  POST   /v1/attestation-issuer-keys/:id/trust           operator          exchange
  POST   /v1/attestation-issuer-keys/:id/distrust        operator          exchange
  POST   /v1/attestations                                merchant,buyer    own
  GET    /v1/attestations                                everyone          parties
  GET    /v1/attestations/:id                            everyone          parties
  GET    /v1/attestations/:id/receipt                    everyone          parties
  POST   /v1/attestations/:id/revoke                     merchant,buyer    own
  POST   /v1/attestation-consents                        merchant,buyer    parties
  GET    /v1/attestation-consents                        everyone          parties
  POST   /v1/attestation-consents/:id/withdraw           merchant,buyer    own
  GET    /v1/attestation-records                         everyone          parties
  GET    /v1/attestation-records/:id                     everyone          parties
  GET    /v1/attestation-records/:id/receipt             everyone          parties
  POST   /v1/attestation-verifications                   merchant,buyer    parties
  GET    /v1/attestation-verifications/:id               everyone          parties
  GET    /v1/attestation-verifications/:id/receipt       everyone          parties
  GET    /v1/attestation-witness/alarms                  operator,auditor  exchange
  POST   /v1/attestation-witness/alarms/:id/acknowledge  operator          exchange
  GET    /v1/attestation-witness/peers                   public            anybody
  GET    /v1/attestation-log/checkpoint                  public            anybody
  GET    /v1/attestation-log/checkpoint/witnessed        public            anybody
  GET    /v1/attestation-log/tile/*                      public            anybody
  GET    /v1/attestation-witness/checkpoint              public            anybody
  GET    /v1/attestation-log/verifier                    public            anybody
  GET    /v1/attestation-log/verifier/:name              public            anybody
`;
