import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const CIPHER = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;
export const KEY_BYTES = 32;

/** The two keys that open recordings: one lies in Shenzhen, one in Hong Kong, and neither is enough. */
export interface RecordingKeys {
  readonly shenzhen: Buffer;
  readonly hongKong: Buffer;
}

/** What AES-256-GCM made of some bytes: `iv, tag, ciphertext`. `bound` is not hidden, but cannot be changed either. */
export function sealBytes(key: Buffer, plain: Buffer, bound: string): Buffer {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(CIPHER, key, iv).setAAD(Buffer.from(bound));
  const hidden = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), hidden]);
}

/** @throws Error when key, bytes or what they are bound to are not those they were sealed with. */
export function openBytes(key: Buffer, sealed: Buffer, bound: string): Buffer {
  const iv = sealed.subarray(0, IV_BYTES);
  const decipher = createDecipheriv(CIPHER, key, iv)
    .setAAD(Buffer.from(bound))
    .setAuthTag(sealed.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
  return Buffer.concat([decipher.update(sealed.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]);
}

/** A key of the recording's own, and how it is kept: sealed with one key and then with the other. */
export function newRecordingKey(
  keys: RecordingKeys,
  session: string,
): { readonly key: Buffer; readonly wrapped: string } {
  const key = randomBytes(KEY_BYTES);
  const inner = sealBytes(keys.shenzhen, key, `recording key, Shenzhen, ${session}`);
  return { key, wrapped: sealBytes(keys.hongKong, inner, `recording key, Hong Kong, ${session}`).toString('base64') };
}

/** @throws Error when one of the two keys is missing or wrong. */
export function openRecordingKey(keys: RecordingKeys, session: string, wrapped: string): Buffer {
  const inner = openBytes(keys.hongKong, Buffer.from(wrapped, 'base64'), `recording key, Hong Kong, ${session}`);
  return openBytes(keys.shenzhen, inner, `recording key, Shenzhen, ${session}`);
}
