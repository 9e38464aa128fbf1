import { DomainException, err, type Result } from '@hetao/kernel';
import { parseCamt } from './camt.parser.js';
import type { CsvMapping, StatedBalances } from './csv.mapping.js';
import { parseCsv } from './csv.parser.js';
import { parseMt940 } from './mt940.parser.js';
import { statementErrors, type StatementError } from './statement.errors.js';
import type { StatementFile } from './statement.js';
import { decodeText, type TextEncoding } from './statement.text.js';

/** What the sender knows of a file beside its bytes. */
export interface ReadingHints {
  /** Encoding of MT940 and MT942; XML says its own, a CSV mapping names it. */
  readonly encoding?: TextEncoding | undefined;
  readonly mapping?: CsvMapping | undefined;
  /** Balances of a CSV file that has none. */
  readonly stated?: StatedBalances | undefined;
}

const MT_FIELD = /^:20:/m;

/**
 * Reads a file of any format we know by what is in it: XML begins with `<`, SWIFT's messages have a `:20:`, CSV is what a
 * mapping is given for. Nothing is believed yet.
 */
export function readStatementFile(bytes: Uint8Array, hints: ReadingHints): Result<StatementFile, StatementError> {
  if (hints.mapping !== undefined) return readCsvFile(bytes, hints.mapping, hints.stated);
  if (isXml(bytes)) return parseCamt(bytes);
  try {
    const text = decodeText(bytes, hints.encoding);
    if (MT_FIELD.test(text)) return parseMt940(text);
  } catch (error) {
    if (error instanceof DomainException && error.problem.code in statementErrors)
      return err(error.problem as StatementError);
    throw error;
  }
  return err(
    statementErrors.STATEMENT_FORMAT_UNSUPPORTED(
      'line 1: the file is neither XML nor MT940, and no CSV mapping is named.',
    ),
  );
}

function readCsvFile(
  bytes: Uint8Array,
  mapping: CsvMapping,
  stated: StatedBalances | undefined,
): Result<StatementFile, StatementError> {
  try {
    const text = decodeText(bytes, mapping.encoding);
    return parseCsv(text, mapping, { name: 'csv', stated: stated ?? null });
  } catch (error) {
    if (error instanceof DomainException && error.problem.code in statementErrors)
      return err(error.problem as StatementError);
    throw error;
  }
}

/** What may stand before the first `<`: a byte order mark, white space, and the zero bytes of UTF-16. */
const BEFORE_XML = new Set([0x00, 0xef, 0xbb, 0xbf, 0xfe, 0xff, 0x20, 0x09, 0x0a, 0x0d]);

function isXml(bytes: Uint8Array): boolean {
  return bytes.subarray(0, 64).find((byte) => !BEFORE_XML.has(byte)) === 0x3c;
}
