import { defineErrors, DomainException, type JsonValue } from '@hetao/kernel';
import { sha256Bytes } from '../hash.js';
import type { PrivateKeyJwk, PublicKeyJwk } from '../signature.js';
import { base64url, instanceFor, MEDIA_TYPE, signerOf } from './sd-jwt.js';

export const credentialErrors = defineErrors({
  CREDENTIAL_INVALID: {
    kind: 'invalid',
    title: 'Not a credential that can be issued or shown',
    fix: 'Give claims as a JSON object without the names that the format keeps for itself, and name only claims it has.',
  },
});

/** What an issuer states about somebody or something, claim by claim. Instants are UTC. */
export interface CredentialTerms {
  /** Organisation that states it. */
  readonly issuer: string;
  /** Kind of credential, e.g. `credit-report/v1` (SD-JWT VC: `vct`). */
  readonly type: string;
  readonly claims: Readonly<Record<string, JsonValue>>;
  /** Claims that the holder may show or keep back one by one; the others are always shown. */
  readonly disclosable: readonly string[];
  readonly validFrom: Date;
  readonly validTo: Date;
  /** The holder's key, when only he may present it. */
  readonly holderKey?: PublicKeyJwk;
}

/** Names that the format gives a meaning of its own (RFC 9901, RFC 7519, SD-JWT VC). */
export const RESERVED: ReadonlySet<string> = new Set([
  ...['_sd', '_sd_alg', '...', 'iss', 'sub', 'aud', 'iat', 'nbf', 'exp', 'jti', 'cnf', 'vct', 'status'],
  '__proto__',
]);
/** More claims than any report has. */
const MAX_CLAIMS = 200;

/**
 * Issues an SD-JWT (RFC 9901) with everything that can be disclosed. Its digests are salted one by one, so what the holder
 * keeps back cannot be guessed.
 *
 * @throws DomainException CREDENTIAL_INVALID, SIGNING_KEY_INVALID.
 */
export async function issueCredential(terms: CredentialTerms, key: PrivateKeyJwk): Promise<string> {
  const { issuer, type, claims, disclosable, validFrom, validTo, holderKey } = terms;
  const names = Object.keys(claims);
  const fault = faultIn(names, disclosable) ?? (validFrom < validTo ? undefined : 'It ends before it begins.');
  if (fault !== undefined) throw new DomainException(credentialErrors.CREDENTIAL_INVALID(fault));
  const payload: Record<string, unknown> = {
    ...claims,
    iss: issuer,
    vct: type,
    iat: seconds(validFrom),
    nbf: seconds(validFrom),
    exp: seconds(validTo),
    ...(holderKey === undefined ? {} : { cnf: { jwk: { kty: 'OKP', crv: 'Ed25519', x: holderKey.x } } }),
  };
  const instance = instanceFor({ signer: signerOf(key) });
  return instance.issue(payload, { _sd: [...disclosable] } as never, { header: { typ: MEDIA_TYPE, kid: key.x } });
}

/** To whom a presentation is made, so that nobody else can use it. */
export interface Binding {
  readonly audience: string;
  /** Drawn by the receiver, once. */
  readonly nonce: string;
}

/** How the holder binds a presentation to one receiver. */
export interface HolderBinding extends Binding {
  readonly key: PrivateKeyJwk;
  readonly at: Date;
}

/**
 * Shows a credential with these of its disclosable claims and no others.
 *
 * @throws DomainException CREDENTIAL_INVALID when it has no such claim or is no SD-JWT.
 */
export async function presentCredential(
  credential: string,
  disclose: readonly string[],
  binding?: HolderBinding,
): Promise<string> {
  const instance = instanceFor(binding === undefined ? {} : { kbSigner: signerOf(binding.key) });
  const keys = await instance.presentableKeys(credential).catch((cause: unknown) => {
    throw new DomainException(credentialErrors.CREDENTIAL_INVALID('This is no SD-JWT.'), { cause });
  });
  const unknown = disclose.find((name) => !keys.includes(name));
  if (unknown !== undefined) {
    throw new DomainException(credentialErrors.CREDENTIAL_INVALID(`It has no claim "${unknown}" to disclose.`));
  }
  const frame = Object.fromEntries(disclose.map((name) => [name, true]));
  if (binding === undefined) return instance.present(credential, frame);
  const { audience: aud, nonce, at } = binding;
  return instance.present(credential, frame, { kb: { payload: { iat: seconds(at), aud, nonce } } });
}

/**
 * The part that the issuer signed, which is the same whatever is disclosed: what to commit to in the log, so that an
 * attestation covers the credential and not one way of showing it.
 */
export function issuerSigned(credential: string): Uint8Array {
  const [jwt = ''] = credential.split('~', 1);
  return new TextEncoder().encode(jwt);
}

/** The digest by which a binding names the presentation it belongs to (RFC 9901 4.3.1). */
export function presentationHash(presentation: string): string {
  return base64url(sha256Bytes(presentation.slice(0, presentation.lastIndexOf('~') + 1)));
}

function faultIn(names: readonly string[], disclosable: readonly string[]): string | undefined {
  const reserved = names.find((name) => RESERVED.has(name));
  if (reserved !== undefined) return `"${reserved}" has a meaning of its own and cannot be a claim.`;
  const unknown = disclosable.find((name) => !names.includes(name));
  if (unknown !== undefined) return `"${unknown}" is to be disclosable and is no claim.`;
  return names.length <= MAX_CLAIMS ? undefined : `${names.length} claims are more than ${MAX_CLAIMS}.`;
}

/** JWT times are whole seconds. */
function seconds(at: Date): number {
  return Math.floor(at.getTime() / 1000);
}
