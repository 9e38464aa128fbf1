import { canonicalJson, DomainException, err, ok, type JsonValue, type Result } from '@hetao/kernel';
import { fromBase64url, toBase64url } from './base64url.js';
import { jwsErrors, type JwsError } from './jws.errors.js';
import {
  algorithmOf,
  importSigningKey,
  joseNames,
  thumbprintOf,
  type SigningAlgorithm,
  type SigningJwk,
  type SigningPrivateJwk,
} from './signing-jwk.js';

/** What a signature says about itself. */
export interface JwsHeader {
  readonly alg: string;
  /** Thumbprint of the key (RFC 7638). */
  readonly kid: string;
  readonly typ: string;
  readonly [claim: string]: unknown;
}
/** A signature taken apart, not verified yet. */
export interface DetachedJws {
  readonly header: JwsHeader;
  /** The header as it was signed. */
  readonly head: string;
  readonly signature: Uint8Array<ArrayBuffer>;
}

const MAX_LENGTH = 4_096;
const SIGNATURE_BYTES = 64;
const KEYS_IN_HEADER = ['jwk', 'jku', 'x5u', 'x5c'];

/**
 * Signs content as it is (RFC 7797, b64 false) and leaves it out of the result (RFC 7515 appendix F).
 *
 * @param claims further members of the protected header; they are signed with the content.
 * @throws DomainException SIGNING_JWK_INVALID.
 */
export async function signDetached(
  content: string,
  privateKey: SigningPrivateJwk,
  { typ, ...claims }: { readonly typ: string } & Readonly<Record<string, JsonValue>>,
): Promise<string> {
  const algorithm = algorithmOf(privateKey);
  const key = await importSigningKey(privateKey, 'sign');
  if (key === undefined) throw new DomainException(jwsErrors.SIGNING_JWK_INVALID('The key cannot be used to sign.'));
  const kid = thumbprintOf(privateKey);
  const header = { ...claims, typ, alg: joseNames[algorithm][0], kid, b64: false, crit: ['b64'] };
  const head = toBase64url(utf8(canonicalJson(header)));
  const signature = await globalThis.crypto.subtle.sign(parametersOf(algorithm), key, signedBytes(head, content));
  return `${head}..${toBase64url(new Uint8Array(signature))}`;
}

/** Takes a signature apart. Nothing in it is believed yet. */
export function readDetached(jws: string): Result<DetachedJws, JwsError> {
  const [head = '', content, signature = '', ...more] = jws.length > MAX_LENGTH ? [] : jws.split('.');
  if (content !== '' || more.length > 0) return malformed('it is not "header..signature"');
  const header = readJson(head);
  const bytes = fromBase64url(signature);
  if (header === undefined) return malformed('its header is not a JSON object in base64url');
  if (bytes?.length !== SIGNATURE_BYTES) return malformed(`its signature is not ${SIGNATURE_BYTES} bytes in base64url`);
  if (header['b64'] !== false || canonicalJson(header['crit'] ?? null) !== '["b64"]') {
    return malformed('its header does not say b64 false with crit ["b64"]');
  }
  const given = KEYS_IN_HEADER.find((name) => name in header);
  if (given !== undefined) return malformed(`its header brings a key (${given})`);
  const { alg, kid, typ } = header;
  if (typeof alg !== 'string' || typeof kid !== 'string' || typeof typ !== 'string') {
    return malformed('its header lacks alg, kid or typ');
  }
  if (!Object.values(joseNames).flat().includes(alg))
    return algorithmRefused(`"${alg.slice(0, 40)}" is not verified here`);
  return ok({ header: { ...header, alg, kid, typ }, head, signature: bytes });
}

/** Verifies a signature over content with this key and no other. */
export async function verifyDetached(
  { header, head, signature }: DetachedJws,
  content: string,
  jwk: SigningJwk,
): Promise<Result<JwsHeader, JwsError>> {
  const algorithm = algorithmOf(jwk);
  if (header.kid !== thumbprintOf(jwk)) {
    return err(jwsErrors.SIGNATURE_KEY_UNKNOWN(`The signature names the key ${header.kid}, not ${thumbprintOf(jwk)}.`));
  }
  if (!joseNames[algorithm].includes(header.alg)) {
    return algorithmRefused(`it says ${header.alg}, and its key signs with ${algorithm}`);
  }
  const key = await importSigningKey(jwk, 'verify');
  const genuine =
    key !== undefined &&
    (await globalThis.crypto.subtle.verify(parametersOf(algorithm), key, signature, signedBytes(head, content)));
  return genuine ? ok(header) : err(jwsErrors.SIGNATURE_FORGED('The content, the header or the key is another one.'));
}

function parametersOf(algorithm: SigningAlgorithm) {
  return algorithm === 'Ed25519' ? { name: 'Ed25519' } : { name: 'ECDSA', hash: 'SHA-256' };
}

/** RFC 7797 section 3: the encoded header, a full stop, and the content itself. */
function signedBytes(head: string, content: string): Uint8Array<ArrayBuffer> {
  return utf8(`${head}.${content}`);
}

function utf8(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

function readJson(part: string): Readonly<Record<string, unknown>> | undefined {
  const bytes = fromBase64url(part);
  if (bytes === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? (value as Readonly<Record<string, unknown>>) : undefined;
  } catch {
    return undefined;
  }
}

function malformed(why: string): Result<never, JwsError> {
  return err(jwsErrors.SIGNATURE_MALFORMED(`The signature cannot be read: ${why}.`));
}

function algorithmRefused(why: string): Result<never, JwsError> {
  return err(jwsErrors.SIGNATURE_ALGORITHM_REFUSED(`The signature was refused: ${why}.`));
}
