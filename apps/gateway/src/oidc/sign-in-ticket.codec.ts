import { EncryptJWT, jwtDecrypt } from 'jose';
import { z } from 'zod';

/** Long enough to find a telephone. */
const LIFE = '5m';

const content = z.object({ accountId: z.string(), uid: z.string() });

/** Somebody whose password was right, in this sign-in and no other. */
export type HalfSignedIn = z.output<typeof content>;

/** Seals it for the form that asks for a code (JWE, A256GCM): nothing is kept for people who never come back. */
export function sealTicket(key: Buffer, half: HalfSignedIn): Promise<string> {
  return new EncryptJWT({ ...half })
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
    .setIssuedAt()
    .setExpirationTime(LIFE)
    .encrypt(key);
}

/** Opens what {@link sealTicket} sealed for this sign-in; undefined when it is too old, damaged or another's. */
export async function openTicket(key: Buffer, ticket: string, uid: string): Promise<HalfSignedIn | undefined> {
  try {
    const { payload } = await jwtDecrypt(ticket, key, {
      keyManagementAlgorithms: ['dir'],
      contentEncryptionAlgorithms: ['A256GCM'],
    });
    const half = content.safeParse(payload).data;
    return half?.uid === uid ? half : undefined;
  } catch {
    return undefined;
  }
}
