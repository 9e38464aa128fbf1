import { z } from 'zod';

/**
 * Text a person wrote: trimmed, never empty, without control characters and lone surrogates, which neither PostgreSQL
 * nor canonical JSON can hold. Lengths are in UTF-16 code units.
 */
export function text(maxLength: number) {
  return z
    .string()
    .trim()
    .min(1)
    .max(maxLength)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'must not contain control characters');
}

/** As {@link text}, with line breaks and tabs. */
export function longText(maxLength: number) {
  return z
    .string()
    .trim()
    .min(1)
    .max(maxLength)
    .regex(/^(?:[^\p{Cc}\p{Cs}]|[\n\r\t])*$/u, 'must not contain control characters other than line breaks and tabs');
}

/** Why somebody decided so, in his words. */
export const reasonDto = z.strictObject({ reason: text(500) });

/** One text in each language of the exchange. */
export function localized<T extends z.ZodType>(language: T) {
  return z.strictObject({ en: language, 'zh-Hans': language, 'zh-Hant': language });
}

/** An instant on the wire, with its offset from UTC; read as a Date. */
export const instant = z.iso.datetime({ offset: true });
