import { DomainException } from '@hetao/kernel';
import { statementErrors } from './statement.errors.js';

/** A record and the line of the file it begins on, counted from 1. */
export interface CsvRecord {
  readonly cells: readonly string[];
  readonly line: number;
}

const MAX_CELLS = 200;
const MAX_CELL = 4_000;

/**
 * Reads comma-separated values as RFC 4180 says, with any one-character delimiter: quotes double, line breaks inside
 * quotes are text. Blank lines are passed over.
 *
 * @throws DomainException STATEMENT_ELEMENT_INVALID with the line of a quote that does not end, STATEMENT_TOO_LARGE.
 */
export function* readCsv(text: string, delimiter: string): Generator<CsvRecord> {
  let cells: string[] = [];
  let cell = '';
  let line = 1;
  let begun = 1;
  let quoted = false;
  const endCell = (): void => {
    cells.push(cell);
    cell = '';
    if (cells.length > MAX_CELLS) throw tooLarge(`line ${line}: more than ${MAX_CELLS} columns.`);
  };
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at] ?? '';
    if (quoted) {
      if (sign === '"' && text[at + 1] === '"') at += 1;
      else if (sign === '"') {
        quoted = false;
        continue;
      }
      if (sign === '\n') line += 1;
      cell += sign;
      if (cell.length > MAX_CELL) throw tooLarge(`line ${begun}: a cell of more than ${MAX_CELL} characters.`);
    } else if (sign === '"' && cell.trim() === '') {
      cell = '';
      quoted = true;
    } else if (sign === delimiter) endCell();
    else if (sign === '\n') {
      endCell();
      if (cells.some((one) => one.trim() !== '')) yield { cells, line: begun };
      cells = [];
      line += 1;
      begun = line;
    } else if (sign !== '\r') cell += sign;
  }
  if (quoted) {
    const detail = `line ${begun}: a quote does not end. The file may be truncated.`;
    throw new DomainException(statementErrors.STATEMENT_ELEMENT_INVALID(detail));
  }
  endCell();
  if (cells.some((one) => one.trim() !== '')) yield { cells, line: begun };
}

function tooLarge(detail: string): DomainException {
  return new DomainException(statementErrors.STATEMENT_TOO_LARGE(detail));
}
