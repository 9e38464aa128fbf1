import { err, ok, type Result } from '@hetao/kernel';
import { consultationErrors, type ConsultationError } from './consultation.errors.js';

/** Largest file, and most of them in one consultation. */
export const MAX_FILE_BYTES = 5_000_000;
export const MAX_FILES = 20;

/** What officers open: papers, pictures, tables and plain text. Nothing that runs. */
const ACCEPTED = new Set([
  'application/pdf',
  'image/png',
  'image/jpeg',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
]);

/**
 * What a file is, by its bytes and never by its name.
 *
 * @param sniffed media type that the signature of the bytes shows; null when there is none, as with plain text.
 * @returns the media type to serve it with, or CONSULTATION_FILE_REFUSED.
 */
export function mediaTypeOf(bytes: Uint8Array, sniffed: string | null): Result<string, ConsultationError> {
  const refuse = (why: string) => err(consultationErrors.CONSULTATION_FILE_REFUSED(why));
  if (bytes.length === 0) return refuse('The file is empty.');
  if (bytes.length > MAX_FILE_BYTES) return refuse(`The file has ${bytes.length} bytes, more than ${MAX_FILE_BYTES}.`);
  if (sniffed !== null) return ACCEPTED.has(sniffed) ? ok(sniffed) : refuse(`By its content it is ${sniffed}.`);
  return isPlainText(bytes)
    ? ok('text/plain; charset=utf-8')
    : refuse('By its content it is none of the kinds accepted.');
}

function isPlainText(bytes: Uint8Array): boolean {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return /^(?:[^\p{Cc}]|[\t\n\r\f])*$/u.test(text);
  } catch {
    return false;
  }
}
