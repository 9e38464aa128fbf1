import { err, ok, type Result } from '@hetao/kernel';
import { readDetached, signDetached, verifyDetached } from './detached-jws.js';
import { jwsErrors, type JwsError } from './jws.errors.js';
import type { SigningJwk, SigningPrivateJwk } from './signing-jwk.js';

const TYPE = 'hetao-key-proof+jws';

/** Shows that one holds the private part of a key: a detached JWS over the challenge the exchange made for this key. */
export function proveKey(challenge: string, key: SigningPrivateJwk): Promise<string> {
  return signDetached(challenge, key, { typ: TYPE });
}

/** Verifies such a proof. A signature over an agreement is none, and a proof signs no agreement. */
export async function verifyKeyProof(jws: string, challenge: string, jwk: SigningJwk): Promise<Result<null, JwsError>> {
  const read = readDetached(jws);
  if (!read.ok) return read;
  if (read.value.header.typ !== TYPE) {
    return err(jwsErrors.SIGNATURE_MALFORMED(`The header is not of type ${TYPE}.`));
  }
  const verified = await verifyDetached(read.value, challenge, jwk);
  return verified.ok ? ok(null) : verified;
}
