import type { Result } from '@hetao/kernel';
import { camtSteps } from './camt.parser.js';
import type { CsvMapping, StatedBalances } from './csv.mapping.js';
import { csvSteps } from './csv.parser.js';
import { mt940Steps } from './mt940.parser.js';
import { readAtOnce, readInTurns, type ReadingSteps } from './reading.steps.js';
import type { StatementError } from './statement.errors.js';
import type { StatementFile } from './statement.js';
import { textPieces, type TextEncoding } from './statement.text.js';

/** What the sender knows of a file beside its bytes. */
export interface ReadingHints {
  /** Encoding of MT940 and MT942; XML says its own, a CSV mapping names it. */
  readonly encoding?: TextEncoding | undefined;
  readonly mapping?: CsvMapping | undefined;
  /** Balances of a CSV file that has none. */
  readonly stated?: StatedBalances | undefined;
}

/**
 * Reads a file of any format we know by what is in it: XML begins with `<`, SWIFT's messages have a `:20:`, CSV is what a
 * mapping is given for. Nothing is believed yet.
 */
export function readStatementFile(bytes: Uint8Array, hints: ReadingHints): Result<StatementFile, StatementError> {
  return readAtOnce(stepsOf(bytes, hints));
}

/** As {@link readStatementFile}, and lets others work in between: for files of many megabytes. */
export function readLongStatementFile(
  bytes: Uint8Array,
  hints: ReadingHints,
): Promise<Result<StatementFile, StatementError>> {
  return readInTurns(stepsOf(bytes, hints));
}

function stepsOf(bytes: Uint8Array, { mapping, stated, encoding }: ReadingHints): ReadingSteps<StatementFile> {
  if (mapping !== undefined) {
    return csvSteps(textPieces(bytes, mapping.encoding), mapping, { name: 'csv', stated: stated ?? null });
  }
  return isXml(bytes) ? camtSteps(bytes) : mt940Steps(textPieces(bytes, encoding));
}

/** What may stand before the first `<`: a byte order mark, white space, and the zero bytes of UTF-16. */
const BEFORE_XML = new Set([0x00, 0xef, 0xbb, 0xbf, 0xfe, 0xff, 0x20, 0x09, 0x0a, 0x0d]);

function isXml(bytes: Uint8Array): boolean {
  return bytes.subarray(0, 64).find((byte) => !BEFORE_XML.has(byte)) === 0x3c;
}
