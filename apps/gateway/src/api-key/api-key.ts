import { err, ok, type Result } from '@hetao/kernel';
import { apiKeyErrors, type ApiKeyError } from './api-key.errors.js';

/** What a key may be allowed to do: an area, and whether it may change anything there. */
export const apiKeyScopes = [
  'catalog:read',
  'catalog:write',
  'contracts:read',
  'contracts:write',
  'usage:read',
  'usage:write',
  'settlement:read',
  'settlement:write',
  'customs:read',
  'customs:write',
  'attestation:read',
  'attestation:write',
  'sandbox:read',
  'sandbox:write',
  'delivery:read',
  'delivery:write',
  'webhook:read',
  'webhook:write',
  'identity:read',
  'identity:write',
] as const;

export type ApiKeyScope = (typeof apiKeyScopes)[number];

/** A stored key, without the key: only its hash was ever kept. */
export interface ApiKey {
  readonly id: string;
  readonly accountId: string;
  readonly organisationId: string;
  readonly name: string;
  /** First characters with the kind, e.g. `hx_live_`; with `lastFour` enough to find it in a password store. */
  readonly prefix: string;
  readonly lastFour: string;
  readonly scopes: readonly ApiKeyScope[];
  /** From where it may be used, as addresses or networks (CIDR); from everywhere when there are none. */
  readonly addresses: readonly string[];
  /** The key that takes its place; it goes on until it expires, so that nothing stands still meanwhile. */
  readonly rolledInto: string | null;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly revokedAt: Date | null;
  readonly lastUsedAt: Date | null;
}

/** Bounds: an account's keys, a key's life. */
export const maxKeysPerAccount = 50;
export const defaultLifeDays = 90;
export const maxLifeDays = 366;
/** Last use is written at most once in this time, so that reading a list never costs a write. */
const LAST_USED_STEP_MS = 60_000;
const DAY_MS = 86_400_000;

/** What a key is used for, when, and whether it comes from where it may. */
export interface KeyUse {
  readonly scope: ApiKeyScope;
  readonly now: Date;
  readonly isFromItsPlace: boolean;
}

/** Whether the key may be used now, from there, and for this scope. */
export function admit(key: ApiKey, { scope, now, isFromItsPlace }: KeyUse): Result<ApiKey, ApiKeyError> {
  if (key.revokedAt !== null) {
    return err(apiKeyErrors.API_KEY_REVOKED(`Key ${key.id} was revoked at ${key.revokedAt.toISOString()}.`));
  }
  if (key.expiresAt.getTime() <= now.getTime()) {
    return err(apiKeyErrors.API_KEY_EXPIRED(`Key ${key.id} expired at ${key.expiresAt.toISOString()}.`));
  }
  if (!isFromItsPlace) {
    return err(apiKeyErrors.API_KEY_ADDRESS_NOT_ALLOWED(`Key ${key.id} is not for the address this came from.`));
  }
  if (!key.scopes.includes(scope)) {
    const detail = `Key ${key.id} has ${key.scopes.join(', ')}; this needs ${scope}.`;
    return err(apiKeyErrors.API_KEY_SCOPE_MISSING(detail, { meta: { scope } }));
  }
  return ok(key);
}

/** Whether this use is late enough after the last recorded one to be written down. */
export function worthRecording(key: ApiKey, now: Date): boolean {
  return key.lastUsedAt === null || now.getTime() - key.lastUsedAt.getTime() >= LAST_USED_STEP_MS;
}

/** What somebody asks for when making a key. `callerScopes` is null for a person signed in: no bound but their own rights. */
export interface ApiKeyRequest {
  readonly scopes: readonly ApiKeyScope[];
  readonly expiresAt: Date | null;
  readonly callerScopes: readonly string[] | null;
  readonly existingKeys: number;
}

/** Decides whether the key may be made, and until when it lives. */
export function decideApiKey(
  request: ApiKeyRequest,
  now: Date,
): Result<{ scopes: ApiKeyScope[]; expiresInMs: number }, ApiKeyError> {
  if (request.existingKeys >= maxKeysPerAccount) {
    const detail = `There are ${request.existingKeys} keys; at most ${maxKeysPerAccount} may be in force at once.`;
    return err(apiKeyErrors.API_KEY_LIMIT_REACHED(detail));
  }
  const { callerScopes } = request;
  const beyond = callerScopes === null ? [] : request.scopes.filter((scope) => !callerScopes.includes(scope));
  if (beyond.length > 0) {
    const detail = `The calling key does not have ${beyond.join(', ')}.`;
    return err(apiKeyErrors.API_KEY_SCOPE_NOT_YOURS(detail, { pointer: '/scopes' }));
  }
  const expiresInMs =
    request.expiresAt === null ? defaultLifeDays * DAY_MS : request.expiresAt.getTime() - now.getTime();
  if (expiresInMs <= 0 || expiresInMs > maxLifeDays * DAY_MS) {
    const detail = `${request.expiresAt?.toISOString()} is not within the next ${maxLifeDays} days.`;
    return err(apiKeyErrors.API_KEY_EXPIRY_INVALID(detail, { pointer: '/expires_at' }));
  }
  return ok({ scopes: [...new Set(request.scopes)], expiresInMs });
}

/** How long a rolled key may go on beside its successor: an hour's deployment, or a week of asking around. */
export const maxOverlapHours = 168;

/** A key that takes another's place: of the same name, scopes, addresses and length of life. */
export function successorOf(
  key: ApiKey,
  now: Date,
): Result<Pick<ApiKey, 'name' | 'scopes' | 'addresses'> & { readonly lifeMs: number }, ApiKeyError> {
  if (key.revokedAt !== null || key.expiresAt <= now) {
    return err(apiKeyErrors.API_KEY_NOT_FOUND(`Key ${key.id} is over; make a new one.`));
  }
  if (key.rolledInto !== null) {
    return err(apiKeyErrors.API_KEY_ROLLED_ALREADY(`Key ${key.id} was rolled into ${key.rolledInto}.`));
  }
  const lifeMs = key.expiresAt.getTime() - key.createdAt.getTime();
  const { name, scopes, addresses } = key;
  return ok({ name, scopes, addresses, lifeMs });
}
