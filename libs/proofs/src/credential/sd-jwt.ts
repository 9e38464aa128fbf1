import { SDJwtInstance } from '@sd-jwt/core';
import { sha256Bytes } from '../hash.js';
import { signBytes, verifyBytes, type PrivateKeyJwk, type PublicKeyJwk } from '../signature.js';

/** Type of the issuer's signed part (SD-JWT VC). */
export const MEDIA_TYPE = 'dc+sd-jwt';
export const ALGORITHM = 'EdDSA';
export const HASH = 'sha-256';

type Sign = (text: string) => Promise<string>;
type Check = (text: string, signature: string) => Promise<boolean>;
/** What an instance can do: issue, present with a holder's key, verify by an issuer's. */
export interface SdJwtKeys {
  readonly signer?: Sign;
  readonly kbSigner?: Sign;
  readonly verifier?: Check;
}

/** The library with our hash and random numbers: SHA-256 and Ed25519, and nothing else to choose from. */
class Ed25519SdJwt extends SDJwtInstance<Record<string, unknown>> {
  protected override type = MEDIA_TYPE;
}

export function instanceFor(keys: SdJwtKeys): Ed25519SdJwt {
  return new Ed25519SdJwt({
    ...keys,
    signAlg: ALGORITHM,
    kbSignAlg: ALGORITHM,
    hashAlg: HASH,
    hasher: (data, algorithm) => {
      if (algorithm !== HASH) throw new RangeError(`Digests by ${algorithm} are not accepted.`);
      return sha256Bytes(typeof data === 'string' ? data : new Uint8Array(data));
    },
    saltGenerator: (bytes) => base64url(globalThis.crypto.getRandomValues(new Uint8Array(bytes))),
  });
}

export function signerOf(key: PrivateKeyJwk): Sign {
  return async (text) => base64url(await signBytes(new TextEncoder().encode(text), key));
}

/** A malformed signature or key is no good signature. */
export function checkerOf(key: PublicKeyJwk): Check {
  return async (text, signature) => {
    const bytes = fromBase64url(signature);
    if (bytes === undefined) return false;
    return verifyBytes(new TextEncoder().encode(text), bytes, key).catch(() => false);
  };
}

/** Base64url without padding (RFC 4648 section 5). */
export function base64url(bytes: Uint8Array): string {
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** Reads base64url; nothing for anything but the one spelling that {@link base64url} gives. */
export function fromBase64url(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (!/^[A-Za-z0-9_-]*$/.test(text) || text.length % 4 === 1) return undefined;
  const bytes = Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0));
  return base64url(bytes) === text ? bytes : undefined;
}

/** A JSON object from one base64url part; nothing when it is something else. */
export function jsonPart(part: string): Readonly<Record<string, unknown>> | undefined {
  const bytes = fromBase64url(part);
  if (bytes === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Readonly<Record<string, unknown>>)
      : undefined;
  } catch {
    return undefined;
  }
}
