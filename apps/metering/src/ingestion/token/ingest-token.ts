import { createHmac, timingSafeEqual } from 'node:crypto';

/** What a token grants: to report usage of one merchant, of some agreements or of all of its own, for a while. */
export interface IngestGrant {
  readonly organisationId: string;
  /** Empty: all agreements of the organisation. */
  readonly agreementIds: readonly string[];
  /** First ms since 1970 at which it is worth nothing. */
  readonly expiresAtMs: number;
}

/** A secret by which tokens are signed. */
export interface TokenKey {
  readonly keyId: string;
  readonly secret: Buffer;
}

const PREFIX = 'hxi_';
/** Longest token that is looked at. */
const MAX_LENGTH = 8_000;

/** Writes a token: prefix, key id, grant in JSON and HMAC-SHA-256 over both, in base64url. */
export function signToken(grant: IngestGrant, { keyId, secret }: TokenKey): string {
  const { organisationId, agreementIds, expiresAtMs } = grant;
  const content = JSON.stringify([organisationId, expiresAtMs, ...agreementIds]);
  const signed = `${PREFIX}${keyId}.${Buffer.from(content).toString('base64url')}`;
  return `${signed}.${macOf(signed, secret)}`;
}

/** Id of the key that a token says it was signed with; undefined when it is no token of this kind. */
export function keyIdOf(token: string): string | undefined {
  if (token.length > MAX_LENGTH || !token.startsWith(PREFIX)) return undefined;
  const parts = token.slice(PREFIX.length).split('.');
  return parts.length === 3 ? parts[0] : undefined;
}

/** The grant of a token that was signed with the key and has not expired. */
export function readToken(token: string, key: TokenKey, nowMs: number): IngestGrant | undefined {
  const end = token.lastIndexOf('.');
  const expected = Buffer.from(macOf(token.slice(0, end), key.secret));
  const given = Buffer.from(token.slice(end + 1));
  if (expected.length !== given.length || !timingSafeEqual(expected, given)) return undefined;
  const content = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8');
  // It was signed by us, so it has the form in which we wrote it.
  const [organisationId, expiresAtMs, ...agreementIds] = JSON.parse(content) as [string, number, ...string[]];
  return nowMs < expiresAtMs ? { organisationId, agreementIds, expiresAtMs } : undefined;
}

function macOf(text: string, secret: Buffer): string {
  return createHmac('sha256', secret).update(text).digest('base64url');
}
