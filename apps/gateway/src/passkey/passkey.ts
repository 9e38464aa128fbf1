import { err, ok, type Result } from '@hetao/kernel';
import { passkeyErrors, type PasskeyError } from './passkey.errors.js';

/** A key pair on a device of a person, of which the public half is here (WebAuthn level 3). Times are instants (UTC). */
export interface Passkey {
  readonly id: string;
  readonly accountId: string;
  readonly organisationId: string;
  /** By which the device finds it again; base64url. */
  readonly credentialId: string;
  /** COSE key. */
  readonly publicKey: Uint8Array;
  /** How often it signed, as the device counts; 0 for ever where it does not count. */
  readonly counter: number;
  /** How browsers reach the device, e.g. `internal`, `usb`; their words. */
  readonly transports: readonly string[];
  readonly name: string;
  /** Whether its maker keeps copies on other devices of the person. */
  readonly backedUp: boolean;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
}

/** What a challenge is good for: a registration of one account, or one sign-in that the provider waits for. */
export type ChallengePurpose = `register:${string}` | `sign-in:${string}`;

/** A passkey before it is kept. */
export type NewPasskey = Omit<Passkey, 'id' | 'createdAt' | 'lastUsedAt'>;

/** A challenge as it was taken back, with whether it came too late. */
export interface TakenChallenge {
  readonly challenge: string;
  readonly over: boolean;
}

/** A computer, a telephone, a few keys on a ring; more is a list nobody keeps in order. */
export const maxPasskeys = 20;
/** Long enough to find a key in a bag. */
export const challengeLifeMs = 5 * 60_000;

/** Whether the account may have one more. */
export function oneMore(existing: number): Result<null, PasskeyError> {
  if (existing < maxPasskeys) return ok(null);
  return err(passkeyErrors.PASSKEY_LIMIT_REACHED(`There are ${existing}; at most ${maxPasskeys} may be.`));
}

/** The challenge's text, if it was still good when it was taken. */
export function goodChallenge(taken: TakenChallenge | undefined): Result<string, PasskeyError> {
  if (taken === undefined) return err(passkeyErrors.PASSKEY_CHALLENGE_OVER('None is open, or it was answered before.'));
  if (taken.over) return err(passkeyErrors.PASSKEY_CHALLENGE_OVER('It is too old.'));
  return ok(taken.challenge);
}

/**
 * Whether a device that counts has counted on (WebAuthn 7.2, step 22). One that has not may be a copy of the key: then
 * either of the two is an impostor's.
 */
export function countsOn(passkey: Pick<Passkey, 'counter'>, seen: number): boolean {
  return (passkey.counter === 0 && seen === 0) || seen > passkey.counter;
}
