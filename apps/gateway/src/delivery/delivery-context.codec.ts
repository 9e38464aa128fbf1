import { createHash, createPrivateKey, createPublicKey, sign, type JsonWebKey, type KeyObject } from 'node:crypto';
import type { GatewayConfig } from '../gateway.config.js';
import { keyFor } from '../gateway.secrets.js';

/** What is said, and signed, of one call to a merchant's service. */
export interface DeliveryContext {
  readonly callId: string;
  readonly agreementId: string;
  readonly productId: string;
  readonly buyerId: string;
  readonly purpose: string;
  readonly method: string;
  /** Path and query as the service sees them behind its address. */
  readonly path: string;
  readonly at: Date;
}

/** A call is on its way for less than this; a token that leaked is soon worth nothing. In seconds. */
const LIFE_S = 60;
/** RFC 8410 7: a private key of Ed25519 around its 32 bytes. */
const PKCS8_HEAD = Buffer.from('302e020100300506032b657004220420', 'hex');

/**
 * Signs what the door states about deliveries, as a JWS (RFC 7515) with EdDSA (RFC 8037). For merchants, what it found out
 * about a call, so that their services need not believe bare headers: bound to the product, the method and the path. For
 * recipients, which bytes of a file they are given. The two are of different types; the key signs nothing else.
 */
export class DeliveryContextCodec {
  readonly #key: KeyObject;
  readonly #issuer: string;
  readonly #head: string;
  /** What merchants check with: the public half as a JWK, with its thumbprint as name (RFC 7638). */
  readonly publicKey: JsonWebKey & { readonly kid: string };

  /** @param seed 32 bytes, always the same ones for the same exchange */
  constructor(seed: Buffer, issuer: string) {
    this.#key = createPrivateKey({ key: Buffer.concat([PKCS8_HEAD, seed]), format: 'der', type: 'pkcs8' });
    this.#issuer = issuer;
    const { crv, kty, x } = createPublicKey(this.#key).export({ format: 'jwk' });
    const kid = createHash('sha256').update(JSON.stringify({ crv, kty, x })).digest('base64url');
    this.publicKey = { kty, crv, x, kid, alg: 'EdDSA', use: 'sig' } as JsonWebKey & { kid: string };
    this.#head = this.#headOf('hetao-delivery+jwt');
  }

  /** The value of the `hetao-context` header. */
  sign(context: DeliveryContext): string {
    const issuedAt = Math.floor(context.at.getTime() / 1_000);
    const { callId, agreementId, productId, buyerId, purpose, method, path } = context;
    const claims = {
      ...{ iss: this.#issuer, aud: productId, sub: buyerId, jti: callId, iat: issuedAt, exp: issuedAt + LIFE_S },
      ...{ agreement: agreementId, purpose, method, path },
    };
    return this.#signed(this.#head, claims);
  }

  /** Signs another statement of the door about deliveries, under a type of its own (RFC 8725 3.11). */
  signAs(typ: string, claims: object): string {
    return this.#signed(this.#headOf(typ), { iss: this.#issuer, ...claims });
  }

  #headOf(typ: string): string {
    return encoded({ alg: 'EdDSA', typ, kid: this.publicKey.kid });
  }

  #signed(head: string, claims: object): string {
    const signed = `${head}.${encoded(claims)}`;
    return `${signed}.${sign(null, Buffer.from(signed), this.#key).toString('base64url')}`;
  }
}

/** Signs calls to merchants for this exchange. */
export function contextCodec({ SESSION_SECRET, PUBLIC_URL }: GatewayConfig): DeliveryContextCodec {
  return new DeliveryContextCodec(keyFor('delivery-context', SESSION_SECRET), PUBLIC_URL);
}

function encoded(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
