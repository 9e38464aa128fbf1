import { DomainException } from '@hetao/kernel';
import { statementErrors } from './statement.errors.js';

/** Encodings banks of the region write plain-text statements in, as TextDecoder names them. */
export const textEncodings = ['utf-8', 'gb18030', 'gbk', 'big5', 'utf-16le', 'windows-1252', 'iso-8859-1'] as const;
export type TextEncoding = (typeof textEncodings)[number];

/** Bytes decoded at a time. */
const PIECE_BYTES = 64 * 1024;
/** Longer than any line of a statement, short enough that looking for its end is cheap. */
const MAX_LINE = 100_000;

/** Pieces of a text, in its order; none is kept by whoever makes them. */
export type Pieces = Iterable<string>;

/**
 * The text of bytes, piece by piece.
 *
 * @param fault what to throw where the bytes cannot be of this encoding.
 */
export function* decodedPieces(bytes: Uint8Array, encoding: string, fault: () => DomainException): Generator<string> {
  const decoder = attempt(() => new TextDecoder(encoding, { fatal: true }), fault);
  for (let from = 0; from < bytes.length || from === 0; from += PIECE_BYTES) {
    const isLast = from + PIECE_BYTES >= bytes.length;
    yield attempt(() => decoder.decode(bytes.subarray(from, from + PIECE_BYTES), { stream: !isLast }), fault);
  }
}

/** Neither a decoder nor what it decodes says more about its failure than that it failed. */
function attempt<T>(work: () => T, fault: () => DomainException): T {
  try {
    return work();
  } catch {
    throw fault();
  }
}

/**
 * The text of a file that does not say its own encoding. Without one it is UTF-8: a guess would turn names to nonsense.
 *
 * @throws DomainException STATEMENT_ENCODING_UNKNOWN when the bytes cannot be of this encoding.
 */
export function textPieces(bytes: Uint8Array, encoding: TextEncoding = 'utf-8'): Generator<string> {
  const fault = (): DomainException =>
    new DomainException(
      statementErrors.STATEMENT_ENCODING_UNKNOWN(`line 1: the file holds bytes that are no ${encoding}.`),
    );
  return decodedPieces(bytes, encoding, fault);
}

/** The lines of a text, whatever they end with; `null` where a piece ends, for who wants to pause there. */
export function* linesOfPieces(pieces: Pieces): Generator<string | null> {
  let rest = '';
  let count = 0;
  for (const piece of pieces) {
    const text = rest + piece;
    // A carriage return at the end may be half of a line's end.
    const whole = text.endsWith('\r') ? text.slice(0, -1) : text;
    const lines = whole.split(/\r\n|\n|\r/);
    rest = (lines.pop() ?? '') + text.slice(whole.length);
    count += lines.length;
    if (rest.length > MAX_LINE) {
      throw new DomainException(
        statementErrors.STATEMENT_TOO_LARGE(`line ${count + 1}: more than ${MAX_LINE} characters without an end.`),
      );
    }
    yield* lines;
    yield null;
  }
  yield rest.endsWith('\r') ? rest.slice(0, -1) : rest;
}
