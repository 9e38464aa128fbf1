import { canonicalJson, err, ok, type Result } from '@hetao/kernel';
import { sha256Bytes } from '../hash.js';
import { fromBase64url, toBase64url } from './base64url.js';
import { jwsErrors, type JwsError } from './jws.errors.js';

/** Public keys agreements are signed with: Ed25519 (RFC 8037) or P-256 (RFC 7518 6.2). */
export type SigningJwk =
  | { readonly kty: 'OKP'; readonly crv: 'Ed25519'; readonly x: string }
  | { readonly kty: 'EC'; readonly crv: 'P-256'; readonly x: string; readonly y: string };
/** The same with its private part. Never sent. */
export type SigningPrivateJwk = SigningJwk & { readonly d: string };

/** What of a key may be seen by everybody. */
export function publicPartOf(key: SigningJwk): SigningJwk {
  return key.kty === 'EC'
    ? { kty: key.kty, crv: key.crv, x: key.x, y: key.y }
    : { kty: key.kty, crv: key.crv, x: key.x };
}

export const signingAlgorithms = ['Ed25519', 'ES256'] as const;
export type SigningAlgorithm = (typeof signingAlgorithms)[number];

/** The algorithm a key signs with. The key decides, never the signature: so no signature can choose a weaker one. */
export function algorithmOf({ crv }: SigningJwk): SigningAlgorithm {
  return crv === 'Ed25519' ? 'Ed25519' : 'ES256';
}

/** What the algorithm is called in JOSE: RFC 9864 names Ed25519, RFC 8037 said EdDSA before and many still do. */
export const joseNames: Readonly<Record<SigningAlgorithm, readonly string[]>> = {
  Ed25519: ['Ed25519', 'EdDSA'],
  ES256: ['ES256'],
};

/**
 * The name of a key: its JWK thumbprint (RFC 7638, SHA-256). It follows from the key alone, so no other key can be
 * passed off under it.
 */
export function thumbprintOf(jwk: SigningJwk): string {
  return toBase64url(sha256Bytes(canonicalJson(publicPartOf(jwk))));
}

/** Reads a public key: exactly the members of its kind, one spelling of each, a point on the curve. */
export async function readSigningJwk(value: unknown): Promise<Result<SigningJwk, JwsError>> {
  const refuse = (why: string) => err(jwsErrors.SIGNING_JWK_INVALID(why));
  if (typeof value !== 'object' || value === null) return refuse('A JWK is an object.');
  const { kty, crv, x, y, ...rest } = value as Readonly<Record<string, unknown>>;
  if ('d' in rest) return refuse('The private part of a key was sent. Make a new key, and send its public part alone.');
  const [stranger] = Object.keys(rest);
  if (stranger !== undefined) return refuse(`It has the member ${stranger}, which this exchange does not read.`);
  if (!isCoordinate(x)) return refuse('x is not 32 bytes in base64url.');
  const jwk = jwkOf({ kty, crv, x, y });
  if (jwk === undefined) return refuse('It is neither an Ed25519 nor a P-256 key.');
  return (await importSigningKey(jwk, 'verify')) === undefined ? refuse('It is no point on its curve.') : ok(jwk);
}

/** The key as Web Crypto uses it; undefined when it is none. */
export async function importSigningKey(
  jwk: SigningJwk | SigningPrivateJwk,
  use: 'sign' | 'verify',
): Promise<CryptoKey | undefined> {
  const algorithm = jwk.kty === 'OKP' ? { name: 'Ed25519' } : { name: 'ECDSA', namedCurve: 'P-256' };
  const open = publicPartOf(jwk);
  const material = use === 'sign' && 'd' in jwk ? { ...open, d: jwk.d } : open;
  try {
    return await globalThis.crypto.subtle.importKey('jwk', material, algorithm, false, [use]);
  } catch {
    // The cause may quote the key.
    return undefined;
  }
}

function jwkOf(parts: { kty: unknown; crv: unknown; x: string; y: unknown }): SigningJwk | undefined {
  const { kty, crv, x, y } = parts;
  if (kty === 'OKP' && crv === 'Ed25519' && y === undefined) return { kty, crv, x };
  return kty === 'EC' && crv === 'P-256' && isCoordinate(y) ? { kty, crv, x, y } : undefined;
}

function isCoordinate(value: unknown): value is string {
  return typeof value === 'string' && value.length === 43 && fromBase64url(value)?.length === 32;
}
