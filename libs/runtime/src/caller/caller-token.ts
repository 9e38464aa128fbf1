import {
  calculateJwkThumbprint,
  createLocalJWKSet,
  exportJWK,
  generateKeyPair,
  importJWK,
  jwtVerify,
  SignJWT,
  type JSONWebKeySet,
  type JWK,
} from 'jose';
import { DomainException, newId } from '@hetao/kernel';
import { callerErrors } from './caller.errors.js';
import { callerClaims, type CallerIdentity } from './caller-identity.js';

/** The header that carries the identity from the gateway to a service. */
export const CALLER_HEADER = 'x-hetao-caller';

const ISSUER = 'hetao-gateway';
const AUDIENCE = 'hetao-services';
const ALGORITHM = 'EdDSA';
const LIFETIME_S = 60;
/** Machines' clocks differ; more than this is a fault somebody should notice. */
const CLOCK_TOLERANCE_S = 5;
/** A token is about 600 characters; anything much longer is not one of ours. */
const MAX_TOKEN_LENGTH = 8_192;

/** A pair of Ed25519 keys as JWKs with the thumbprint (RFC 7638) as `kid`, for tests and for the demo. */
export async function generateCallerKeys(): Promise<{ readonly privateKey: JWK; readonly publicKeys: JSONWebKeySet }> {
  const { privateKey, publicKey } = await generateKeyPair('Ed25519', { extractable: true });
  const publicJwk = await exportJWK(publicKey);
  const kid = await calculateJwkThumbprint(publicJwk);
  return {
    privateKey: { ...(await exportJWK(privateKey)), kid, alg: ALGORITHM },
    publicKeys: { keys: [{ ...publicJwk, kid, alg: ALGORITHM, use: 'sig' }] },
  };
}

/**
 * Signs an identity for 60 seconds with the gateway's private Ed25519 key. The machine's time is used, never the
 * business clock: a demo that lives in 2015 still needs tokens that are valid now.
 */
export async function signCaller(identity: CallerIdentity, privateKey: JWK): Promise<string> {
  const { subject, organisationId, displayName, ...rest } = identity;
  const kid = privateKey.kid;
  return new SignJWT({ ...rest, org: organisationId, name: displayName })
    .setProtectedHeader({ alg: ALGORITHM, typ: 'JWT', ...(kid === undefined ? {} : { kid }) })
    .setSubject(subject)
    .setIssuer(ISSUER)
    .setAudience(AUDIENCE)
    .setIssuedAt()
    .setExpirationTime(`${LIFETIME_S}s`)
    .setJti(newId('jti'))
    .sign(await importedKey(privateKey));
}

const imported = new WeakMap<JWK, ReturnType<typeof importJWK>>();

/** Every request through the door is signed: the key is read once. */
function importedKey(privateKey: JWK): ReturnType<typeof importJWK> {
  const known = imported.get(privateKey) ?? importJWK(privateKey, ALGORITHM);
  imported.set(privateKey, known);
  return known;
}

/** Checks identities against the gateway's public keys; made once per service, since importing a key is not free. */
export type CallerVerifier = (token: string) => Promise<CallerIdentity>;

/** @returns a verifier; it throws DomainException CALLER_NOT_VERIFIED for anything but a valid, fresh identity. */
export function callerVerifier(publicKeys: JSONWebKeySet): CallerVerifier {
  const keys = createLocalJWKSet(publicKeys);
  return async (token) => {
    if (token.length > MAX_TOKEN_LENGTH) throw notVerified('The identity is far too long.');
    try {
      const { payload } = await jwtVerify(token, keys, {
        algorithms: [ALGORITHM],
        issuer: ISSUER,
        audience: AUDIENCE,
        maxTokenAge: LIFETIME_S,
        clockTolerance: CLOCK_TOLERANCE_S,
        requiredClaims: ['sub', 'iat', 'exp'],
      });
      const { sub, org, name, ...rest } = callerClaims.parse(payload);
      return { subject: sub, organisationId: org, displayName: name, ...rest };
    } catch (error) {
      throw notVerified('Its signature, audience, age or content was not accepted.', error);
    }
  };
}

/** Checks one identity; see {@link callerVerifier} for many. */
export function verifyCaller(token: string, publicKeys: JSONWebKeySet): Promise<CallerIdentity> {
  return callerVerifier(publicKeys)(token);
}

function notVerified(detail: string, cause?: unknown): DomainException {
  return new DomainException(callerErrors.CALLER_NOT_VERIFIED(detail), { cause });
}
