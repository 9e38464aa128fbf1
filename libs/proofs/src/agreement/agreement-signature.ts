import { canonicalJson, err, ok, type Result } from '@hetao/kernel';
import { documentHash } from '../hash.js';
import { readDetached, signDetached, verifyDetached, type DetachedJws } from './detached-jws.js';
import { jwsErrors, type JwsError } from './jws.errors.js';
import type { SigningAlgorithm, SigningJwk, SigningPrivateJwk } from './signing-jwk.js';

/** What a signature over an agreement calls itself, so that no signature over anything else passes for one. */
export const agreementSignatureType = 'hetao-agreement+jws';
/** How far the signer's clock may be from the exchange's. */
const MAX_SKEW_MS = 5 * 60_000;

/** The canonical document of an agreement, or any part of it that names it. */
export interface SignedDocument {
  readonly type?: unknown;
  readonly agreement_id: string;
  readonly [member: string]: unknown;
}

/** A key as the exchange registered it. Times are ISO 8601 instants. */
export interface SigningKeyRecord {
  readonly kid: string;
  readonly organisation_id: string;
  readonly algorithm: SigningAlgorithm;
  readonly jwk: SigningJwk;
  readonly valid_from: string;
  readonly valid_until: string;
  readonly revoked_at: string | null;
}

/** What a verified signature says. */
export interface AgreementSignature {
  readonly kid: string;
  /** When the signer says he signed. */
  readonly signedAt: Date;
}

/**
 * Signs an agreement: a detached JWS (RFC 7515 appendix F, RFC 7797) over the canonical JSON (RFC 8785) of its document.
 * Its header names the agreement and the hash of the document, so that it stands for nothing else.
 *
 * @throws DomainException SIGNING_JWK_INVALID, JSON_NOT_CANONICAL.
 */
export function signAgreementDocument(document: SignedDocument, key: SigningPrivateJwk, at: Date): Promise<string> {
  return signDetached(canonicalJson(document), key, {
    typ: agreementSignatureType,
    agreement_id: document.agreement_id,
    document_hash: documentHash(document),
    iat: Math.floor(at.getTime() / 1000),
  });
}

/**
 * Verifies a party's signature over an agreement, as of the instant the exchange received it.
 *
 * @param keys the keys of that party alone.
 * @returns SIGNATURE_*: each thing that can be wrong has its own code.
 */
export async function verifyAgreementSignature(
  jws: string,
  document: SignedDocument,
  { keys, receivedAt }: { readonly keys: readonly SigningKeyRecord[]; readonly receivedAt: Date },
): Promise<Result<AgreementSignature, JwsError>> {
  const read = readDetached(jws);
  if (!read.ok) return read;
  const { header } = read.value;
  const key = keys.find(({ kid }) => kid === header.kid);
  if (key === undefined) {
    return err(jwsErrors.SIGNATURE_KEY_UNKNOWN(`No key of this party has the thumbprint ${header.kid.slice(0, 60)}.`));
  }
  const meant = checkMeaning(read.value, document);
  if (!meant.ok) return meant;
  const verified = await verifyDetached(read.value, canonicalJson(document), key.jwk);
  if (!verified.ok) return verified;
  const signedAt = new Date(meant.value);
  if (Math.abs(signedAt.getTime() - receivedAt.getTime()) > MAX_SKEW_MS) {
    return err(jwsErrors.SIGNATURE_STALE(`It says ${signedAt.toISOString()} and came at ${receivedAt.toISOString()}.`));
  }
  const standing = checkKeyStanding(key, receivedAt);
  return standing.ok ? ok({ kid: key.kid, signedAt }) : standing;
}

/** Whether a key could sign at an instant. */
export function checkKeyStanding(key: SigningKeyRecord, at: Date): Result<SigningKeyRecord, JwsError> {
  const now = at.getTime();
  if (key.revoked_at !== null && now >= Date.parse(key.revoked_at)) {
    return err(jwsErrors.SIGNATURE_KEY_REVOKED(`Key ${key.kid} was revoked at ${key.revoked_at}.`));
  }
  if (now < Date.parse(key.valid_from) || now >= Date.parse(key.valid_until)) {
    return err(
      jwsErrors.SIGNATURE_KEY_NOT_IN_FORCE(`Key ${key.kid} is in force from ${key.valid_from} to ${key.valid_until}.`),
    );
  }
  return ok(key);
}

/** @returns when it says it was made, in ms; that it is about this document, and not about another it once fitted. */
function checkMeaning({ header }: DetachedJws, document: SignedDocument): Result<number, JwsError> {
  const { typ, agreement_id: agreementId, document_hash: hash, iat } = header;
  if (typ !== agreementSignatureType || typeof agreementId !== 'string' || typeof hash !== 'string') {
    return err(
      jwsErrors.SIGNATURE_MALFORMED(
        `The header is not of type ${agreementSignatureType} with agreement_id and document_hash.`,
      ),
    );
  }
  if (typeof iat !== 'number' || !Number.isSafeInteger(iat) || iat < 0 || iat > 8_640_000_000_000) {
    return err(
      jwsErrors.SIGNATURE_MALFORMED('The header does not say when it was signed (iat, whole seconds since 1970).'),
    );
  }
  const expected = documentHash(document);
  if (agreementId === document.agreement_id && hash === expected) return ok(iat * 1000);
  const made = agreementId === document.agreement_id ? `the document ${hash}` : `agreement ${agreementId}`;
  return err(jwsErrors.SIGNATURE_REPLAYED(`It was made for ${made.slice(0, 100)}, not for ${expected}.`));
}
