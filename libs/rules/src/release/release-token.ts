import { defineErrors, err, ok, type DomainError, type Result } from '@hetao/kernel';
import { fromBase64url, readJson, toBase64url, utf8 } from './base64url.js';

export const releaseTokenErrors = defineErrors({
  RELEASE_TOKEN_MALFORMED: {
    kind: 'invalid',
    title: 'Not a release token',
    fix: 'Give the token as customs issued it: three base64url parts with dots between them, unchanged.',
  },
  RELEASE_TOKEN_FORGED: {
    kind: 'forbidden',
    title: 'The release token was not signed by customs',
    fix: 'Ask the exporter for the token customs issued, and check that you hold the current public keys of customs.',
  },
  RELEASE_TOKEN_NOT_IN_FORCE: {
    kind: 'forbidden',
    title: 'The release is not in force',
    fix: 'Look at the dates of the release; ask customs for a new one where it has expired.',
  },
  RELEASE_TOKEN_UNLOGGED: {
    kind: 'forbidden',
    title: 'The transparency log does not vouch for the release',
    fix: 'Ask customs for the sealed token, and check that you hold the key of the log it names.',
  },
  RELEASE_OUT_OF_SCOPE: {
    kind: 'forbidden',
    title: 'The release does not cover this use',
    fix: 'Stay within the purpose, fields, recipient and destination of the release, or declare the new use.',
  },
});

/** An Ed25519 public key (RFC 8037) with the name that tokens call it by. */
export interface ReleasePublicKey {
  readonly kty: 'OKP';
  readonly crv: 'Ed25519';
  readonly x: string;
  readonly kid: string;
}
export interface ReleasePrivateKey extends ReleasePublicKey {
  readonly d: string;
}

export interface ReleaseScope {
  readonly purpose: string;
  readonly fields: readonly string[];
  readonly recipient_id: string;
  readonly destination: string;
  readonly onward: boolean;
}
/**
 * Where the transparency log has the event that issued a release. That the leaf is of this release is what customs signs
 * with the token; that it is in the log anybody checks from leaf to checkpoint (RFC 9162 2.1.3.2).
 */
export interface ReleaseLogReceipt {
  /** Id of the logged event, under which its parties find salt and entry. */
  readonly record_id: string;
  readonly leaf_hash: string;
  readonly leaf_index: number;
  readonly tree_size: number;
  readonly inclusion_path: readonly string[];
  /** Signed checkpoint of that size (C2SP tlog-checkpoint). */
  readonly checkpoint: string;
}
/** Says what is wrong with a receipt, or null. Given from outside, since rules know nothing of logs. */
export type ReceiptCheck = (receipt: ReleaseLogReceipt) => Promise<string | null>;
/** What a release says. Times are seconds since 1970 (RFC 7519). */
export interface ReleaseClaims {
  readonly iss: 'hetao-customs';
  /** Id of the release, `rel_…`. */
  readonly jti: string;
  readonly iat: number;
  readonly nbf: number;
  readonly exp: number;
  readonly declaration_id: string;
  readonly exporter_id: string;
  readonly rule_set: { readonly id: string; readonly version: string };
  readonly facts_sha256: string;
  readonly pathway: string;
  readonly rule_id: string;
  /** Notice, filing or certificate number, or the number of the exemption memo. */
  readonly official_ref: string;
  readonly scope: ReleaseScope;
  /** Distinct persons that may still be sent when it was issued; null: no such data at all. */
  readonly quota: { readonly general_remaining: number | null; readonly sensitive_remaining: number | null };
  /** Receipt of the transparency log, once there is one. */
  readonly log_receipt: ReleaseLogReceipt | null;
}

const TYPE = 'hetao-release+jwt';
const MAX_TOKEN_LENGTH = 64_000;
const ALGORITHM = { name: 'Ed25519' } as const;

/** Signs a release as a compact JWS (RFC 7515) with EdDSA (RFC 8037). */
export async function signReleaseToken(
  claims: ReleaseClaims,
  { kty, crv, x, d, kid }: ReleasePrivateKey,
): Promise<string> {
  const key = await subtle().importKey('jwk', { kty, crv, x, d }, ALGORITHM, false, ['sign']);
  const head = toBase64url(utf8(JSON.stringify({ alg: 'EdDSA', typ: TYPE, kid })));
  const input = `${head}.${toBase64url(utf8(JSON.stringify(claims)))}`;
  const signature = await subtle().sign(ALGORITHM, key, utf8(input));
  return `${input}.${toBase64url(new Uint8Array(signature))}`;
}

/**
 * Checks a release token offline, in Node and in a browser: its form, its signature by one of the keys, and its dates.
 * Whether it was suspended or revoked meanwhile only the events of customs, or customs itself, can say.
 *
 * @param now instant of the check.
 * @param receiptCheck given, the token must also hold a receipt of the log that passes it.
 */
export async function verifyReleaseToken(
  token: string,
  keys: readonly ReleasePublicKey[],
  now: Date,
  receiptCheck?: ReceiptCheck,
): Promise<Result<ReleaseClaims, DomainError>> {
  const signed = await signedClaims(token, keys);
  if (!signed.ok) return signed;
  const inTime = checkDates(signed.value, now);
  if (!inTime.ok || receiptCheck === undefined) return inTime;
  const { log_receipt: receipt } = signed.value;
  const fault = receipt === null ? 'The token holds no receipt of the log.' : await receiptCheck(receipt);
  return fault === null ? inTime : err(releaseTokenErrors.RELEASE_TOKEN_UNLOGGED(fault));
}

/** The claims of a token that one of the keys signed, whatever its dates. */
async function signedClaims(
  token: string,
  keys: readonly ReleasePublicKey[],
): Promise<Result<ReleaseClaims, DomainError>> {
  const parts = token.length > MAX_TOKEN_LENGTH ? [] : token.split('.');
  const [head = '', body = '', signature = ''] = parts;
  const header: { alg?: unknown; typ?: unknown; kid?: unknown } | null = readJson(head);
  const claims = readJson(body) as ReleaseClaims | null;
  const bytes = fromBase64url(signature);
  if (parts.length !== 3 || header === null || claims === null || bytes === null) {
    return err(releaseTokenErrors.RELEASE_TOKEN_MALFORMED('The text is not a signed token in three parts.'));
  }
  // The algorithm is ours to choose, never the token’s: "none" and all others are as good as no signature.
  if (header.alg !== 'EdDSA' || header.typ !== TYPE) {
    return err(releaseTokenErrors.RELEASE_TOKEN_MALFORMED(`The token is not of type ${TYPE} with algorithm EdDSA.`));
  }
  const key = keys.find(({ kid }) => kid === header.kid);
  if (key === undefined)
    return err(releaseTokenErrors.RELEASE_TOKEN_FORGED('None of the keys has the name the token gives.'));
  const imported = await subtle().importKey('jwk', { kty: key.kty, crv: key.crv, x: key.x }, ALGORITHM, false, [
    'verify',
  ]);
  const genuine = await subtle().verify(ALGORITHM, imported, bytes, utf8(`${head}.${body}`));
  if (!genuine) return err(releaseTokenErrors.RELEASE_TOKEN_FORGED('The signature does not fit the token.'));
  return ok(claims);
}

function checkDates(claims: ReleaseClaims, now: Date): Result<ReleaseClaims, DomainError> {
  const seconds = now.getTime() / 1000;
  if (seconds < claims.nbf) return err(releaseTokenErrors.RELEASE_TOKEN_NOT_IN_FORCE(`It begins ${iso(claims.nbf)}.`));
  if (seconds >= claims.exp) return err(releaseTokenErrors.RELEASE_TOKEN_NOT_IN_FORCE(`It ended ${iso(claims.exp)}.`));
  return ok(claims);
}

/** One use of released data, as delivery sees it. */
export interface ReleaseUse {
  readonly purpose: string;
  readonly fields: readonly string[];
  readonly recipientId: string;
  readonly destination: string;
}

/** Whether a use lies within the scope (NDSMR 38: never beyond purpose, manner, scope and type). All faults are named. */
export function checkReleaseUse({ scope }: Pick<ReleaseClaims, 'scope'>, use: ReleaseUse): Result<null, DomainError> {
  const beyond = use.fields.filter((field) => !scope.fields.includes(field));
  const faults = [
    ...(use.purpose === scope.purpose ? [] : [`purpose ${use.purpose} instead of ${scope.purpose}`]),
    ...(use.recipientId === scope.recipient_id
      ? []
      : [`recipient ${use.recipientId} instead of ${scope.recipient_id}`]),
    ...(use.destination === scope.destination
      ? []
      : [`destination ${use.destination} instead of ${scope.destination}`]),
    ...beyond.map((field) => `field ${field}`),
  ];
  return faults.length === 0
    ? ok(null)
    : err(releaseTokenErrors.RELEASE_OUT_OF_SCOPE(`Not covered: ${faults.join('; ')}.`));
}

function iso(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}

function subtle(): SubtleCrypto {
  return globalThis.crypto.subtle;
}
