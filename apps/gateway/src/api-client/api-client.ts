import { err, ok, type Result } from '@hetao/kernel';
import { apiClientErrors, type ApiClientError } from './api-client.errors.js';

/** A public key as a JWK (RFC 7517), as far as it is looked at here. */
export interface PublicJwk {
  readonly kty: string;
  readonly crv?: string | undefined;
  readonly kid?: string | undefined;
  readonly [member: string]: unknown;
}

/** A machine of an organisation that proves itself with its own private key. Times are instants (UTC). */
export interface ApiClient {
  readonly id: string;
  /** Who registered it: the client can do no more than this account. */
  readonly accountId: string;
  readonly organisationId: string;
  readonly name: string;
  readonly keys: readonly PublicJwk[];
  readonly scopes: readonly string[];
  readonly createdAt: Date;
  readonly revokedAt: Date | null;
  readonly lastUsedAt: Date | null;
}

export const maxClients = 50;
const MOST_KEYS = 4;
/** Curves whose signatures the token endpoint takes; RSA keys are long, and their older paddings are traps. */
const CURVES: Readonly<Record<string, string>> = { 'P-256': 'EC', Ed25519: 'OKP' };
/** RFC 7518 6.2.2, 6.3.2, 6.4: what only the owner may know. */
const PRIVATE = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];

/** Whether these keys may stand for a client, and the scopes be had. `callerScopes` is null for a person signed in. */
export function decideClient(request: {
  readonly keys: readonly PublicJwk[];
  readonly scopes: readonly string[];
  readonly callerScopes: readonly string[] | null;
}): Result<{ readonly scopes: readonly string[] }, ApiClientError> {
  const fault = keysFault(request.keys);
  if (fault !== undefined) return err(apiClientErrors.API_CLIENT_KEYS_INVALID(fault, { pointer: '/jwks/keys' }));
  const { callerScopes } = request;
  const beyond = callerScopes === null ? [] : request.scopes.filter((scope) => !callerScopes.includes(scope));
  if (beyond.length > 0) {
    const detail = `The calling key does not have ${beyond.join(', ')}.`;
    return err(apiClientErrors.API_CLIENT_SCOPE_NOT_YOURS(detail, { pointer: '/scopes' }));
  }
  return ok({ scopes: [...new Set(request.scopes)] });
}

function keysFault(keys: readonly PublicJwk[]): string | undefined {
  if (keys.length === 0 || keys.length > MOST_KEYS) return `There are ${keys.length} keys.`;
  const kids = keys.map(({ kid }) => kid);
  if (kids.includes(undefined) || new Set(kids).size !== kids.length) return 'Each key needs a kid of its own.';
  const wrong = keys.find(({ kty, crv }) => crv === undefined || CURVES[crv] !== kty);
  if (wrong !== undefined) return `Key ${wrong.kid} is neither EC P-256 nor Ed25519.`;
  const exposed = keys.find((key) => PRIVATE.some((member) => member in key));
  return (
    exposed && `Key ${exposed.kid} has a private part: keep that, and make a new pair, since this one has travelled.`
  );
}
