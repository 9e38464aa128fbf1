import { defineErrors, DomainException } from '@hetao/kernel';
import { isSha256Hex } from './hash.js';

const ALGORITHM = { name: 'Ed25519' } as const;
/** Says what is signed, so that a signature made here can never be read as one over something else. */
const CONTEXT = 'hetao:document:sha256:';

/** An Ed25519 public key as JWK (RFC 8037). */
export interface PublicKeyJwk {
  readonly kty: 'OKP';
  readonly crv: 'Ed25519';
  readonly x: string;
}

/** An Ed25519 private key as JWK (RFC 8037). Never logged, never sent. */
export interface PrivateKeyJwk extends PublicKeyJwk {
  readonly d: string;
}

export const signatureErrors = defineErrors({
  SIGNING_KEY_INVALID: {
    kind: 'invalid',
    title: 'Not an Ed25519 key',
    fix: 'Give a JWK with kty "OKP", crv "Ed25519", x, and for signing d (RFC 8037).',
  },
  DOCUMENT_HASH_INVALID: {
    kind: 'invalid',
    title: 'Not a document hash',
    fix: 'Give the SHA-256 of the document as 64 lower-case hexadecimal digits.',
  },
});

/** A new key pair. */
export async function generateSigningKey(): Promise<{ privateKey: PrivateKeyJwk; publicKey: PublicKeyJwk }> {
  const pair = await subtle().generateKey(ALGORITHM, true, ['sign', 'verify']);
  if (!('privateKey' in pair)) throw new TypeError('Ed25519 did not give a key pair.');
  const { x = '', d = '' } = await subtle().exportKey('jwk', pair.privateKey);
  const publicKey = { kty: 'OKP', crv: 'Ed25519', x } as const;
  return { privateKey: { ...publicKey, d }, publicKey };
}

/**
 * Signs a document by its hash (Ed25519, RFC 8032; detached; the same key and hash give the same signature).
 *
 * @returns the 64-byte signature in base64url without padding.
 * @throws DomainException SIGNING_KEY_INVALID, DOCUMENT_HASH_INVALID.
 */
export async function signDocumentHash(hash: string, privateKey: PrivateKeyJwk): Promise<string> {
  const key = await importKey(privateKey, 'sign');
  const signature = await subtle().sign(ALGORITHM, key, message(hash));
  return toBase64url(new Uint8Array(signature));
}

/**
 * True when the signature was made over this document hash by the holder of the key. A malformed signature is false.
 *
 * @throws DomainException SIGNING_KEY_INVALID, DOCUMENT_HASH_INVALID.
 */
export async function verifyDocumentHash(hash: string, signature: string, publicKey: PublicKeyJwk): Promise<boolean> {
  const key = await importKey(publicKey, 'verify');
  const bytes = fromBase64url(signature);
  return bytes !== undefined && subtle().verify(ALGORITHM, key, bytes, message(hash));
}

/** Signs bytes as they are (Ed25519): for formats that say themselves what is signed. @throws SIGNING_KEY_INVALID. */
export async function signBytes(bytes: Uint8Array<ArrayBuffer>, privateKey: PrivateKeyJwk): Promise<Uint8Array> {
  return new Uint8Array(await subtle().sign(ALGORITHM, await importKey(privateKey, 'sign'), bytes));
}

/** True when {@link signBytes} made this signature over these bytes. @throws SIGNING_KEY_INVALID. */
export async function verifyBytes(
  bytes: Uint8Array<ArrayBuffer>,
  signature: Uint8Array<ArrayBuffer>,
  publicKey: PublicKeyJwk,
): Promise<boolean> {
  return subtle().verify(ALGORITHM, await importKey(publicKey, 'verify'), signature, bytes);
}

function message(hash: string): Uint8Array<ArrayBuffer> {
  if (!isSha256Hex(hash)) {
    throw new DomainException(signatureErrors.DOCUMENT_HASH_INVALID(`"${String(hash).slice(0, 80)}" is no SHA-256.`));
  }
  return new TextEncoder().encode(CONTEXT + hash);
}

async function importKey(jwk: PublicKeyJwk | PrivateKeyJwk, use: 'sign' | 'verify'): Promise<CryptoKey> {
  try {
    const { kty, crv, x } = jwk;
    const material = use === 'sign' && 'd' in jwk ? { kty, crv, x, d: jwk.d } : { kty, crv, x };
    return await subtle().importKey('jwk', material, ALGORITHM, false, [use]);
  } catch (cause) {
    // The cause may quote the key; it stays out of the detail.
    throw new DomainException(signatureErrors.SIGNING_KEY_INVALID(`The key cannot be used to ${use}.`), { cause });
  }
}

function subtle(): SubtleCrypto {
  return globalThis.crypto.subtle;
}

function toBase64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

/** 64 bytes are 86 characters, the last of which carries only four bits: one text for one signature. */
const SIGNATURE = /^[A-Za-z0-9_-]{85}[AQgw]$/;

function fromBase64url(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (!SIGNATURE.test(text)) return undefined;
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (character) => character.charCodeAt(0));
}
