import { DomainException } from '@hetao/kernel';
import { statementErrors } from './statement.errors.js';

/** Encodings banks of the region write plain-text statements in, as TextDecoder names them. */
export const textEncodings = ['utf-8', 'gb18030', 'gbk', 'big5', 'utf-16le', 'windows-1252', 'iso-8859-1'] as const;
export type TextEncoding = (typeof textEncodings)[number];

/**
 * The text of a file that does not say its own encoding. Without one it is UTF-8: a guess would turn names to nonsense.
 *
 * @throws DomainException STATEMENT_ENCODING_UNKNOWN when the bytes cannot be of this encoding.
 */
export function decodeText(bytes: Uint8Array, encoding: TextEncoding = 'utf-8'): string {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw new DomainException(
      statementErrors.STATEMENT_ENCODING_UNKNOWN(`line 1: the file holds bytes that are no ${encoding}.`),
    );
  }
}
