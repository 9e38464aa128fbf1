/** Whether the exchange vouches that a key is this issuer's. */
export type IssuerKeyStatus = 'proposed' | 'trusted' | 'distrusted';

/** One public key of an issuer. */
export interface IssuerKey {
  readonly id: string;
  readonly issuer: string;
  /** The Ed25519 public key, base64url (JWK `x`). */
  readonly x: string;
  readonly status: IssuerKeyStatus;
}
