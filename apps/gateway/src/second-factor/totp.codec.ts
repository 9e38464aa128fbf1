import { createHash, randomBytes } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';

const ISSUER = 'Hetao Exchange';
const PERIOD_S = 30;
/** Clocks of telephones differ: one step before and one after are taken too (RFC 6238 5.2). */
const WINDOW = 1;
const RECOVERY_CODES = 10;

/** A new secret of 160 bits (RFC 4226 4, R6), in base32. */
export function newTotpSecret(): string {
  return new Secret({ size: 20 }).base32;
}

/** What an authenticator reads from a picture or a link: `otpauth://totp/…`. */
export function totpUri(secret: string, email: string): string {
  return totp(secret, email).toString();
}

/** The time step the code is right for (RFC 6238, SHA-1, 6 digits, 30 s); undefined when it is none of now. */
export function stepOf(secret: string, code: string, now: Date): number | undefined {
  const delta = totp(secret, '').validate({ token: code, timestamp: now.getTime(), window: WINDOW });
  return delta === null ? undefined : Math.floor(now.getTime() / 1000 / PERIOD_S) + delta;
}

/** Codes for the day the telephone is lost: 80 random bits each, in groups that can be read aloud. */
export function newRecoveryCodes(): readonly string[] {
  return Array.from({ length: RECOVERY_CODES }, () => {
    const text = randomBytes(10).toString('hex');
    return `${text.slice(0, 5)}-${text.slice(5, 10)}-${text.slice(10, 15)}-${text.slice(15)}`;
  });
}

/** SHA-256: 80 random bits need no slow hash. */
export function hashOfRecoveryCode(code: string): Buffer {
  return createHash('sha256')
    .update(code.toLowerCase().replaceAll(/[^0-9a-f]/g, ''))
    .digest();
}

function totp(secret: string, label: string): TOTP {
  return new TOTP({ issuer: ISSUER, label, algorithm: 'SHA1', digits: 6, period: PERIOD_S, secret });
}
