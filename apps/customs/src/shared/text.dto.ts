import { z } from 'zod';

/** One line a person wrote: trimmed, never empty, nothing that PostgreSQL or canonical JSON cannot hold. */
export function text(maxLength: number) {
  return z
    .string()
    .trim()
    .min(1)
    .max(maxLength)
    .regex(/^(?:[^\p{Cc}\p{Cs}]|[\n\r\t])*$/u, 'must not contain control characters other than line breaks and tabs');
}

export const localizedDto = z.strictObject({ en: text(2000), 'zh-Hans': text(2000), 'zh-Hant': text(2000) });
export const dateDto = z.iso.date();
export const sha256Dto = z.string().regex(/^[0-9a-f]{64}$/, 'must be 64 lower-case hexadecimal digits');
