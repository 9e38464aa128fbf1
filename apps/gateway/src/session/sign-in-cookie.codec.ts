import { EncryptJWT, jwtDecrypt } from 'jose';
import { z } from 'zod';
import type { SignInAttempt } from './openid.client.js';

/** A sign-in under way, and where it was to lead. */
export interface PendingSignIn extends SignInAttempt {
  readonly returnTo: string;
}

/** Longer than the page waits for a password, so that the callback is still understood. In seconds. */
export const signInCookieLifeS = 20 * 60;

const pending = z.object({ state: z.string(), nonce: z.string(), verifier: z.string(), returnTo: z.string() });

/** Seals a sign-in under way for a cookie (JWE, A256GCM): nothing is stored for people who never come back. */
export function sealSignIn(key: Buffer, signIn: PendingSignIn): Promise<string> {
  return new EncryptJWT({ ...signIn })
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
    .setIssuedAt()
    .setExpirationTime(`${signInCookieLifeS}s`)
    .encrypt(key);
}

/** Opens what {@link sealSignIn} sealed; undefined when it is too old, damaged or somebody else's. */
export async function openSignIn(key: Buffer, sealed: string | undefined): Promise<PendingSignIn | undefined> {
  if (sealed === undefined || sealed.length > 4096) return undefined;
  try {
    const { payload } = await jwtDecrypt(sealed, key, {
      keyManagementAlgorithms: ['dir'],
      contentEncryptionAlgorithms: ['A256GCM'],
    });
    return pending.safeParse(payload).data;
  } catch {
    return undefined;
  }
}
